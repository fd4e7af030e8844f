"""The trail as the auditor reads it."""

from bson import ObjectId
from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from archive.actor import Right
from archive.audit.lists import TRAIL, reason_said, with_customers
from archive.customers.models import Customer
from archive.errors import NotFound
from archive.trail.models import History, TrailEntry
from archive.web.changes import Change, changes_in_words
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.wording import kind_words

blueprint = Blueprint("audit", __name__, template_folder="templates")


@blueprint.get("/trail")
@needs(Right.READ_TRAIL)
def list_page() -> str | Response:
    return TRAIL.answer(TrailEntry.objects, may_open=may_open)


@blueprint.get("/trail/<key>")
@needs(Right.READ_TRAIL)
def entry(key: str) -> str:
    found = TrailEntry.objects(id=key).first() if ObjectId.is_valid(key) else None
    if found is None:
        raise NotFound()
    (line,) = with_customers([found])
    return render_template(
        "audit/entry.html",
        entry=found,
        line=line,
        changes=changes_of(found),
        kind=kind_words(found.subject_kind),
        reason=reason_said(found),
        may_open=may_open,
    )


def may_open(customer: Customer) -> bool:
    """Whether the reader of the trail may also open the archive of *customer*."""
    return actor().may(Right.OPEN_CUSTOMER, customer)


def changes_of(entry: TrailEntry) -> list[Change]:
    """What *entry* changed, in words, customers by their names."""
    history = History.objects(id=entry.id).first()
    if history is None:
        return []
    values = [each.get(when) for each in history.changes for when in ("before", "after")]
    keys = {str(value) for value in values if isinstance(value, ObjectId)}
    names = {key: each.caption for key, each in Customer.by_key(keys).items()} if keys else {}
    return changes_in_words(entry.subject_kind, history.changes, names)
