"""Papers on their shelves."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from archive.actor import Actor
from archive.customers.models import Customer
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind
from archive.filing.service.deciding import file_deposit
from tests.builders import a_customer
from tests.filing.conftest import custodian, facts_of, receive, spool  # noqa: F401  # fixtures
from tests.recognition import ugly_files as ugly

APaper = Callable[..., Attachment]


@pytest.fixture
def a_paper(
    receive: Callable[..., Any],  # noqa: F811
    custodian: Actor,  # noqa: F811
    now: datetime,
) -> APaper:
    """A paper on file, its original at *place*: ``a_paper(place="03-2-015", title="执照")``."""
    made = 0

    def file_paper(
        place: str | None = None,
        customer: Customer | None = None,
        kind: AttachmentKind = AttachmentKind.OTHER,
        **facts: Any,
    ) -> Attachment:
        nonlocal made
        made += 1
        deposit = receive(ugly.a_jpeg(size=(120 + made, 160)))
        return file_deposit(
            deposit,
            (customer or a_customer()).key,
            facts_of(
                kind, place=place, paper_original=place is not None,
                copies=1 if place else None, **facts,
            ),
            actor=custodian,
            now=now,
        )  # fmt: skip

    return file_paper
