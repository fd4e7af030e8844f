"""The own password, given once more."""

from datetime import datetime, timedelta

from archive.accounts.errors import OwnPasswordWrong
from archive.accounts.models import SignIn, User
from archive.accounts.service import digest_of, matches
from archive.accounts.service.attempts import Origin, count_attempt, forget_attempts
from archive.accounts.service.noting import note_about
from archive.config import Settings

PASSWORD_LASTS = timedelta(minutes=15)  # until it is asked for again where powers are given


def is_password_fresh(token: str, *, now: datetime) -> bool:
    """Whether whoever is signed in with *token* gave their password a short while ago."""
    since = now - PASSWORD_LASTS
    return SignIn.objects(id=digest_of(token), password_at__gt=since).first() is not None


def give_password_again(
    user: User, token: str, password: str, *, now: datetime, settings: Settings, origin: Origin
) -> None:
    """Have *user*, who is signed in with *token*, show that it is still them.

    Raises:
        OwnPasswordWrong, TooManyAttempts.
    """
    count_attempt(origin, now=now, settings=settings)
    if not matches(user.password_hash, password):
        note_about(user, "user.sign_in_failed", now, reason=origin.address)
        raise OwnPasswordWrong()
    forget_attempts(origin, settings=settings)
    SignIn.objects(id=digest_of(token)).update_one(password_at=now)
