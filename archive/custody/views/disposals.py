"""The pages of disposal: what may be destroyed, who proposed and approved it, what became of it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.custody import serving
from archive.custody.forms import DisposalInput
from archive.custody.lists import DISPOSALS, DUE
from archive.custody.models import Disposal
from archive.custody.rules.retention import DisposalState, PaperState
from archive.custody.service import disposing, retaining
from archive.custody.service.signing import write_disposal
from archive.filing.models import Attachment
from archive.web.chosen import CHOSEN, address_with
from archive.web.context import actor
from archive.web.documents import send_document
from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import Acts
from archive.web.repeats import once

blueprint = Blueprint("disposals", __name__, template_folder="../templates")


@blueprint.get("/disposals")
@needs(Right.SEE_DISPOSALS)
def list_page() -> str | Response:
    return DISPOSALS.answer(Disposal.objects)


@blueprint.get("/disposals/due")
@needs(Right.PROPOSE_DISPOSAL)
def due() -> str | Response:
    """Papers whose retention is over; which of them are held is said when they are chosen."""
    return DUE.answer(serving.due_papers(actor()))


@blueprint.get("/disposals/new")
@needs(Right.PROPOSE_DISPOSAL)
def new() -> str:
    return _new(Form(DisposalInput))


@blueprint.post("/disposals/new")
@once
@needs(Right.PROPOSE_DISPOSAL)
def propose() -> Answer:
    try:
        typed = DisposalInput.read(
            {
                "papers": request.form.getlist("papers"),
                "reason": request.form.get("reason", ""),
            }
        )
        keys = serving.keys_of(typed.papers)
        disposal = disposing.propose(keys, typed.reason, actor=actor(), now=clock.now())
    except CORRECTABLE as fault:
        return _new(Form(DisposalInput, request.form, fault=fault)), 422
    flash(gettext("已提出销毁申请，等待总经理批准。"), "success")
    return redirect(url_for("disposals.page", number=disposal.number))


def _new(form: Form) -> str:
    """The chosen papers: those that may be destroyed, and what keeps the others."""
    found: Any = Attachment.objects(id__in=serving.keys_of(request.form.getlist("papers")))
    if request.args.get(CHOSEN):
        _, found = DUE.chosen_of(Attachment.listed_for(actor()))
    elif request.method == "GET":
        _, found = DUE.chosen_of(serving.due_papers(actor()))
    today = clock.local_day(clock.now())
    stands = retaining.standings(found.limit(disposing.MOST_PAPERS), today)
    back = address_with(url_for("disposals.due"), request.query_string.decode())
    return render_template("custody/disposal_new.html", form=form, stands=stands, back=back)


@blueprint.get("/disposals/<number>")
@needs(Right.SEE_DISPOSALS)
def page(number: str) -> str:
    return _page(Disposal.numbered(number))


@blueprint.get("/disposals/<number>/list.docx")
@needs(Right.SEE_DISPOSALS)
def document(number: str) -> Response:
    """The list to sign, as a Word file."""
    disposal = Disposal.numbered(number)
    content = write_disposal(disposal, actor=actor(), now=clock.now())
    return send_document(content, f"{gettext('附件销毁清单')}-{disposal.number}.docx")


def _page(disposal: Disposal, **dialogs: Form) -> str:
    who, reason = actor(), Form(ReasonInput)
    is_other = disposal.made_by_id != who.id
    state = disposal.state
    may_stop = who.may(Right.PROPOSE_DISPOSAL) or who.may(Right.APPROVE_DISPOSAL)
    return render_template(
        "custody/disposal.html",
        disposal=disposal,
        papers=list(disposal.papers().limit(disposing.MOST_PAPERS)),
        counts={each.value: number for each, number in disposal.counts().items()},
        words_of=serving.what_keeps,
        kept=PaperState.KEPT,
        can_decide=state is DisposalState.PROPOSED and who.may(Right.APPROVE_DISPOSAL) and is_other,
        is_own=state is DisposalState.PROPOSED and who.may(Right.APPROVE_DISPOSAL) and not is_other,
        can_withdraw=state is DisposalState.PROPOSED and who.may(Right.PROPOSE_DISPOSAL),
        can_stop=state is DisposalState.APPROVED and may_stop,
        refusal=dialogs.get("refusal", reason),
        withdrawal=dialogs.get("withdrawal", reason),
        stopping=dialogs.get("stopping", reason),
    )


ACTS = Acts[Disposal](
    find=Disposal.numbered,
    page=_page,
    address=lambda disposal: url_for("disposals.page", number=disposal.number),
)


@blueprint.post("/disposals/<number>/approve")
@needs(Right.APPROVE_DISPOSAL)
def approve(number: str) -> Response:
    approved = serving.approve(Disposal.numbered(number))
    until = serving.instant_of(approved.due_at)
    flash(gettext("已批准。%(at)s 之前还可以停止。", at=until), "success")
    return redirect(url_for("disposals.page", number=number))


@blueprint.post("/disposals/<number>/refuse")
@needs(Right.APPROVE_DISPOSAL)
def refuse(number: str) -> Answer:
    return ACTS.do(
        number, disposing.refuse, dialog="refusal", said=gettext("未批准，附件继续保管。")
    )


@blueprint.post("/disposals/<number>/withdraw")
@needs(Right.PROPOSE_DISPOSAL)
def withdraw(number: str) -> Answer:
    return ACTS.do(number, disposing.withdraw, dialog="withdrawal", said=gettext("申请已撤回。"))


@blueprint.post("/disposals/<number>/stop")
@needs(Right.PROPOSE_DISPOSAL, Right.APPROVE_DISPOSAL)
def stop(number: str) -> Answer:
    return ACTS.do(
        number, disposing.stop, dialog="stopping", said=gettext("已停止，附件继续保管。")
    )
