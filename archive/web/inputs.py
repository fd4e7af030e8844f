"""What people type in: declared once, validated once, for the page and the API alike.

A chapter's `forms.py` declares an `Input`; the page shows it through `archive.web.forms`, the API
takes it as JSON. The words of a fault are in `archive.web.faults`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self, TypeVar

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

from archive.chinese.amounts import read_number
from archive.chinese.days import read_day, read_instant
from archive.chinese.errors import DayUnreadable, Unreadable
from archive.chinese.folding import tidy
from archive.chinese.invisible import visible
from archive.chinese.phones import read_phone
from archive.clock import TIMEZONE
from archive.errors import ArchiveError
from archive.terms import N_
from archive.web.faults import faults_of

EARLIEST, LATEST = 1800, 2200  # years that a day or an instant of ours can be in
REASON_LENGTH = 500  # of a reason, at most, in characters


class InvalidInput(ArchiveError):
    """Something typed cannot be taken; `errors` says for each field what is wrong, in words."""

    message = N_("有 %(count)d 处内容需要更正，尚未保存。")
    remedy = N_("请按各处的提示更正后再提交；您已填写的内容都还在。")

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        self.errors = errors
        super().__init__(count=sum(map(len, errors.values())))


def as_seen(given: Any) -> Any:
    """*given*, where it is a mapping, with its texts as they are seen and without blank ones.

    So every rule and every limit is about the text that is kept.
    """
    if not isinstance(given, Mapping):
        return given
    seen = {name: _text_as_seen(value) for name, value in given.items()}
    return {name: value for name, value in seen.items() if value != ""}


def _text_as_seen(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(visible(value)).strip()
    if isinstance(value, list):
        return [each for each in map(_text_as_seen, value) if each != ""]
    return value


class Input(BaseModel):
    """Base of everything typed in. Blank text counts as nothing."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def take_as_seen(cls, given: Any) -> Any:
        """Leave out what nobody sees, and let a blank entry count as one that was not made."""
        return as_seen(given)

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


def one_line(text: str) -> str:
    """*text* without a line break or a tab."""
    return " ".join(text.replace("\t", " ").splitlines())


def narrow(text: Any) -> str:
    """*text* in half width, for codes and numbers (never for prose)."""
    return re.sub("[\ufe00-\ufe0f\u200d]", "", unicodedata.normalize("NFKC", str(text))).strip()


Read = TypeVar("Read")


def spelt(read: Callable[[str], Read]) -> Callable[[Any], Any]:
    """A validator that has *read* make a value of a text; other values go on as they are."""

    def validate(given: Any) -> Any:
        if not isinstance(given, str):
            return given
        try:
            return read(given)
        except Unreadable as refused:
            raise fault(refused.slug(), refused.message, **refused.facts) from refused

    return validate


def no_number(given: Any) -> Any:
    """*given*, unless it is a number: a count of seconds is no spelling of a day."""
    if isinstance(given, int | float | Decimal):
        raise fault("day", DayUnreadable.message)
    return given


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


Line = Annotated[str, AfterValidator(one_line)]
Text = str
Code = Annotated[str, BeforeValidator(narrow)]
Reason = Annotated[str, StringConstraints(min_length=2, max_length=REASON_LENGTH)]
Phone = Annotated[str, Field(max_length=60), BeforeValidator(spelt(read_phone))]
"""Somebody's telephone number: personal data, masked in every history, each look recorded."""
OwnPhone = Annotated[str, Field(max_length=60), BeforeValidator(spelt(read_phone))]
"""A number of our own company, printed on its contracts: shown to everybody as it is."""
Name = Annotated[Line, Field(max_length=60)]
"""The name of a person."""
Instant = Annotated[
    datetime,
    BeforeValidator(spelt(read_instant)),
    BeforeValidator(no_number),
    AfterValidator(check_instant),
]
Day = Annotated[
    date, BeforeValidator(spelt(read_day)), BeforeValidator(no_number), AfterValidator(check_day)
]
Number = Annotated[Decimal, BeforeValidator(spelt(read_number))]
"""Exact, in any spelling that `read_number` knows."""
Count = Annotated[int, BeforeValidator(spelt(read_number))]
"""A whole number, in the same spellings."""
Balance = Annotated[Number, Field(max_digits=16, decimal_places=2)]
"""Yuan and fen, also below zero; at most 14 digits before the point."""
Yuan = Annotated[Balance, Field(ge=0)]
"""An amount in yuan and fen, as much as a `MoneyField` keeps."""
Email = Annotated[Code, Field(max_length=200), AfterValidator(check_email)]
Website = Annotated[Code, Field(max_length=300), AfterValidator(check_website)]


class ReasonInput(Input):
    """Why something is done, as the dialog of `confirm_button` asks for it."""

    reason: Reason = asked(N_("原因"), widget="textarea")
