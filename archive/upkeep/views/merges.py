"""The pages of merging two archives of one customer."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.customers.service import find_alike
from archive.errors import ArchiveError
from archive.upkeep import serving
from archive.upkeep.errors import SameArchive
from archive.upkeep.forms import MergeInput, OtherInput
from archive.upkeep.lists import MERGES
from archive.upkeep.models import Merge
from archive.upkeep.service.merging import merge
from archive.upkeep.service.unmerging import undo_merge
from archive.web.context import actor
from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.repeats import once

blueprint = Blueprint("merges", __name__, template_folder="../templates")


@blueprint.get("/customers/<archive_number>/merge")
@needs(Right.MERGE_CUSTOMERS, of=Customer.numbered)
def compare(archive_number: str) -> Answer | str:
    """Choose the other archive, then see both side by side."""
    kept = Customer.numbered(archive_number)
    if "other" not in request.args:
        return _choose(kept, Form(OtherInput))
    try:
        other = Customer.find(OtherInput.read({"other": request.args["other"]}).other)
        if other.id == kept.id:
            raise SameArchive()
    except CORRECTABLE as fault:
        return _choose(kept, Form(OtherInput, request.args, fault=fault)), 422
    return _compared(kept, other, Form(ReasonInput))


@blueprint.post("/customers/<archive_number>/merge")
@once
@needs(Right.MERGE_CUSTOMERS, of=Customer.numbered)
def join(archive_number: str) -> Answer:
    """Merge the two as chosen."""
    kept = Customer.numbered(archive_number)
    try:
        typed = MergeInput.read(_sent())
        done = merge(
            kept,
            Customer.find(typed.other),
            actor=actor(),
            now=clock.now(),
            reason=typed.reason,
            seen=(typed.kept_revision, typed.other_revision),
            choices=typed.choices,
            rows=typed.rows,
        )
    except CORRECTABLE as fault:
        return _refused(Customer.numbered(archive_number), fault)
    flash(gettext("“%(name)s”已并入这份档案，30 天内可以拆回。", name=done.other_name), "success")
    return redirect(url_for("merges.page", number=done.number))


def _sent() -> dict[str, Any]:
    """What the page sends, as `MergeInput` takes it."""

    def starting(start: str) -> dict[str, str]:
        return {
            name.removeprefix(start): value
            for name, value in request.form.items()
            if name.startswith(start)
        }

    plain = ("other", "kept_revision", "other_revision", "reason")
    return {
        **{name: request.form[name] for name in plain if name in request.form},
        "choices": starting("field:"),
        "rows": starting("row:"),
    }


def _refused(kept: Customer, fault: ArchiveError) -> Answer:
    """The page again, with what was typed and both archives as they are now."""
    form = Form(ReasonInput, request.form, fault=fault)
    try:
        other = Customer.find(OtherInput.read({"other": request.form.get("other", "")}).other)
    except CORRECTABLE as unknown:
        return _choose(kept, Form(OtherInput, request.form, fault=unknown)), 422
    if other.id == kept.id:
        return _choose(kept, Form(OtherInput, request.form, fault=SameArchive())), 422
    return _compared(kept, other, form), 422


def _choose(kept: Customer, form: Form) -> str:
    return render_template(
        "upkeep/choose.html",
        kept=kept,
        form=form,
        alike=find_alike(kept.name, besides=kept.key),
    )


def _compared(kept: Customer, other: Customer, form: Form) -> str:
    fields = serving.fields_compared(kept, other)
    if not actor().may(Right.ASSIGN_CUSTOMER, kept):
        fields = [each for each in fields if each.key != "salesperson_id" or not each.kept]
    return render_template(
        "upkeep/compare.html",
        kept=kept,
        other=other,
        fields=fields,
        rows=serving.rows_compared(kept, other),
        counts=serving.counts_in_words(other),
        form=form,
        chosen=request.form,
    )


@blueprint.get("/merges")
@needs(Right.MERGE_CUSTOMERS)
def list_page() -> str | Response:
    return MERGES.answer(Merge.shown())


@blueprint.get("/merges/<number>")
@needs(Right.MERGE_CUSTOMERS)
def page(number: str) -> str:
    return _page(Merge.open(number), Form(ReasonInput))


@blueprint.post("/merges/<number>/undo")
@needs(Right.MERGE_CUSTOMERS)
def undo(number: str) -> Answer:
    found = Merge.open(number)
    return reasoned(
        lambda reason: undo_merge(found, actor=actor(), now=clock.now(), reason=reason),
        page=lambda form: _page(Merge.open(number), form),
        said=gettext("已拆回，两份档案各自恢复。"),
        address=url_for("merges.page", number=number),
    )


def _page(found: Merge, reason: Form) -> str:
    return render_template(
        "upkeep/merge.html",
        merge=found,
        moved=serving.moved_in_words(found),
        unused=serving.unused_in_words(found),
        is_undoable=found.is_undoable(clock.now()),
        reason=reason,
    )
