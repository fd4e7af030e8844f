"""Signing in and out, and the person's own page."""

from flask import (
    Blueprint,
    Request,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext
from flask_login import UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from archive import clock
from archive.accounts import service
from archive.accounts.errors import PasswordIsTemporary, TooManyAttempts, WrongPassword
from archive.accounts.forms import PasswordInput, SignInInput, TokenInput
from archive.accounts.models import ApiToken, SignIn, User
from archive.accounts.views.again import asks_password
from archive.accounts.views.devices import known_device, remember_device
from archive.actor import Actor
from archive.web import language
from archive.web.context import actor, seams
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import door_of, public, signed_in
from archive.web.inputs import InvalidInput
from archive.web.limits import count_request
from archive.web.security import limiter
from archive.web.targets import safe_target

blueprint = Blueprint("accounts", __name__, template_folder="../templates")

WITH_TEMPORARY_PASSWORD = ("accounts.new_password", "accounts.change_password", "accounts.end")


class SignedIn(UserMixin):
    """A person for Flask-Login: known in the cookie by the token of their sign-in."""

    def __init__(self, user: User, token: str = "", bearer: str = "") -> None:
        self.user = user
        self.token = token
        self.bearer = bearer  # of a program
        self.actor: Actor = user.as_actor()

    def get_id(self) -> str:
        """What the cookie carries."""
        return self.token


def load_by_cookie(token: str) -> SignedIn | None:
    """The person whose sign-in the cookie names."""
    user = service.find_by_sign_in(token, now=clock.now(), settings=seams().settings)
    return SignedIn(user, token) if user else None


def load_by_token(asked: Request) -> SignedIn | None:
    """The person whose bearer token the request carries. It opens the API and no page."""
    scheme, _, text = asked.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not text or not asked.path.startswith("/api/"):
        return None
    user = service.find_by_token(text.strip(), now=clock.now())
    return SignedIn(user, bearer=text.strip()) if user else None


def limit_token() -> None:
    """Before each request: a token lets in so many a minute, wherever they come from.

    Raises:
        TooManyRequests: this is one more.
    """
    most = seams().settings.token_requests_per_minute
    if not most or not request.path.startswith("/api/"):
        return
    bearer = current_user.bearer if current_user.is_authenticated else ""
    if bearer:
        count_request(limiter, "token", service.digest_of(bearer), per_minute=most)


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
            device=known_device(typed.username),
        )
    except (InvalidInput, WrongPassword, TooManyAttempts) as fault:
        form = Form(SignInInput, request.form, fault=fault)
        form.password.value = ""
        return render_template("accounts/sign_in.html", form=form), 422
    _remember(user, token)
    response = redirect(safe_target())
    remember_device(response, user.username)
    return response


@blueprint.post("/sign-out")
@signed_in
def end() -> Response:
    service.end_sign_in(current_user.token)
    return _signed_out(gettext("您已退出登录。"))


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


@blueprint.get("/profile/password")
@signed_in
def new_password() -> str | Response:
    if not current_user.user.is_password_temporary:
        return redirect(url_for("accounts.profile"))
    return render_template("accounts/new_password.html", form=Form(PasswordInput))


def keep_to_new_password() -> Response | None:
    """Before each request: with a temporary password, only the page that changes it is open.

    Raises:
        PasswordIsTemporary: a program's address was asked for, or part of a page.
    """
    door = door_of(current_app, request.endpoint) if request.endpoint else None
    if door is None or door.is_open or request.endpoint in WITH_TEMPORARY_PASSWORD:
        return None
    # A bearer token was made for a program: it has no password to change.
    if not current_user.is_authenticated or not current_user.token:
        return None
    if not current_user.user.is_password_temporary:
        return None
    if request.path.startswith("/api/") or request.headers.get("HX-Request"):
        raise PasswordIsTemporary()
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.new_password", next=wanted))


@blueprint.post("/profile/password")
@limiter.limit("10 per minute")
@signed_in
def change_password() -> Response | tuple[str, int]:
    user = current_user.user
    was_temporary = user.is_password_temporary
    try:
        typed = read_form(PasswordInput, request.form)
        service.change_password(
            user, typed.current_password, typed.new_password, actor=actor(), now=clock.now()
        )
    except CORRECTABLE as fault:
        form = Form(PasswordInput, request.form, fault=fault)
        if was_temporary:
            return render_template("accounts/new_password.html", form=form), 422
        return _profile(password=form), 422
    token = service.begin_sign_in(
        user,
        now=clock.now(),
        settings=seams().settings,
        address=request.remote_addr or "",
        agent=request.user_agent.string,
    )
    _remember(user, token)
    flash(gettext("密码已更改，其他设备上的登录和您的接口令牌均已结束。"), "success")
    return redirect(safe_target() if was_temporary else url_for("accounts.profile"))


@blueprint.post("/profile/sign-out-everywhere")
@signed_in
def end_everywhere() -> Response:
    service.end_sign_ins(current_user.user)
    return _signed_out(gettext("您已在所有设备上退出登录。"))


@blueprint.post("/profile/tokens")
@signed_in
@asks_password
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
        sign_ins=SignIn.of(user, now, seams().settings),
        this_sign_in=service.digest_of(current_user.token),
        now=now,
    )


def _signed_out(said: str) -> Response:
    """The sign-in page; the browser forgets what it was shown."""
    logout_user()
    session.clear()
    flash(said, "success")
    response = redirect(url_for("accounts.sign_in"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
