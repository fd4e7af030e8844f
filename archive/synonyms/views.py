"""The pages of words that mean the same."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.synonyms import service
from archive.synonyms.forms import SynonymsInput
from archive.synonyms.lists import SYNONYMS
from archive.synonyms.models import Synonyms
from archive.terms import N_
from archive.trail.history import history_of
from archive.web.changes import changes_in_words
from archive.web.context import actor
from archive.web.editing import Answer, Editing
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.repeats import once
from archive.web.wording import action_words

blueprint = Blueprint("synonyms", __name__, template_folder="templates")

CHANGES_SHOWN = 20


def address_of(group: Synonyms) -> str:
    """The page of the group."""
    return url_for("synonyms.page", key=group.key)


def parts_of(group: Synonyms) -> dict[str, Any]:
    """What the page shows next to the words."""
    events = history_of(group)[:CHANGES_SHOWN]
    return {
        "reason": Form(ReasonInput),
        "history": [
            (
                event,
                action_words(event.action),
                changes_in_words(
                    "synonyms",
                    [each for each in event.changes if each["field"] in SynonymsInput.model_fields],
                ),
            )
            for event in events
        ],
    }


EDITING = Editing[Synonyms](
    model=SynonymsInput,
    right=Right.MANAGE_SYNONYMS,
    verb=service.edit_group,
    title=N_("近义词"),
    name=lambda group: group.caption,
    address=address_of,
    crumbs=lambda _: [(gettext("近义词"), url_for("synonyms.list_page"))],
    page="synonyms/page.html",
    parts=parts_of,
)


@blueprint.get("/synonyms")
@needs(Right.MANAGE_SYNONYMS)
def list_page() -> str | Response:
    return SYNONYMS.answer(Synonyms.objects, now=clock.now())


@blueprint.get("/synonyms/new")
@needs(Right.MANAGE_SYNONYMS)
def new() -> str:
    return _new(Form(SynonymsInput))


@blueprint.post("/synonyms/new")
@once
@needs(Right.MANAGE_SYNONYMS)
def create() -> Answer:
    try:
        typed = read_form(SynonymsInput, request.form)
        service.add_group(typed.words, actor=actor(), now=clock.now())
    except CORRECTABLE as fault:
        return _new(Form(SynonymsInput, request.form, fault=fault)), 422
    flash(gettext("近义词已保存，下一次检索就会用到。"), "success")
    return redirect(url_for("synonyms.list_page"))


@blueprint.get("/synonyms/<key>")
@needs(Right.MANAGE_SYNONYMS)
def page(key: str) -> str:
    return EDITING.show(Synonyms.find(key))


@blueprint.post("/synonyms/<key>")
@needs(Right.MANAGE_SYNONYMS)
def save(key: str) -> Answer:
    return EDITING.save(Synonyms.find(key))


@blueprint.post("/synonyms/<key>/stop")
@needs(Right.MANAGE_SYNONYMS)
def stop(key: str) -> Answer:
    group = Synonyms.find(key)
    return reasoned(
        lambda reason: service.stop_group(group, reason, actor=actor(), now=clock.now()),
        page=lambda reason: EDITING.show(group, reason=reason),
        said=gettext("这组近义词已停用，检索时不再一起查。"),
        address=address_of(group),
    )


@blueprint.post("/synonyms/<key>/resume")
@needs(Right.MANAGE_SYNONYMS)
def resume(key: str) -> Answer:
    group = Synonyms.find(key)
    return reasoned(
        lambda reason: service.resume_group(group, reason, actor=actor(), now=clock.now()),
        page=lambda reason: EDITING.show(group, reason=reason),
        said=gettext("这组近义词已重新启用。"),
        address=address_of(group),
    )


def _new(form: Form) -> str:
    return render_template("synonyms/new.html", form=form)
