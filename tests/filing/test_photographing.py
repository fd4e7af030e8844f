"""Pages photographed with a phone come in as one file, and each photograph is kept as it was."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from archive.actor import Actor, Role
from archive.errors import NotPermitted
from archive.filing import tasks
from archive.filing.errors import CornersUnclear, NotAPicture
from archive.filing.models import Deposit
from archive.filing.rules import DepositState
from archive.filing.service import joining, photographing
from archive.filing.service.photographing import Photograph, corners_from
from archive.reading import Reading
from archive.recognition import FileType
from archive.seams import Seams
from archive.web.spool import SpooledFile
from tests.builders import a_user
from tests.conftest import ClientAs
from tests.filing.conftest import digest
from tests.filing.test_views import post
from tests.recognition import papers_drawn as papers
from tests.recognition import ugly_files as ugly

CORNERS = " ".join(str(at) for corner in papers.ASKEW for at in corner)
TakeIn = Callable[..., Deposit]


@pytest.fixture
def take_in(
    parts: Seams, custodian: Actor, now: datetime, spool: Callable[..., SpooledFile]
) -> TakeIn:
    """Take photographs in: ``take_in((content, corners), …)``."""

    def take(*photographs: tuple[bytes, str], actor: Actor = custodian) -> Deposit:
        taken = [
            Photograph(spool(content), f"IMG_{at}.jpg", f"key-{at}", corners_from(corners))
            for at, (content, corners) in enumerate(photographs, start=1)
        ]
        return photographing.take_in(
            taken, actor=actor, now=now, blobs=parts.blobs, recognition=parts.recognition
        )

    return take


def a_photograph() -> bytes:
    return papers.as_jpeg(papers.a_photograph(papers.a_sheet()))


def test_photographs_become_one_file_and_come_back_as_they_were_taken(
    take_in: TakeIn, custodian: Actor, now: datetime, in_app: Any
) -> None:
    askew, plain = a_photograph(), ugly.a_jpeg()
    deposit = Deposit.find(take_in((askew, CORNERS), (plain, "")).key)
    assert (deposit.file.file_type, deposit.file.pages) == (FileType.PDF, 2)
    assert (deposit.file.name, deposit.straightened) == ("IMG_1 ×2.pdf", [1])
    assert [each.key for each in Deposit.waiting()] == [deposit.key]
    assert [each.file.sha256 for each in deposit.part_deposits] == [digest(askew), digest(plain)]
    for part in deposit.part_deposits:
        tasks.prepare_deposit(part.key)
    assert Reading.objects.count() == 0  # what is read is the page that is shown
    back = joining.take_apart(deposit, "", actor=custodian, now=now)
    assert [each.state for each in back] == [DepositState.RECEIVED] * 2


def test_one_photograph_is_made_straight_or_stays_the_picture_that_it_is(take_in: TakeIn) -> None:
    straight = take_in((a_photograph(), CORNERS))
    assert (straight.file.file_type, straight.file.name) == (FileType.PDF, "IMG_1.pdf")


def test_one_photograph_whose_edges_are_in_doubt_is_the_picture_that_it_is(take_in: TakeIn) -> None:
    plain = take_in((ugly.a_png(), ""))
    assert (plain.file.file_type, list(plain.parts)) == (FileType.PNG, [])


def test_what_is_no_photograph_is_refused_and_nothing_is_taken_in(take_in: TakeIn) -> None:
    with pytest.raises(NotAPicture) as refusal:
        take_in((ugly.a_jpeg(), ""), (ugly.a_pdf(1), ""))
    assert refusal.value.facts["name"] == "IMG_2.jpg"
    assert Deposit.objects.count() == 0


def test_whoever_may_not_upload_takes_no_photographs_in(take_in: TakeIn) -> None:
    with pytest.raises(NotPermitted):
        take_in((ugly.a_jpeg(), ""), actor=a_user(Role.AUDITOR).as_actor())


@pytest.mark.parametrize(
    "text",
    [
        "0.1 0.1 0.9 0.1 0.9 0.9",
        "0.1 0.1 0.9 0.1 0.9 0.9 0.1 1.4",
        "0.1 0.1 0.1 0.9 0.9 0.9 0.9 0.1",  # against the clock
        "0.1 0.1 0.11 0.1 0.11 0.11 0.1 0.11",
        "0.1 0.1 0.9 0.1 0.9 0.9 nan 0.9",
        "top left",
    ],
)
def test_corners_that_are_no_area_of_the_picture_are_refused(text: str) -> None:
    with pytest.raises(CornersUnclear):
        corners_from(text)


def test_the_page_asks_for_edges_and_sends_photographs_once(client_as: ClientAs) -> None:
    client, taken = client_as(Role.CUSTODIAN), a_photograph()

    def edges_of(content: bytes) -> Any:
        return post(client, "/intake/edges", file=(io.BytesIO(content), "page.jpg")).json

    found = edges_of(taken)
    assert found["corners"][0] == pytest.approx(papers.ASKEW[0], abs=0.005)
    assert found["picture"].startswith("data:image/jpeg;base64,")
    assert edges_of(ugly.a_pdf(1)) == {"corners": None, "picture": ""}
    sent: dict[str, Any] = {
        "photograph": ["one", "two"], "corners": [CORNERS, ""], "form_key": "once",
    }  # fmt: skip
    answers: list[Any] = []
    for _ in range(2):
        files = [(io.BytesIO(taken), "1.jpg"), (io.BytesIO(ugly.a_jpeg()), "2.jpg")]
        answers.append(post(client, "/intake/photographs", file=files, **sent))
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json["key"] == answers[1].json["key"]
    assert answers[0].json["left"] == 1
    assert Deposit.objects.count() == 3  # one file, and the two photographs that it is made of


def test_the_desk_says_what_was_made_straight(take_in: TakeIn, client_as: ClientAs) -> None:
    one = take_in((a_photograph(), CORNERS))
    client = client_as(Role.CUSTODIAN)
    assert "照片已按纸边拉直" in client.get(f"/intake/{one.key}/desk").text
    assert "份合并" not in client.get("/intake").text
