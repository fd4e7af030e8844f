"""The verbs of accounts."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from archive.accounts import rules
from archive.accounts.errors import (
    CurrentPasswordWrong,
    LastAdministrator,
    OwnRole,
    SamePassword,
    UsernameTaken,
    WrongPassword,
)
from archive.accounts.models import ApiToken, SignIn, User
from archive.accounts.rights import OPENING
from archive.accounts.service import second
from archive.accounts.service.attempts import Origin, count_attempt, forget_attempts, forget_name
from archive.accounts.service.noting import note_about, note_unknown
from archive.actor import SYSTEM, Actor, Right, Role
from archive.config import Settings
from archive.database import Taken, collection_of
from archive.errors import NotFound, NotPermitted

hasher = PasswordHasher()  # argon2id
PERSONAL = ("name", "roles", "employee_number", "department")
NOTED_EVERY = timedelta(minutes=1)  # that somebody is still here: no write for each request
TOKEN_PREFIX = "archive_"  # noqa: S105  # no secret: lets scanners of code find a leaked token


def create_user(
    *,
    actor: Actor,
    now: datetime,
    username: str,
    name: str,
    password: str,
    roles: Iterable[Role],
    employee_number: str = "",
    department: str = "",
    is_password_temporary: bool = False,
) -> User:
    """Open an account. A temporary password has to be changed at the first sign-in.

    Raises:
        NotPermitted, UsernameTaken, WeakPassword.
    """
    _require_administrator(actor)
    username, roles = username.lower(), list(roles)
    rules.check_password(password, username, name, employee_number)
    try:
        return User.open_new(
            actor,
            now,
            "user.created",
            {
                "username": username,
                "name": name,
                "employee_number": employee_number or None,
                "department": department or None,
                "roles": roles,
                "password_hash": hasher.hash(password),
                "password_changed_at": now,
                "is_password_temporary": is_password_temporary,
                **second.to_be_confirmed(roles, (), (), actor, now),
            },
        )
    except Taken as error:
        raise UsernameTaken(username=username) from error


def edit_user(
    user: User,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    name: str,
    roles: Iterable[Role],
    employee_number: str = "",
    department: str = "",
) -> User:
    """Change who someone is and what they do; their rights change with their next click.

    Raises:
        NotPermitted, OwnRole, LastAdministrator, EditedMeanwhile.
    """
    _require_administrator(actor)
    kept = list(roles)
    if actor.id == user.key:
        _take_nothing_that_opens(user, kept)
    if Role.ADMINISTRATOR not in kept:
        _keep_an_administrator(user)
    held = {name: getattr(user, name) for name in PERSONAL}
    user.change(
        actor,
        now,
        "user.edited",
        {
            "name": name,
            "roles": kept,
            "employee_number": employee_number or None,
            "department": department or None,
            **second.to_be_confirmed(kept, held["roles"], user.roles_to_confirm, actor, now),
        },
        seen=seen,
    )
    if Role.ADMINISTRATOR in held["roles"] and _nobody_administers():
        user.change(actor, now, "user.edited", held)
        raise LastAdministrator()
    return user


def disable_user(user: User, *, actor: Actor, now: datetime, reason: str) -> User:
    """Close an account: its sign-ins and tokens end at once, what it did stays.

    Raises:
        NotPermitted, LastAdministrator.
    """
    _require_administrator(actor)
    _keep_an_administrator(user)
    user.change(actor, now, "user.disabled", {"is_disabled": True}, reason=reason)
    if Role.ADMINISTRATOR in user.roles and _nobody_administers():
        user.change(actor, now, "user.enabled", {"is_disabled": False})
        raise LastAdministrator()
    _end_everything(user, actor, now, reason)
    return user


def enable_user(user: User, *, actor: Actor, now: datetime, reason: str) -> User:
    """Open a closed account again.

    Raises:
        NotPermitted.
    """
    _require_administrator(actor)
    return user.change(actor, now, "user.enabled", {"is_disabled": False}, reason=reason)


def reset_password(user: User, *, actor: Actor, now: datetime) -> str:
    """Give *user* a new random password, which is returned; their sign-ins and tokens end.

    It is temporary: whoever made it knows it too.

    Raises:
        NotPermitted.
    """
    _require_administrator(actor)
    password = secrets.token_urlsafe(12)
    _set_password(user, password, actor, now, "user.password_reset", is_temporary=True)
    return password


def change_password(user: User, current: str, new: str, *, actor: Actor, now: datetime) -> None:
    """Let a person set their own password; every sign-in and token of theirs ends.

    Raises:
        CurrentPasswordWrong, SamePassword, WeakPassword.
    """
    if not matches(user.password_hash, current):
        raise CurrentPasswordWrong()
    if new == current:
        raise SamePassword()
    rules.check_password(new, user.username, user.name, user.employee_number)
    _set_password(user, new, actor, now, "user.password_changed")


def sign_in(
    username: str,
    password: str,
    *,
    now: datetime,
    settings: Settings,
    address: str = "",
    agent: str = "",
    device: str = "",
) -> tuple[User, str]:
    """Begin a sign-in; returns the person and the token that their cookie carries.

    *device* is one on which the person with this name signed in before.

    Raises:
        WrongPassword: the two do not belong together, or the account is closed.
        TooManyAttempts: too many wrong passwords came from there.
    """
    username = username.strip().lower()
    origin = Origin(username, address, device)
    waits = count_attempt(origin, now=now, settings=settings)
    user = User.objects(username=username).first()
    if user is None or user.is_disabled:
        hasher.hash(password)  # so that an unknown username takes as long
        note_unknown(now, address)
        raise WrongPassword()
    if not matches(user.password_hash, password):
        note_about(user, "user.sign_in_failed", now, reason=address)
        if waits:
            note_about(user, "user.locked", now, reason=address, counted=True)
        raise WrongPassword()
    forget_attempts(origin, settings=settings)
    token = begin_sign_in(user, now=now, settings=settings, address=address, agent=agent)
    note_about(user, "user.signed_in", now, reason=address)
    return user, token


def begin_sign_in(
    user: User, *, now: datetime, settings: Settings, address: str = "", agent: str = ""
) -> str:
    """A fresh token for *user*; its digest alone is kept."""
    token = secrets.token_urlsafe(32)
    SignIn(
        id=digest_of(token),
        user_id=user.id,
        created_at=now,
        seen_at=now,
        password_at=now,
        expires_at=now + timedelta(hours=settings.session_hours),
        address=address,
        agent=agent[:200],
    ).save(force_insert=True)
    return token


def find_by_sign_in(token: str, *, now: datetime, settings: Settings) -> User | None:
    """Who is signed in with *token*; None when it ended, or was not used for long."""
    found = SignIn.lasting(now, settings).filter(id=digest_of(token)).first()
    if found is None:
        return None
    if found.seen_at is None or now - found.seen_at > NOTED_EVERY:
        SignIn.objects(id=found.id).update_one(seen_at=now)
    return _in_use(found.user_id)


def end_sign_in(token: str) -> None:
    """Sign out here."""
    SignIn.objects(id=digest_of(token)).delete()


def end_sign_ins(user: User) -> int:
    """Sign *user* out everywhere; returns how many sign-ins ended."""
    return int(SignIn.objects(user_id=user.id).delete())


def create_token(
    user: User, *, actor: Actor, now: datetime, label: str, days: int
) -> tuple[ApiToken, str]:
    """Make a bearer token for *user*'s programs; its text is returned once and never kept.

    Raises:
        NotPermitted: the token is for someone else.
    """
    if actor is not SYSTEM and actor.id != user.key:
        raise NotPermitted()
    text = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.open_new(
        actor,
        now,
        "token.created",
        {
            "digest": digest_of(text),
            "user_id": user.id,
            "label": label,
            "expires_at": now + timedelta(days=days),
        },
    )
    return token, text


def revoke_token(token: ApiToken, *, actor: Actor, now: datetime) -> ApiToken:
    """End a token at once.

    Raises:
        NotPermitted: it is someone else's.
    """
    if actor.id != str(token.user_id):
        raise NotPermitted()
    return token.change(actor, now, "token.revoked", {"revoked_at": now})


def find_by_token(text: str, *, now: datetime) -> User | None:
    """Whose bearer token *text* is; None when it ended."""
    # Every request of a program asks this: two fields suffice, and no document need be built.
    token = collection_of(ApiToken).find_one(
        {"digest": digest_of(text), "revoked_at": None, "expires_at": {"$gt": now}},
        {"user_id": 1, "last_used_at": 1},
    )
    if token is None:
        return None
    last_used_at = token.get("last_used_at")
    if last_used_at is None or now - last_used_at > timedelta(minutes=10):
        ApiToken.objects(id=token["_id"]).update_one(last_used_at=now)
    return _in_use(token["user_id"])


def find_user(username: str) -> User:
    """The account with this username.

    Raises:
        NotFound: there is none.
    """
    user = User.objects(username=username.strip().lower()).first()
    if user is None:
        raise NotFound()
    return user  # type: ignore[no-any-return]  # MongoEngine is untyped


def digest_of(token: str) -> str:
    """What is kept of a token: random enough that a plain digest cannot be turned round."""
    return hashlib.sha256(token.encode()).hexdigest()


def _in_use(user_id: object) -> User | None:
    return User.objects(id=user_id, is_disabled__ne=True).first()  # type: ignore[no-any-return]


def _require_administrator(actor: Actor) -> None:
    if actor is not SYSTEM:
        actor.require(Right.MANAGE_PEOPLE)


def _take_nothing_that_opens(user: User, roles: Iterable[Role]) -> None:
    """Two people are needed before an administrator reads what is in the archives."""
    for role in roles:
        if role in OPENING and role not in user.roles:
            raise OwnRole(role=role)


def _nobody_administers() -> bool:
    """Whether two who acted at the same moment have left no administrator: the write is undone."""
    return not User.objects(roles=Role.ADMINISTRATOR, is_disabled__ne=True).first()


def _keep_an_administrator(user: User) -> None:
    others = User.objects(roles=Role.ADMINISTRATOR, is_disabled__ne=True, id__ne=user.id)
    if Role.ADMINISTRATOR in user.roles and not others.first():
        raise LastAdministrator()


def _end_everything(user: User, actor: Actor, now: datetime, reason: str = "") -> None:
    """Whoever holds a sign-in or a token of *user*'s is out."""
    end_sign_ins(user)
    for token in ApiToken.of(user):
        token.change(actor, now, "token.revoked", {"revoked_at": now}, reason=reason)


def _set_password(
    user: User,
    password: str,
    actor: Actor,
    now: datetime,
    action: str,
    *,
    is_temporary: bool = False,
) -> None:
    user.change(
        actor,
        now,
        action,
        {
            "password_hash": hasher.hash(password),
            "password_changed_at": now,
            "is_password_temporary": is_temporary,
        },
    )
    _end_everything(user, actor, now)
    forget_name(user.username)


def matches(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
