"""The administration of people, and the table of rights."""

import secrets

from flask import Response, render_template, request, url_for
from flask_babel import gettext
from mongoengine import Q

from archive import clock
from archive.accounts import service
from archive.accounts.forms import NewPersonInput, PersonInput
from archive.accounts.models import User
from archive.accounts.rights import TABLE
from archive.accounts.views import own
from archive.accounts.views.again import asks_password
from archive.actor import Right, Role
from archive.terms import N_
from archive.web.columns import Column, Show
from archive.web.context import actor
from archive.web.editing import Answer, Editing
from archive.web.filters import Choice, OneOf, Text
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.listing import ListPage
from archive.web.reasons import reasoned

blueprint = own.blueprint  # one name for all addresses of this chapter

STATES = [("active", N_("使用中")), ("disabled", N_("已停用"))]


def in_state(state: str) -> dict[str, object]:
    """The condition that an account is in use, or closed."""
    return {"is_disabled": True} if state == "disabled" else {"is_disabled__ne": True}


PEOPLE = ListPage[User](
    title=N_("人员"),
    model=User,
    template="accounts/people.html",
    sort="name",
    columns=(
        Column("name", N_("姓名"), lambda user: user.name, sort="name"),
        Column("username", N_("用户名"), lambda user: user.username, sort="username",
               is_unique=True),
        Column("employee_number", N_("工号"), lambda user: user.employee_number,
               sort="employee_number"),
        Column("department", N_("部门"), lambda user: user.department, sort="department"),
        Column("roles", N_("角色"), lambda user: list(user.roles), show=Show.TERM,
               reads=("roles",)),
        Column("created", N_("建立时间"), lambda user: user.created_at, sort="created_at",
               show=Show.DAY),
    ),
    filters=(
        Text("q", N_("姓名"), lambda typed: Q(name__icontains=typed)),
        Choice("role", N_("角色"), Role, field="roles"),
        OneOf("state", N_("状态"), lambda: [(key, gettext(label)) for key, label in STATES],
              conditions=in_state),
    ),
)  # fmt: skip

EDITING = Editing[User](
    model=PersonInput,
    right=Right.MANAGE_PEOPLE,
    verb=service.edit_user,
    title=N_("更改账号"),
    name=lambda user: user.name,
    address=lambda _: url_for("accounts.list_page"),
    crumbs=lambda user: [
        (gettext("人员"), url_for("accounts.list_page")),
        (user.name, url_for("accounts.person", key=user.key)),
    ],
    page="accounts/person.html",
    parts=lambda _: {"reason": Form(ReasonInput)},
)


@blueprint.get("/people")
@needs(Right.MANAGE_PEOPLE)
def list_page() -> str | Response:
    return PEOPLE.answer(User.objects)


@blueprint.get("/people/new")
@needs(Right.MANAGE_PEOPLE)
def new_person() -> str:
    return render_template("accounts/new_person.html", form=Form(NewPersonInput))


@blueprint.post("/people/new")
@needs(Right.MANAGE_PEOPLE)
@asks_password
def create_person() -> tuple[str, int]:
    password = secrets.token_urlsafe(12)
    try:
        typed = read_form(NewPersonInput, request.form)
        user = service.create_user(
            actor=actor(),
            now=clock.now(),
            password=password,
            is_password_temporary=True,
            **typed.model_dump(),
        )
    except CORRECTABLE as fault:
        form = Form(NewPersonInput, request.form, fault=fault)
        return render_template("accounts/new_person.html", form=form), 422
    return render_template("accounts/password_once.html", user=user, password=password), 201


@blueprint.get("/people/<key>")
@needs(Right.MANAGE_PEOPLE)
def person(key: str) -> str:
    return EDITING.show(User.find(key))


@blueprint.post("/people/<key>")
@needs(Right.MANAGE_PEOPLE)
@asks_password
def edit_person(key: str) -> Answer:
    return EDITING.save(User.find(key))


@blueprint.post("/people/<key>/disable")
@needs(Right.MANAGE_PEOPLE)
def disable_person(key: str) -> Answer:
    user = User.find(key)
    return reasoned(
        lambda reason: service.disable_user(user, actor=actor(), now=clock.now(), reason=reason),
        page=lambda reason: EDITING.show(user, reason=reason),
        said=gettext("账号已停用，其登录与令牌均已失效。"),
        address=url_for("accounts.person", key=key),
    )


@blueprint.post("/people/<key>/enable")
@needs(Right.MANAGE_PEOPLE)
@asks_password
def enable_person(key: str) -> Answer:
    user = User.find(key)
    return reasoned(
        lambda reason: service.enable_user(user, actor=actor(), now=clock.now(), reason=reason),
        page=lambda reason: EDITING.show(user, reason=reason),
        said=gettext("账号已重新启用。"),
        address=url_for("accounts.person", key=key),
    )


@blueprint.post("/people/<key>/password")
@needs(Right.MANAGE_PEOPLE)
@asks_password
def reset_password(key: str) -> str:
    user = User.find(key)
    password = service.reset_password(user, actor=actor(), now=clock.now())
    return render_template("accounts/password_once.html", user=user, password=password)


@blueprint.get("/rights")
@needs(Right.SEE_RIGHTS)
def rights_page() -> str:
    return render_template("accounts/rights.html", table=TABLE, rights=list(Right))
