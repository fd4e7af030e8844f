"""What people type in: declared once, validated once, for the page and the API alike.

A chapter's `forms.py` declares an `Input`; the page shows it through `archive.web.forms`, the API
takes it as JSON. The words of a fault are chosen here, in the person's language.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Self

from flask_babel import gettext
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
from pydantic_core import ErrorDetails, PydanticCustomError

from archive.clock import TIMEZONE
from archive.errors import ArchiveError
from archive.terms import N_

EARLIEST, LATEST = 1900, 2200  # years that an instant of ours can lie in
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
    shown = {
        "widget": widget,
        "section": section,
        "placeholder": placeholder,
        "autocomplete": autocomplete,
        "source": source,
        "nothing": nothing,
        "free": "yes" if free else "",
    }
    return Field(
        default,
        title=label,
        description=help or None,
        json_schema_extra={"x-page": {name: value for name, value in shown.items() if value}},
        **constraints,
    )


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
Instant = Annotated[datetime, AfterValidator(check_instant)]
Email = Annotated[Code, Field(max_length=200), AfterValidator(check_email)]
Website = Annotated[Code, Field(max_length=300), AfterValidator(check_website)]


class ReasonInput(Input):
    """Why something is done, as the dialog of `confirm_button` asks for it."""

    reason: Reason = asked(N_("原因"), widget="textarea")


def _a_number_is_asked(_: dict[str, Any]) -> str:
    return gettext("请填写数字。")


def _a_day_is_asked(_: dict[str, Any]) -> str:
    return gettext("请填写有效的日期，例如 2026-03-15。")


def _at_most(limit: int, *, is_text: bool) -> str:
    if is_text:
        return gettext("最多 %(limit)d 个字。", limit=limit)
    return gettext("最多 %(limit)d 项。", limit=limit)


def _at_least(limit: int, *, is_text: bool) -> str:
    if is_text:
        return gettext("至少 %(limit)d 个字。", limit=limit)
    return gettext("至少 %(limit)d 项。", limit=limit)


WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda _: gettext("请填写此项。"),
    "string_type": lambda _: gettext("请填写文字。"),
    "string_too_long": lambda c: _at_most(c["max_length"], is_text=True),
    "string_too_short": lambda c: _at_least(c["min_length"], is_text=True),
    "too_long": lambda c: _at_most(c["max_length"], is_text=c["field_type"] == "Value"),
    "too_short": lambda c: _at_least(c["min_length"], is_text=c["field_type"] == "Value"),
    "greater_than": lambda c: gettext("必须大于 %(limit)s。", limit=c["gt"]),
    "greater_than_equal": lambda c: gettext("不能小于 %(limit)s。", limit=c["ge"]),
    "less_than": lambda c: gettext("必须小于 %(limit)s。", limit=c["lt"]),
    "less_than_equal": lambda c: gettext("不能大于 %(limit)s。", limit=c["le"]),
    "decimal_max_places": lambda c: gettext("最多 %(limit)d 位小数。", limit=c["decimal_places"]),
    "decimal_max_digits": lambda c: gettext("最多 %(limit)d 位数字。", limit=c["max_digits"]),
    "decimal_whole_digits": lambda c: gettext(
        "整数部分最多 %(limit)d 位。", limit=c["whole_digits"]
    ),
    "enum": lambda _: gettext("请从列表中选择。"),
    "literal_error": lambda _: gettext("请从列表中选择。"),
    "bool_parsing": lambda _: gettext("请选择是或否。"),
    "extra_forbidden": lambda _: gettext("这里没有这一项，请删除。"),
    **dict.fromkeys(
        (
            "decimal_parsing",
            "decimal_type",
            "finite_number",
            "float_parsing",
            "int_from_float",
            "int_parsing",
            "int_parsing_size",
            "int_type",
        ),
        _a_number_is_asked,
    ),
    **dict.fromkeys(
        (
            "date_parsing",
            "date_type",
            "date_from_datetime_parsing",
            "date_from_datetime_inexact",
            "datetime_parsing",
            "datetime_from_date_parsing",
            "datetime_type",
        ),
        _a_day_is_asked,
    ),
}


def faults_of(error: ValidationError) -> dict[str, list[str]]:
    """What is wrong with each field, in the person's language; rows as ``contacts-0-phone``."""
    found: dict[str, list[str]] = {}
    for each in error.errors(include_url=False):
        place = "-".join(str(part) for part in each["loc"])
        found.setdefault(place, []).append(_words_for(each))
    return found


def _words_for(error: ErrorDetails) -> str:
    facts = error.get("ctx", {})
    if words := WORDS.get(error["type"]):
        return words(facts)
    if error["type"].startswith("value_error") or "ctx" in error or "%(" in error["msg"]:
        return gettext(error["msg"]) % facts
    return gettext("这一项的内容无法识别，请检查后重新填写。")
