"""Two custodians at one stack: a paper is on one desk, and is decided about once."""

from datetime import datetime, timedelta

import pytest

from archive import clock
from archive.actor import Actor, Role
from archive.errors import NotPermitted
from archive.filing.errors import HeldByOther
from archive.filing.models import Deposit
from archive.filing.service import holding
from tests.browser import submit
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs
from tests.filing.conftest import Receive
from tests.recognition import ugly_files as ugly


@pytest.fixture
def colleague(custodian: Actor) -> Actor:
    """Another custodian."""
    return a_user(Role.CUSTODIAN, name="李四").as_actor()


def test_each_gets_the_next_paper_that_is_on_nobodys_desk(
    receive: Receive, custodian: Actor, colleague: Actor, now: datetime
) -> None:
    first, second, third = receive(), receive(ugly.a_png()), receive(ugly.a_tiff())
    mine = holding.take_next(None, actor=custodian, now=now)
    theirs = holding.take_next(None, actor=colleague, now=now)
    assert mine == first
    assert theirs == second
    assert holding.take_next(mine, actor=custodian, now=now) == first  # still mine
    assert not holding.take_up(Deposit.find(second.key), actor=custodian, now=now)
    assert holding.take_up(third, actor=custodian, now=now)
    assert holding.take_next(None, actor=colleague, now=now) == first  # put down for the third
    assert Deposit.find(third.key).revision == third.revision  # it says nothing of the paper


def test_a_desk_that_is_not_renewed_lapses_and_one_that_is_stays(
    receive: Receive, custodian: Actor, colleague: Actor, now: datetime
) -> None:
    paper = receive()
    assert holding.take_up(paper, actor=custodian, now=now)
    later = now + holding.HELD_FOR - timedelta(seconds=1)
    assert not holding.keep(paper.key, actor=colleague, now=later)
    assert holding.keep(paper.key, actor=custodian, now=later)
    hold = Deposit.find(paper.key).held_by_other(colleague.id, later + timedelta(minutes=1))
    assert hold is not None and (hold.who_name, hold.since) == (custodian.name, now)
    assert holding.take_up(paper, actor=colleague, now=later + holding.HELD_FOR)
    assert holding.take_next(None, actor=custodian, now=later + holding.HELD_FOR) is None


def test_a_paper_that_is_taken_over_is_lost_to_whoever_had_it(
    receive: Receive, custodian: Actor, colleague: Actor, now: datetime
) -> None:
    paper = receive()
    holding.take_up(paper, actor=custodian, now=now)
    assert holding.take_up(paper, actor=colleague, now=now, over=True)
    assert not holding.keep(paper.key, actor=custodian, now=now)
    with pytest.raises(HeldByOther, match="李四"):
        holding.check_free(Deposit.find(paper.key), actor=custodian, now=now)
    holding.check_free(Deposit.find(paper.key), actor=colleague, now=now)
    with pytest.raises(NotPermitted):
        holding.take_up(paper, actor=a_user(Role.AUDITOR).as_actor(), now=now)


def test_the_desk_says_who_has_the_paper_and_lets_it_be_taken_over(
    receive: Receive, client_as: ClientAs, colleague: Actor
) -> None:
    paper, customer = receive(), a_customer()
    holding.take_up(paper, actor=colleague, now=clock.now())
    client = client_as(Role.CUSTODIAN)
    desk = client.get(f"/intake/{paper.key}/desk").get_data(as_text=True)
    assert "李四 正在处理" in desk
    assert "data-filing" not in desk
    assert "data-all-held" in client.get(f"/intake/{paper.key}/desk?next=yes").get_data(
        as_text=True
    )
    given = {"customer": customer.key, "kind": "other"}
    refused = submit(client, f"/intake/{paper.key}/file", "/intake", **given)
    assert refused.status_code == 409
    assert Deposit.find(paper.key).is_waiting
    mine = submit(client, f"/intake/{paper.key}/take-over", "/intake")
    assert "data-filing" in mine.get_data(as_text=True)
    assert submit(client, f"/intake/{paper.key}/file", "/intake", **given).status_code == 200


def test_the_page_hears_of_what_changed_and_of_nothing_else(
    receive: Receive, client_as: ClientAs, colleague: Actor
) -> None:
    first, second = receive(), receive(ugly.a_png())
    client = client_as(Role.CUSTODIAN)
    gone = "0123456789abcdef01234567"
    fresh = submit(client, "/intake/pulse", "/intake", line=[f"{gone}:x", "none:x"]).json
    assert fresh is not None
    assert (list(fresh["rows"]), fresh["gone"], fresh["left"]) == (
        [first.key, second.key], [gone], 2,
    )  # fmt: skip
    lines = [row.split('data-mark="')[1].split('"')[0] for row in fresh["rows"].values()]
    known = [f"{each.key}:{mark}" for each, mark in zip((first, second), lines, strict=True)]
    calm = submit(client, "/intake/pulse", "/intake", line=known, open=first.key).json
    assert calm is not None and (calm["rows"], calm["has_lost"]) == ({}, False)
    holding.take_up(first, actor=colleague, now=clock.now(), over=True)
    lost = submit(client, "/intake/pulse", "/intake", line=known, open=first.key).json
    assert lost is not None
    assert (list(lost["rows"]), lost["has_lost"]) == ([first.key], True)
    assert "李四 正在处理" in lost["rows"][first.key]
