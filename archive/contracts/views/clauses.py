"""The pages of the clauses that the company keeps."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.contracts.errors import ClauseHasFaults
from archive.contracts.forms import ClauseInput, ClauseTextInput
from archive.contracts.models import Clause
from archive.contracts.service import clauses as service
from archive.database import EditedMeanwhile
from archive.errors import ArchiveError
from archive.web.context import actor, seams
from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.repeats import once

blueprint = Blueprint("clauses", __name__, template_folder="../templates")


@blueprint.get("/clauses")
@needs(Right.SEE_TEMPLATES)
def list_page() -> str:
    """All clauses, those in force first."""
    found = sorted(Clause.objects.order_by("name"), key=lambda each: not each.version_in_force)
    return render_template("contracts/clauses.html", clauses=found)


@blueprint.get("/clauses/new")
@needs(Right.MANAGE_TEMPLATES)
def new() -> str:
    return render_template("contracts/clause_new.html", form=Form(ClauseInput))


@blueprint.post("/clauses/new")
@once
@needs(Right.MANAGE_TEMPLATES)
def create() -> Response | tuple[str, int]:
    try:
        typed = read_form(ClauseInput, request.form)
        clause = service.write_clause(
            **typed.model_dump(), actor=actor(), now=clock.now(), docgen=seams().docgen
        )
    except CORRECTABLE as fault:
        form = Form(ClauseInput, request.form, fault=fault)
        page = render_template("contracts/clause_new.html", form=form, report=_report(fault))
        return page, 422
    flash(gettext("条款已保存并启用。"), "success")
    return redirect(url_for("clauses.page", key=clause.key))


@blueprint.get("/clauses/<key>")
@needs(Right.SEE_TEMPLATES)
def page(key: str) -> str:
    return _page(Clause.find(key))


@blueprint.post("/clauses/<key>/versions")
@needs(Right.MANAGE_TEMPLATES)
def revise(key: str) -> Response | tuple[str, int]:
    clause = Clause.find(key)
    try:
        typed = read_form(ClauseTextInput, request.form)
        clause = service.revise_clause(
            clause,
            **typed.model_dump(),
            actor=actor(),
            now=clock.now(),
            seen=request.form.get("seen", 0, type=int),
            docgen=seams().docgen,
        )
    except EditedMeanwhile as meanwhile:
        return _page(Clause.find(key), fault=meanwhile), 409
    except CORRECTABLE as fault:
        return _page(clause, fault=fault), 422
    flash(gettext("第 %(number)s 版已启用。", number=clause.newest.number), "success")
    return redirect(url_for("clauses.page", key=key))


@blueprint.post("/clauses/<key>/force")
@needs(Right.MANAGE_TEMPLATES)
def put_in_force(key: str) -> Response:
    number = request.form.get("number", 0, type=int)
    service.put_clause_in_force(Clause.find(key), number, actor=actor(), now=clock.now())
    flash(gettext("第 %(number)s 版已启用。", number=number), "success")
    return redirect(url_for("clauses.page", key=key))


@blueprint.post("/clauses/<key>/retire")
@needs(Right.MANAGE_TEMPLATES)
def retire(key: str) -> Answer:
    clause = Clause.find(key)
    return reasoned(
        lambda reason: service.retire_clause(clause, reason, actor=actor(), now=clock.now()),
        page=lambda reason: _page(clause, reason=reason),
        said=gettext("条款已停用；已经用它的模板照旧填写它最后的文字。"),
        address=url_for("clauses.page", key=key),
    )


def _page(clause: Clause, *, fault: ArchiveError | None = None, reason: Form | None = None) -> str:
    held = {"text": clause.text}
    form = Form(ClauseTextInput, request.form if fault else None, fault=fault, initial=held)
    return render_template(
        "contracts/clause.html",
        clause=clause,
        form=form,
        report=_report(fault),
        reason=reason or Form(ReasonInput),
    )


def _report(fault: ArchiveError | None) -> object:
    return fault.report if isinstance(fault, ClauseHasFaults) else None
