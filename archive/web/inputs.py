"""What people type in: declared once, validated once, for the page and the API alike.

A chapter's `forms.py` declares an `Input`; the page shows it through `archive.web.forms`, the API
takes it as JSON. The words of a fault are in `archive.web.faults`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from archive.clock import TIMEZONE
from archive.errors import ArchiveError
from archive.terms import N_
from archive.web.faults import faults_of

EARLIEST, LATEST = 1800, 2200  # years that a day or an instant of ours can be in
REASON_LENGTH = 500  # of a reason, at most, in characters
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028\u2029\ufeff]")


class InvalidInput(ArchiveError):
    """Something typed cannot be taken; `errors` says for each field what is wrong, in words."""

    message = N_("有 %(count)d 处内容需要更正，尚未保存。")
    remedy = N_("请按各处的提示更正后再提交；您已填写的内容都还在。")

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        self.errors = errors
        super().__init__(count=sum(map(len, errors.values())))


def without_blanks(given: Any) -> Any:
    """*given*, where it is a mapping, without the texts that say nothing."""
    if not isinstance(given, Mapping):
        return given
    return {
        name: value
        for name, value in given.items()
        if not (isinstance(value, str) and not value.strip())
    }


class Input(BaseModel):
    """Base of everything typed in. Blank text counts as nothing."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def leave_out_blanks(cls, given: Any) -> Any:
        """Let a blank entry count as one that was not made."""
        return without_blanks(given)

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """The input that *given* holds.

        Raises:
            InvalidInput: with every fault at once, by field.
        """
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise InvalidInput(faults_of(error)) from error


@dataclass(frozen=True)
class Presentation:
    """How a page asks for a field. Programs need none of it: no description of the API has it."""

    widget: str = ""
    section: str = ""
    placeholder: str = ""
    autocomplete: str = ""
    source: str = ""
    nothing: str = ""
    free: bool = False


def asked(
    label: str,
    default: Any = ...,
    *,
    help: str = "",
    widget: str = "",
    section: str = "",
    placeholder: str = "",
    autocomplete: str = "",
    source: str = "",
    nothing: str = "",
    free: bool = False,
    **constraints: Any,
) -> Any:
    """Declare a field of an `Input`: its label and how a page asks for it.

    `widget` is chosen from the type where it is not given. The widget ``lookup`` offers what the
    endpoint *source* (``name`` or ``name?query``) suggests for the text typed so far, and says
    *nothing* where it suggests nothing; *free* lets any text stay as typed.
    """
    field = Field(default, title=label, description=help or None, **constraints)
    field.metadata.append(
        Presentation(
            widget=widget,
            section=section,
            placeholder=placeholder,
            autocomplete=autocomplete,
            source=source,
            nothing=nothing,
            free=free,
        )
    )
    return field


def fault(code: str, message: str, **facts: Any) -> PydanticCustomError:
    """A fault that a field's own validator finds; *message* is a msgid with ``%(name)s``."""
    return PydanticCustomError(code, message.replace("{", "{{").replace("}", "}}"), facts)


def clean(text: str) -> str:
    """*text* without control characters, with one kind of line end."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """*text* cleaned, without a line break."""
    return " ".join(clean(text).splitlines())


def narrow(text: str) -> str:
    """*text* in half width, for codes and numbers (never for prose)."""
    return unicodedata.normalize("NFKC", text).strip()


def check_phone(text: str) -> str:
    """A telephone number: digits with the usual signs between them."""
    digits = re.sub(r"\D", "", text)
    if not 5 <= len(digits) <= 20 or not re.fullmatch(r"[\d\s+()\-/,;转.#*extEXT]+", text):
        raise fault("phone", N_("请填写有效的电话号码，例如 0755-12345678 或 13800001234。"))
    return text


def check_email(text: str) -> str:
    """An address that looks like name@host.domain."""
    if not re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", text):
        raise fault("email", N_("请填写有效的电子邮箱，例如 name@company.cn。"))
    return text


def check_website(text: str) -> str:
    """A web address over http or https; the scheme may be left out."""
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text):
        text = f"https://{text}"
    if not re.fullmatch(r"https?://[^\s/<>\"']+(/[^\s<>\"']*)?", text, re.IGNORECASE):
        raise fault("website", N_("请填写有效的网址，例如 https://www.company.cn。"))
    return text


def check_instant(moment: datetime) -> datetime:
    """An instant in UTC; one typed without a zone is on the company's clock."""
    if not EARLIEST <= moment.year < LATEST:
        raise fault("instant", N_("请填写有效的日期和时间，例如 2026-03-15 14:30。"))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=TIMEZONE)
    return moment.astimezone(UTC)


def check_day(day: date) -> date:
    """A day that a paper can bear, or on which something can fall due."""
    if not EARLIEST <= day.year < LATEST:
        raise fault("day", N_("请填写有效的日期，例如 2026-03-15。"))
    return day


Line = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(one_line)]
Text = Annotated[str, AfterValidator(clean)]
Code = Annotated[str, BeforeValidator(lambda text: narrow(clean(str(text))))]
Reason = Annotated[
    str,
    BeforeValidator(lambda text: clean(text) if isinstance(text, str) else text),
    StringConstraints(min_length=2, max_length=REASON_LENGTH),
]
Phone = Annotated[Code, Field(max_length=40), AfterValidator(check_phone)]
"""Somebody's telephone number: personal data, masked in every history, each look recorded."""
OwnPhone = Annotated[Code, Field(max_length=40), AfterValidator(check_phone)]
"""A number of our own company, printed on its contracts: shown to everybody as it is."""
Name = Annotated[Line, Field(max_length=60)]
"""The name of a person."""
Instant = Annotated[datetime, AfterValidator(check_instant)]
Day = Annotated[date, AfterValidator(check_day)]
Balance = Annotated[Decimal, Field(max_digits=16, decimal_places=2)]
"""Yuan and fen, also below zero; at most 14 digits before the point."""
Yuan = Annotated[Balance, Field(ge=0)]
"""An amount in yuan and fen, as much as a `MoneyField` keeps."""
Email = Annotated[Code, Field(max_length=200), AfterValidator(check_email)]
Website = Annotated[Code, Field(max_length=300), AfterValidator(check_website)]


class ReasonInput(Input):
    """Why something is done, as the dialog of `confirm_button` asks for it."""

    reason: Reason = asked(N_("原因"), widget="textarea")
