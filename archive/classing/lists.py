"""The lists of classing: what waits for a decision, and who moved where."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bson import ObjectId
from flask_babel import gettext
from mongoengine import Q

from archive.accounts.models import User
from archive.classing.file import why_of
from archive.customers.lists import MOST_NAMED, of_salesperson
from archive.customers.models import Customer
from archive.customers.rules.classes import Dimension, class_called
from archive.terms import N_, Term
from archive.trail.models import History, TrailEntry
from archive.web.columns import Column, Show
from archive.web.filters import Choice, Days, OneOf, Text
from archive.web.formatting import who_acted
from archive.web.listing import ListPage

MOVES = ("customer.classed", "customer.class_decided", "customer.class_withdrawn")


def found_in(dimension: Dimension) -> Callable[[Customer], Term | None]:
    """What is proposed of a customer, where it waits for an answer."""

    def value(customer: Customer) -> Term | None:
        return customer.found_in(dimension) if dimension in customer.proposed else None

    return value


def why_in(dimension: Dimension) -> Callable[[Customer], str]:
    """Why it is proposed."""

    def value(customer: Customer) -> str:
        is_open = dimension in customer.proposed
        return why_of(customer.standing_in(dimension)) if is_open else ""

    return value


STORED = ("proposed", "standings")

PROPOSALS = ListPage[Customer](
    key="proposals",
    title=N_("待确认的分类"),
    model=Customer,
    template="classing/proposals.html",
    sort="name",
    columns=(
        Column("name", N_("公司名称"), lambda c: c.name, sort="name_order", reads=("name",)),
        Column("code", N_("客户编码"), lambda c: c.customer_code, sort="customer_code",
               is_unique=True, show=Show.CODE, default=False),
        Column("maintenance", N_("维护重要性"), lambda c: c.maintenance, sort="maintenance",
               show=Show.STATE, default=False),
        Column("maintenance_found", N_("维护重要性（建议）"), found_in(Dimension.MAINTENANCE),
               show=Show.STATE, reads=STORED),
        Column("maintenance_why", N_("维护重要性的依据"), why_in(Dimension.MAINTENANCE),
               reads=STORED),
        Column("credit", N_("信誉"), lambda c: c.credit, sort="credit", show=Show.STATE,
               default=False),
        Column("credit_found", N_("信誉（建议）"), found_in(Dimension.CREDIT),
               show=Show.STATE, reads=STORED),
        Column("credit_why", N_("信誉的依据"), why_in(Dimension.CREDIT), reads=STORED),
        Column("salesperson", N_("跟进销售员"), lambda c: c.salesperson_name,
               sort="salesperson_name", default=False),
    ),
    filters=(
        Text("q", N_("名称、拼音或编码"), Customer.described),
        OneOf("salesperson", N_("销售员"), User.salespeople, conditions=of_salesperson),
        Choice("proposed", N_("分类标准"), Dimension),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Move:
    """A customer whose class has changed: from where to where, in each dimension that did."""

    entry: TrailEntry
    customer: Customer | None
    changes: Mapping[str, tuple[str | None, str | None]]

    @property
    def id(self) -> str:
        """The identity of the event."""
        return str(self.entry.id)

    def words_in(self, dimension: Dimension) -> str:
        """From where to where; empty where nothing changed."""
        if dimension.value not in self.changes:
            return ""
        before, after = (
            _word(class_called(dimension, value)) for value in self.changes[dimension.value]
        )
        return f"{before} → {after}"


def _word(value: Term | None) -> str:
    return gettext(value.label) if value is not None else gettext("待定")


def with_changes(entries: Iterable[TrailEntry]) -> list[Move]:
    """*entries* with their customers and what they changed, each read in one query."""
    listed = list(entries)
    keys = {each.customer_id for each in listed if ObjectId.is_valid(each.customer_id or "")}
    known = Customer.by_key(keys)
    stored = {each.id: each for each in History.objects(id__in=[each.id for each in listed])}
    return [
        Move(each, known.get(each.customer_id), _changes(stored.get(each.id))) for each in listed
    ]


def _changes(history: History | None) -> dict[str, tuple[Any, Any]]:
    changes = history.changes if history else []
    return {each["field"]: (each.get("before"), each.get("after")) for each in changes}


def of_customers_called(typed: str) -> Q:
    """The condition that an event is about a customer whom *typed* names."""
    named = Customer.objects(Customer.described(typed)).limit(MOST_NAMED).scalar("id")
    return Q(customer_id__in=[str(key) for key in named])


def move_in(dimension: Dimension) -> Column[Move]:
    """The column of a dimension."""
    return Column(dimension.value, dimension.label, lambda move: move.words_in(dimension),
                  reads=("customer_id",))  # fmt: skip


MOVED = ListPage[Move](
    title=N_("分类变动"),
    model=TrailEntry,
    template="classing/moves.html",
    sort="-at",
    columns=(
        Column("at", N_("时间"), lambda e: e.entry.at, sort="at", show=Show.INSTANT),
        Column("customer", N_("客户"), lambda e: e.customer.caption if e.customer else "",
               reads=("customer_id",)),
        *(move_in(dimension) for dimension in Dimension),
        Column("actor", N_("人员"), lambda e: who_acted(e.entry.actor_name),
               reads=("actor_name",)),
        Column("reason", N_("说明"), lambda e: e.entry.reason or "", reads=("reason",)),
    ),
    filters=(
        Text("customer", N_("客户名称、编码或档案编号"), of_customers_called),
        OneOf("field", N_("分类标准"), lambda: [(e.value, gettext(e.label)) for e in Dimension],
              conditions=lambda key: {"fields__field": key}),
        Days("at"),
    ),
    prepare=with_changes,
)  # fmt: skip


def moves() -> Any:
    """Every event in which a class may have changed."""
    values = [dimension.value for dimension in Dimension]
    return TrailEntry.objects(action__in=MOVES, fields__field__in=values)
