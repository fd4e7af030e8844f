"""What the custodian may type, on the page and over the API alike."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from archive.filing.forms import FactsInput, FilingInput, RejectionInput
from archive.filing.rules import AttachmentKind, Confidentiality
from archive.web.inputs import InvalidInput


def faults(model: Any, given: dict[str, Any], app: Flask) -> dict[str, list[str]]:
    """What is wrong with *given*, by field, in Chinese."""
    with app.test_request_context(), pytest.raises(InvalidInput) as refusal:
        model.read(given)
    found: dict[str, list[str]] = dict(refusal.value.errors)
    return found


def test_what_is_left_open_follows_from_the_kind() -> None:
    facts = FactsInput.read({"kind": "licence", "title": "  "}).settled()
    assert facts.title == "营业执照"
    assert facts.confidentiality is Confidentiality.CONFIDENTIAL
    assert (facts.copies, facts.place) == (None, None)


def test_what_the_custodian_says_stands() -> None:
    facts = FactsInput.read(
        {"kind": "licence", "confidentiality": "internal", "valid_until": "2030-01-31"}
    ).settled()
    assert facts.kind is AttachmentKind.LICENCE
    assert facts.confidentiality is Confidentiality.INTERNAL
    assert facts.valid_until == date(2030, 1, 31)


def test_a_paper_original_is_one_copy_unless_said_otherwise() -> None:
    assert FactsInput.read({"kind": "other", "paper_original": True}).settled().copies == 1


@pytest.mark.parametrize(
    "typed", ["03-2-015", "03－2－015", "03 - 2 - 015", "０３-２-０１５", "03/2/015"]
)
def test_a_place_is_understood_however_it_is_typed(typed: str) -> None:
    given = {"kind": "other", "paper_original": True, "place": typed}
    assert FactsInput.read(given).settled().place == "03-2-015"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"place": "柜三", "paper_original": True}, "place"),
        ({"copies": 0, "paper_original": True}, "copies"),
        ({"valid_until": "2030-02-30"}, "valid_until"),
        ({"document_on": "0026-01-01"}, "document_on"),
        ({"title": "长" * 121}, "title"),
        ({"document_on": "2030-01-01", "valid_until": "2029-01-01"}, ""),
        ({"place": "1-2-3"}, ""),
    ],
)
def test_a_fault_is_told_at_its_field(site: Flask, given: dict[str, Any], field: str) -> None:
    assert list(faults(FactsInput, {"kind": "other", **given}, site)) == [field]


def test_filing_needs_a_customer_and_a_kind(site: Flask) -> None:
    assert set(faults(FilingInput, {}, site)) == {"customer", "kind"}


def test_rejecting_needs_words(site: Flask) -> None:
    assert faults(RejectionInput, {"reason": "x"}, site) == {"reason": ["至少 2 个字。"]}
