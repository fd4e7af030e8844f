"""Art. 10: who sees what, and that every look at a confidential paper is written down first."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

import pytest

from archive.actor import Actor, Role
from archive.blobs import BlobCheck, ContentLost
from archive.customers.models import Customer
from archive.errors import NotPermitted
from archive.filing.errors import NoPageImage, OriginalHeldBack, PagesHidden
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind, Confidentiality
from archive.filing.service import deciding, looking
from archive.recognition import PageImage
from archive.seams import Seams
from archive.storage import blob_key
from archive.trail.models import TrailEntry
from tests.builders import a_customer, a_user
from tests.filing.conftest import Receive, facts_of
from tests.recognition import ugly_files as ugly

File = Callable[..., tuple[Attachment, Customer]]
Look = Callable[..., PageImage]


@pytest.fixture
def file_paper(receive: Receive, custodian: Actor, now: datetime) -> File:
    """A paper filed to a customer: ``file_paper(Confidentiality.INTERNAL)``."""

    def file_one(
        confidentiality: Confidentiality = Confidentiality.CONFIDENTIAL,
        content: bytes | None = None,
        customer: Customer | None = None,
    ) -> tuple[Attachment, Customer]:
        owner = customer or a_customer()
        facts = facts_of(confidentiality=confidentiality)
        deposit = receive(content or ugly.a_pdf(3))
        attachment = deciding.file_deposit(deposit, owner.key, facts, actor=custodian, now=now)
        return attachment, owner

    return file_one


@pytest.fixture
def look(parts: Seams, now: datetime) -> Look:
    """Look at a page: ``look(attachment, customer, actor, page=2)``."""

    def look_once(
        attachment: Attachment, customer: Customer, actor: Actor, page: int = 1
    ) -> PageImage:
        return looking.look_at_page(
            attachment,
            customer,
            page,
            number=None,
            width=900,
            actor=actor,
            now=now,
            blobs=parts.blobs,
            recognition=parts.recognition,
        )

    return look_once


def test_the_custodian_sees_a_confidential_page_and_it_is_written_down(
    file_paper: File, look: Look, custodian: Actor
) -> None:
    attachment, customer = file_paper()
    assert look(attachment, customer, custodian, page=2).content.startswith(b"\xff\xd8")
    (seen,) = TrailEntry.objects(action="attachment.page_seen")
    assert (seen.actor_id, seen.subject_id) == (custodian.id, attachment.key)
    assert seen.customer_id == customer.key
    assert seen.reason == "v1 p2"


@pytest.mark.parametrize(
    "role", [Role.SALES_MANAGER, Role.OPERATIONS_MANAGER, Role.GENERAL_MANAGER]
)
def test_others_see_the_facts_of_a_confidential_paper_and_not_its_pages(
    file_paper: File, look: Look, role: Role
) -> None:
    attachment, customer = file_paper()
    who = a_user(role).as_actor()
    (shelf,) = looking.shelves_of(customer, actor=who, today=date(2026, 3, 16))
    assert [(each.attachment.id, each.may_look) for each in shelf.papers] == [
        (attachment.id, False)
    ]
    with pytest.raises(PagesHidden):
        look(attachment, customer, who)
    assert TrailEntry.objects(action="attachment.page_seen").count() == 0


def test_who_may_open_the_customer_sees_internal_pages(file_paper: File, look: Look) -> None:
    seller = a_user(Role.SALESPERSON)
    attachment, customer = file_paper(
        Confidentiality.INTERNAL, customer=a_customer(salesperson=seller)
    )
    assert look(attachment, customer, seller.as_actor()).width > 0
    with pytest.raises(PagesHidden):
        look(attachment, customer, a_user(Role.SALESPERSON).as_actor())


@pytest.mark.parametrize("role", [Role.STAFF, Role.SALESPERSON, Role.AUDITOR, Role.ADMINISTRATOR])
def test_those_who_may_not_open_the_customer_see_no_attachment(
    file_paper: File, role: Role
) -> None:
    attachment, customer = file_paper(Confidentiality.INTERNAL)
    who = a_user(role).as_actor()
    with pytest.raises(NotPermitted):
        looking.open_attachment(attachment.key, actor=who)
    with pytest.raises(NotPermitted):
        looking.shelves_of(customer, actor=who, today=date(2026, 3, 16))


def test_the_original_is_for_the_custodian_and_every_time_is_written_down(
    file_paper: File, parts: Seams, custodian: Actor, now: datetime
) -> None:
    content = ugly.a_jpeg()
    attachment, customer = file_paper(Confidentiality.INTERNAL, content)
    take = partial(
        looking.take_original,
        attachment,
        customer,
        number=None,
        now=now,
        blobs=parts.blobs,
    )
    _, path = take(actor=custodian)
    assert path.read_bytes() == content
    assert TrailEntry.objects(action="attachment.original_taken").count() == 1
    with pytest.raises(OriginalHeldBack):
        take(actor=a_user(Role.SALES_MANAGER).as_actor())


def test_bytes_that_are_not_the_ones_filed_are_never_shown(
    file_paper: File, look: Look, parts: Seams, custodian: Actor
) -> None:
    attachment, customer = file_paper(content=ugly.a_jpeg(size=(410, 300)))
    sha256 = attachment.current.sha256
    overwrite(parts, sha256, ugly.a_jpeg())
    (parts.settings.cache / sha256).unlink()  # this machine's copy is still right
    for _ in range(2):
        with pytest.raises(ContentLost):
            look(attachment, customer, custodian)
    assert BlobCheck.is_damaged(sha256)


def test_a_page_beyond_the_last_is_not_there(
    file_paper: File, look: Look, custodian: Actor
) -> None:
    attachment, customer = file_paper()
    with pytest.raises(NoPageImage):
        look(attachment, customer, custodian, page=4)


def test_papers_stand_by_kind_in_the_order_of_the_regulation(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    customer = a_customer()
    for kind in (AttachmentKind.OTHER, AttachmentKind.LICENCE, AttachmentKind.OTHER):
        deciding.file_deposit(receive(), customer.key, facts_of(kind), actor=custodian, now=now)
    shelves = looking.shelves_of(customer, actor=custodian, today=date(2026, 3, 16))
    assert [(each.kind, len(each.papers)) for each in shelves] == [
        (AttachmentKind.LICENCE, 1),
        (AttachmentKind.OTHER, 2),
    ]


def overwrite(parts: Seams, sha256: str, content: bytes) -> None:
    """What a failing disk or an intruder does to a stored blob."""
    parts.blobs.store._s3.put_object(  # type: ignore[attr-defined]  # behind the seam's back
        Bucket=parts.settings.s3_bucket, Key=blob_key(sha256), Body=content
    )
