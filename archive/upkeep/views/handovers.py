"""The pages of handing over a salesperson's customers."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.accounts.models import User
from archive.actor import Right
from archive.errors import ArchiveError
from archive.upkeep import rowacts, serving
from archive.upkeep.forms import HandoverInput, WhoInput
from archive.upkeep.lists import HANDOVERS
from archive.upkeep.models import Handed, HandedKind, Handover
from archive.upkeep.service.handing_over import belongings_of
from archive.upkeep.service.signing import write_list
from archive.web.context import actor
from archive.web.documents import send_document
from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.repeats import once

blueprint = Blueprint("handovers", __name__, template_folder="../templates")

CUSTOMER = "customer:"  # before a customer's key, in the name of who gets it


@blueprint.get("/handovers")
@needs(Right.ASSIGN_CUSTOMER)
def list_page() -> str | Response:
    return HANDOVERS.answer(Handover.objects)


@blueprint.get("/handovers/new")
@needs(Right.ASSIGN_CUSTOMER)
def new() -> Answer | str:
    """Choose who hands over and who takes over, then say what goes to whom."""
    if not request.args.keys() & {"receivers", "step"}:
        initial = {"leaver": request.args.get("leaver", "")}
        return _choose(Form(WhoInput, initial=initial, choices=serving.people()))
    try:
        who = WhoInput.read(
            {
                "leaver": request.args.get("leaver", ""),
                "receivers": request.args.getlist("receivers"),
            }
        )
        serving.check_people(who.leaver, who.receivers)
    except CORRECTABLE as fault:
        return _choose(Form(WhoInput, request.args, choices=serving.people(), fault=fault)), 422
    return _divide(who, Form(HandoverInput, choices=serving.people()))


@blueprint.post("/handovers/new")
@once
@needs(Right.ASSIGN_CUSTOMER)
def create() -> Answer:
    """Hand everything over as it was divided."""
    try:
        typed = HandoverInput.read(_sent())
        handover = rowacts.begin_handover(typed)
    except CORRECTABLE as fault:
        return _refused(fault)
    flash(gettext("已开始交接 %(count)s 项。", count=handover.total), "success")
    return redirect(url_for("handovers.page", number=handover.number))


def _sent() -> dict[str, Any]:
    plain = ("leaver", "last_day", "reason")
    return {
        **{name: request.form[name] for name in plain if name in request.form},
        "receivers": request.form.getlist("receivers"),
        "customers": {
            name.removeprefix(CUSTOMER): value
            for name, value in request.form.items()
            if name.startswith(CUSTOMER)
        },
    }


def _refused(fault: ArchiveError) -> Answer:
    """The page again, with what was chosen."""
    sent, people = _sent(), serving.people()
    try:
        who = WhoInput.read({name: sent.get(name) for name in ("leaver", "receivers")})
        serving.check_people(who.leaver, who.receivers)
    except CORRECTABLE as unknown:
        return _choose(Form(WhoInput, request.form, choices=people, fault=unknown)), 422
    return _divide(who, Form(HandoverInput, request.form, choices=people, fault=fault)), 422


def _choose(form: Form) -> str:
    return render_template("upkeep/handover_choose.html", form=form)


def _divide(who: WhoInput, form: Form) -> str:
    names = dict(serving.people()["leaver"])
    return render_template(
        "upkeep/handover_divide.html",
        leaver=(who.leaver, names[who.leaver]),
        receivers=[(each, names[each]) for each in who.receivers],
        own=belongings_of(User.find(who.leaver)),
        chosen=request.form,
        prefix=CUSTOMER,
        form=form,
    )


@blueprint.get("/handovers/<number>")
@needs(Right.ASSIGN_CUSTOMER)
def page(number: str) -> str:
    return _page(Handover.numbered(number), Form(ReasonInput))


@blueprint.post("/handovers/<number>/undo")
@needs(Right.ASSIGN_CUSTOMER)
def undo(number: str) -> Answer:
    """Give everything back that is still with whoever got it."""
    handover = Handover.numbered(number)
    return reasoned(
        lambda reason: rowacts.undo_handover(handover, reason),
        page=lambda form: _page(handover, form),
        said=gettext("已开始撤销，之后又被改过的记录保持现状。"),
        address=url_for("handovers.page", number=number),
    )


@blueprint.get("/handovers/<number>/list.docx")
@needs(Right.ASSIGN_CUSTOMER)
def document(number: str) -> Response:
    """The list for both to sign, as a Word file: of all, or of one who takes over."""
    handover = Handover.numbered(number)
    to = request.args.get("to", "")
    content = write_list(handover, to, actor=actor(), now=clock.now())
    return send_document(content, f"{gettext('客户交接清单')}-{handover.caption}.docx")


def _page(handover: Handover, reason: Form) -> str:
    run = rowacts.run_of(handover)
    shares = [
        (each, [(kind, list(Handed.of(handover, each.person_id).filter(kind=kind)))
                for kind in HandedKind])
        for each in handover.receivers
    ]  # fmt: skip
    return render_template(
        "upkeep/handover.html",
        handover=handover,
        run=run,
        shares=shares,
        addresses=rowacts.HAND_OVER.addresses(list(Handed.of(handover).scalar("id"))),
        can_undo=rowacts.is_undoable(run),
        reason=reason,
    )
