"""Putting a duty off, handing it to a colleague, and what is set aside."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from archive import clock
from archive.assigning import service
from archive.assigning.errors import NotYours
from archive.assigning.forms import ColleagueInput, PauseInput
from archive.assigning.models import SetAside
from archive.assigning.waiting import able, duty_called, handed_to, set_aside_by
from archive.web.context import actor
from archive.web.duties import declared_duties
from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import signed_in
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.waiting import Duty

blueprint = Blueprint("duties", __name__, template_folder="../templates")


@blueprint.get("/duties")
@signed_in
def list_page() -> str:
    return _list()


@blueprint.get("/duties/<key>")
@signed_in
def page(key: str) -> str:
    return _page(duty_called(key, actor(), clock.now()))


@blueprint.post("/duties/<key>/put-off")
@signed_in
def put_off(key: str) -> Answer:
    duty = _own(key)
    try:
        typed = read_form(PauseInput, request.form)
        service.put_off_duty(
            key, duty.label, typed.until, typed.reason, actor=actor(), now=clock.now()
        )
    except CORRECTABLE as fault:
        return _page(duty, pause=Form(PauseInput, request.form, fault=fault)), 422
    flash(gettext("已推迟；到时会回到您的首页。"), "success")
    return redirect(url_for("duties.list_page"))


@blueprint.post("/duties/<key>/hand-over")
@signed_in
def hand_over(key: str) -> Answer:
    duty = _own(key)
    try:
        typed = read_form(ColleagueInput, request.form)
        kept = service.hand_over_duty(
            key,
            duty.label,
            typed.colleague,
            typed.reason,
            actor=actor(),
            now=clock.now(),
            right=duty.right,
            subject=duty.subject,
        )
    except CORRECTABLE as fault:
        form = Form(
            ColleagueInput, request.form, choices={"colleague": able(duty, actor())}, fault=fault
        )
        return _page(duty, hand=form), 422
    flash(gettext("已转交给 %(name)s。", name=kept.to_name), "success")
    return redirect(url_for("duties.list_page"))


@blueprint.post("/duties/<key>/bring-back")
@signed_in
def bring_back(key: str) -> Answer:
    mine = [SetAside.of(actor().id).get(key)]
    given = [each for each in SetAside.handed_to(actor().id) if each.duty_key == key]
    kept = next((each for each in [*mine, *given] if each is not None), None)
    if kept is None:
        raise NotYours()
    is_own = kept.person_id == actor().id
    return reasoned(
        lambda reason: service.bring_back_duty(kept, reason, actor=actor(), now=clock.now()),
        page=lambda reason: _list(reason=reason, again=key),
        said=gettext("这件事已回到您的待办。")
        if is_own
        else gettext("已退还给 %(name)s。", name=kept.person_name),
        address=url_for("home.page") if is_own else url_for("duties.list_page"),
    )


def _own(key: str) -> Duty:
    """The person's own duty *key*: what was handed to them they can only give back.

    Raises:
        NotYours.
    """
    duty = duty_called(key, actor(), clock.now())
    if duty.handed_by:
        raise NotYours()
    return duty


def _page(duty: Duty, *, pause: Form | None = None, hand: Form | None = None) -> str:
    colleagues = able(duty, actor())
    return render_template(
        "assigning/duty.html",
        duty=duty,
        kept=SetAside.of(actor().id).get(duty.key),
        pause=pause or Form(PauseInput),
        hand=hand or Form(ColleagueInput, choices={"colleague": colleagues}),
        colleagues=colleagues,
        now=clock.now(),
    )


def _list(reason: Form | None = None, again: str = "") -> str:
    who, now = actor(), clock.now()
    return render_template(
        "assigning/duties.html",
        asides=set_aside_by(who, declared_duties(who, now), now),
        handed=handed_to(who, now),
        reason=reason,
        blank=Form(ReasonInput),
        again=again,
        now=now,
    )
