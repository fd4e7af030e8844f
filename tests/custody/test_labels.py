"""Labels: what they say, on which place of the sheet, and where they lead when they are scanned."""

from collections.abc import Callable
from urllib.parse import unquote

from archive.actor import Role
from archive.custody.service.places import label_of_paper, labels_of_places
from archive.filing.models import Attachment
from archive.recognition import codes
from archive.recognition.codes import LabelCode, PlaceCode
from archive.web.qr import qr_of
from tests.builders import a_customer
from tests.conftest import ClientAs

APaper = Callable[..., Attachment]
ADDRESS = "https://archive.example.com"


def test_the_label_of_a_paper_says_whose_it_is_and_opens_it(a_paper: APaper) -> None:
    paper = a_paper("03-2-015", a_customer("演示海川物流有限公司"), title="仓库租约")
    label = label_of_paper(Attachment.find(paper.key), ADDRESS)
    assert (label.head, label.lines) == ("演示海川物流有限公司", ("仓库租约", "03-2-015"))
    assert codes.parse(label.code) == LabelCode(paper.key)
    assert paper.key.upper().endswith(label.tail)


def test_a_cabinet_gets_a_label_for_itself_and_for_every_place_inside_of_it(
    a_paper: APaper,
) -> None:
    for place in ("03-2-015", "03-10-001", "03-2-016", "031-1-001"):
        a_paper(place)
    labels = labels_of_places("03", ADDRESS)
    assert [each.head for each in labels] == [
        "03", "03-2", "03-2-015", "03-2-016", "03-10", "03-10-001",
    ]  # fmt: skip
    assert codes.parse(labels[1].code) == PlaceCode("03-2")


def test_a_label_that_is_scanned_opens_the_paper_for_those_who_may_see_it(
    a_paper: APaper, client_as: ClientAs
) -> None:
    paper = a_paper("03-2-015")
    custodian = client_as(Role.CUSTODIAN)
    answer = custodian.get(f"/q/{LabelCode(paper.key)}")
    assert answer.location == f"/attachments/{paper.key}"
    assert custodian.get(answer.location).status_code == 200
    salesperson = client_as(Role.SALESPERSON)  # of another's customer
    assert salesperson.get(f"/q/{LabelCode(paper.key)}").status_code == 403


def test_the_label_of_a_cabinet_opens_the_list_of_what_is_in_it(
    a_paper: APaper, client_as: ClientAs
) -> None:
    here, there = a_paper("甲-2-015", title="在柜里"), a_paper("甲乙-2-015", title="在别处")
    client = client_as(Role.CUSTODIAN)
    answer = client.get(f"/q/{PlaceCode('甲')}")
    assert unquote(answer.location) == "/attachments?place=甲"
    shown = client.get(answer.location).get_data(as_text=True)
    assert here.title in shown and there.title not in shown


def test_a_code_that_is_none_of_ours_leads_nowhere(client_as: ClientAs) -> None:
    assert client_as(Role.CUSTODIAN).get("/q/hello").status_code == 404


def test_chosen_papers_are_printed_from_the_first_free_label_on(
    a_paper: APaper, client_as: ClientAs
) -> None:
    papers = [a_paper("03-2-015", title=f"合同 {number}") for number in (1, 2)]
    a_paper("04-2-015", title="另一份")
    client = client_as(Role.CUSTODIAN)
    page = client.get("/attachments/labels?place=03&sheet=2x7&first=3").get_data(as_text=True)
    assert page.count('class="qr-label is-used"') == 2
    assert page.count('class="qr-label"') == 2
    assert all(each.title in page for each in papers) and "另一份" not in page
    assert "label-sheet is-2x7" in page
    refused = client.get("/attachments/labels?sheet=9x9").get_data(as_text=True)
    assert "label-sheet is-3x8" in refused and 'aria-invalid="true"' in refused


def test_only_whoever_keeps_the_papers_prints_their_labels(
    a_paper: APaper, client_as: ClientAs
) -> None:
    paper = a_paper("03-2-015")
    manager = client_as(Role.SALES_MANAGER)
    for address in ("/attachments/labels", f"/attachments/{paper.key}/label", "/places"):
        assert manager.get(address).status_code == 403


def test_a_qr_code_is_drawn_sharp_and_without_any_markup_of_its_content() -> None:
    drawn = qr_of('"><script>')
    assert drawn.startswith("<svg") and "script" not in drawn


def test_the_places_are_counted(a_paper: APaper, client_as: ClientAs) -> None:
    client = client_as(Role.CUSTODIAN)
    assert "还没有登记存放位置" in client.get("/places").get_data(as_text=True)
    a_paper("03-2-015")
    shown = client.get("/places").get_data(as_text=True)
    assert "03 柜" in shown and "03-2" in shown
