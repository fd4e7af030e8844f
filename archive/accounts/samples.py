"""Accounts and tokens for the walk of rights."""

import secrets

from archive.accounts import service
from archive.accounts.models import User
from archive.actor import Role
from archive.web.chapter import Sample, Sampling


def a_person(given: Sampling) -> User:
    """An account of somebody else."""
    return service.create_user(
        actor=given.maker,
        now=given.now,
        username=f"sample-{secrets.token_hex(6)}",
        name="样例",
        password=secrets.token_urlsafe(16),
        roles=[Role.STAFF],
        employee_number="",
        department="",
    )


def of_people(given: Sampling) -> Sample:
    """An account."""
    return Sample({"key": a_person(given).key})


def of_tokens(given: Sampling) -> Sample:
    """A token of the visitor's own; without an owner, of somebody else."""
    user = User.find(given.owner.id) if given.owner else a_person(given)
    token, _ = service.create_token(
        user, actor=user.as_actor(), now=given.now, label="样例", days=1
    )
    return Sample({"key": token.key})


SAMPLES = {"accounts": of_people, "accounts.revoke_token": of_tokens}
