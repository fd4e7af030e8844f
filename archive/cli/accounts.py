"""``archive user`` and ``archive token``."""

import secrets

import click

from archive import clock
from archive.accounts import service
from archive.actor import SYSTEM, Role
from archive.cli.preparation import open_archive
from archive.cli.words import plainly

ROLES = {role.value: role for role in Role}
ROLE = click.Choice(list(ROLES))
USERNAME = click.argument("username")


@click.group()
def user() -> None:
    """Look after the accounts of people."""


@user.command("create")
@USERNAME
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", "roles", type=ROLE, multiple=True, required=True, help="May be repeated.")
@click.option("--employee-number", default="")
@click.option("--department", default="")
@plainly
def create(
    username: str, name: str, roles: tuple[str, ...], employee_number: str, department: str
) -> None:
    """Open an account and print its password, which is random and to be changed at sign-in."""
    password = secrets.token_urlsafe(12)
    with open_archive():
        service.create_user(
            actor=SYSTEM,
            now=clock.now(),
            username=username,
            name=name,
            password=password,
            roles=[ROLES[role] for role in roles],
            employee_number=employee_number,
            department=department,
            is_password_temporary=True,
        )
    click.echo(password)


@user.command("roles")
@USERNAME
@click.argument("roles", type=ROLE, nargs=-1, required=True)
@plainly
def set_roles(username: str, roles: tuple[str, ...]) -> None:
    """Give a person exactly these roles."""
    with open_archive():
        person = service.find_user(username)
        service.edit_user(
            person,
            actor=SYSTEM,
            now=clock.now(),
            seen=person.revision,
            name=person.name,
            roles=[ROLES[role] for role in roles],
            employee_number=person.employee_number or "",
            department=person.department or "",
        )


@user.command("disable")
@USERNAME
@click.option("--reason", required=True)
@plainly
def disable(username: str, reason: str) -> None:
    """Close an account; its sign-ins and tokens end at once."""
    with open_archive():
        service.disable_user(
            service.find_user(username), actor=SYSTEM, now=clock.now(), reason=reason
        )


@user.command("enable")
@USERNAME
@click.option("--reason", required=True)
@plainly
def enable(username: str, reason: str) -> None:
    """Open a closed account again."""
    with open_archive():
        service.enable_user(
            service.find_user(username), actor=SYSTEM, now=clock.now(), reason=reason
        )


@user.command("password")
@USERNAME
@plainly
def reset_password(username: str) -> None:
    """Give a person a new random password, to be changed at sign-in, and print it.

    Their sign-ins and tokens end.
    """
    with open_archive():
        click.echo(
            service.reset_password(service.find_user(username), actor=SYSTEM, now=clock.now())
        )


@click.group()
def token() -> None:
    """Bearer tokens, with which programs use the API."""


@token.command("create")
@USERNAME
@click.option("--label", default="command line", help="What it is for.")
@click.option("--days", default=90, show_default=True, help="When it expires.")
@plainly
def create_token(username: str, label: str, days: int) -> None:
    """Make a token that acts as USERNAME, and print it and nothing else."""
    with open_archive():
        _, text = service.create_token(
            service.find_user(username), actor=SYSTEM, now=clock.now(), label=label, days=days
        )
    click.echo(text)
