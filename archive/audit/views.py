"""The trail as the auditor reads it."""

from datetime import date, datetime, timedelta

from bson import ObjectId
from flask import Blueprint, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.errors import NotFound
from archive.terms import N_
from archive.trail.models import History, TrailEntry, newest_first
from archive.web.export import export, wanted_export
from archive.web.guard import needs
from archive.web.listing import Column, Listing, read_listing
from archive.web.wording import action_words, change_words, kind_words, known_words

blueprint = Blueprint("audit", __name__, template_folder="templates")

COLUMNS: tuple[Column[TrailEntry], ...] = (
    Column("at", N_("时间"), lambda e: e.at, sort="at"),
    Column("actor", N_("人员"), lambda e: e.actor_name, sort="actor_name"),
    Column("action", N_("操作"), lambda e: action_words(e.action), sort="action"),
    Column("kind", N_("类别"), lambda e: kind_words(e.subject_kind), sort="subject_kind"),
    Column("caption", N_("对象"), lambda e: e.caption or ""),
    Column("reason", N_("说明"), lambda e: e.reason or ""),
)


@blueprint.get("/trail")
@needs(Right.READ_TRAIL)
def list_page() -> str | Response:
    listing: Listing[TrailEntry] = read_listing(
        COLUMNS, sort="-at", filters=("who", "action", "kind", "since", "until")
    )
    found = newest_first(
        action=listing.filters["action"],
        subject_kind=listing.filters["kind"],
        since=_start(listing.filters["since"]),
        until=_start(listing.filters["until"], days=1),
    )
    if listing.filters["who"]:
        found = found.filter(actor_name__contains=listing.filters["who"])
    kind = wanted_export()
    listing.fill(found, everything=bool(kind))
    if kind:
        return export(listing, gettext("审计记录"), kind)
    return render_template(
        "audit/list.html",
        listing=listing,
        actions=[
            (action, gettext(text))
            for known in known_words().values()
            for action, text in known.actions.items()
        ],
        kinds=[(known.kind, gettext(known.label)) for known in known_words().values()],
    )


@blueprint.get("/trail/<key>")
@needs(Right.READ_TRAIL)
def entry(key: str) -> str:
    found = TrailEntry.objects(id=key).first() if ObjectId.is_valid(key) else None
    if found is None:
        raise NotFound()
    history = History.objects(id=found.id).first()
    return render_template(
        "audit/entry.html",
        entry=found,
        changes=[change_words(found.subject_kind, each) for each in history.changes]
        if history
        else [],
        action=action_words(found.action),
        kind=kind_words(found.subject_kind),
    )


def _start(text: str, *, days: int = 0) -> datetime | None:
    try:
        return clock.start_of(date.fromisoformat(text) + timedelta(days=days))
    except (ValueError, OverflowError):  # the first and last days have no zone
        return None
