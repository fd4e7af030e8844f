"""The administration of people, and the table of rights."""

import secrets
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.accounts import service
from archive.accounts.forms import NewPersonInput, PersonInput, ReasonInput
from archive.accounts.models import User
from archive.accounts.rights import TABLE
from archive.accounts.views import own
from archive.actor import Right, Role
from archive.database import EditedMeanwhile
from archive.terms import N_
from archive.trail.history import as_seen_at, history_of
from archive.web.context import actor
from archive.web.forms import CORRECTABLE, Form, initial_of, read_form, read_typed
from archive.web.guard import needs
from archive.web.listing import Column, read_listing
from archive.web.wording import differences, keep_chosen

blueprint = own.blueprint  # one name for all addresses of this chapter

PEOPLE: tuple[Column[User], ...] = (
    Column("name", N_("姓名"), lambda user: user.name, sort="name"),
    Column("username", N_("用户名"), lambda user: user.username, sort="username"),
    Column(
        "employee_number", N_("工号"), lambda user: user.employee_number, sort="employee_number"
    ),
    Column("department", N_("部门"), lambda user: user.department, sort="department"),
    Column("roles", N_("角色"), lambda user: list(user.roles)),
    Column("created", N_("建立时间"), lambda user: user.created_at, sort="created_at"),
)


@blueprint.get("/people")
@needs(Right.MANAGE_PEOPLE)
def list_page() -> str:
    listing = read_listing(PEOPLE, sort="name", filters=("q", "role", "state"))
    found = User.objects
    if listing.filters["q"]:
        found = found.filter(name__icontains=listing.filters["q"])
    if listing.filters["role"] in list(Role):
        found = found.filter(roles=listing.filters["role"])
    if listing.filters["state"]:
        closed = listing.filters["state"] == "disabled"
        found = found.filter(**({"is_disabled": True} if closed else {"is_disabled__ne": True}))
    return render_template("accounts/people.html", listing=listing.fill(found), roles=list(Role))


@blueprint.get("/people/new")
@needs(Right.MANAGE_PEOPLE)
def new_person() -> str:
    return render_template("accounts/new_person.html", form=Form(NewPersonInput))


@blueprint.post("/people/new")
@needs(Right.MANAGE_PEOPLE)
def create_person() -> tuple[str, int]:
    password = secrets.token_urlsafe(12)
    try:
        typed = read_form(NewPersonInput, request.form)
        user = service.create_user(
            actor=actor(), now=clock.now(), password=password, **typed.model_dump()
        )
    except CORRECTABLE as fault:
        form = Form(NewPersonInput, request.form, fault=fault)
        return render_template("accounts/new_person.html", form=form), 422
    return render_template("accounts/password_once.html", user=user, password=password), 201


@blueprint.get("/people/<key>")
@needs(Right.MANAGE_PEOPLE)
def person(key: str) -> str:
    return _person(User.find(key))


@blueprint.post("/people/<key>")
@needs(Right.MANAGE_PEOPLE)
def edit_person(key: str) -> Response | tuple[str, int]:
    user = User.find(key)
    theirs = initial_of(PersonInput, user)
    given = keep_chosen(PersonInput, read_typed(PersonInput, request.form), theirs, request.form)
    seen = request.form.get("seen", 0, type=int)
    try:
        facts = PersonInput.read(given).model_dump()
        service.edit_user(user, actor=actor(), now=clock.now(), seen=seen, **facts)
    except EditedMeanwhile:
        return _conflict(User.find(key), given, seen)
    except CORRECTABLE as fault:
        form = Form(PersonInput, request.form, fault=fault)
        return _person(User.find(key), form, seen), 422
    flash(gettext("已保存。"), "success")
    return redirect(url_for("accounts.list_page"))


@blueprint.post("/people/<key>/disable")
@needs(Right.MANAGE_PEOPLE)
def disable_person(key: str) -> Response:
    typed = read_form(ReasonInput, request.form)
    service.disable_user(User.find(key), actor=actor(), now=clock.now(), reason=typed.reason)
    flash(gettext("账号已停用，其登录与令牌均已失效。"), "success")
    return redirect(url_for("accounts.person", key=key))


@blueprint.post("/people/<key>/enable")
@needs(Right.MANAGE_PEOPLE)
def enable_person(key: str) -> Response:
    typed = read_form(ReasonInput, request.form)
    service.enable_user(User.find(key), actor=actor(), now=clock.now(), reason=typed.reason)
    flash(gettext("账号已重新启用。"), "success")
    return redirect(url_for("accounts.person", key=key))


@blueprint.post("/people/<key>/password")
@needs(Right.MANAGE_PEOPLE)
def reset_password(key: str) -> str:
    user = User.find(key)
    password = service.reset_password(user, actor=actor(), now=clock.now())
    return render_template("accounts/password_once.html", user=user, password=password)


@blueprint.get("/rights")
@needs(Right.SEE_RIGHTS)
def rights_page() -> str:
    return render_template("accounts/rights.html", table=TABLE, rights=list(Right))


def _person(user: User, form: Form | None = None, seen: int = 0) -> str:
    form = form or Form(PersonInput, initial=initial_of(PersonInput, user))
    return render_template("accounts/person.html", user=user, form=form, seen=seen or user.revision)


def _conflict(user: User, given: dict[str, Any], seen: int) -> tuple[str, int]:
    """Both versions side by side; all that was typed goes along."""
    theirs = initial_of(PersonInput, user)
    before = theirs | as_seen_at(user, seen)
    page = render_template(
        "accounts/conflict.html",
        user=user,
        differences=differences(PersonInput, before=before, theirs=theirs, yours=given),
        typed=list(request.form.items(multi=True)),
        who=history_of(user)[0].actor_name,
    )
    return page, 409
