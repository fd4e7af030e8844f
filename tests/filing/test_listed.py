"""The papers of all customers in one list: found, narrowed, exported by those who may."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from archive import clock
from archive.accounts.models import User
from archive.actor import Actor, Role
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind
from archive.filing.service import deciding
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs
from tests.filing.conftest import Receive, facts_of
from tests.recognition import ugly_files as ugly

KEPT = "演示百川营业执照"
OTHER = "演示青山货物照片"


@pytest.fixture
def seller(papers: None) -> User:
    """Whose customer's licence is on file."""
    found: User = User.objects.get(name="陈晓")
    return found


@pytest.fixture
def papers(receive: Receive, custodian: Actor) -> None:
    """A licence that has run out, its original on paper, and a photograph of another customer."""
    first, second = a_user(Role.SALESPERSON, name="陈晓"), a_user(Role.SALESPERSON)
    for title, kind, owner in (
        (KEPT, AttachmentKind.LICENCE, first),
        (OTHER, AttachmentKind.OTHER, second),
    ):
        customer = a_customer(salesperson=owner)
        facts = facts_of(kind, title=title)
        deposit = receive(ugly.a_jpeg(size=(400, 300 + len(title))))
        deciding.file_deposit(deposit, customer.key, facts, actor=custodian, now=clock.now())
    yesterday = clock.local_day(clock.now()) - timedelta(days=1)
    Attachment.objects(title=KEPT).update(
        valid_until=yesterday, paper_original=True, place="03-2-015"
    )


def titles(client: FlaskClient, asked: str = "") -> set[str]:
    """The papers that the list shows for *asked*."""
    page = client.get(f"/attachments?{asked}").get_data(as_text=True)
    return {title for title in (KEPT, OTHER) if title in page}


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("", {KEPT, OTHER}),
        ("kind=licence", {KEPT}),
        ("original=electronic", {OTHER}),
        ("q=03-2-015", {KEPT}),
        ("valid_to=2099-01-01", {KEPT}),
    ],
)
def test_papers_are_found_by_kind_original_place_and_validity(
    papers: None, client_as: ClientAs, asked: str, wanted: set[str]
) -> None:
    assert titles(client_as(Role.CUSTODIAN), asked) == wanted


def test_a_salesperson_sees_those_of_their_own_customers_and_staff_none(
    seller: User, client_as: ClientAs
) -> None:
    assert titles(client_as(user=seller)) == {KEPT}
    assert client_as(Role.STAFF).get("/attachments").status_code == 403


def test_one_whose_filing_was_undone_is_listed_no_more(papers: None, client_as: ClientAs) -> None:
    Attachment.objects(title=OTHER).update(withdrawn_at=clock.now())
    assert titles(client_as(Role.CUSTODIAN)) == {KEPT}


def test_the_list_is_exported_with_what_is_no_longer_valid_named(
    papers: None, client_as: ClientAs
) -> None:
    taken = client_as(Role.CUSTODIAN).get("/attachments?export=csv").data.decode("utf-8-sig")
    [line] = [line for line in taken.splitlines() if KEPT in line]
    assert "已过期" in line
    assert "03-2-015" in line
