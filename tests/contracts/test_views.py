"""The pages of templates and drafts, as a browser asks for them."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from archive.actor import Role
from archive.blobs import Blobs
from archive.contracts.models import Contract, OwnCompany, Template
from archive.contracts.service import drafting
from archive.contracts.service.templates import describe_company
from archive.database import EditedMeanwhile
from archive.docgen import PdfMaker
from archive.docgen.shipped import SHIPPED
from archive.storage import S3BlobStore
from archive.trail.models import TrailEntry
from archive.web.context import SEAMS
from tests.browser import submit
from tests.builders import a_user
from tests.docgen.test_notices import with_changes
from tests.docgen.word_files import a_template, saved

TYPED = {
    "title": "2026 年度公路运输合同",
    "kind": "routine",
    "starts_on": "2026-04-01",
    "prices-0-origin": "福州市",
    "prices-0-quantity": "12.5",
    "prices-0-unit_price": "320",
    "prices-7-origin": "厦门市",
    "prices-7-quantity": "2",
    "prices-7-unit_price": "0.05",
    "prices-9-origin": "",
}


@pytest.fixture
def desk_page(customer):
    return f"/customers/{customer.archive_number}/drafts/new"


@pytest.fixture
def browser(client_as, seller):
    return client_as(user=seller)


@pytest.fixture
def drafted(browser, desk_page, routine):
    answer = submit(browser, desk_page, template=routine.key, **TYPED)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return Contract.objects.get()


def test_the_desk_shows_what_is_missing_first_with_the_way_there(browser, desk_page, routine):
    page = browser.get(desk_page).get_data(as_text=True)
    assert page.index("项，草稿中会显示为【待填】") < page.index('name="title"')
    assert 'href="#f-signing_place"' in page
    assert "本公司银行账号" in page


def test_what_the_customers_archive_lacks_links_to_its_field(
    browser, desk_page, routine, customer, seller, now
):
    customer.change(seller.as_actor(), now, "customer.edited", {"address": None})
    page = browser.get(desk_page).get_data(as_text=True)
    assert f"/customers/{customer.archive_number}/edit#f-address" in page


def test_a_draft_is_made_from_the_page_and_shown(drafted, browser):
    assert drafted.number == "HT-2026-00001" or drafted.number.startswith("HT-")
    assert [row.origin for row in drafted.prices] == ["福州市", "厦门市"]
    page = browser.get(f"/contracts/{drafted.number}").get_data(as_text=True)
    assert "4,000.10" in page
    assert "人民币肆仟元壹角" in page
    assert f"/contracts/{drafted.number}/draft.docx?version=1&amp;preview=1" in page


def test_the_word_file_is_called_by_customer_and_number(drafted, browser, parts):
    answer = browser.get(f"/contracts/{drafted.number}/draft.docx")
    disposition = answer.headers["Content-Disposition"]
    assert "filename*=UTF-8''%E5%8D%8E%E7%9B%9B" in disposition
    assert f"{drafted.number}-v1.docx" in disposition
    assert "福州市" in parts.docgen.text_of(answer.data)


def test_a_wrong_entry_loses_nothing_that_was_typed(browser, desk_page, routine):
    wrong = {**TYPED, "prices-0-quantity": "很多", "ends_on": "2025-01-01"}
    answer = submit(browser, desk_page, template=routine.key, **wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="很多"' in page
    assert 'value="厦门市"' in page
    assert Contract.objects.count() == 0


def test_an_amount_beyond_all_measure_is_refused_on_the_page(browser, desk_page, routine):
    wrong = {**TYPED, "prices-0-quantity": "999999999", "prices-0-unit_price": "999999"}
    answer = submit(browser, desk_page, template=routine.key, **wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "一万亿元" in page
    assert 'value="999999999"' in page


def test_a_new_version_leaves_the_old_one_to_be_had(drafted, browser, routine, parts):
    address = f"/contracts/{drafted.number}/edit"
    assert 'value="2026 年度公路运输合同"' in browser.get(address).get_data(as_text=True)
    changed = {**TYPED, "title": "改过的合同"}
    seen = str(drafted.revision)
    assert submit(browser, address, template=routine.key, seen=seen, **changed).status_code == 302
    old = browser.get(f"/contracts/{drafted.number}/draft.docx?version=1").data
    new = browser.get(f"/contracts/{drafted.number}/draft.docx").data
    assert "第 1 版" in parts.docgen.text_of(old)
    assert "第 2 版" in parts.docgen.text_of(new)
    assert browser.get(f"/contracts/{drafted.number}/draft.docx?version=9").status_code == 404


def test_sums_and_what_is_missing_follow_the_typing(browser, desk_page, customer, routine):
    answer = submit(
        browser,
        f"/customers/{customer.archive_number}/drafts/reckon",
        page=desk_page,
        template=routine.key,
        **{**TYPED, "prices-8-quantity": "abc", "signing_place": "福州市"},
    )
    found = answer.get_json()
    assert found["amounts"]["0"] == "4,000.00"
    assert found["amounts"]["7"] == "0.10"
    assert found["amounts"]["8"] == ""
    assert found["total"] == ""
    assert "签订地点" not in found["missing"]
    answer = submit(
        browser,
        f"/customers/{customer.archive_number}/drafts/reckon",
        page=desk_page,
        template=routine.key,
        **TYPED,
    )
    assert answer.get_json()["capitals"] == "人民币肆仟元壹角"


def test_a_preview_is_made_of_what_is_typed_even_when_it_is_not_right_yet(
    browser, desk_page, customer, routine, parts
):
    answer = submit(
        browser,
        f"/customers/{customer.archive_number}/drafts/preview",
        page=desk_page,
        template=routine.key,
        **{**TYPED, "title": "", "prices-0-unit_price": "x"},
    )
    text = parts.docgen.text_of(answer.data)
    assert drafting.PREVIEW_NUMBER in text
    assert "福州市" in text


@pytest.mark.parametrize("role", [Role.STAFF, Role.SALESPERSON, Role.CUSTODIAN, Role.AUDITOR])
def test_others_cannot_draft_for_the_customer(client_as, desk_page, routine, role):
    assert client_as(role).get(desk_page).status_code == 403


def test_a_draft_posted_for_another_s_customer_tells_nothing_of_the_archive(
    client_as, desk_page, customer, routine
):
    stranger = client_as(Role.SALESPERSON)
    answer = submit(stranger, desk_page, page="/customers", template=routine.key, **TYPED)
    assert answer.status_code == 403
    assert customer.archive_number not in answer.get_data(as_text=True).replace(desk_page, "")
    assert customer.name not in answer.get_data(as_text=True)
    assert not Contract.objects


def test_another_salesperson_neither_lists_nor_opens_nor_takes_the_draft(drafted, client_as):
    other = client_as(user=a_user(Role.SALESPERSON))
    assert drafted.number not in other.get("/contracts").get_data(as_text=True)
    for address in ("", "/draft.docx", "/edit"):
        assert other.get(f"/contracts/{drafted.number}{address}").status_code == 403


def test_the_list_filters_sorts_and_exports(drafted, browser, customer):
    page = browser.get("/contracts?q=公路&kind=routine&sort=-amount").get_data(as_text=True)
    assert drafted.number in page
    assert drafted.number not in browser.get("/contracts?kind=special").get_data(as_text=True)
    mine = browser.get(f"/contracts?customer={customer.archive_number}").get_data(as_text=True)
    assert "起草合同" in mine
    assert drafted.number in browser.get("/contracts?export=csv").get_data(as_text=True)


def test_an_empty_list_says_what_to_do(browser, empty_site):
    assert "还没有合同" in browser.get("/contracts").get_data(as_text=True)


def test_the_archive_card_comes_as_a_word_file(browser, customer, shipped, parts):
    answer = browser.get(f"/customers/{customer.archive_number}/card.docx")
    assert "华盛货运示例有限公司" in parts.docgen.text_of(answer.data)


@pytest.fixture
def office(client_as):
    return client_as(Role.ADMINISTRATOR)


def upload(client, url, content, page="", file_name="模板.docx", **typed):
    return submit(client, url, page, file=(BytesIO(content), file_name), **typed)


def test_a_template_is_uploaded_put_in_force_and_taken_out_of_use(office, parts):
    content = a_template("{{ 客户.名称 }}")
    answer = upload(office, "/templates/new", content, name="公司模板", kind="contract")
    address = answer.headers["Location"]
    assert answer.status_code == 302
    submit(office, f"{address}/force", page=address, number="1")
    assert Template.objects.get().version_in_force == 1
    assert office.get(f"{address}/versions/1.docx").data == content
    second = a_template("{{ 客户.地址 }}")
    assert (
        upload(office, f"{address}/versions", second, page=address, note="改地址").status_code
        == 302
    )
    submit(office, f"{address}/rest", page=address, reason="换新版")
    assert Template.objects.get().version_in_force is None


def test_a_template_is_shown_filled_with_examples_and_no_customers_facts(
    office, routine, customer, parts
):
    address = f"/templates/{routine.key}/versions/1/preview.docx"
    assert address in office.get(f"/templates/{routine.key}").get_data(as_text=True)
    text = parts.docgen.text_of(office.get(address).data)
    assert "示例货主有限公司" in text
    assert customer.name not in text
    assert office.get(f"/templates/{routine.key}?version=9").status_code == 404


def test_all_faults_of_an_upload_are_shown_with_their_places(office):
    wrong = a_template("甲方 {{ 客户.公司名称 }}", "｛｛ 客户.电话 ｝｝", "{% if 客户.传真 %}")
    answer = upload(office, "/templates/new", wrong, name="有错的", kind="contract")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for words in ("正文第 1 段", "正文第 2 段", "正文第 3 段", "客户.名称", 'value="有错的"'):
        assert words in page
    assert Template.objects.count() == 0


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(**parts: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("_", "."), text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said", "remedy"),
    [
        (b"%PDF-1.7", "合同.docx", "这是PDF", "另存为 .docx"),
        (
            OLE,
            "合同.doc",
            "旧版 Office",
            "用 Word 打开",
        ),
        (OLE, "合同.wps", "WPS 文件", "另存为 .docx"),
        (zipped(OFD_xml="<x/>"), "合同.ofd", "OFD 版式文件", "另存为 .docx"),
        (zipped(a_txt="x"), "合同.zip", "ZIP 压缩包", "另存为 .docx"),
        (a_template("{{ 客户.名称 }}")[:2000], "合同.docx", "不完整或已损坏", "另存一份"),
        ("甲方：{{ 客户.名称 }}".encode(), "合同.docx", "纯文本", "另存为 .docx"),
    ],
    ids=["pdf", "doc", "wps", "ofd", "zip", "cut off", "text"],
)
def test_what_is_no_word_file_is_refused_by_its_name_with_the_way_out(
    office, content, name, said, remedy
):
    answer = upload(office, "/templates/new", content, file_name=name, name="模板", kind="contract")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert remedy in page
    assert "zip file" not in page
    assert Template.objects.count() == 0


def test_a_template_without_placeholders_is_kept_with_a_warning_that_stays(office):
    answer = upload(office, "/templates/new", a_template("只有文字"), name="空的", kind="contract")
    address = answer.headers["Location"]
    for _ in range(2):
        page = office.get(address).get_data(as_text=True)
        assert "模板里没有占位符" in page


def test_what_to_know_of_a_template_is_shown_with_its_place(office):
    content = saved(with_changes())
    answer = upload(office, "/templates/new", content, name="有修订", kind="contract")
    page = office.get(answer.headers["Location"]).get_data(as_text=True)
    assert "正文第 2 段" in page
    assert "九十日" in page
    assert Template.objects.get().newest.notices[0].paragraph == 2


def test_a_taken_name_is_said_on_the_page(office):
    content = a_template("x")
    for status in (302, 422):
        answer = upload(office, "/templates/new", content, name="同名", kind="contract")
        assert answer.status_code == status


def test_every_placeholder_can_be_copied(browser, parts):
    page = browser.get("/templates/placeholders").get_data(as_text=True)
    for placeholder in parts.docgen.catalogue.top:
        if placeholder not in parts.docgen.catalogue.lists():
            assert f'data-copy="{placeholder.tag}"' in page
    assert 'data-copy="{%tr for 行 in 价格表 %}"' in page
    assert page.count("系统中还没有这项内容") == 3


def test_a_salesperson_sees_templates_but_changes_none(browser, routine):
    assert browser.get(f"/templates/{routine.key}").status_code == 200
    for address in ("/templates/new", "/templates/company"):
        assert browser.get(address).status_code == 403


def test_the_companys_own_facts_are_kept_and_edited_by_one_at_a_time(office):
    assert submit(office, "/templates/company", name="甲公司", seen="0").status_code == 302
    assert submit(office, "/templates/company", name="乙公司", seen="1").status_code == 302
    told = submit(office, "/templates/company", name="丙公司", seen="1")
    assert told.status_code == 409
    for each in ("甲公司", "乙公司", "丙公司"):
        assert each in told.get_data(as_text=True)
    assert OwnCompany.objects.get().name == "乙公司"


def test_of_two_who_first_fill_in_the_company_s_facts_the_second_chooses(office, actor_as, now):
    administrator = actor_as(Role.ADMINISTRATOR)
    first, second = OwnCompany(), OwnCompany()
    describe_company(first, actor=administrator, now=now, seen=0, name="甲公司")
    with pytest.raises(EditedMeanwhile) as told:
        describe_company(second, actor=administrator, now=now, seen=0, name="乙公司")
    assert told.value.record.name == "甲公司"
    assert OwnCompany.objects.get().name == "甲公司"


@pytest.mark.parametrize("reason", ["", "长" * 501])
def test_a_template_is_not_taken_out_of_use_without_a_reason_that_can_be_kept(
    office, routine, reason
):
    page = f"/templates/{routine.key}"
    answer = submit(office, f"{page}/rest", page=page, reason=reason)
    dialog = answer.text.partition('id="ask-rest"')[2].partition("</dialog>")[0]
    assert answer.status_code == 422
    assert "data-again" in dialog
    assert f">{reason}</textarea>" in dialog
    assert Template.find(routine.key).version_in_force == 1


@pytest.fixture
def without_files(empty_site, parts):
    """The site with a file store that does not answer."""
    nowhere = replace(parts.settings, s3_endpoint="http://127.0.0.1:9")
    empty_site.extensions[SEAMS] = replace(
        parts, blobs=Blobs(S3BlobStore.from_settings(nowhere), parts.settings.cache)
    )
    yield
    empty_site.extensions[SEAMS] = parts


def test_a_store_that_does_not_answer_is_no_mistake_in_the_form(
    office, browser, desk_page, routine, without_files, caplog
):
    content = a_template("{{ 客户.名称 }}")
    for client, address, typed in (
        (office, "/templates/new", {"name": "公司模板", "kind": "contract"}),
        (browser, desk_page, {"template": routine.key, **TYPED}),
    ):
        caplog.clear()
        page = "/templates" if client is office else "/contracts"
        file = {"file": (BytesIO(content), "模板.docx")} if client is office else {}
        answer = submit(client, address, page=page, **typed, **file)
        assert answer.status_code == 503
        assert next(iter(typed.values())) in answer.text
        assert "StoreUnavailable" in caplog.text
    assert Template.objects.count() == len(SHIPPED)
    assert Contract.objects.count() == 0


def test_the_pages_speak_english_too(browser, desk_page, routine):
    browser.set_cookie("language", "en")
    assert "facts are missing" in browser.get(desk_page).get_data(as_text=True)


def test_a_draft_for_a_customer_starts_from_the_last_contract_and_says_so(
    browser, desk_page, routine
):
    submit(browser, desk_page, **TYPED, template=routine.key, packaging="木箱")
    number = Contract.objects.get().number
    page = browser.get(desk_page).get_data(as_text=True)
    assert 'value="木箱"' in page
    assert f"来自合同 {number}" in page
    assert "来自客户档案" in page
    assert 'value="2026-04-01"' not in page
    blank = browser.get(f"{desk_page}?like=-").get_data(as_text=True)
    assert 'value="木箱"' not in blank
    assert f"?like={number}" in blank
    assert "没有找到合同 HT-2026-99999" in browser.get(f"{desk_page}?like=HT-2026-99999").get_data(
        as_text=True
    )


def test_after_a_mistake_a_value_that_was_typed_is_no_longer_said_to_be_taken_over(
    browser, desk_page, routine
):
    template = routine.key
    submit(browser, desk_page, **TYPED, template=template, packaging="木箱", weight="3 吨")
    number = Contract.objects.get().number
    wrong = {"packaging": "纸箱", "weight": "3 吨", "payment_days": "很久", "like": number}
    answer = submit(browser, desk_page, title="续签", kind="routine", template=template, **wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="纸箱"' in page
    assert 'id="f-packaging-help"' not in page
    assert f'id="f-weight-help">来自合同 {number}</p>' in page
    del wrong["payment_days"]
    submit(browser, desk_page, title="续签", kind="routine", template=template, **wrong)
    assert Contract.objects(title="续签").get().copied_from == number


def test_the_desk_names_the_papers_that_the_customer_lacks_with_the_way_there(
    browser, desk_page, customer, routine
):
    page = browser.get(desk_page).get_data(as_text=True)
    assert "营业执照" in page
    assert f'href="/customers/{customer.archive_number}/attachments"' in page


def test_a_draft_is_had_as_pdf_and_made_once(drafted, browser, parts):
    page = f"/contracts/{drafted.number}"
    assert f"{page}/draft.pdf?version=1" in browser.get(page).get_data(as_text=True)
    answer = browser.get(f"{page}/draft.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert browser.get(f"{page}/draft.pdf?version=1").data == answer.data
    taken = TrailEntry.objects(action="contract.draft_taken", subject_id=drafted.key)
    assert taken.count() == 2
    assert browser.get(f"{page}/draft.pdf?version=9").status_code == 404


def test_where_no_pdf_can_be_made_the_page_says_so_and_what_to_do(drafted, browser, parts):
    site = browser.application
    site.extensions[SEAMS] = replace(parts, pdfs=PdfMaker("none"))
    try:
        page = browser.get(f"/contracts/{drafted.number}").get_data(as_text=True)
        answer = browser.get(f"/contracts/{drafted.number}/draft.pdf")
    finally:
        site.extensions[SEAMS] = parts
    assert "draft.pdf" not in page
    assert "没有安装 LibreOffice" in page
    assert answer.status_code == 503
    assert "另存为 PDF" in answer.get_data(as_text=True)
