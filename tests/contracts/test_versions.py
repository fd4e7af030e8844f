"""Drafts that were edited in Word: kept byte for byte, asked about where they are another's."""

from io import BytesIO
from typing import Any

import docx
import pytest

from archive.actor import Role
from archive.contracts.errors import (
    NewestAlready,
    NoFileChosen,
    NotADraft,
    NotThisContract,
    SameAsNewest,
    SaysNoContract,
)
from archive.contracts.indexing import entries_of
from archive.contracts.models import Contract
from archive.contracts.rules import VersionSource
from archive.contracts.service import drafting
from archive.contracts.service.versions import (
    WordFile,
    add_version,
    obstacles_of,
    repeat_version,
)
from archive.database import EditedMeanwhile, collection_of
from archive.errors import NotPermitted
from archive.redline import ObstacleKind, WordFileUnreadable
from archive.trail.history import history_of
from tests.browser import submit
from tests.builders import a_user
from tests.docgen.word_files import saved, with_parts
from tests.redline.word_files import tracked

UPLOAD = {"source": "edited", "note": "账期改为 45 天"}


@pytest.fixture
def drafted(customer, routine, facts, seller, now, parts):
    def make():
        return drafting.draft_contract(
            customer, routine, facts(), actor=seller.as_actor(), now=now, parts=parts
        )

    return make


@pytest.fixture
def contract(drafted):
    return drafted()


@pytest.fixture
def keep(seller, now, parts):
    """Upload a file as the seller would."""

    def add(contract, content, **changed):
        given = {
            "source": VersionSource.EDITED,
            "note": None,
            "is_ours": False,
            "seen": contract.revision,
            "actor": seller.as_actor(),
            **changed,
        }
        return add_version(contract, WordFile(content, "改过.docx"), now=now, parts=parts, **given)

    return add


def edited(parts, contract, old="违约责任", new="违约责任（修改）") -> bytes:
    """The newest version, with words changed as Word would change them."""
    document = docx.Document(BytesIO(parts.blobs.read(contract.newest.sha256)))
    run = next(run for each in document.paragraphs for run in each.runs if old in run.text)
    run.text = run.text.replace(old, new)
    return saved(document)


def test_an_edited_file_is_kept_byte_for_byte_as_the_next_version(contract, keep, parts):
    content = edited(parts, contract)
    keep(contract, content, note="改了标题")
    found = Contract.find(contract.key)
    first, second = found.drafts
    assert parts.blobs.read(second.sha256) == content
    assert (second.number, second.source, second.note) == (2, VersionSource.EDITED, "改了标题")
    assert second.file_name == "改过.docx"
    assert second.template_name == first.template_name
    assert second.missing == first.missing
    assert history_of(found)[0].action == "contract.version_uploaded"
    assert "违约责任（修改）" in entries_of(found)[0].body


def test_what_the_customer_sent_back_is_said_so(contract, keep, parts):
    keep(contract, edited(parts, contract), source=VersionSource.RETURNED)
    found = Contract.find(contract.key)
    assert found.newest.source is VersionSource.RETURNED
    assert history_of(found)[0].action == "contract.version_returned"


def test_a_file_of_another_contract_is_asked_about_and_taken_when_a_person_says_so(
    drafted, contract, keep, parts
):
    other = drafted()
    content = edited(parts, other)
    with pytest.raises(NotThisContract) as asked:
        keep(contract, content)
    assert asked.value.facts["says"] == other.number
    assert len(Contract.find(contract.key).drafts) == 1
    assert len(keep(contract, content, is_ours=True).drafts) == 2


def test_the_qr_code_tells_another_contract_where_its_number_was_typed_over(
    drafted, contract, keep, parts
):
    other = drafted()
    content = parts.docgen.hide_in(
        edited(parts, other), lambda text: text.replace(other.number, contract.number)
    )
    with pytest.raises(NotThisContract) as asked:
        keep(contract, content)
    assert asked.value.facts["says"] == other.number


def test_a_file_without_any_number_is_asked_about(contract, keep):
    document = docx.Document()
    document.add_paragraph("客户自己的合同文本")
    with pytest.raises(SaysNoContract):
        keep(contract, saved(document))


def test_the_same_file_no_file_and_no_word_file_are_refused(contract, keep, parts):
    content = parts.blobs.read(contract.newest.sha256)
    with pytest.raises(SameAsNewest):
        keep(contract, content)
    with pytest.raises(NoFileChosen):
        keep(contract, b"")
    with pytest.raises(WordFileUnreadable):
        keep(contract, with_parts(content, {"word/vbaProject.bin": b"macros"}))


def test_only_a_draft_takes_versions_and_only_from_those_who_may(
    contract, keep, parts, seller, now
):
    with pytest.raises(NotPermitted):
        keep(contract, b"", actor=a_user(Role.SALESPERSON).as_actor())
    with pytest.raises(EditedMeanwhile):
        keep(contract, edited(parts, contract), seen=contract.revision - 1)
    drafting.void_contract(contract, "不做了", actor=seller.as_actor(), now=now)
    with pytest.raises(NotADraft):
        keep(contract, b"PK")
    with pytest.raises(NotADraft):
        repeat_version(contract, 1, "再用", actor=seller.as_actor(), now=now)


def test_an_earlier_version_is_taken_up_again_with_a_reason(contract, keep, seller, parts, now):
    contract = keep(contract, edited(parts, contract))
    actor = seller.as_actor()
    repeat_version(contract, 1, "客户不同意修改", actor=actor, now=now)
    found = Contract.find(contract.key)
    assert [each.number for each in found.drafts] == [1, 2, 3]
    assert found.newest.sha256 == found.drafts[0].sha256
    assert (found.newest.source, found.newest.repeats) == (VersionSource.REPEATED, 1)
    event = history_of(found)[0]
    assert (event.action, event.reason) == ("contract.version_repeated", "客户不同意修改")
    with pytest.raises(NewestAlready):
        repeat_version(found, 3, "又来", actor=actor, now=now)


def test_what_is_in_the_way_is_told_with_numbers_masked_to_those_who_may_not_see_them(
    contract, keep, parts, seller
):
    document = docx.Document(BytesIO(parts.blobs.read(contract.newest.sha256)))
    document.paragraphs[3]._p.append(tracked("ins", "电话 13800001234"))
    contract = keep(contract, saved(document))

    def said_to(actor):
        found = obstacles_of(contract, contract.newest, actor=actor, parts=parts)
        return [each.subject for each in found if each.kind is ObstacleKind.INSERTED]

    assert said_to(seller.as_actor()) == ["电话 13800001234"]
    assert said_to(a_user(Role.OPERATIONS_MANAGER).as_actor()) == ["电话 138****1234"]


def test_a_contract_from_before_opens_with_its_versions_as_generated(contract):
    collection_of(Contract).update_one(
        {"_id": contract.id}, {"$unset": {"drafts.0.source": "", "drafts.0.missing": ""}}
    )
    assert Contract.find(contract.key).newest.source is VersionSource.GENERATED


def sent(content: bytes, **fields) -> dict[str, Any]:
    return {**UPLOAD, "file": (BytesIO(content), "改过.docx"), **fields}


def test_on_the_page_a_file_is_uploaded_asked_about_and_gone_back_from(
    client_as, seller, contract, drafted, parts
):
    browser = client_as(user=seller)
    page = f"/contracts/{contract.number}/versions/new"
    other = edited(parts, drafted())
    answer = submit(browser, page, seen="1", **sent(other))
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert 'name="is_ours"' in text
    assert 'value="账期改为 45 天"' in text
    answer = submit(browser, page, seen="9", **sent(edited(parts, contract)))
    assert answer.status_code == 409
    answer = submit(browser, page, seen="1", **sent(edited(parts, contract)))
    assert answer.status_code == 302
    text = browser.get(f"/contracts/{contract.number}").get_data(as_text=True)
    assert "账期改为 45 天" in text
    assert "处要先处理，才能提交评审" in text
    older = f"/contracts/{contract.number}?version=1"
    assert "重新采用这一版" in browser.get(older).get_data(as_text=True)
    repeat = f"/contracts/{contract.number}/versions/1/repeat"
    assert submit(browser, repeat, page=older, reason="").status_code == 422
    assert submit(browser, repeat, page=older, reason="退回第一版").status_code == 302
    assert len(Contract.find(contract.key).drafts) == 3
    edit = browser.get(f"/contracts/{contract.number}/edit").get_data(as_text=True)
    assert "由模板重新生成的版本不带那些修改" in edit


def test_a_pdf_is_refused_in_words(client_as, seller, contract):
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%EOF"
    answer = submit(
        client_as(user=seller), f"/contracts/{contract.number}/versions/new", seen="1", **sent(pdf)
    )
    assert answer.status_code == 422
    assert "不是可以编辑的 Word 文件" in answer.get_data(as_text=True)


def test_a_program_uploads_a_version_and_asks_what_is_in_the_way(
    token_as, empty_site, seller, contract, parts
):
    api, token = empty_site.test_client(), token_as(user=seller)
    address = f"/api/v1/contracts/{contract.number}"
    tag = api.get(address, headers=token).headers["ETag"]
    answer = api.post(
        f"{address}/versions",
        data=sent(edited(parts, contract)),
        content_type="multipart/form-data",
        headers={**token, "If-Match": tag},
    )
    assert answer.status_code == 201, answer.get_json()
    version = answer.get_json()["drafts"][1]
    assert (version["source"], version["file_name"]) == ("edited", "改过.docx")
    found = api.get(f"{address}/obstacles", headers=token).get_json()
    assert found["version"] == 2
    assert {each["kind"] for each in found["obstacles"]} == {"to_fill"}
    assert found["obstacles"][0]["place"].startswith("正文")
    answer = api.post(f"{address}/versions/1/repeat", json={"reason": "退回第一版"}, headers=token)
    assert answer.get_json()["drafts"][2]["repeats"] == 1
