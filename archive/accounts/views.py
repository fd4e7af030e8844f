"""Sign-in, the person's own page, and the administration of people."""

import re
import secrets
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Request,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from archive import clock
from archive.accounts import service
from archive.accounts.errors import Locked, WrongPassword
from archive.accounts.forms import (
    NewPersonInput,
    PasswordInput,
    PersonInput,
    ReasonInput,
    SignInInput,
    TokenInput,
)
from archive.accounts.models import ApiToken, SignIn, User
from archive.accounts.rights import TABLE
from archive.actor import Actor, Right, Role
from archive.audit.service import as_seen_at, history_of
from archive.database import EditedMeanwhile
from archive.terms import N_
from archive.web import language, navigation, wording
from archive.web.context import actor, seams
from archive.web.forms import CORRECTABLE, Form, initial_of, read_form, read_typed
from archive.web.guard import needs, public, signed_in
from archive.web.inputs import InvalidInput
from archive.web.listing import Column, read_listing
from archive.web.navigation import Area, NavItem
from archive.web.security import limiter
from archive.web.wording import RecordWords, differences, keep_chosen

blueprint = Blueprint("accounts", __name__, template_folder="templates")

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


PEOPLE_WORDS = RecordWords(
    kind="users",
    label=N_("账号"),
    model=NewPersonInput,
    fields={
        "is_disabled": N_("已停用"),
        "password_hash": N_("密码"),
        "password_changed_at": N_("密码更改时间"),
        "failed_attempts": N_("连续输错密码次数"),
        "locked_until": N_("锁定至"),
    },
    actions={
        "user.created": N_("建立账号"),
        "user.edited": N_("更改账号"),
        "user.disabled": N_("停用账号"),
        "user.enabled": N_("启用账号"),
        "user.password_reset": N_("重置密码"),
        "user.password_changed": N_("更改密码"),
        "user.signed_in": N_("登录"),
        "user.sign_in_failed": N_("登录失败"),
        "user.locked": N_("账号锁定"),
    },
)
TOKEN_WORDS = RecordWords(
    kind="api_tokens",
    label=N_("接口令牌"),
    fields={
        "label": N_("用途"),
        "expires_at": N_("有效期至"),
        "revoked_at": N_("作废时间"),
        "last_used_at": N_("最近使用时间"),
        "digest": N_("令牌"),
        "user_id": N_("所属账号"),
    },
    actions={"token.created": N_("生成令牌"), "token.revoked": N_("作废令牌")},
)


class SignedIn(UserMixin):
    """A person for Flask-Login: known in the cookie by the token of their sign-in."""

    def __init__(self, user: User, token: str) -> None:
        self.user = user
        self.token = token
        self.actor: Actor = user.as_actor()

    def get_id(self) -> str:
        """What the cookie carries."""
        return self.token


def install(app: Flask) -> None:
    """Have *app* know who asks: by cookie, or by bearer token."""
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # an error page must not ask who is there
    manager.session_protection = None  # the sign-in itself is kept and ended on our side
    manager.user_loader(load_by_cookie)
    manager.request_loader(load_by_token)
    app.register_blueprint(blueprint)
    wording.register(app, PEOPLE_WORDS, TOKEN_WORDS)
    navigation.register(
        app,
        NavItem(Area.OVERSIGHT, N_("人员"), "accounts.list_page", "users", (Right.MANAGE_PEOPLE,)),
        NavItem(Area.OVERSIGHT, N_("权限表"), "accounts.rights_page", "lock", (Right.SEE_RIGHTS,)),
    )


def load_by_cookie(token: str) -> SignedIn | None:
    """The person whose sign-in the cookie names."""
    user = service.find_by_sign_in(token, now=clock.now())
    return SignedIn(user, token) if user else None


def load_by_token(asked: Request) -> SignedIn | None:
    """The person whose bearer token the request carries. It opens the API and no page."""
    scheme, _, text = asked.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not text or not asked.path.startswith("/api/"):
        return None
    user = service.find_by_token(text.strip(), now=clock.now())
    return SignedIn(user, "") if user else None


@blueprint.get("/sign-in")
@public
def sign_in() -> str | Response:
    if current_user.is_authenticated:
        return redirect(safe_target())
    return render_template("accounts/sign_in.html", form=Form(SignInInput))


@blueprint.post("/sign-in")
@limiter.limit("30 per minute")
@public
def begin() -> Response | tuple[str, int]:
    try:
        typed = read_form(SignInInput, request.form)
        user, token = service.sign_in(
            typed.username,
            typed.password,
            now=clock.now(),
            settings=seams().settings,
            address=request.remote_addr or "",
            agent=request.user_agent.string,
        )
    except (InvalidInput, WrongPassword, Locked) as fault:
        form = Form(SignInInput, request.form, fault=fault)
        form.password.value = ""
        return render_template("accounts/sign_in.html", form=form), 422
    _remember(user, token)
    return redirect(safe_target())


@blueprint.post("/sign-out")
@signed_in
def end() -> Response:
    service.end_sign_in(current_user.token)
    logout_user()
    session.clear()
    flash(gettext("您已退出登录。"), "success")
    return redirect(url_for("accounts.sign_in"))


@blueprint.post("/language")
@public
def choose_language() -> Response:
    response = redirect(safe_target())
    chosen = request.form.get("language", "")
    if chosen in language.LANGUAGES:
        response.set_cookie(
            language.cookie_name(),
            chosen,
            max_age=365 * 86400,
            samesite="Lax",
            secure=seams().settings.tls,
            httponly=True,
        )
    return response


@blueprint.get("/profile")
@signed_in
def profile() -> str:
    return _profile()


@blueprint.post("/profile/password")
@limiter.limit("10 per minute")
@signed_in
def change_password() -> Response | tuple[str, int]:
    user = current_user.user
    try:
        typed = read_form(PasswordInput, request.form)
        service.change_password(
            user, typed.current_password, typed.new_password, actor=actor(), now=clock.now()
        )
    except CORRECTABLE as fault:
        return _profile(password=Form(PasswordInput, request.form, fault=fault)), 422
    token = service.begin_sign_in(
        user,
        now=clock.now(),
        settings=seams().settings,
        address=request.remote_addr or "",
        agent=request.user_agent.string,
    )
    _remember(user, token)
    flash(gettext("密码已更改，其他设备上的登录均已结束。"), "success")
    return redirect(url_for("accounts.profile"))


@blueprint.post("/profile/sign-out-everywhere")
@signed_in
def end_everywhere() -> Response:
    service.end_sign_ins(current_user.user)
    logout_user()
    session.clear()
    flash(gettext("您已在所有设备上退出登录。"), "success")
    return redirect(url_for("accounts.sign_in"))


@blueprint.post("/profile/tokens")
@signed_in
def create_token() -> Response | tuple[str, int]:
    try:
        typed = read_form(TokenInput, request.form)
    except CORRECTABLE as fault:
        return _profile(token=Form(TokenInput, request.form, fault=fault)), 422
    _, text = service.create_token(
        current_user.user, actor=actor(), now=clock.now(), label=typed.label, days=typed.days
    )
    return _profile(new_token=text), 201


@blueprint.post("/profile/tokens/<key>/revoke")
@signed_in
def revoke_token(key: str) -> Response:
    service.revoke_token(ApiToken.find(key), actor=actor(), now=clock.now())
    flash(gettext("令牌已作废。"), "success")
    return redirect(url_for("accounts.profile"))


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


def safe_target() -> str:
    """Where to go next: only ever a page of ours."""
    target = request.values.get("next", "")
    # Browsers drop tabs and line ends, and read a backslash as a slash.
    is_ours = re.fullmatch(r"/(?![/\\])[^\x00-\x20\x7f]*", target)
    return target if is_ours else "/"


def _remember(user: User, token: str) -> None:
    """Begin a fresh cookie: what an earlier visitor's held does not live on."""
    session.clear()
    session.permanent = True
    login_user(SignedIn(user, token))
    g.pop("actor", None)


def _profile(password: Form | None = None, token: Form | None = None, new_token: str = "") -> str:
    user, now = current_user.user, clock.now()
    return render_template(
        "accounts/profile.html",
        user=user,
        password=password or Form(PasswordInput),
        token=token or Form(TokenInput),
        tokens=ApiToken.of(user),
        new_token=new_token,
        sign_ins=SignIn.of(user, now),
        this_sign_in=service.digest_of(current_user.token),
        now=now,
    )


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
