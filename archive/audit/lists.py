"""The trail as it is listed: who did what, when, and whose archive it was about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bson import ObjectId
from flask_babel import gettext
from mongoengine import Q, StringField

from archive.customers.lists import MOST_NAMED
from archive.customers.models import Customer
from archive.database import kind_of, records
from archive.terms import N_
from archive.trail.models import TrailEntry
from archive.web import formatting
from archive.web.columns import Column, Show
from archive.web.filters import Days, OneOf, Text
from archive.web.formatting import who_acted
from archive.web.listing import ListPage
from archive.web.wording import OF_ANY_KIND, action_words, kind_words, known_words

SEEN = re.compile(r"v(\d+)(?: p(\d+))?")  # which version of a paper, and which page of it


@dataclass(frozen=True)
class Line:
    """An entry, and the customer that it is about."""

    entry: TrailEntry
    customer: Customer | None

    @property
    def id(self) -> str:
        """The identity of the entry."""
        return str(self.entry.id)

    @property
    def action(self) -> str:
        """What was done; of what was counted how often, and when for the last time."""
        return action_said(self.entry)


def with_customers(entries: Iterable[TrailEntry]) -> list[Line]:
    """*entries* with the customers that they are about, read in one query."""
    listed = list(entries)
    keys = {each.customer_id for each in listed if ObjectId.is_valid(each.customer_id or "")}
    known = Customer.by_key(keys) if keys else {}
    return [Line(each, known.get(each.customer_id)) for each in listed]


def action_said(entry: TrailEntry) -> str:
    """What was done, in words; of what was counted how often, and when for the last time."""
    done = action_words(entry.action)
    if (entry.times or 1) == 1:
        return done
    last = formatting.instant(entry.last_at)
    return gettext("%(done)s ×%(times)d（最近 %(last)s）", done=done, times=entry.times, last=last)


def reason_said(entry: TrailEntry) -> str:
    """Why it was done, or which version and pages of a paper it was about."""
    reasons = list(entry.reasons) or [entry.reason or ""]
    found = [SEEN.fullmatch(each) for each in reasons]
    pages: dict[int, set[int]] = {}
    for each in found:
        if each is None:
            return str(entry.reason or "")
        pages.setdefault(int(each[1]), set()).update({int(each[2])} if each[2] else set())
    return "；".join(_version_said(number, sorted(pages[number])) for number in sorted(pages))


def _version_said(number: int, pages: list[int]) -> str:
    if not pages:
        return gettext("第 %(number)d 版", number=number)
    said = gettext("、").join(map(str, pages))
    return gettext("第 %(number)d 版第 %(pages)s 页", number=number, pages=said)


def actions() -> list[tuple[str, str]]:
    """Everything that can be done, in words."""
    return [
        (action, gettext(text))
        for actions in (*(known.actions for known in known_words().values()), OF_ANY_KIND)
        for action, text in actions.items()
    ]


def kinds() -> list[tuple[str, str]]:
    """Every kind of record, in words."""
    return [(known.kind, gettext(known.label)) for known in known_words().values()]


def of_customers_called(typed: str) -> Q:
    """The condition that an entry is about a customer whom *typed* names, by number too."""
    named = Customer.objects(Customer.described(typed)).only("absorbed").limit(MOST_NAMED)
    return Q(customer_id__in=[key for customer in named for key in customer.identities])


def of_objects_called(typed: str) -> Q:
    """The condition that an entry is about what *typed* begins the name of, or numbers."""
    asked = Q(caption__startswith=typed)
    for model in records():
        if not isinstance(model._fields.get("number"), StringField):
            continue
        numbered = model.objects(number=typed.upper()).only("id").first()
        if numbered is not None:
            asked |= Q(subject_kind=kind_of(model), subject_id=numbered.key)
    return asked


TRAIL = ListPage[Line](
    key="trail",
    title=N_("审计记录"),
    model=TrailEntry,
    template="audit/list.html",
    sort="-at",
    columns=(
        Column("at", N_("时间"), lambda e: e.entry.at, sort="at", show=Show.INSTANT),
        Column("actor", N_("人员"), lambda e: who_acted(e.entry.actor_name),
               reads=("actor_name",)),
        Column("action", N_("操作"), lambda e: e.action, reads=("action", "times", "last_at")),
        Column("kind", N_("类别"), lambda e: kind_words(e.entry.subject_kind),
               reads=("subject_kind",)),
        Column("caption", N_("对象"), lambda e: e.entry.caption, reads=("caption",)),
        Column("customer", N_("客户"), lambda e: e.customer.caption if e.customer else "",
               reads=("customer_id",)),
        Column("reason", N_("说明"), lambda e: reason_said(e.entry), reads=("reason", "reasons")),
    ),
    filters=(
        Text("customer", N_("客户名称、编码或档案编号"), of_customers_called),
        Text("object", N_("对象或编号"), of_objects_called),
        # From the beginning of the name, as the index is read.
        Text("who", N_("人员"), lambda typed: Q(actor_name__startswith=typed)),
        OneOf("action", N_("操作"), actions),
        OneOf("kind", N_("类别"), kinds, field="subject_kind"),
        Days("at"),
    ),
    prepare=with_customers,
)  # fmt: skip
