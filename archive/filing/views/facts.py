"""What a paper says next to what its customer's archive says; and an archive of what it says."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from archive import clock
from archive.actor import Right
from archive.customers.forms import NewCustomerInput
from archive.customers.models import Customer
from archive.customers.views.archives import choices
from archive.errors import NotFound
from archive.filing.forms import TakenInput
from archive.filing.models import Deposit
from archive.filing.service import comparing, looking, proposing, stack
from archive.filing.service.comparing import Comparison
from archive.filing.serving import aids_to_propose
from archive.reading import pages_of
from archive.web.context import actor
from archive.web.editing import Answer
from archive.web.forms import CORRECTABLE, Form, read_form
from archive.web.guard import needs

blueprint = Blueprint("facts", __name__, template_folder="../templates")

Crumbs = list[tuple[str, str]]


@blueprint.get("/intake/<key>/facts")
@needs(Right.FILE_DEPOSIT)
def of_deposit(key: str) -> str:
    """A paper that waits, next to the archive that it probably belongs to."""
    deposit = Deposit.find(key)
    return _page(_compared(deposit), Form(TakenInput), *_way_to(deposit))


@blueprint.post("/intake/<key>/facts")
@needs(Right.FILE_DEPOSIT)
def take_of_deposit(key: str) -> Answer:
    deposit = Deposit.find(key)

    def propose_again(_: Customer) -> None:
        if pages := pages_of(deposit.file.sha256):
            proposing.propose(deposit, pages, now=clock.now(), aids=aids_to_propose())

    return _take(lambda: _compared(deposit), propose_again, *_way_to(deposit))


@blueprint.get("/intake/<key>/new-customer")
@needs(Right.FILE_DEPOSIT)
def new_customer(key: str) -> str:
    """The form of a new archive, filled in with what the paper says; then back to the paper."""
    deposit = Deposit.find(key)
    actor().require(Right.FILE_DEPOSIT, deposit)
    actor().require(Right.CREATE_CUSTOMER)
    proposal = deposit.proposal
    facts = comparing.facts_for_new(proposal.kind, proposal.fields_read) if proposal else {}
    form = Form(NewCustomerInput, initial=facts, choices=choices())
    back = url_for("intake.list_page", deposit=key, opened="yes")
    action = url_for("customers.create", next=back)
    return render_template("customers/new.html", form=form, candidates=[], action=action, back=back)


@blueprint.get("/attachments/<key>/facts")
@needs(Right.FILE_DEPOSIT)
def of_attachment(key: str) -> str:
    """A paper on file next to its archive."""
    return _page(_compared_on_file(key), Form(TakenInput), *_way_to_filed(key))


@blueprint.post("/attachments/<key>/facts")
@needs(Right.FILE_DEPOSIT)
def take_of_attachment(key: str) -> Answer:
    return _take(lambda: _compared_on_file(key), lambda _: None, *_way_to_filed(key))


def _compared(deposit: Deposit) -> Comparison:
    actor().require(Right.FILE_DEPOSIT, deposit)
    return _editable(comparing.of_deposit(deposit))


def _compared_on_file(key: str) -> Comparison:
    attachment, customer = looking.open_attachment(key, actor=actor())
    actor().require(Right.FILE_DEPOSIT, attachment)
    return _editable(comparing.of_attachment(attachment, customer))


def _editable(comparison: Comparison | None) -> Comparison:
    if comparison is None:
        raise NotFound()
    actor().require(Right.EDIT_CUSTOMER, comparison.customer)
    return comparison


def _way_to(deposit: Deposit) -> tuple[str, Crumbs]:
    back = url_for("intake.list_page", deposit=deposit.key)
    return back, [(gettext("收件箱"), url_for("intake.list_page")), (deposit.file.name, back)]


def _way_to_filed(key: str) -> tuple[str, Crumbs]:
    attachment, customer = looking.open_attachment(key, actor=actor())
    back = url_for("attachments.page", key=key)
    file = url_for("dossier.customer", archive_number=customer.archive_number)
    return back, [(customer.name, file), (attachment.title, back)]


def _take(
    find: Callable[[], Comparison],
    follow: Callable[[Customer], None],
    back: str,
    crumbs: Crumbs,
) -> Answer:
    comparison = find()
    try:
        typed = read_form(TakenInput, request.form)
        customer = comparing.take_over(
            comparison.customer,
            comparison.differences,
            typed.taken,
            seen=request.form.get("seen", 0, type=int),
            actor=actor(),
            now=clock.now(),
        )
    except CORRECTABLE as fault:
        form = Form(TakenInput, request.form, fault=fault)
        return _page(find(), form, back, crumbs), 422
    follow(customer)
    said = gettext(
        "%(customer)s的档案已更新 %(count)d 项。", customer=customer.name, count=len(typed.taken)
    )
    flash(said, "success")
    return redirect(back)


def _page(comparison: Comparison, form: Form, back: str, crumbs: Crumbs) -> str:
    return render_template(
        "filing/facts.html",
        comparison=comparison,
        field_words=stack.FIELD_WORDS,
        form=form,
        back=back,
        crumbs=crumbs,
    )


@blueprint.app_context_processor
def beside_papers() -> dict[str, object]:
    """What `filing/differences.html` asks where it is next to a paper."""
    return {"facts_beside": beside}


def beside(deposit: Deposit) -> dict[str, object]:
    """What is said next to a paper: where it differs, or that nobody has its archive."""
    comparison = comparing.of_deposit(deposit)
    may_edit = comparison is not None and actor().may(Right.EDIT_CUSTOMER, comparison.customer)
    proposal = deposit.proposal
    return {
        "comparison": comparison if may_edit else None,
        "compare_at": url_for("facts.of_deposit", key=deposit.key),
        "offers_archive": comparison is None
        and actor().may(Right.CREATE_CUSTOMER)
        and proposal is not None
        and "name" in comparing.facts_for_new(proposal.kind, proposal.fields_read),
        "new_archive_at": url_for("facts.new_customer", key=deposit.key),
    }
