"""Two archives side by side: where they differ, and what a person has to say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from archive.customers.models import Customer, OfCustomer
from archive.customers.models.classes import Classed
from archive.customers.models.of_customer import kinds_of_customers
from archive.database import BOOKKEEPING, collection_of, kind_of
from archive.upkeep.rules import Choice, chosen, has_value, usual_choice

OWN = frozenset({"id", "archive_number", "customer_code", "salesperson_name", *Classed._fields})
"""Fields of an archive that stay its own, or go with another field. Its classes have verbs of
their own, and are computed again from all the records that it then has."""


@dataclass(frozen=True)
class Difference:
    """A field that two archives hold in different versions."""

    name: str
    kept: Any
    other: Any
    usual: Choice

    @property
    def may_be_both(self) -> bool:
        """Whether the rows of both can be kept."""
        return self.is_list and bool(self.kept) and bool(self.other)

    @property
    def is_list(self) -> bool:
        """Whether it holds several values."""
        return isinstance(self.kept, list) or isinstance(self.other, list)


@dataclass(frozen=True)
class Clash:
    """A row that both have and in which they differ, such as the figures of one month."""

    collection: str
    values: tuple[Any, ...]
    row: Any
    kept: Mapping[str, Any]
    other: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Its name in what a person chooses: ``figures-2026-3``."""
        return "-".join(map(str, (self.collection, *self.values, self.row)))


def fields_of_archives() -> list[str]:
    """The fields of an archive that are chosen one by one, in the order of its document."""
    hidden = OWN | BOOKKEEPING | Customer.derived
    return [name for name in vars(Customer)["_fields_ordered"] if name not in hidden]


def differences(kept: Customer, other: Customer) -> list[Difference]:
    """The fields of which the two say something else, and *other* anything at all."""
    found = []
    for name in fields_of_archives():
        ours, theirs = (_plain(getattr(each, name)) for each in (kept, other))
        if ours != theirs and has_value(theirs):
            found.append(Difference(name, ours, theirs, usual_choice(ours, theirs)))
    return found


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, list) else value


def facts_of(kept: Customer, other: Customer, choices: Mapping[str, Choice]) -> dict[str, Any]:
    """What the kept archive holds from then on, of the fields in which the two differ."""
    facts = {}
    for each in differences(kept, other):
        choice = choices.get(each.name, each.usual)
        if choice is Choice.BOTH and not each.may_be_both:
            choice = each.usual
        facts[each.name] = chosen(choice, each.kept, each.other)
    if "salesperson_id" in facts:
        is_other = facts["salesperson_id"] == other.salesperson_id
        facts["salesperson_name"] = (other if is_other else kept).salesperson_name
        if facts["salesperson_id"] != kept.salesperson_id:
            facts["is_handing_over"] = True
    name = facts.get("name", kept.name)
    earlier = facts.get("former_names", list(kept.former_names))
    facts["former_names"] = earlier + [
        each for each in (kept.name, other.name) if each not in (name, *earlier)
    ]
    if "contacts" in facts:
        _one_responsible(facts["contacts"])
    return facts


def _one_responsible(contacts: list[Any]) -> None:
    """Of several main contact persons the first stays one."""
    marked = [each for each in contacts if each.is_responsible]
    for each in marked[1:]:
        contacts[contacts.index(each)] = type(each)(
            **{**{name: each[name] for name in each}, "is_responsible": False}
        )


def kind_together(collection: str) -> type[OfCustomer]:
    """The kind of records of *collection*, of which two become one."""
    return next(model for model in kinds_together() if kind_of(model) == collection)


def kinds_together() -> Iterator[type[OfCustomer]]:
    """The kinds of records of which two become one."""
    for model in kinds_of_customers():
        if issubclass(model, OfCustomer) and model.together:
            yield model


def pairs(
    model: type[OfCustomer], kept_id: Any, other_id: Any
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any], dict[str, Any]]]:
    """The records of *model* that both have: values, and both as stored."""
    by = model.together.by if model.together else ()

    def held(customer_id: Any) -> dict[tuple[Any, ...], dict[str, Any]]:
        found = collection_of(model).find({"customer_id": customer_id})
        return {tuple(each.get(name) for name in by): each for each in found}

    ours = held(kept_id)
    for values, theirs in sorted(held(other_id).items(), key=lambda each: str(each[0])):
        if values in ours:
            yield values, ours[values], theirs


def clashes(kept: Customer, other: Customer) -> list[Clash]:
    """Every row that both have and in which they differ."""
    found = []
    for model in kinds_together():
        together = model.together
        if together is None:
            continue
        for values, ours, theirs in pairs(model, kept.id, other.id):
            rows = {row[together.key]: row for row in ours.get(together.rows, [])}
            for row in theirs.get(together.rows, []):
                mine = rows.get(row[together.key])
                if mine is not None and mine != row:
                    found.append(
                        Clash(kind_of(model), values, row[together.key], mine, cast(Any, row))
                    )
    return found


def both_have_one(kept: Customer, other: Customer) -> Iterator[tuple[OfCustomer, OfCustomer]]:
    """The records of either of which a customer has only one."""
    for model in kinds_of_customers():
        if issubclass(model, OfCustomer) and model.at_most_one:
            ours, theirs = (
                model.objects(customer_id=each.id, **model.at_most_one).first()
                for each in (kept, other)
            )
            if ours and theirs:
                yield ours, theirs


def counts(customer: Customer) -> dict[str, int]:
    """How many records of each kind belong to *customer*; kinds without any are left out."""
    found = {
        kind_of(model): int(
            collection_of(model).count_documents({model.customer_path: customer.id})
        )
        for model in kinds_of_customers()
    }
    return {kind: number for kind, number in found.items() if number}
