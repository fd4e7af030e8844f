"""What is typed in about people."""

from typing import Annotated

from pydantic import AfterValidator

from archive.actor import Role
from archive.terms import N_
from archive.web.inputs import Code, Count, Input, Line, asked, fault


def check_username(text: str) -> str:
    """Letters, digits, dot, hyphen and underscore."""
    if not all(letter.isascii() and (letter.isalnum() or letter in "._-") for letter in text):
        raise fault("username", N_("只能使用字母、数字、点、横线和下划线。"))
    return text.lower()


Username = Annotated[Code, AfterValidator(check_username)]


class SignInInput(Input):
    """The sign-in page."""

    username: Code = asked(N_("用户名"), max_length=60, autocomplete="username")
    password: str = asked(
        N_("密码"), widget="password", max_length=200, autocomplete="current-password"
    )


class AgainInput(Input):
    """The own password, asked for once more."""

    own_password: str = asked(
        N_("您的密码"), widget="password", max_length=200, autocomplete="current-password"
    )


class PasswordInput(Input):
    """Changing one's own password."""

    current_password: str = asked(
        N_("当前密码"), widget="password", max_length=200, autocomplete="current-password"
    )
    new_password: str = asked(
        N_("新密码"),
        widget="password",
        max_length=200,
        autocomplete="new-password",
        help=N_("至少 10 个字符；一句容易记住的话最好。"),
    )


class PersonInput(Input):
    """Who someone is and what they do."""

    name: Line = asked(N_("姓名"), max_length=60)
    employee_number: Code | None = asked(N_("工号"), None, max_length=40)
    department: Line | None = asked(N_("部门"), None, max_length=60)
    roles: list[Role] = asked(N_("角色"), min_length=1)


class NewPersonInput(PersonInput):
    """A new account."""

    username: Username = asked(
        N_("用户名"), max_length=60, min_length=2, help=N_("登录时使用，建好后不能更改。")
    )


class TokenInput(Input):
    """A new API token."""

    label: Line = asked(N_("用途"), max_length=60, placeholder=N_("例如：月度报表程序"))
    days: Count = asked(N_("有效天数"), 90, ge=1, le=366)
