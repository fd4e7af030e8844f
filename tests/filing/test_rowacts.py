"""Many attachments changed at once, each with its event and the way back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest

from archive import clock
from archive.actor import Actor
from archive.filing.errors import NothingToChange
from archive.filing.forms import OriginalInput
from archive.filing.models import Attachment
from archive.filing.rowacts import ACTS, kept_original
from archive.filing.rules import AttachmentKind, Confidentiality
from archive.filing.service.deciding import file_deposit
from archive.listwork import service, tasks
from archive.listwork.models import Run
from archive.listwork.rules import Outcome
from archive.trail.history import history_of
from archive.web.inputs import InvalidInput
from tests.builders import a_customer
from tests.filing.conftest import facts_of
from tests.recognition import ugly_files as ugly

ACT = {each.key: each for each in ACTS}


@pytest.fixture
def papers(receive: Callable[..., Any], custodian: Actor, now: datetime) -> list[Attachment]:
    """Three licences of one customer; of the last the original is kept."""
    customer = a_customer()
    places = (None, None, "03-2-015")
    return [
        file_deposit(
            receive(ugly.a_jpeg(size=(100 + number, 80))), customer.key,
            facts_of(place=place, paper_original=bool(place), copies=2 if place else None),
            actor=custodian, now=now,
        )
        for number, place in enumerate(places)
    ]  # fmt: skip


def act(key: str, facts: Mapping[str, Any], papers: list[Attachment], who: Actor) -> Run:
    """Do the act *key* to *papers*."""
    run = service.begin(
        ACT[key], facts, [each.id for each in papers], seen=len(papers), reason="整理库房",
        language="zh", actor=who, now=clock.now(),
    )  # fmt: skip
    tasks.work(run.key)
    return Run.find(run.key)


def undo(run: Run, who: Actor) -> None:
    service.begin_undoing(Run.find(run.key), actor=who, now=clock.now(), reason="选错了")
    tasks.work(run.key)


def stored(papers: list[Attachment], name: str) -> list[Any]:
    return [getattr(Attachment.find(each.key), name) for each in papers]


@pytest.mark.usefixtures("in_app")
def test_the_kind_of_many_papers_is_changed_with_a_reason_and_put_back(
    papers: list[Attachment], custodian: Actor
) -> None:
    run = act("kind", {"kind": "account_licence"}, papers, custodian)
    assert run.counts()[Outcome.DONE] == 3
    assert stored(papers, "kind") == [AttachmentKind.ACCOUNT_LICENCE] * 3
    assert stored(papers, "confidentiality") == [Confidentiality.CONFIDENTIAL] * 3
    assert history_of(Attachment.find(papers[0].key))[0].reason == "整理库房"
    undo(run, custodian)
    assert stored(papers, "kind") == [AttachmentKind.LICENCE] * 3


@pytest.mark.usefixtures("in_app")
def test_confidentiality_is_lowered_only_with_the_reason_in_each_history(
    papers: list[Attachment], custodian: Actor
) -> None:
    run = act("secrecy", {"confidentiality": "internal"}, papers, custodian)
    assert stored(papers, "confidentiality") == [Confidentiality.INTERNAL] * 3
    assert [history_of(Attachment.find(each.key))[0].reason for each in papers] == ["整理库房"] * 3
    undo(run, custodian)
    assert stored(papers, "confidentiality") == [Confidentiality.CONFIDENTIAL] * 3


@pytest.mark.usefixtures("in_app")
def test_originals_get_a_place_and_what_was_not_said_stays(
    papers: list[Attachment], custodian: Actor
) -> None:
    facts = kept_original(OriginalInput.read({"place": "05-1-001", "reason": "搬柜"}))
    run = act("original", facts, papers, custodian)
    assert stored(papers, "place") == ["05-1-001"] * 3
    assert stored(papers, "paper_original") == [True] * 3
    assert stored(papers, "copies") == [None, None, 2]
    undo(run, custodian)
    assert stored(papers, "place") == [None, None, "03-2-015"]
    assert stored(papers, "paper_original") == [False, False, True]


def test_papers_that_are_only_electronic_have_no_place_and_no_copies() -> None:
    nothing = OriginalInput.read({"original": "electronic", "reason": "原件已退回"})
    assert kept_original(nothing) == {"paper_original": False, "copies": None, "place": None}
    with pytest.raises(InvalidInput):
        OriginalInput.read({"original": "electronic", "copies": "2", "reason": "原件已退回"})


def test_an_act_that_says_nothing_is_refused() -> None:
    with pytest.raises(NothingToChange):
        kept_original(OriginalInput.read({"reason": "搬柜"}))
