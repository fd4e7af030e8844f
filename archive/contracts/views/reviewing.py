"""Reviews: what waits for me, one contract with all that a decision needs, each act on a round."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from archive import clock
from archive.actor import Right
from archive.contracts.forms.reviewing import (
    ColleagueInput,
    OpinionInput,
    SubmissionInput,
    TrialInput,
)
from archive.contracts.lists import REVIEWED, REVIEWS
from archive.contracts.models import Contract
from archive.contracts.rules import in_capitals
from archive.contracts.service import credit, drafting, reviewing, rounds, routing, steering
from archive.contracts.service.papers import find_paper_faults
from archive.contracts.service.readiness import readiness_of
from archive.contracts.service.reviewing import Opinion
from archive.contracts.views.contracts import ACTS
from archive.customers.rules.classes import Dimension
from archive.filing.views.intake import asked_width
from archive.web.answers import words_of
from archive.web.context import actor, seams
from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Choices, Form, read_form
from archive.web.guard import needs
from archive.web.inputs import ReasonInput
from archive.web.reasons import reasoned
from archive.web.repeats import once
from archive.web.serving import send_image

blueprint = Blueprint("reviews", __name__, template_folder="../templates")

EARLIER = 5  # contracts with the same customer that a reviewer is shown


@blueprint.get("/reviews")
@needs(Right.REVIEW_CONTRACT)
def list_page() -> str | BaseResponse:
    """What waits for the person to judge it."""
    return REVIEWS.answer(Contract.waiting_for(actor().id), is_done=False)


@blueprint.get("/reviews/done")
@needs(Right.REVIEW_CONTRACT)
def done_page() -> str | BaseResponse:
    """What the person was ever asked about."""
    return REVIEWED.answer(Contract.visible_to(actor(), Right.REVIEW_CONTRACT), is_done=True)


@blueprint.get("/contracts/<number>/submit")
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def submission(number: str) -> str:
    """The way that the contract would go, and what keeps it from going."""
    return _submission(Contract.numbered(number), Form(SubmissionInput))


@blueprint.post("/contracts/<number>/submit")
@once
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def submit(number: str) -> Answer:
    contract = Contract.numbered(number)
    try:
        typed = read_form(SubmissionInput, request.form)
        seen = request.form.get("seen", type=int)
        reviewing.submit(
            contract,
            typed.note,
            actor=actor(),
            now=clock.now(),
            blobs=seams().blobs,
            seen=seen,
        )
    except CORRECTABLE as fault:
        contract = Contract.numbered(number)
        return _submission(contract, Form(SubmissionInput, request.form, fault=fault)), 422
    flash(gettext("已提交评审。"), "success")
    return redirect(url_for("contracts.page", number=number))


def _submission(contract: Contract, form: Form) -> str:
    customer = drafting.customer_of(contract)
    ready = readiness_of(contract, customer, clock.local_day(clock.now()), blobs=seams().blobs)
    catalogue = seams().docgen.catalogue
    return render_template(
        "contracts/submit.html",
        contract=contract,
        customer=customer,
        ready=ready,
        form=form,
        labels={p.name: p.label for p in map(catalogue.find, contract.newest.missing) if p},
    )


@blueprint.get("/contracts/<number>/review")
@needs(Right.REVIEW_CONTRACT, of=Contract.numbered)
def page(number: str) -> str:
    """All that a decision needs, and the decision, on one page."""
    return _page(Contract.numbered(number))


def _page(contract: Contract, **forms: Form) -> str:
    who, today = actor(), clock.local_day(clock.now())
    customer = drafting.customer_of(contract)
    review = contract.review
    mine = rounds.asked_of(review, who) if review and contract.is_in_review else []
    earlier = Contract.of_customer(customer).filter(id__ne=contract.id)
    return render_template(
        "contracts/review.html",
        contract=contract,
        customer=customer,
        review=review,
        mine=mine[0] if mine else None,
        names=routing.names_of(contract.turn_ids),
        version=contract.draft(review.version if review else None),
        seen_before=next(
            (each.version for each in reversed(contract.reviews[:-1]) if each.decided), None
        ),
        capitals=in_capitals(contract.amount),
        papers=credit.credit_papers(contract),
        faults=list(find_paper_faults(customer, today)),
        classes=[(each.label, customer.class_in(each)) for each in Dimension],
        earlier=list(earlier.limit(EARLIER)),
        earlier_count=earlier.count(),
        can_recall=reviewing.can_recall(contract, who, clock.now()),
        form=forms.get("opinion", Form(OpinionInput)),
        recalling=forms.get("recalling", Form(ReasonInput)),
    )


@blueprint.post("/contracts/<number>/review")
@once
@needs(Right.REVIEW_CONTRACT, of=Contract.numbered)
def decide(number: str) -> Answer:
    contract = Contract.numbered(number)
    try:
        typed = read_form(OpinionInput, request.form)
        opinion = Opinion(**typed.model_dump())
        key = request.form.get("place", "")
        contract = reviewing.decide(contract, key, opinion, actor=actor(), now=clock.now())
    except CORRECTABLE as fault:
        form = Form(OpinionInput, request.form, fault=fault)
        return _page(Contract.numbered(number), opinion=form), 422
    flash(gettext("评审意见已记录。10 分钟内、下一人评审之前可以收回。"), "success")
    following = Contract.waiting_for(actor().id).order_by("turn_due_at").first()
    if following is not None:
        return redirect(url_for("reviews.list_page"))
    return redirect(url_for("reviews.page", number=contract.number))


@blueprint.post("/contracts/<number>/review/recall")
@needs(Right.REVIEW_CONTRACT, of=Contract.numbered)
def recall(number: str) -> Answer:
    contract = Contract.numbered(number)
    return reasoned(
        lambda reason: reviewing.recall(contract, reason, actor=actor(), now=clock.now()),
        page=lambda reason: _page(contract, recalling=reason),
        said=gettext("意见已收回，请重新评审。"),
        address=url_for("reviews.page", number=number),
    )


@blueprint.post("/contracts/<number>/review/take-back")
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def take_back(number: str) -> Answer:
    said = gettext("已撤回，可以继续修改。")
    return ACTS.do(number, reviewing.take_back, dialog="taking_back", said=said)


@blueprint.post("/contracts/<number>/reopen")
@needs(Right.DRAFT_CONTRACT, of=Contract.numbered)
def reopen(number: str) -> Answer:
    """Make an approved contract a draft again."""
    said = gettext("合同已退回草稿，修改后须重新评审。")
    return ACTS.do(number, reviewing.reopen, dialog="reopening", said=said)


@blueprint.post("/contracts/<number>/review/remind")
@needs(Right.DRAFT_CONTRACT, Right.STEER_REVIEW, of=Contract.numbered)
def remind(number: str) -> BaseResponse:
    contract = Contract.numbered(number)
    try:
        steering.remind(contract, actor=actor(), now=clock.now())
        flash(gettext("已催办，评审人会收到通知。"), "success")
    except CORRECTABLE as fault:
        flash(" ".join(words_of(fault)), "warning")
    return redirect(url_for("contracts.page", number=number))


@blueprint.get("/contracts/<number>/review/places/<place>")
@needs(Right.REVIEW_CONTRACT, Right.STEER_REVIEW, of=Contract.numbered)
def colleague(number: str, place: str) -> str:
    """Whom to hand a place over to, or, for the place ``new``, whom to ask besides."""
    contract = Contract.numbered(number)
    return _colleague(contract, place, Form(ColleagueInput, choices=_colleagues()))


@blueprint.post("/contracts/<number>/review/places/<place>")
@once
@needs(Right.REVIEW_CONTRACT, Right.STEER_REVIEW, of=Contract.numbered)
def ask_colleague(number: str, place: str) -> Answer:
    contract = Contract.numbered(number)
    try:
        typed = read_form(ColleagueInput, request.form)
        who, now = actor(), clock.now()
        if place == "new":
            steering.add_reviewer(contract, typed.person, typed.reason, actor=who, now=now)
            flash(gettext("已加签。"), "success")
        else:
            steering.hand_over(contract, place, typed.person, typed.reason, actor=who, now=now)
            flash(gettext("已转交。"), "success")
    except CORRECTABLE as fault:
        form = Form(ColleagueInput, request.form, choices=_colleagues(), fault=fault)
        return _colleague(contract, place, form), 422
    return redirect(_back(contract))


def _colleagues() -> dict[str, Choices]:
    """Who else can be asked."""
    return {"person": [each for each in routing.reviewers() if each[0] != actor().id]}


def _colleague(contract: Contract, place: str, form: Form) -> str:
    review = contract.review
    return render_template(
        "contracts/colleague.html",
        contract=contract,
        place=review.place(place) if review and place != "new" else None,
        is_new=place == "new",
        form=form,
        back=_back(contract),
    )


def _back(contract: Contract) -> str:
    """Where a person who steers or judges *contract* came from."""
    if actor().may(Right.REVIEW_CONTRACT, contract):
        return url_for("reviews.page", number=contract.number)
    return url_for("contracts.page", number=contract.number)


@blueprint.get("/contracts/<number>/trial")
@needs(Right.RECORD_TRIAL, of=Contract.numbered)
def trial(number: str) -> str:
    return _trial(Contract.numbered(number), Form(TrialInput))


@blueprint.post("/contracts/<number>/trial")
@once
@needs(Right.RECORD_TRIAL, of=Contract.numbered)
def record_trial(number: str) -> Answer:
    contract = Contract.numbered(number)
    try:
        typed = read_form(TrialInput, request.form)
        reviewing.record_trial(contract, typed.result, typed.note, actor=actor(), now=clock.now())
    except CORRECTABLE as fault:
        return _trial(contract, Form(TrialInput, request.form, fault=fault)), 422
    flash(gettext("试运行结果已登记。"), "success")
    return redirect(url_for("contracts.page", number=number))


def _trial(contract: Contract, form: Form) -> str:
    return render_template("contracts/trial.html", contract=contract, form=form)


@blueprint.get("/contracts/<number>/review/papers/<key>")
@needs(Right.REVIEW_CONTRACT, of=Contract.numbered)
def paper(number: str, key: str) -> str:
    """A credit paper, as the reviewer of this contract may look at it."""
    contract = Contract.numbered(number)
    found = credit.open_credit_paper(contract, key, actor=actor())
    return render_template("contracts/paper.html", contract=contract, paper=found)


@blueprint.get("/contracts/<number>/review/papers/<key>/pages/<int:page>")
@needs(Right.REVIEW_CONTRACT, of=Contract.numbered)
def paper_page(number: str, key: str, page: int) -> Response:
    image = credit.look_at_credit_paper(
        Contract.numbered(number),
        key,
        page,
        width=asked_width(),
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    return send_image(image.content, image.media_type)
