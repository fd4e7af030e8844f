"""What an archive has to hold for its customer, and what of it is there (Art. 5, 6, 8).

What is missing is kept on the customer, so that lists are narrowed and sorted by it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bson import ObjectId

from archive import clock
from archive.customers.models import (
    ClassMeasures,
    Customer,
    FollowsFromAll,
    measures_of,
)
from archive.customers.rules import ASKED_BY_ARTICLE_6, Relationship
from archive.customers.rules.classes import TERMS, Dimension, Measures, classes_in
from archive.database import collection_of
from archive.figures.models import YearFigures
from archive.figures.rules import months_before
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind, Validity, validity
from archive.terms import N_, Term


class Mend(Term):
    """Where what is missing is filled in."""

    FACTS = "facts", N_("填写")
    PAPERS = "papers", N_("归档")
    FIGURES = "figures", N_("登记")
    KEEPER = "keeper", N_("指定")
    SALESPERSON = "salesperson", N_("分配")


OTHERS: dict[Mend, str] = {
    Mend.FACTS: N_("由跟进销售员填写"),
    Mend.PAPERS: N_("由档案保管员归档"),
    Mend.FIGURES: N_("由跟进销售员登记"),
    Mend.KEEPER: N_("由销售经理指定"),
    Mend.SALESPERSON: N_("由销售经理分配"),
}
"""Who does it, for those who may not."""


@dataclass(frozen=True)
class Kind:
    """A thing that an archive may have to hold."""

    key: str
    """By which it is kept as missing; of a fact, its field in the form."""
    label: str
    """A msgid."""
    mend: Mend


@dataclass(frozen=True)
class Item:
    """One thing that an archive has to hold."""

    kind: Kind
    is_there: bool
    is_expired: bool = False
    """It is there and no longer good."""


PAPER = "paper:"  # before the kind of a paper
ASSIGNED = "salesperson_id"  # no field of the form: a verb of its own
FACTS = {
    each.field: Kind(
        each.field, each.label, Mend.SALESPERSON if each.field == ASSIGNED else Mend.FACTS
    )
    for each in ASKED_BY_ARTICLE_6
}
PAPERS = {
    each.value: Kind(f"{PAPER}{each.value}", each.label, Mend.PAPERS) for each in AttachmentKind
}
KEEPER = Kind("keeper", N_("专人"), Mend.KEEPER)
FIGURES = Kind("figures", N_("上月业绩"), Mend.FIGURES)
KINDS = {each.key: each for each in (*FACTS.values(), *PAPERS.values(), KEEPER, FIGURES)}

COMPLETE, INCOMPLETE, HALF = "complete", "incomplete", "half"
ANY_PAPER = "papers"
NOTHING: dict[str, Any] = {"id": ObjectId("0" * 24)}  # the condition that no customer fulfils

CLASSES = tuple(dimension.value for dimension in TERMS)
READ = (*FACTS, *CLASSES, "licence_is_open_ended", "keeper_name")
COOPERATING = {Relationship.COOPERATING_NEW.value, Relationship.COOPERATING_OLD.value}


@dataclass(frozen=True)
class Held:
    """What is known of one archive, as MongoDB keeps it."""

    stored: Mapping[str, Any]
    measures: Measures
    papers: Mapping[str, bool]
    """By kind of those filed, whether one is good."""
    has_figures: bool
    """Of the last month that is over."""


def items_of(customer: Customer, today: date) -> list[Item]:
    """What the archive of *customer* has to hold, by its classes, in the order of the regulation.

    Papers are those that the measures of its classes ask for; one that ran out counts as missing.
    """
    return [item for held in _read([customer.id], today) for item in _items(held, today)]


class Completeness(FollowsFromAll):
    """完整度: how much of what it has to hold an archive holds, and what it lacks."""

    keeps = frozenset({"completeness", "missing"})

    @classmethod
    def kept_for(cls, customers: Sequence[Any]) -> dict[Any, dict[str, Any]]:
        """Share in percent, and the keys of what is missing."""
        today = clock.local_day(clock.now())
        made = {}
        for held in _read(customers, today):
            items = _items(held, today)
            missing = [item.kind.key for item in items if not item.is_there]
            made[held.stored["_id"]] = {
                "completeness": share_of(items),
                "missing": missing or None,
            }
        return made


def share_of(items: Sequence[Item]) -> int:
    """How much of *items* is there, in whole percent; 100 only where all are."""
    return sum(item.is_there for item in items) * 100 // len(items)


def closed_month(today: date) -> tuple[int, int]:
    """Year and month of the last month that is over."""
    return months_before(today, 2)[0]


def of_completeness(value: str) -> dict[str, Any]:
    """The condition that archives are as complete as *value* says."""
    known: dict[str, dict[str, Any]] = {
        INCOMPLETE: {"completeness__lt": 100},
        HALF: {"completeness__lt": 50},
        COMPLETE: {"completeness": 100},
    }
    return known.get(value, NOTHING)


def of_missing(key: str) -> dict[str, Any]:
    """The condition that archives lack the thing *key*, or any paper."""
    if key == ANY_PAPER:
        return {"missing__in": [each.key for each in PAPERS.values()]}
    return {"missing": key} if key in KINDS else NOTHING


def _read(customers: Sequence[Any], today: date) -> Iterator[Held]:
    """What is known of *customers*, in one query for each kind of record."""
    keys, table = list(customers), ClassMeasures.table()
    papers = _papers(keys, today)
    with_figures = _with_figures(keys, today)
    for stored in collection_of(Customer).find({"_id": {"$in": keys}}, dict.fromkeys(READ, 1)):
        key = stored["_id"]
        measures = measures_of(classes_in(stored), table)
        yield Held(stored, measures, papers.get(key, {}), key in with_figures)


def _papers(keys: list[Any], today: date) -> dict[Any, dict[str, bool]]:
    filed: dict[Any, dict[str, bool]] = {}
    found = collection_of(Attachment).find(
        {"customer_id": {"$in": keys}, "withdrawn_at": None, "disposed_at": None},
        {"customer_id": 1, "kind": 1, "valid_until": 1},
    )
    for paper in found:
        own, kind = filed.setdefault(paper["customer_id"], {}), paper["kind"]
        is_good = _validity(paper.get("valid_until"), today) is not Validity.EXPIRED
        own[kind] = own.get(kind, False) or is_good
    return filed


def _with_figures(keys: list[Any], today: date) -> set[Any]:
    year, month = closed_month(today)
    asked = {"customer_id": {"$in": keys}, "year": year, "months.month": month}
    return {
        each["customer_id"] for each in collection_of(YearFigures).find(asked, {"customer_id": 1})
    }


def _validity(until: Any, today: date) -> Validity | None:
    """As `validity`, of a day that MongoDB keeps as midnight."""
    return validity(until.date() if until else None, today)


def _items(held: Held, today: date) -> list[Item]:
    stored = held.stored
    items = [_fact(kind, stored, today) for kind in FACTS.values()]
    for paper in dict.fromkeys((AttachmentKind.LICENCE.value, *held.measures.papers)):
        if kind := PAPERS.get(paper):
            is_good = held.papers.get(paper, False)
            items.append(Item(kind, is_good, is_expired=paper in held.papers and not is_good))
    if held.measures.needs_keeper:
        items.append(Item(KEEPER, bool(stored.get("keeper_name"))))
    if stored.get(Dimension.RELATIONSHIP.value) in COOPERATING:
        items.append(Item(FIGURES, held.has_figures))
    return items


def _fact(kind: Kind, stored: Mapping[str, Any], today: date) -> Item:
    value = stored.get(kind.key)
    if kind.key == "contacts":
        contacts = value or [{}]
        main = next((each for each in contacts if each.get("is_responsible")), contacts[0])
        return Item(kind, bool(main.get("phone") or main.get("email")))
    if kind.key == "licence_valid_until":
        if stored.get("licence_is_open_ended"):
            return Item(kind, is_there=True)
        has_run_out = _validity(value, today) is Validity.EXPIRED
        return Item(kind, bool(value) and not has_run_out, is_expired=has_run_out)
    return Item(kind, bool(value))
