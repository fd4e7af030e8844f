"""A stack that was scanned as one file becomes several papers, and goes back together."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pikepdf
import pytest

from archive.actor import Actor, Role
from archive.errors import NotPermitted
from archive.filing.errors import (
    AlreadyDecided,
    NoSuchPages,
    NotArrangeable,
    NotArranged,
    NothingArranged,
    PieceDecided,
)
from archive.filing.models import Deposit
from archive.filing.rules import DepositState, Turning
from archive.filing.service import arranging, deciding, page_numbers, turning
from archive.seams import Seams
from archive.trail.history import history_of
from tests.browser import submit
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs
from tests.filing.conftest import Receive, digest, facts_of
from tests.filing.test_joining import pages_of
from tests.recognition import ugly_files as ugly


def a_stack(pages: int) -> bytes:
    """A PDF whose pages are of different greys and heights."""
    document, out = pikepdf.new(), io.BytesIO()
    for number in range(1, pages + 1):
        page = document.add_blank_page(page_size=(500, 500 + 50 * number))
        page.Contents = document.make_stream(f"{number / 10} g 0 0 500 2000 re f".encode())
    document.save(out)
    return out.getvalue()


Arrange = Callable[..., list[Deposit]]


@pytest.fixture
def arrange(custodian: Actor, now: datetime, parts: Seams) -> Arrange:
    """Arrange pages through the verb."""

    def arrange_them(
        deposit: Deposit, *papers: list[int], actor: Actor = custodian
    ) -> list[Deposit]:
        return arranging.arrange(
            deposit,
            papers,
            actor=actor,
            now=now,
            blobs=parts.blobs,
            recognition=parts.recognition,
        )

    return arrange_them


def shown(deposit: Deposit, page: int, parts: Seams) -> bytes:
    """The image of one page."""
    path = parts.blobs.copy_of(deposit.file.sha256)
    turn = deposit.file.turn_of(page)
    return parts.recognition.render_page(path, page, width=200, turn=turn).content


def test_a_stack_becomes_papers_that_show_the_very_pages_and_the_original_is_kept(
    receive: Receive, arrange: Arrange, parts: Seams
) -> None:
    stack = receive(a_stack(5), name="一叠.pdf")
    first, second = arrange(stack, [1, 2], [3, 5])
    assert [each.key for each in Deposit.waiting()] == [first.key, second.key]
    assert [each.file.pages for each in (first, second)] == [2, 2]
    assert second.file.name == "一叠 p3,5.pdf"
    assert (second.cut_from, second.cut_pages) == (stack.id, [3, 5])
    for piece, page, of in ((first, 1, 1), (first, 2, 2), (second, 1, 3), (second, 2, 5)):
        assert shown(piece, page, parts) == shown(stack, of, parts)
    kept = Deposit.find(stack.key)
    assert kept.state is DepositState.CUT
    assert digest(parts.blobs.copy_of(kept.file.sha256).read_bytes()) == stack.file.sha256
    event = history_of(kept)[0]
    assert (event.action, event.reason) == ("deposit.cut", "1-2 | 3,5")


@pytest.mark.parametrize("content", [ugly.a_tiff(3), a_stack(3)], ids=["tiff", "pdf"])
def test_pages_are_put_in_another_order_turned_as_they_were(
    receive: Receive,
    arrange: Arrange,
    custodian: Actor,
    now: datetime,
    parts: Seams,
    content: bytes,
) -> None:
    paper = receive(content)
    paper = turning.turn_deposit(paper, 1, Turning.RIGHT, actor=custodian, now=now)
    [(width, height), *_] = pages_of(paper, parts)
    [piece] = arrange(paper, [3, 2, 1])
    assert piece.file.turns == {}
    assert pages_of(piece, parts)[2][1] == pytest.approx(100 * width / height, abs=1)


def test_a_page_that_is_taken_out_is_in_the_original_alone(
    receive: Receive, arrange: Arrange, custodian: Actor, now: datetime
) -> None:
    paper = receive(ugly.a_pdf(3))
    [piece] = arrange(paper, [1, 3])
    assert piece.file.pages == 2
    back = arranging.put_back(piece, actor=custodian, now=now + timedelta(seconds=1))
    assert [each.key for each in Deposit.waiting()] == [back.key] == [paper.key]
    gone = Deposit.find(piece.key)
    assert (gone.state, gone.joined_into) == (DepositState.JOINED, paper.id)
    with pytest.raises(NotArranged):
        arranging.put_back(gone, actor=custodian, now=now)
    assert len(arrange(Deposit.find(paper.key), [1], [2], [3])) == 3  # and again, otherwise


@pytest.mark.parametrize(
    ("papers", "fault"),
    [
        ([[1, 2, 3]], NothingArranged),
        ([[1], [4]], NoSuchPages),
        ([[1], [1, 2]], NoSuchPages),
        ([[1], []], NoSuchPages),
        ([[0, 1]], NoSuchPages),
    ],
)
def test_what_cannot_be_arranged_is_refused_and_nothing_happens(
    receive: Receive, arrange: Arrange, papers: list[list[int]], fault: type[Exception]
) -> None:
    paper = receive(ugly.a_pdf(3))
    with pytest.raises(fault):
        arrange(paper, *papers)
    assert [each.key for each in Deposit.objects] == [paper.key]


def test_a_damaged_file_and_one_without_pages_of_its_own_stay_whole(
    receive: Receive, arrange: Arrange
) -> None:
    for content in (
        ugly.a_pdf(2, encryption=pikepdf.Encryption(owner="o", user="u")),
        ugly.a_docx(),
    ):
        with pytest.raises(NotArrangeable):
            arrange(receive(content), [1])


def test_only_a_custodian_arranges_and_only_what_waits(
    receive: Receive, arrange: Arrange, custodian: Actor, now: datetime
) -> None:
    paper = receive(ugly.a_pdf(2))
    with pytest.raises(NotPermitted):
        arrange(paper, [2], actor=a_user(Role.SALES_MANAGER).as_actor())
    deciding.reject(paper, "重复了", actor=custodian, now=now)
    with pytest.raises(AlreadyDecided):
        arrange(Deposit.find(paper.key), [2])


def test_the_original_stays_in_pieces_while_one_of_them_is_filed(
    receive: Receive, arrange: Arrange, custodian: Actor, now: datetime
) -> None:
    first, second = arrange(receive(ugly.a_pdf(2)), [1], [2])
    deciding.file_deposit(first, a_customer().key, facts_of(), actor=custodian, now=now)
    with pytest.raises(PieceDecided):
        arranging.put_back(second, actor=custodian, now=now)
    assert Deposit.find(second.key).is_waiting
    deciding.undo_filing(Deposit.find(first.key), actor=custodian, now=now)
    original = arranging.put_back(second, actor=custodian, now=now)
    assert [each.key for each in Deposit.waiting()] == [original.key]


def test_what_a_crash_left_half_cut_is_put_together_again(
    receive: Receive, arrange: Arrange, now: datetime
) -> None:
    paper = receive(ugly.a_pdf(3))
    first, second = arrange(paper, [1], [2, 3])
    Deposit.objects(id=second.id).delete()  # it was never written
    Deposit.objects(id=paper.id).update_one(is_half_cut=True)
    assert arranging.settle_all(now) == 0  # somebody may be at it
    assert arranging.settle_all(now + timedelta(minutes=3)) == 1
    assert [each.key for each in Deposit.waiting()] == [paper.key]
    assert Deposit.find(first.key).state is DepositState.JOINED
    assert arranging.settle_all(now + timedelta(minutes=6)) == 0


def test_the_custodian_splits_and_restores_on_the_page(
    receive: Receive, client_as: ClientAs
) -> None:
    client, paper = client_as(Role.CUSTODIAN), receive(ugly.a_pdf(3), name="一叠.pdf")
    assert 'data-page="3"' in client.get(f"/intake/{paper.key}/arrange").get_data(as_text=True)
    given = {"papers": ["1-2", "3"]}
    answer = submit(client, f"/intake/{paper.key}/arrange", "/intake", **given)
    assert answer.json is not None
    assert (answer.json["done"], answer.json["left"]) == ([paper.key], 2)
    first, second = answer.json["back"]
    assert "第 1-2 页" in client.get(f"/intake/{first}/desk").get_data(as_text=True)
    back = submit(client, answer.json["undo"], "/intake")
    assert back.json is not None
    assert (back.json["back"], back.json["done"]) == ([paper.key], [first, second])


def test_numbers_of_pages_are_written_and_read_the_same_way() -> None:
    for pages in ([1, 2, 3, 7], [5], [3, 2, 1], [1, 3, 4]):
        assert page_numbers.read_pages(page_numbers.pages_in_words(pages)) == pages
    assert page_numbers.pages_in_words([1, 2, 3, 7, 9, 10]) == "1-3,7,9-10"
