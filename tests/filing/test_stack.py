"""What the desk shows of a paper that was read, and what one act files."""

from datetime import date

from archive.actor import Role
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import AttachmentKind, Confidentiality
from archive.reading import Reading, ReadingState
from archive.recognition.papers import FieldName
from tests.browser import submit
from tests.builders import a_customer
from tests.conftest import ClientAs
from tests.filing.conftest import Receive
from tests.proposals import a_proposal, a_reading
from tests.recognition import ugly_files as ugly


def test_a_sure_paper_comes_filled_in_and_says_why(receive: Receive, client_as: ClientAs) -> None:
    customer, paper = a_customer("广东华盛货运有限公司"), receive()
    fields = {FieldName.CREDIT_CODE: "91440300MA5EXAMPLE", FieldName.VALID_UNTIL: "long"}
    a_proposal(paper, customer, fields=fields, document_on=date(2020, 1, 5), turn=90)
    page = client_as(Role.CUSTODIAN).get(f"/intake/{paper.key}/desk").get_data(as_text=True)
    assert f'value="{customer.caption}"' in page
    assert "按统一社会信用代码认出" in page
    assert '<option value="licence" selected>' in page
    assert '<option value="confidential" selected>' in page
    assert 'value="2020-01-05"' in page
    assert "长期" in page
    assert "&#34;turn&#34;: 90" in page


def test_an_unsure_paper_names_no_customer_and_offers_those_it_may_be(
    receive: Receive, client_as: ClientAs
) -> None:
    one, other, paper = a_customer("甲货运有限公司"), a_customer("乙货运有限公司"), receive()
    a_proposal(paper, one, other, is_sure=False, confidence=0.6)
    client = client_as(Role.CUSTODIAN)
    page = client.get(f"/intake/{paper.key}/desk").get_data(as_text=True)
    assert f'value="{one.caption}"' not in page
    assert page.index(f'data-candidate="{one.caption}"') < page.index(other.caption)
    assert "请核对 · " in page
    answer = submit(client, f"/intake/{paper.key}/file", "/intake", kind="licence", customer="")
    assert answer.status_code == 422
    assert Deposit.find(paper.key).is_waiting


def test_the_line_says_how_far_the_reading_is(receive: Receive, client_as: ClientAs) -> None:
    reading, failed, waiting = receive(ugly.a_pdf(3)), receive(), receive(ugly.a_png())
    a_reading(reading, ReadingState.READING, pages=300, pages_read=3)
    a_reading(failed, ReadingState.FAILED, failure="PageUnreadable")
    a_reading(waiting, ReadingState.WAITING)
    client = client_as(Role.CUSTODIAN)
    page = client.get("/intake").get_data(as_text=True)
    for words in ("正在识别 3 / 300 页", "识别失败", "等待识别"):
        assert words in page
    desk = client.get(f"/intake/{failed.key}/desk").get_data(as_text=True)
    assert "页面已损坏或设有密码，无法读取。" in desk
    again = submit(client, f"/intake/{failed.key}/read-again", "/intake")
    assert again.json is not None and "等待识别" in again.json["row"]
    reread = Reading.of(failed.file.sha256)
    assert reread is not None and reread.state is ReadingState.WAITING
    assert submit(client, f"/intake/{failed.key}/read-again", "/intake").status_code in (409, 422)


def test_all_that_are_sure_are_filed_in_one_act_each_to_its_own_customer(
    receive: Receive, client_as: ClientAs
) -> None:
    customers = [a_customer(f"{name}货运有限公司") for name in "甲乙"]
    papers = [receive(), receive(ugly.a_png())]
    unsure, again = receive(ugly.a_tiff()), receive()  # the last has the bytes of the first
    for paper, customer in zip((*papers, again), (*customers, customers[0]), strict=True):
        a_proposal(paper, customer, title="营业执照 2020", valid_until=date(2030, 1, 1))
    a_proposal(unsure, customers[0], is_sure=False)
    client = client_as(Role.CUSTODIAN)
    keys = [each.key for each in (*papers, unsure, again)]
    asked = "&".join(f"deposit={key}" for key in keys)
    listed = client.get(f"/intake/sure?{asked}").get_data(as_text=True)
    assert [listed.count(key) > 0 for key in keys] == [True, True, False, False]
    answer = submit(client, "/intake/file-sure", "/intake", deposit=keys)
    assert answer.json is not None
    assert (answer.json["done"], sorted(answer.json["failed"])) == (keys[:2], sorted(keys[2:]))
    for customer in customers:
        [filed] = Attachment.of_customer(customer.id)
        assert (filed.title, filed.kind) == ("营业执照 2020", AttachmentKind.LICENCE)
        assert filed.confidentiality is Confidentiality.CONFIDENTIAL
        assert filed.valid_until == date(2030, 1, 1)
    undone = submit(client, answer.json["undo"], "/intake")
    assert undone.json is not None and undone.json["left"] == 4
