"""Several deposits of the stack at once."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.filing.forms import FilingInput, RejectionInput
from archive.filing.models import Deposit
from archive.filing.service import several
from archive.filing.service.several import Outcome
from archive.filing.views.intake import SHOWN, count_left, filing_form, kinds_for_page
from archive.web.answers import words_of
from archive.web.context import actor
from archive.web.forms import Form, read_form
from archive.web.guard import needs
from archive.web.inputs import InvalidInput

blueprint = Blueprint("several", __name__, url_prefix="/intake", template_folder="../templates")


@blueprint.get("/several")
@needs(Right.FILE_DEPOSIT)
def desk() -> str:
    """The form for several deposits at once, as a fragment."""
    before = request.args.get("customer", "")
    return _desk(chosen_deposits(request.args), filing_form(), before=before)


@blueprint.post("/file")
@needs(Right.FILE_DEPOSIT)
def file_all() -> Response | tuple[str, int]:
    """File all chosen deposits with the same facts; each is told what became of it."""
    deposits = chosen_deposits(request.form)
    try:
        typed = read_form(FilingInput, request.form)
        customer = Customer.find(typed.customer)
        filed = several.file_many(
            deposits, customer.key, typed.settled(), actor=actor(), now=clock.now()
        )
    except InvalidInput as fault:
        return _desk(deposits, filing_form(request.form, fault=fault)), 422
    done = keys_done(filed)
    said = gettext(
        "%(count)d 份文件已归入 %(customer)s。", count=len(done), customer=customer.caption
    )
    undo = url_for("several.undo", deposit=done) if done else None
    return _answer(filed, said, undo=undo)


@blueprint.post("/undo")
@needs(Right.FILE_DEPOSIT)
def undo() -> Response:
    """Take the filing of the deposits named in the address back, while it is fresh."""
    outcomes = several.undo_many(chosen_deposits(request.args), actor=actor(), now=clock.now())
    back = keys_done(outcomes)
    said = gettext("已撤销归档，%(count)d 份文件回到收件箱。", count=len(back)) if back else ""
    rows = [
        render_template("filing/row.html", deposit=each.deposit, twins={})
        for each in outcomes
        if not each.error
    ]
    return jsonify(back=back, rows=rows, failed=_failures(outcomes), said=said, left=count_left())


@blueprint.post("/reject")
@needs(Right.FILE_DEPOSIT)
def reject() -> Response:
    """Reject all chosen deposits for one reason."""
    deposits = chosen_deposits(request.form)
    reason = read_form(RejectionInput, MultiDict(request.form)).reason
    rejected = several.reject_many(deposits, reason, actor=actor(), now=clock.now())
    return _answer(rejected, gettext("%(count)d 份文件已退回。", count=len(keys_done(rejected))))


def chosen_deposits(values: MultiDict[str, str]) -> list[Deposit]:
    """The deposits named by ``deposit=...`` again and again, in that order."""
    return [Deposit.find(key) for key in dict.fromkeys(values.getlist("deposit")[:SHOWN])]


def keys_done(outcomes: Iterable[Outcome]) -> list[str]:
    """The deposits with which it went well."""
    return [each.deposit.key for each in outcomes if not each.error]


def _answer(outcomes: list[Outcome], said: str, **more: Any) -> Response:
    return jsonify(
        done=keys_done(outcomes), failed=_failures(outcomes), said=said, left=count_left(), **more
    )


def _failures(outcomes: Iterable[Outcome]) -> dict[str, str]:
    """Which failed, by name, and why."""
    return {
        each.deposit.key: gettext(
            "“%(name)s”：%(why)s", name=each.deposit.file.name, why=" ".join(words_of(each.error))
        )
        for each in outcomes
        if each.error
    }


def _desk(deposits: list[Deposit], form: Form, *, before: str = "") -> str:
    return render_template(
        "filing/several.html",
        deposits=deposits,
        form=form,
        kinds=kinds_for_page(),
        before=before,
    )
