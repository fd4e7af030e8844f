"""What of an attachment can be found, and by whom."""

from datetime import datetime

from archive.actor import Actor, Role
from archive.filing.indexing import entries_of
from archive.filing.service import deciding
from tests.builders import a_customer, a_user
from tests.filing.conftest import Receive, facts_of


def test_an_attachment_is_found_by_those_who_may_see_the_list_it_stands_in(
    receive: Receive, custodian: Actor, now: datetime
) -> None:
    seller = a_user(Role.SALESPERSON)
    customer = a_customer("广东华盛货运有限公司", salesperson=seller)
    attachment = deciding.file_deposit(
        receive(name="IMG_0042.jpg"),
        customer.key,
        facts_of(title="营业执照（副本）", paper_original=True, place="03-2-015"),
        actor=custodian,
        now=now,
    )
    (entry,) = entries_of(attachment)
    assert entry.title == "营业执照（副本）"
    assert "IMG_0042.jpg" in entry.body
    assert set(entry.numbers) == {"03-2-015", customer.archive_number}
    assert entry.access & seller.as_actor().access_tokens()
    assert entry.access & custodian.access_tokens()
    for outsider in (Role.STAFF, Role.SALESPERSON, Role.AUDITOR, Role.ADMINISTRATOR):
        assert not entry.access & a_user(outsider).as_actor().access_tokens()
