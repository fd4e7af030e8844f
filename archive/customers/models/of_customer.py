"""What every record about a customer shares: the customer, and who owns the record with it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self

from mongoengine import ObjectIdField, Q

from archive.actor import Actor, Right, Scope
from archive.customers.models.customer import Customer
from archive.customers.models.kept import follow_all, write_kept
from archive.database import Record, Taken, collection_of, durable, every

LISTED = ("name", "archive_number", "customer_code", "salesperson_id")


@dataclass
class _Written:
    """What was written together: records that must follow their customer, and whose they are."""

    known: dict[Any, Customer]
    records: list["OfCustomer"] = field(default_factory=list)
    customers: dict[type["OfCustomer"], set[Any]] = field(default_factory=dict)


_TOGETHER: ContextVar[_Written | None] = ContextVar("written together", default=None)


@contextmanager
def written_together(known: Iterable[Customer]) -> Iterator[None]:
    """Let what follows from many writes be done once, at the end: some queries instead of many.

    *known* are customers that have been read just now, and are not asked for each record again.
    """
    many = _Written({each.id: each for each in known})
    token = _TOGETHER.set(many)
    try:
        yield
    finally:
        _TOGETHER.reset(token)
        wanted = {"_id": {"$in": list({each.customer_id for each in many.records})}}
        found = collection_of(Customer).find(wanted, {"salesperson_id": True})
        owners = {each["_id"]: each.get("salesperson_id") for each in found}
        for record in many.records:
            is_same = record.customer_id in owners
            if not is_same or owners[record.customer_id] != record.salesperson_id:
                record.follow_customer()
                many.customers.setdefault(type(record), set()).add(record.customer_id)
        for model, customers in many.customers.items():
            model.keep_on(customers)


@dataclass(frozen=True)
class Together:
    """Of which records a customer has only one: those with the same values of `by`.

    When two archives are merged, two such records become one: of `rows`, each known by its `key`,
    those of both are kept, and where both have one, a person says which is right.
    """

    by: tuple[str, ...]
    rows: str
    key: str


class OfCustomer(Record):
    """A record about one customer; whoever follows up the customer owns it (Art. 8).

    The owner is kept on the record, so that what a salesperson may see is one indexed condition
    and no list of their customers. Opening a single record asks the customer itself.
    """

    meta: ClassVar[dict[str, Any]] = {"abstract": True, "strict": False}

    customer_path = "customer_id"
    together: ClassVar[Together | None] = None
    at_most_one: ClassVar[Mapping[str, Any]] = {}  # such records a customer has only one of
    opens: ClassVar[Right]  # the right that opens such a record
    keeps: ClassVar[frozenset[str]] = frozenset()  # fields of the customer that such records make
    counts_for_all: ClassVar[bool] = False  # whether what `FollowsFromAll` keeps depends on it
    derived = frozenset({"salesperson_id"})

    customer_id = ObjectIdField()
    salesperson_id = ObjectIdField()  # the customer's

    _customer: Customer | None = None

    @property
    def customer(self) -> Customer | None:
        """The customer's archive; read once, or given by `with_customers` for a whole list."""
        if self.customer_id is None:
            return None
        if self._customer is None or self._customer.id != self.customer_id:
            many = _TOGETHER.get()
            known = many.known.get(self.customer_id) if many else None
            self._customer = known or Customer.with_identity(self.customer_id)
        return self._customer

    @property
    def customer_key(self) -> str | None:
        return str(self.customer_id) if self.customer_id else None

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        if scope is Scope.OWN:
            return self.customer is not None and self.customer.is_within(scope, actor_id)
        return scope is Scope.ALL

    def derive(self) -> dict[str, Any]:
        """Who owns the record: the customer's salesperson."""
        return {"salesperson_id": self.customer.salesperson_id if self.customer else None}

    @classmethod
    def open_new(
        cls,
        actor: Actor,
        now: datetime,
        action: str,
        facts: Mapping[str, Any],
        *,
        reason: str = "",
    ) -> Self:
        record = super().open_new(actor, now, action, facts, reason=reason)
        record.settle({record.customer_id})
        return record

    @classmethod
    def open_all(
        cls,
        actor: Actor,
        now: datetime,
        action: str,
        all_facts: Sequence[Mapping[str, Any]],
        *,
        as_stored: Collection[str] = (),
    ) -> list[Self | Taken]:
        outcomes = super().open_all(actor, now, action, all_facts, as_stored=as_stored)
        for each in outcomes:
            if not isinstance(each, Taken):
                each.settle({each.customer_id})
        return outcomes

    def change(
        self,
        actor: Actor,
        now: datetime,
        action: str,
        facts: Mapping[str, Any],
        *,
        seen: int | None = None,
        reason: str = "",
    ) -> Self:
        before = self.customer_id
        super().change(actor, now, action, facts, seen=seen, reason=reason)
        self.settle({before, self.customer_id}, follows="customer_id" in facts)
        return self

    def settle(self, customers: Collection[Any], *, follows: bool = True) -> None:
        """Do what follows from a write: now, or with all others of `written_together`."""
        many = _TOGETHER.get()
        if many is None:
            if follows:
                self.follow_customer()
            self.keep_on({*customers, self.customer_id})
            return
        many.customers.setdefault(type(self), set()).update(customers)
        if follows:
            many.records.append(self)

    @classmethod
    def kept_for(cls, customers: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """What such records make the fields `keeps` of each of *customers*, as MongoDB keeps it."""
        raise NotImplementedError

    @classmethod
    def keep_on(cls, customers: Collection[Any]) -> int:
        """Write on *customers* what such records make of them; how many were not so before.

        It follows from the records, so it is no event; lists filter and sort by it. A crash before
        it, and what only time changes, is made up for by a sweep.
        """
        known = [each for each in customers if each]
        if not known:
            return 0
        if cls.counts_for_all:
            follow_all(collection_of(Customer), known)
        if not cls.keeps:
            return 0
        return write_kept(collection_of(Customer), known, cls.keeps, cls.kept_for(known))

    def follow_customer(self) -> None:
        """Follow to an owner, or an archive, that came while this record was being written."""
        if self.customer_id is None:
            return
        customer = Customer.with_identity(self.customer_id)
        if customer is None:
            return
        if customer.id != self.customer_id:
            move_records(type(self), [self.id], self.customer_id, customer)
            self.customer_id = customer.id
        if customer.salesperson_id != self.salesperson_id:
            hand_over(self.customer_id, customer.salesperson_id)

    @classmethod
    def in_scope(cls, scope: Scope, actor_id: str) -> Q | None:
        """The records inside *scope* for the person *actor_id*; None where it means nothing here.

        `Scope.ALL` is not asked for.
        """
        return Q(salesperson_id=actor_id) if scope is Scope.OWN else None

    @classmethod
    def visible_to(cls, actor: Actor, right: Right | None = None) -> Any:
        """The records on which *actor* has *right* (by default: may open them), as a query."""
        scopes = actor.scopes(right or cls.opens)
        if Scope.ALL in scopes:
            return cls.objects
        within = [part for scope in sorted(scopes) if (part := cls.in_scope(scope, actor.id))]
        if not within:
            return cls.objects.none()
        condition = within[0]
        for part in within[1:]:
            condition |= part
        return cls.objects(condition)

    @classmethod
    def of(cls, customer: Customer, actor: Actor) -> Any:
        """The records of *customer* that *actor* may open, as a query."""
        return cls.visible_to(actor).filter(customer_id=customer.id)

    @classmethod
    def with_customers(cls, records: Iterable[Self]) -> list[Self]:
        """*records* with what lists show of their customers, read in one query."""
        listed = list(records)
        keys = {each.customer_id for each in listed if each.customer_id}
        found = Customer.objects(id__in=list(keys)).only(*LISTED) if keys else ()
        known = {customer.id: customer for customer in found}
        for each in listed:
            each._customer = known.get(each.customer_id)  # noqa: SLF001 - a record of this very class
        return listed


def hand_over(customer_id: Any, salesperson_id: Any) -> None:
    """Give every record of a customer to whoever follows it up now. Not an event of its own."""
    now_theirs = {"salesperson_id": salesperson_id}
    update = {"$set": now_theirs} if salesperson_id else {"$unset": {"salesperson_id": ""}}
    others = {"customer_id": customer_id, "salesperson_id": {"$ne": salesperson_id}}
    for model in every(OfCustomer):
        durable(model).update_many(others, update)


def kinds_of_customers() -> list[type[Record]]:
    """Every kind of record that belongs to a customer, as it says itself."""
    return [model for model in every(Record) if model.customer_path]


def move_records(
    model: type[Record], keys: Iterable[Any], source_id: Any, target: Customer
) -> None:
    """Let the records *keys* of *model* that are of the customer *source_id* be of *target*.

    Not an event of its own; those that are of another customer by now stay there.
    """
    facts = {model.customer_path: target.id}
    update: dict[str, Any] = {"$set": facts}
    if issubclass(model, OfCustomer):
        if target.salesperson_id:
            facts["salesperson_id"] = target.salesperson_id
        else:
            update["$unset"] = {"salesperson_id": ""}
    durable(model).update_many({"_id": {"$in": list(keys)}, model.customer_path: source_id}, update)
    if issubclass(model, OfCustomer):
        model.keep_on({source_id, target.id})
