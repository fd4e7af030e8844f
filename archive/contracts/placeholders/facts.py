"""A fact that a template may ask for, and groups of them: words, value and field in one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from archive.docgen import Placeholder, ValueKind
from archive.masking import masked
from archive.terms import N_, Term


class Source(Term):
    """Where a value comes from."""

    CUSTOMER = "customer", N_("客户档案")
    COMPANY = "company", N_("本公司资料")
    CONTRACT = "contract", N_("起草时填写")
    LEDGER = "ledger", N_("合同台账")


@dataclass(frozen=True)
class Fact:
    """One thing that a template may ask for; `label` is what a blank shows (【待填：公司名称】).

    `field` is where a person fills it in, and what is read unless `get` says otherwise. A fact that
    is not kept is asked for by the regulation, and nothing can fill it yet: it is always a blank.
    """

    key: str
    label: str
    example: str | Decimal | date
    kind: ValueKind = ValueKind.TEXT
    meaning: str = ""
    field: str = ""
    get: Callable[[Any], Any] | None = None
    is_phone: bool = False
    is_kept: bool = True

    def value_of(self, subject: Any, *, hide_phones: bool = False) -> Any:
        """The value for *subject*, as plain data."""
        value = plain(self.get(subject) if self.get else getattr(subject, self.field))
        return masked(value) if self.is_phone and hide_phones else value


@dataclass(frozen=True)
class Group:
    """The facts of one thing, named ``客户.名称``."""

    name: str
    source: Source
    facts: tuple[Fact, ...]

    def placeholders(self) -> Sequence[Placeholder]:
        """As the catalogue has them."""
        return [
            Placeholder(
                f"{self.name}.{fact.key}",
                fact.label,
                fact.example,
                self.source,
                fact.kind,
                fact.meaning,
                is_kept=fact.is_kept,
            )
            for fact in self.facts
        ]

    def fields(self) -> Mapping[str, str]:
        """Where each is filled in: placeholder -> field of the form."""
        return {f"{self.name}.{fact.key}": fact.field for fact in self.facts if fact.field}

    def values_of(self, subject: Any, *, hide_phones: bool = False) -> dict[str, Any]:
        """What is known of *subject*, by key."""
        return {
            fact.key: fact.value_of(subject, hide_phones=hide_phones)
            for fact in self.facts
            if fact.get or fact.field
        }


@dataclass(frozen=True)
class Table(Group):
    """A list, walked with ``{%tr for 行 in 价格表 %}``; `facts` are its columns."""

    label: str
    meaning: str
    field: str

    def placeholders(self) -> Sequence[Placeholder]:
        columns = tuple(super().placeholders())
        return [
            Placeholder(
                self.name, self.label, "", self.source, ValueKind.ROWS, self.meaning, columns
            )
        ]

    def fields(self) -> Mapping[str, str]:
        names = (self.name, *(f"{self.name}.{fact.key}" for fact in self.facts))
        return dict.fromkeys(names, self.field) if self.field else {}

    def rows_of(self, subject: Any, *, hide_phones: bool = False) -> list[dict[str, Any]]:
        """What is known of each row of *subject*."""
        rows: Iterable[Any] = getattr(subject, self.field)
        return [self.values_of(row, hide_phones=hide_phones) for row in rows]


def plain(value: Any) -> Any:
    """*value* as a document takes it.

    A term is its Chinese word: contracts are written in Chinese, whatever language the page is in.
    """
    if isinstance(value, Term):
        return value.label
    if isinstance(value, list):
        return "、".join(plain(each) for each in value)
    return value
