"""What was scanned aside is turned for good: the picture turns, the bytes stay."""

from datetime import datetime
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from archive.actor import Actor, Role
from archive.errors import NotPermitted
from archive.filing.errors import AlreadyDecided, NoPageImage
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import Turning
from archive.filing.service import deciding, images, turning
from archive.recognition.pages import PageText, TextSource
from archive.seams import Seams
from archive.trail.history import history_of
from tests.browser import submit
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs
from tests.filing.conftest import Receive, digest, facts_of
from tests.recognition import ugly_files as ugly


def thumbnail_of(deposit: Deposit, parts: Seams) -> bytes:
    """The small image of its first page."""
    return images.thumbnail(
        deposit.file, asker="", blobs=parts.blobs, recognition=parts.recognition
    )


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height of an image."""
    return Image.open(BytesIO(content)).size


def test_a_page_turned_in_the_intake_is_filed_so_and_its_bytes_are_as_they_came(
    receive: Receive, custodian: Actor, now: datetime, parts: Seams
) -> None:
    content = ugly.a_pdf(3)
    deposit = receive(content)
    for page, way in ((2, Turning.RIGHT), (2, Turning.RIGHT), (3, Turning.LEFT)):
        turning.turn_deposit(Deposit.find(deposit.key), page, way, actor=custodian, now=now)
    stored = Deposit.find(deposit.key)
    assert [stored.file.turn_of(page) for page in (1, 2, 3)] == [0, 180, 270]
    assert [each.reason for each in history_of(stored)][:3] == ["p3 270°", "p2 180°", "p2 90°"]

    attachment = deciding.file_deposit(
        stored, a_customer().key, facts_of(), actor=custodian, now=now
    )
    assert Attachment.find(attachment.key).current.turn_of(3) == 270
    assert digest(parts.blobs.copy_of(stored.file.sha256).read_bytes()) == digest(content)


def test_the_small_image_turns_with_the_first_page(
    receive: Receive, custodian: Actor, now: datetime, parts: Seams
) -> None:
    deposit = receive()  # 400 by 300
    assert size_of(thumbnail_of(deposit, parts)) == (320, 240)
    deposit = turning.turn_deposit(deposit, 1, Turning.LEFT, actor=custodian, now=now)
    assert size_of(thumbnail_of(deposit, parts)) == (300, 400)
    deposit = turning.turn_deposit(deposit, 1, Turning.RIGHT, actor=custodian, now=now)
    assert size_of(thumbnail_of(deposit, parts)) == (320, 240)


def test_after_filing_the_custodian_turns_a_page_of_any_version_and_it_is_an_event(
    receive: Receive, custodian: Actor, now: datetime, client_as: ClientAs
) -> None:
    facts = facts_of(confidentiality="internal")
    attachment = deciding.file_deposit(receive(), a_customer().key, facts, actor=custodian, now=now)
    deciding.file_as_version(receive(ugly.a_pdf(2)), attachment.key, actor=custodian, now=now)
    client, page = client_as(Role.CUSTODIAN), f"/attachments/{attachment.key}"
    answer = submit(client, f"{page}/pages/1/turn?version=1", page, way="right")
    assert answer.json == {"turn": 90}
    stored = Attachment.find(attachment.key)
    assert [each.turns for each in stored.versions] == [{"1": 90}, {}]
    last = history_of(stored)[0]
    assert (last.action, last.reason) == ("attachment.turned", "v1 p1 90°")
    assert size_of(client.get(f"{page}/pages/1?version=1").data) == (300, 400)
    assert submit(client, f"{page}/pages/9/turn", page, way="right").status_code == 404
    assert submit(client, f"{page}/pages/1/turn", page, way="up").status_code == 422


def test_who_is_no_custodian_and_what_is_decided_turns_nothing(
    receive: Receive, custodian: Actor, now: datetime, empty_site: Flask
) -> None:
    deposit = receive()
    with pytest.raises(NoPageImage):
        turning.turn_deposit(deposit, 2, Turning.LEFT, actor=custodian, now=now)
    staff = a_user(Role.STAFF).as_actor()
    with pytest.raises(NotPermitted):
        turning.turn_deposit(deposit, 1, Turning.LEFT, actor=staff, now=now)
    attachment = deciding.file_deposit(
        deposit, a_customer().key, facts_of(), actor=custodian, now=now
    )
    with pytest.raises(AlreadyDecided):
        turning.turn_deposit(Deposit.find(deposit.key), 1, Turning.LEFT, actor=custodian, now=now)
    with pytest.raises(NotPermitted):
        turning.turn_attachment(attachment, 1, Turning.LEFT, actor=staff, now=now)


def test_pages_that_were_read_aside_are_shown_upright_but_for_those_a_person_turned(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    paper = receive(ugly.a_pdf(3))
    turning.turn_deposit(paper, 2, Turning.RIGHT, actor=custodian, now=now)
    read = [
        PageText(number, TextSource.OCR, 210, 297, turn=turn)
        for number, turn in ((1, 270), (2, 180), (3, 0))
    ]
    turning.set_upright(paper, read, now=now)
    shown = Deposit.find(paper.key)
    assert [shown.file.turn_of(page) for page in (1, 2, 3)] == [270, 90, 0]
    turning.set_upright(shown, read, now=now)
    assert Deposit.find(paper.key).revision == shown.revision
