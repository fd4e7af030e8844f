"""Several deposits of the stack at once."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from archive import clock
from archive.actor import Right
from archive.customers.models import Customer
from archive.filing import rules
from archive.filing.errors import NeedsYes
from archive.filing.forms import ArrangingInput, ChosenInput, RejectionInput, SeveralInput
from archive.filing.models import Deposit
from archive.filing.service import arranging, confirming, holding, joining, looking, several, stack
from archive.filing.service.several import Outcome
from archive.filing.views.desks import SHOWN, count_left, kinds_for_page, rows_of, taken_up
from archive.web.answers import words_of
from archive.web.context import actor, seams
from archive.web.forms import Form, read_form
from archive.web.guard import needs
from archive.web.inputs import InvalidInput
from archive.web.repeats import once

blueprint = Blueprint("several", __name__, url_prefix="/intake", template_folder="../templates")


@blueprint.get("/several")
@needs(Right.FILE_DEPOSIT)
def desk() -> str:
    """The form for several deposits at once, as a fragment."""
    papers = [{"deposit": each.key} for each in chosen_deposits(request.args)]
    form = Form(SeveralInput, initial={"papers": papers})
    return _desk(form)


@blueprint.post("/file")
@needs(Right.FILE_DEPOSIT)
def file_all() -> Response | tuple[str, int]:
    """File all chosen deposits, each under its own title; each is told what became of it."""
    try:
        typed = read_form(SeveralInput, request.form)
        deposits = [Deposit.find(each.deposit) for each in typed.papers]
        looking.ask_about(deposits, is_sure=typed.despite)
        facts = typed.facts_of_each([each.file.name for each in deposits])
        customer = Customer.find(typed.customer)
        filed = several.file_many(
            list(zip(deposits, facts, strict=True)), customer.key, actor=actor(), now=clock.now()
        )
    except (InvalidInput, NeedsYes) as fault:
        return _desk(Form(SeveralInput, request.form, fault=fault)), 422
    done = keys_done(filed)
    said = gettext(
        "%(count)d 份文件已归入 %(customer)s。", count=len(done), customer=customer.caption
    )
    undo = url_for("several.undo", deposit=done) if done else None
    return _answer(filed, said, undo=undo)


@blueprint.get("/sure")
@needs(Right.FILE_DEPOSIT)
def sure() -> str:
    """All that one act would file, and where each would go, as a fragment."""
    chosen = [each for each in chosen_deposits(request.args) if each.is_waiting]
    lines = stack.lines_of(chosen, actor=actor(), now=clock.now())
    papers = [(each, lines[each.key].customer) for each in chosen if lines[each.key].is_sure]
    return render_template("filing/sure.html", papers=papers)


@blueprint.post("/file-sure")
@needs(Right.FILE_DEPOSIT)
def file_sure() -> Response:
    """File all chosen deposits as proposed; each is told what became of it."""
    deposits = chosen_deposits(request.form)
    filed = confirming.confirm_many(deposits, actor=actor(), now=clock.now())
    done = keys_done(filed)
    said = gettext("%(count)d 份文件已按识别结果归档。", count=len(done))
    return _answer(filed, said, undo=url_for("several.undo", deposit=done) if done else None)


@blueprint.get("/<key>/arrange")
@needs(Right.FILE_DEPOSIT)
def pages_of(key: str) -> str:
    """The pages of a deposit: where it is cut, in which order they are, which are taken out."""
    deposit = Deposit.find(key)
    actor().require(Right.FILE_DEPOSIT, deposit)
    return render_template("filing/arrange.html", deposit=taken_up(deposit))


@blueprint.post("/<key>/arrange")
@once
@needs(Right.FILE_DEPOSIT)
def arrange(key: str) -> Response:
    """Make papers of the pages of a deposit."""
    deposit = Deposit.find(key)
    holding.check_free(deposit, actor=actor(), now=clock.now())
    pieces = arranging.arrange(
        deposit,
        read_form(ArrangingInput, request.form).numbers,
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    said = gettext("“%(name)s”已整理成 %(count)d 份。", name=deposit.caption, count=len(pieces))
    undo = url_for("several.put_back", key=pieces[0].key)
    return _back(pieces, said, done=[key], undo=undo)


@blueprint.post("/<key>/put-back")
@needs(Right.FILE_DEPOSIT)
def put_back(key: str) -> Response:
    """Put the file that a deposit was cut out of back onto the stack, in place of its pieces."""
    original = arranging.put_back(Deposit.find(key), actor=actor(), now=clock.now())
    said = gettext("“%(name)s”已恢复原样，回到收件箱。", name=original.caption)
    return _back([original], said, done=[str(each.deposit_id) for each in original.pieces])


@blueprint.post("/undo")
@needs(Right.FILE_DEPOSIT)
def undo() -> Response:
    """Take the filing of the deposits named in the address back, while it is fresh."""
    outcomes = several.undo_many(chosen_deposits(request.args), actor=actor(), now=clock.now())
    back = [each.deposit for each in outcomes if not each.error]
    said = gettext("已撤销归档，%(count)d 份文件回到收件箱。", count=len(back)) if back else ""
    return _back(back, said, failed=_failures(outcomes))


@blueprint.post("/reject")
@needs(Right.FILE_DEPOSIT)
def reject() -> Response:
    """Reject all chosen deposits for one reason."""
    deposits = chosen_deposits(request.form)
    reason = read_form(RejectionInput, MultiDict(request.form)).reason
    rejected = several.reject_many(deposits, reason, actor=actor(), now=clock.now())
    return _answer(rejected, gettext("%(count)d 份文件已退回。", count=len(keys_done(rejected))))


@blueprint.post("/join")
@once
@needs(Right.FILE_DEPOSIT)
def join() -> Response:
    """Make one file of all chosen deposits, in the order in which they are named."""
    papers = read_form(ChosenInput, request.form).papers
    joined = joining.join(
        [Deposit.find(each.deposit) for each in papers],
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    said = gettext("%(count)d 份文件已合并为“%(name)s”。", count=len(papers), name=joined.caption)
    return _back([joined], said, done=[each.deposit for each in papers])


@blueprint.post("/<key>/take-apart")
@needs(Right.FILE_DEPOSIT)
def take_apart(key: str) -> Response:
    """Put the files that a deposit was joined of back onto the stack, in its place."""
    parts = joining.take_apart(Deposit.find(key), "", actor=actor(), now=clock.now())
    said = gettext("已拆开，%(count)d 份文件回到收件箱。", count=len(parts))
    return _back(parts, said, done=[key])


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


def _back(deposits: list[Deposit], said: str, **more: Any) -> Response:
    """What is on the stack anew, with its lines, and what was said of it."""
    rows = rows_of(deposits)
    return jsonify(
        back=[each.key for each in deposits], rows=rows, said=said, left=count_left(), **more
    )


def _desk(form: Form) -> str:
    deposits = {row.deposit.value: Deposit.find(row.deposit.value) for row in form.papers.rows}
    return render_template(
        "filing/several.html",
        deposits=deposits,
        own_words=rules.own_words,
        twins=looking.twins_of(deposits.values()),
        form=form,
        kinds=kinds_for_page(),
        before=request.args.get("customer", ""),
        offered=request.args.get("offered", ""),
    )
