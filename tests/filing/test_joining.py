"""Photographs of one paper become one file and come apart again; every original stays."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pikepdf
import pytest
from PIL import Image

from archive.actor import Actor, Role
from archive.errors import NotFound, NotPermitted
from archive.filing.errors import (
    AlreadyDecided,
    NotJoinable,
    NotJoined,
    TooFewToJoin,
    TooManyPages,
)
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import DepositState, Turning
from archive.filing.service import deciding, joining, looking, turning
from archive.seams import Seams
from archive.trail.history import history_of
from tests.browser import submit
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs
from tests.filing.conftest import Receive, digest, facts_of
from tests.recognition import ugly_files as ugly
from tests.recognition import uneven_files as uneven

Join = Callable[..., Deposit]


@pytest.fixture
def join(custodian: Actor, now: datetime, parts: Seams) -> Join:
    """Join deposits through the verb."""

    def join_them(*deposits: Deposit, actor: Actor = custodian) -> Deposit:
        return joining.join(
            deposits, actor=actor, now=now, blobs=parts.blobs, recognition=parts.recognition
        )

    return join_them


def pages_of(deposit: Deposit, parts: Seams) -> list[tuple[int, int]]:
    """Width and height of each page as it is shown, 100 pixels across."""
    pages = [
        parts.recognition.render_page(parts.blobs.copy_of(deposit.file.sha256), page, width=100)
        for page in range(1, deposit.file.pages + 1)
    ]
    return [(page.width, page.height) for page in pages]


def test_photographs_become_one_paper_in_the_chosen_order_turned_as_they_were(
    receive: Receive, join: Join, custodian: Actor, now: datetime, parts: Seams
) -> None:
    wide, tall = receive(ugly.a_jpeg(size=(400, 200))), receive(ugly.a_jpeg(size=(200, 400)))
    aside = receive(ugly.a_png())  # 400 by 300
    aside = turning.turn_deposit(aside, 1, Turning.RIGHT, actor=custodian, now=now)
    joined = join(aside, wide, tall)
    heights = [height for _, height in pages_of(joined, parts)]
    assert heights == pytest.approx([133, 50, 200], abs=1)
    assert joined.file.name == "scan ×3.pdf"
    assert [each.key for each in Deposit.waiting()] == [joined.key]
    for part in (wide, tall, aside):
        stored = Deposit.find(part.key)
        assert (stored.state, stored.joined_into) == (DepositState.JOINED, joined.id)
        kept = parts.blobs.copy_of(part.file.sha256).read_bytes()
        assert digest(kept) == part.file.sha256
    assert history_of(Deposit.find(wide.key))[0].action == "deposit.joined"


def test_the_pixels_of_a_photograph_go_in_as_they_are(
    receive: Receive, join: Join, parts: Seams
) -> None:
    photograph = ugly.a_jpeg()
    joined = join(receive(photograph), receive(ugly.a_png()))
    with pikepdf.open(parts.blobs.copy_of(joined.file.sha256)) as document:
        image = next(iter(document.pages[0].get_images().values()))
        assert image.read_raw_bytes() == photograph


@pytest.mark.parametrize(
    "content",
    [
        ugly.a_jpeg(orientation=6), ugly.a_png("RGBA"), ugly.a_png("P"), ugly.a_heic(),
        ugly.a_tiff(2), uneven.a_fax(), ugly.a_pdf(2), uneven.a_sealed_pdf(),
        ugly.a_jpeg()[:-2],
    ],
    ids=["sideways", "rgba", "palette", "heic", "tiff", "fax", "pdf", "sealed", "cut"],
)  # fmt: skip
def test_whatever_can_be_drawn_looks_the_same_in_what_it_was_joined_into(
    receive: Receive, join: Join, parts: Seams, content: bytes
) -> None:
    alone, other = receive(content), receive(ugly.a_jpeg(size=(90, 90)))
    joined = join(alone, other)
    assert joined.file.pages == alone.file.pages + 1
    for page in range(1, alone.file.pages + 1):
        shown = [
            Image.open(io.BytesIO(parts.recognition.render_page(
                parts.blobs.copy_of(each.file.sha256), page, width=200,
            ).content)).convert("L")
            for each in (alone, joined)
        ]  # fmt: skip
        assert shown[0].height == pytest.approx(shown[1].height, abs=2)
        small = [each.resize((20, 20)).tobytes() for each in shown]
        assert max(abs(a - b) for a, b in zip(*small, strict=True)) < 40


def test_a_joined_paper_comes_apart_before_it_is_filed(
    receive: Receive, join: Join, custodian: Actor, now: datetime
) -> None:
    first, second = receive(), receive(ugly.a_png())
    joined = join(first, second)
    joining.take_apart(joined, "", actor=custodian, now=now)
    assert Deposit.find(joined.key).state is DepositState.APART
    assert [each.key for each in Deposit.waiting()] == [first.key, second.key]
    assert [each.joined_into for each in Deposit.waiting()] == [None, None]
    with pytest.raises(NotJoined):
        joining.take_apart(Deposit.find(joined.key), "", actor=custodian, now=now)
    with pytest.raises(NotJoined):
        joining.take_apart(Deposit.find(first.key), "", actor=custodian, now=now)
    assert join(Deposit.find(first.key), Deposit.find(second.key)).is_waiting


def test_and_after_it_was_filed_with_a_reason(
    receive: Receive, join: Join, custodian: Actor, now: datetime, client_as: ClientAs
) -> None:
    first, second = receive(), receive(ugly.a_png())
    joined = join(first, second)
    customer = a_customer()
    attachment = deciding.file_deposit(joined, customer.key, facts_of(), actor=custodian, now=now)
    again = receive()  # the same photograph once more
    twins = looking.twins_of([again])[again.key]
    assert [each.attachment.key for each in twins if each.attachment] == [attachment.key]

    client, page = client_as(Role.CUSTODIAN), f"/attachments/{attachment.key}"
    assert "拆开这份合并的附件？" in client.get(page).get_data(as_text=True)
    assert submit(client, f"{page}/take-apart", page, reason="").status_code == 422
    assert submit(client, f"{page}/take-apart", page, reason="两份合同").status_code == 302
    assert Attachment.of_customer(customer.id).count() == 0
    assert history_of(Attachment.find(attachment.key))[0].reason == "两份合同"
    assert {first.key, second.key} <= {each.key for each in Deposit.waiting()}
    with pytest.raises(NotFound):
        looking.open_attachment(attachment.key, actor=custodian)


def test_what_cannot_be_joined_is_said_and_nothing_changes(
    receive: Receive, join: Join, custodian: Actor, now: datetime
) -> None:
    first, word = receive(), receive(ugly.a_docx(), name="合同.docx")
    rejected = receive(ugly.a_png())
    deciding.reject(rejected, "模糊", actor=custodian, now=now)
    with pytest.raises(TooFewToJoin):
        join(first)
    with pytest.raises(NotJoinable, match="合同"):
        join(first, word)
    with pytest.raises(AlreadyDecided):
        join(first, Deposit.find(rejected.key))
    with pytest.raises(NotPermitted):
        join(first, receive(ugly.a_pdf()), actor=a_user(Role.STAFF).as_actor())
    with pytest.raises(TooManyPages):
        join(first, receive(ugly.a_pdf(2000)))
    assert Deposit.find(first.key).is_waiting
    assert Deposit.objects(parts__0__exists=True).count() == 0


def test_a_part_that_somebody_files_in_that_moment_stays_filed_and_the_rest_comes_back(
    receive: Receive, custodian: Actor, now: datetime, parts: Seams
) -> None:
    first, second = receive(), receive(ugly.a_png())
    stale = Deposit.find(second.key)
    deciding.file_deposit(second, a_customer().key, facts_of(), actor=custodian, now=now)
    with pytest.raises(AlreadyDecided):
        joining.join(
            [first, stale], actor=custodian, now=now,
            blobs=parts.blobs, recognition=parts.recognition,
        )  # fmt: skip
    assert [each.key for each in Deposit.waiting()] == [first.key]
    assert Deposit.find(second.key).state is DepositState.FILED


def test_what_a_crash_left_half_joined_is_settled(
    receive: Receive, join: Join, custodian: Actor, now: datetime
) -> None:
    first, second = receive(), receive(ugly.a_png())
    joined = join(first, second)
    Deposit.objects(id=joined.id).update_one(is_half_joined=True)
    Deposit.objects(id=second.id).update_one(state=DepositState.READY, unset__joined_into=True)
    assert joining.settle_all(now) == 0  # somebody may be at it
    assert joining.settle_all(now + timedelta(minutes=3)) == 1
    assert [each.key for each in Deposit.waiting()] == [joined.key]
    assert Deposit.find(second.key).joined_into == joined.id


def test_the_custodian_joins_and_takes_apart_on_the_page(
    receive: Receive, client_as: ClientAs, custodian: Actor
) -> None:
    client, first, second = client_as(Role.CUSTODIAN), receive(), receive(ugly.a_png())
    papers = {"papers-0-deposit": second.key, "papers-1-deposit": first.key}
    answer = submit(client, "/intake/join", "/intake", **papers)
    assert answer.json is not None
    assert (answer.json["done"], answer.json["left"]) == ([second.key, first.key], 1)
    key = answer.json["back"][0]
    assert Deposit.find(key).parts == [second.id, first.id]
    assert "由 2 份文件合并" in client.get(f"/intake/{key}/desk").get_data(as_text=True)
    apart = submit(client, f"/intake/{key}/take-apart", "/intake")
    assert apart.json is not None and apart.json["back"] == [second.key, first.key]
