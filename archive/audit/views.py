"""The trail as the auditor reads it."""

from bson import ObjectId
from flask import Blueprint, render_template
from flask_babel import gettext
from mongoengine import Q
from werkzeug.wrappers import Response

from archive.actor import Right
from archive.errors import NotFound
from archive.terms import N_
from archive.trail.models import History, TrailEntry
from archive.web.columns import Column, Show
from archive.web.filters import Days, OneOf, Text
from archive.web.guard import needs
from archive.web.listing import ListPage
from archive.web.wording import OF_ANY_KIND, action_words, change_words, kind_words, known_words

blueprint = Blueprint("audit", __name__, template_folder="templates")


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


TRAIL = ListPage[TrailEntry](
    title=N_("审计记录"),
    model=TrailEntry,
    template="audit/list.html",
    sort="-at",
    columns=(
        Column("at", N_("时间"), lambda e: e.at, sort="at", show=Show.INSTANT),
        Column("actor", N_("人员"), lambda e: e.actor_name, reads=("actor_name",)),
        Column("action", N_("操作"), lambda e: action_words(e.action), reads=("action",)),
        Column("kind", N_("类别"), lambda e: kind_words(e.subject_kind), reads=("subject_kind",)),
        Column("caption", N_("对象"), lambda e: e.caption, reads=("caption",)),
        Column("reason", N_("说明"), lambda e: e.reason, reads=("reason",)),
    ),
    filters=(
        # From the beginning of the name, as the index is read.
        Text("who", N_("人员"), lambda typed: Q(actor_name__startswith=typed)),
        OneOf("action", N_("操作"), actions),
        OneOf("kind", N_("类别"), kinds, field="subject_kind"),
        Days("at"),
    ),
)


@blueprint.get("/trail")
@needs(Right.READ_TRAIL)
def list_page() -> str | Response:
    return TRAIL.answer(TrailEntry.objects)


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
