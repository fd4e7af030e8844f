"""The customer's own parts of the file: the facts, and how they changed."""

from typing import Any

from flask import render_template, url_for

from archive import clock
from archive.actor import Right
from archive.customers import rules
from archive.customers.models import Customer
from archive.database import kind_of
from archive.terms import N_
from archive.trail.history import history_of
from archive.trail.models import History
from archive.web.changes import changes_in_words
from archive.web.chapter import FileAct, FilePart
from archive.web.leafing import read_leaf
from archive.web.wording import action_words, kind_words

CHANGES_A_PAGE = 25


def draw_facts(customer: Customer) -> str:
    """Everything that the archive says of the customer."""
    return render_template(
        "customers/facts.html",
        customer=customer,
        is_to_confirm=rules.are_to_confirm(customer.facts_looked_at, clock.now()),
        missing=customer.missing_facts(),
        licence_has_expired=customer.licence_has_expired(clock.local_day(clock.now())),
    )


def draw_history(customer: Customer) -> str:
    """Who changed what, newest first."""
    events = history_of(customer)
    for earlier in customer.absorbed:  # what was changed in it while it was an archive of its own
        events += History.of(kind_of(Customer), str(earlier.customer_id))
    events.sort(key=lambda each: each.at, reverse=True)
    leaf = read_leaf(
        lambda start, count: map(_in_words, events[start : start + count]), CHANGES_A_PAGE
    )
    return render_template("customers/history.html", leaf=leaf)


def _in_words(event: History) -> dict[str, Any]:
    return {
        "at": event.at,
        "who": event.actor_name,
        "action": action_words(event.action),
        "kind": kind_words(event.subject_kind),
        "reason": event.reason,
        "fields": changes_in_words(event.subject_kind, event.changes),
    }


PARTS = (
    FilePart(
        key="facts", label=N_("基本情况"), right=Right.OPEN_CUSTOMER, draw=draw_facts, order=0
    ),
    FilePart(
        key="history",
        label=N_("变更历史"),
        right=Right.OPEN_CUSTOMER,
        draw=draw_history,
        order=1000,
    ),
)
ACTS = (
    FileAct(
        N_("编辑档案"),
        icon="pencil",
        right=Right.EDIT_CUSTOMER,
        address=lambda customer: url_for("customers.edit", archive_number=customer.archive_number),
        is_button=True,
    ),
    FileAct(
        N_("更改销售员"),
        icon="user-share",
        right=Right.ASSIGN_CUSTOMER,
        address=lambda customer: url_for(
            "customers.assign", archive_number=customer.archive_number
        ),
    ),
)
