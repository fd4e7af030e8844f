"""What archives lack, and two archives side by side in words, for pages and API."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from archive.accounts.models import User
from archive.customers.models import Customer
from archive.upkeep.errors import SamePerson
from archive.upkeep.file import address_to_mend
from archive.upkeep.models import Merge, Restriction, Withheld
from archive.upkeep.rules import Choice, has_value
from archive.upkeep.service import comparing
from archive.upkeep.service.completing import KINDS
from archive.web.context import actor
from archive.web.inputs import InvalidInput
from archive.web.wording import (
    RecordWords,
    hide_numbers,
    kind_words,
    known_words,
    label_of,
    row_model,
    words_of_field,
)


@dataclass(frozen=True)
class Compared:
    """A field, or a row that both have, in both versions and in words."""

    key: str
    label: str
    kept: str
    other: str
    choices: tuple[Choice, ...]
    usual: Choice | None


def _words(kind: str) -> RecordWords:
    return known_words()[kind]


def fields_compared(kept: Customer, other: Customer) -> list[Compared]:
    """Each field in which the two differ; telephone numbers masked."""
    words = _words("customers")

    def said(customer: Customer, each: comparing.Difference, value: Any) -> str:
        if each.name == "salesperson_id":
            return customer.salesperson_name or ""
        hidden = hide_numbers(words.model, each.name, _stored(value))
        return words_of_field(words.model, each.name, hidden)

    return [
        Compared(
            each.name,
            label_of(words.model, each.name, words.fields),
            said(kept, each, each.kept),
            said(other, each, each.other),
            tuple(Choice) if each.may_be_both else (Choice.KEPT, Choice.OTHER),
            each.usual,
        )
        for each in comparing.differences(kept, other)
    ]


def _stored(value: Any) -> Any:
    """Rows as mappings."""
    if isinstance(value, list):
        return [each.to_mongo() if hasattr(each, "to_mongo") else each for each in value]
    return value


def rows_compared(kept: Customer, other: Customer) -> list[Compared]:
    """Each row that both have and in which they differ; nothing is chosen beforehand."""
    found = []
    for each in comparing.clashes(kept, other):
        together = comparing.kind_together(each.collection).together
        if together is None:
            continue
        row = row_model(_words(each.collection).model, together.rows)
        named = (*each.values, each.row)
        label = f"{kind_words(each.collection)} {'-'.join(map(_two, named))}"
        found.append(
            Compared(
                each.key,
                label,
                row_in_words(row, each.kept, together.key),
                row_in_words(row, each.other, together.key),
                (Choice.KEPT, Choice.OTHER),
                None,
            )
        )
    return found


def _two(number: Any) -> str:
    return f"{number:02d}" if isinstance(number, int) else str(number)


def row_in_words(model: Any, row: Any, key: str) -> str:
    """What a stored row says, each value with its label."""
    return gettext("、").join(
        f"{label_of(model, name)} {words_of_field(model, name, row[name])}"
        for name in model.model_fields
        if name != key and row.get(name) is not None
    )


def counts_in_words(customer: Customer) -> list[tuple[str, int]]:
    """How many records of each kind belong to the customer."""
    return [(kind_words(kind), number) for kind, number in comparing.counts(customer).items()]


def moved_in_words(merge: Merge) -> list[tuple[str, int]]:
    """How many records of each kind moved, or became part of one that was there."""
    found = {kind: len(keys) for kind, keys in merge.moved.items()}
    for each in merge.united:
        found[each.collection] = found.get(each.collection, 0) + 1
    return [(kind_words(kind), number) for kind, number in found.items()]


def unused_in_words(merge: Merge) -> list[tuple[str, str]]:
    """The rows that were not chosen: what they are of, and what they say."""
    found = []
    for each in merge.united:
        together = comparing.kind_together(each.collection).together
        if together is None:
            continue
        row_kind = row_model(_words(each.collection).model, together.rows)
        for row in each.unused:
            named = "-".join(map(_two, (*each.values, row[together.key])))
            label = f"{kind_words(each.collection)} {named}"
            found.append((label, row_in_words(row_kind, row, together.key)))
    return found


def missing_of(customer: Customer) -> list[tuple[str, str]]:
    """What is kept as missing of *customer*: label, and where the person mends it."""
    kinds = (KINDS[key] for key in customer.missing if key in KINDS)
    return [(gettext(kind.label), address_to_mend(kind, customer, actor())) for kind in kinds]


def people() -> dict[str, list[tuple[str, str]]]:
    """Who may hand over (also those whose account is closed), and who may take over."""
    active = User.salespeople()
    closed = User.objects(is_disabled=True, id__in=Customer.objects.distinct("salesperson_id"))
    return {
        "leaver": [*((each.key, each.name) for each in closed.order_by("name")), *active],
        "receivers": active,
    }


def check_people(leaver: str, receivers: Sequence[str]) -> None:
    """Check that these people may hand over, and take over.

    Raises:
        InvalidInput: somebody is unknown, or has left.
        SamePerson: whoever hands over is among those who take over.
    """
    known = people()
    if leaver not in dict(known["leaver"]):
        raise InvalidInput({"leaver": [gettext("请选择移交人。")]})
    if not receivers or not set(receivers) <= dict(known["receivers"]).keys():
        raise InvalidInput({"receivers": [gettext("请选择在职的销售员。")]})
    if leaver in receivers:
        raise SamePerson(name=dict(known["leaver"])[leaver])


def facts_withheld(restriction: Restriction) -> list[tuple[str, str]]:
    """What the archive that is withheld says, in words; telephone numbers masked."""
    customer = restriction.customer
    if customer is None:
        return []
    words = _words("customers")
    held = {name: _stored(getattr(customer, name)) for name in comparing.fields_of_archives()}
    return [
        (
            label_of(words.model, name, words.fields),
            words_of_field(words.model, name, hide_numbers(words.model, name, value)),
        )
        for name, value in held.items()
        if has_value(value) and name != "salesperson_id"
    ]


def withheld_in_words(restriction: Restriction) -> list[tuple[str, int]]:
    """How many records of each kind are withheld."""
    counts = Withheld.counts(restriction)
    return [(kind_words(kind), number) for kind, number in counts.items() if kind in known_words()]
