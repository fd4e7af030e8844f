"""Routes of review, and absences: settings of who decides."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.actor import Right
from archive.contracts.forms.reviewing import AbsenceInput, RouteInput
from archive.contracts.lists import ROUTES
from archive.contracts.models import Absence, ReviewRoute
from archive.contracts.service import absences, routing
from archive.terms import N_
from archive.web.context import actor
from archive.web.editing import Answer, Editing
from archive.web.forms import CORRECTABLE, Choices, Form, initial_of, read_form
from archive.web.guard import needs
from archive.web.repeats import once

blueprint = Blueprint("routes", __name__, template_folder="../templates")


def held_by(route: ReviewRoute) -> dict[str, Any]:
    """What *route* holds, people by their identity."""
    facts = initial_of(RouteInput, route)
    rows = [
        {**row, "person": place.person_id}
        for row, place in zip(facts["places"], route.places, strict=True)
    ]
    return {**facts, "places": rows}


def choices() -> dict[str, Choices]:
    """Who can be named."""
    found = routing.reviewers()
    return {"person": found, "substitute": found}


EDITING = Editing[ReviewRoute](
    model=RouteInput,
    right=Right.MANAGE_ROUTES,
    verb=lambda route, *, facts, **rest: routing.change_route(route, facts, **rest),
    arguments=lambda typed: {"facts": typed.model_dump()},
    title=N_("评审路线"),
    name=lambda route: route.name,
    address=lambda _: url_for("routes.list_page"),
    crumbs=lambda _: [(gettext("评审路线"), url_for("routes.list_page"))],
    held=held_by,
    choices=choices,
)


@blueprint.get("/routes")
@needs(Right.SEE_ROUTES)
def list_page() -> str | Response:
    return ROUTES.answer(ReviewRoute.objects)


@blueprint.get("/routes/new")
@needs(Right.MANAGE_ROUTES)
def new() -> str:
    return _new(Form(RouteInput, choices=choices()))


@blueprint.post("/routes/new")
@once
@needs(Right.MANAGE_ROUTES)
def make() -> Answer:
    try:
        typed = read_form(RouteInput, request.form)
        routing.make_route(typed.model_dump(), actor=actor(), now=clock.now())
    except CORRECTABLE as fault:
        return _new(Form(RouteInput, request.form, choices=choices(), fault=fault)), 422
    flash(gettext("评审路线已保存。"), "success")
    return redirect(url_for("routes.list_page"))


def _new(form: Form) -> str:
    return render_template("contracts/route_new.html", form=form)


@blueprint.get("/routes/<key>/edit")
@needs(Right.MANAGE_ROUTES)
def edit(key: str) -> str:
    return EDITING.show(ReviewRoute.find(key))


@blueprint.post("/routes/<key>/edit")
@needs(Right.MANAGE_ROUTES)
def save(key: str) -> Answer:
    return EDITING.save(ReviewRoute.find(key))


@blueprint.get("/absences")
@needs(Right.REVIEW_CONTRACT)
def absences_page() -> str:
    """When I am away, and who decides in my place."""
    return _absences(Form(AbsenceInput, choices=choices()))


@blueprint.post("/absences")
@once
@needs(Right.REVIEW_CONTRACT)
def be_away() -> Answer:
    try:
        typed = read_form(AbsenceInput, request.form)
        absences.be_away(typed.model_dump(), actor=actor(), now=clock.now())
    except CORRECTABLE as fault:
        form = Form(AbsenceInput, request.form, choices=choices(), fault=fault)
        return _absences(form), 422
    flash(gettext("已登记。这段时间里代理人也可以评审轮到您的合同。"), "success")
    return redirect(url_for("routes.absences_page"))


@blueprint.post("/absences/<key>/end")
@needs(Right.REVIEW_CONTRACT, of=Absence.find)
def be_back(key: str) -> Response:
    absences.be_back(Absence.find(key), actor=actor(), now=clock.now())
    flash(gettext("已结束代理。"), "success")
    return redirect(url_for("routes.absences_page"))


def _absences(form: Form) -> str:
    today = clock.local_day(clock.now())
    return render_template(
        "contracts/absences.html",
        form=form,
        mine=list(Absence.of(actor().id, today)),
        standing_in=Absence.stood_in_for(actor().id, today),
    )
