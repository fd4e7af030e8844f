"""One customer's whole file: a head that stays, and a tab for each part a person may see."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext

from archive import clock
from archive.actor import Actor, Right
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.dossier import contents
from archive.dossier.line import line_of
from archive.filing.service.looking import shelves_of
from archive.trail.history import history_of
from archive.trail.models import History
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.wording import action_words, change_words, kind_words

blueprint = Blueprint("dossier", __name__, template_folder="../templates")

CHANGES_A_PAGE = 25
MOMENTS_A_PAGE = 25
CONTRACTS_A_PAGE = 50
LAST_PAGE = 1000


@blueprint.get("/customers/<archive_number>")
@needs(Right.OPEN_CUSTOMER)
def customer(archive_number: str) -> str:
    found = customers.open_file(archive_number, actor=actor())
    return _show("facts", found, missing=found.missing_facts())


@blueprint.get("/customers/<archive_number>/attachments")
@needs(Right.LIST_ATTACHMENTS)
def attachments(archive_number: str) -> str:
    found = customers.open_file(archive_number, actor=actor())
    shelves = shelves_of(found, actor=actor(), today=clock.local_day(clock.now()))
    return _show("attachments", found, shelves=shelves)


@blueprint.get("/customers/<archive_number>/communication")
@needs(Right.OPEN_CUSTOMER)
def communication(archive_number: str) -> str:
    found = customers.open_file(archive_number, actor=actor())
    page = asked_page()
    start = (page - 1) * MOMENTS_A_PAGE
    line = line_of(found, actor=actor(), start=start, count=MOMENTS_A_PAGE + 1)
    return _show(
        "communication",
        found,
        line=line[:MOMENTS_A_PAGE],
        page=page,
        has_more=len(line) > MOMENTS_A_PAGE,
    )


@blueprint.get("/customers/<archive_number>/contracts")
@needs(Right.OPEN_CONTRACT)
def contracts(archive_number: str) -> str:
    found = customers.open_file(archive_number, actor=actor())
    actor().require(Right.OPEN_CONTRACT, found)
    page = asked_page()
    start = (page - 1) * CONTRACTS_A_PAGE
    shown = list(contents.contracts_with(found).skip(start).limit(CONTRACTS_A_PAGE + 1))
    return _show(
        "contracts",
        found,
        contracts=shown[:CONTRACTS_A_PAGE],
        page=page,
        has_more=len(shown) > CONTRACTS_A_PAGE,
    )


@blueprint.get("/customers/<archive_number>/history")
@needs(Right.OPEN_CUSTOMER)
def history(archive_number: str) -> str:
    found = customers.open_file(archive_number, actor=actor())
    page = asked_page()
    changes = history_of(found)
    start = (page - 1) * CHANGES_A_PAGE
    return _show(
        "history",
        found,
        changes=[_in_words(each) for each in changes[start : start + CHANGES_A_PAGE]],
        page=page,
        has_more=len(changes) > start + CHANGES_A_PAGE,
    )


def asked_page() -> int:
    """The page that the address names, as far as anyone turns; the first where it names none."""
    return min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)


def _in_words(event: History) -> dict[str, Any]:
    return {
        "at": event.at,
        "who": event.actor_name,
        "action": action_words(event.action),
        "kind": kind_words(event.subject_kind),
        "reason": event.reason,
        "fields": [
            change_words(event.subject_kind, change)
            for change in event.changes
            if change["field"] != "salesperson_id"  # the name stands beside it
        ],
    }


def _show(tab: str, found: Customer, **parts: Any) -> str:
    today = clock.local_day(clock.now())
    return render_template(
        f"dossier/{tab}.html",
        customer=found,
        tab=tab,
        tabs=_tabs(found, actor()),
        licence_has_expired=found.licence_has_expired(today),
        **parts,
    )


def _tabs(found: Customer, who: Actor) -> list[tuple[str, str, str, int | None]]:
    """The parts of the file that *who* may see: key, words, address, how many."""
    counts = contents.counts_of(found, actor=who)
    parts = [
        ("facts", gettext("基本情况"), "dossier.customer", None),
        ("attachments", gettext("附件"), "dossier.attachments", counts.get("attachments")),
        (
            "communication",
            gettext("沟通记录"),
            "dossier.communication",
            counts.get("communication"),
        ),
        ("contracts", gettext("合同"), "dossier.contracts", counts.get("contracts")),
        ("history", gettext("变更历史"), "dossier.history", None),
    ]
    return [
        (key, words, url_for(endpoint, archive_number=found.archive_number), count)
        for key, words, endpoint, count in parts
        if key in ("facts", "history") or key in counts
    ]
