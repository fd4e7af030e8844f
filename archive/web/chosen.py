"""The rows of a list that somebody chose: kept for a day, so that a page about them has an address.

Where all that was found is chosen nothing is kept: the filters in the address say which they are.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode

from bson import ObjectId
from flask import Flask, current_app, request
from mongoengine import DateTimeField, Document, ListField, ObjectIdField, StringField

from archive.actor import Actor
from archive.errors import NotFound
from archive.listed import Listed, RowAct, RowPage
from archive.terms import N_

CHOSEN = "chosen"  # in an address
LISTED = "archive.listed"
KEPT_FOR = 24 * 60 * 60  # seconds
MOST_NAMED = 5000  # rows that are ticked one by one
PRINT = "print"
EXPORTS = ("xlsx", "csv", PRINT)


class ChoiceGone(NotFound):
    """The rows that an address names are no longer kept, or were chosen by somebody else."""

    message = N_("所选的行已不再保留，或是别人选的。")
    remedy = N_("请回到列表重新选择。")


class Chosen(Document):
    """Rows that a person chose. Not a record: nothing of the archive."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "chosen_rows",
        "auto_create_index": False,
        "indexes": [{"fields": ["made_at"], "expireAfterSeconds": KEPT_FOR}],
    }

    made_at = DateTimeField(required=True)
    made_by_id = StringField(required=True)
    rows = ListField(ObjectIdField())

    @classmethod
    def keep(cls, keys: Iterable[str], *, actor: Actor, now: datetime) -> str:
        """Keep the rows *keys*, as far as they are identities; the name of the choice."""
        rows = [ObjectId(key) for key in dict.fromkeys(keys) if ObjectId.is_valid(key)]
        kept = cls(made_at=now, made_by_id=actor.id, rows=rows[:MOST_NAMED]).save()
        return str(kept.id)

    @classmethod
    def rows_of(cls, name: str, actor: Actor) -> list[ObjectId]:
        """The rows of the choice *name* of *actor*.

        Raises:
            ChoiceGone.
        """
        found = None
        if ObjectId.is_valid(name):
            found = cls.objects(id=ObjectId(name), made_by_id=actor.id).first()
        if found is None:
            raise ChoiceGone()
        return list(found.rows)


def register(
    app: Flask,
    lists: Iterable[Listed],
    pages: Iterable[RowPage],
    acts: Iterable[RowAct],
) -> None:
    """Make known what can be done with rows of lists."""
    kept = app.extensions.setdefault(LISTED, ({}, [], []))
    kept[0].update({each.key: each for each in lists})
    kept[1].extend(pages)
    kept[2].extend(acts)


def list_called(key: str) -> Listed:
    """The list with this *key*.

    Raises:
        NotFound: no chapter declares it.
    """
    found: Listed | None = current_app.extensions[LISTED][0].get(key)
    if found is None:
        raise NotFound()
    return found


def all_acts(app: Flask | None = None) -> list[RowAct]:
    """Every act on chosen rows."""
    found: list[RowAct] = (app or current_app).extensions[LISTED][2]
    return found


def offered(key: str, who: Actor) -> list[RowAct | RowPage]:
    """What *who* may do with rows of the list *key*: acts, then pages."""
    _, pages, acts = current_app.extensions.get(LISTED, ({}, [], []))
    offers = (*(act for act in acts if act.is_offered), *pages)
    return [each for each in offers if each.on == key and who.may(each.right)]


def address_with(address: str, query: str, **more: str) -> str:
    """*address* with the filters of the list address *query* and *more*."""
    gone = {CHOSEN, "export", "page", "rows", *more}
    pairs = [pair for pair in parse_qsl(query) if pair[0] not in gone]
    return f"{address}?{urlencode([*pairs, *more.items()])}"


def narrowing() -> str:
    """What of the address says which rows are found: not their order, columns or page."""
    aside = {"page", "per_page", "sort", "columns", CHOSEN, "export"}
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] not in aside and pair[1]]
    return urlencode(sorted(pairs))
