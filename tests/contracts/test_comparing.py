"""Two versions of a draft compared, on its page and by a program."""

import pytest

from archive.actor import Role
from archive.contracts.models import Contract
from archive.contracts.rules import VersionSource
from archive.contracts.service import drafting
from archive.contracts.service.comparing import TEMPLATE, choose_sides
from archive.contracts.service.versions import WordFile, add_version, repeat_version
from archive.redline import ObstacleKind, find_obstacles
from archive.trail.models import TrailEntry
from tests.contracts.test_versions import edited


@pytest.fixture
def contract(customer, routine, facts, seller, now, parts):
    """Made from the template, then edited twice by us."""
    typed = facts(special="提货请联系 13800001234")
    made = drafting.draft_contract(
        customer, routine, typed, actor=seller.as_actor(), now=now, parts=parts
    )
    for new in ("违约责任（一）", "违约责任（二）"):
        content = edited(parts, made, "违约责任", new)
        made = add_version(
            made,
            WordFile(content, "改.docx"),
            source=VersionSource.EDITED,
            note="改了标题",
            is_ours=False,
            actor=seller.as_actor(),
            now=now,
            seen=made.revision,
            parts=parts,
        )
    return made


def test_a_version_is_compared_with_the_one_before_or_with_its_template(
    contract, seller, now, parts
):
    assert [each.number for each in (choose_sides(contract, None, None).old, contract.newest)] == [
        2,
        3,
    ]
    assert choose_sides(contract, TEMPLATE, 3).old.number == 1
    again = repeat_version(contract, 2, "退回", actor=seller.as_actor(), now=now)
    assert choose_sides(again, TEMPLATE, 4).old.number == 1


def test_the_page_shows_only_what_changed_and_the_look_is_written_down(contract, client_as, seller):
    browser = client_as(user=seller)
    address = f"/contracts/{contract.number}/compare"
    page = browser.get(address).get_data(as_text=True)
    assert "违约责任（<ins>二）（</ins>一）" in page
    assert "有改动 1 处" in page
    assert "段没有改动" in page
    assert "改了标题" in page
    assert TrailEntry.objects(action="contract.compared", reason="v2 → v3").count() == 1
    page = browser.get(f"{address}?old=template&new=2").get_data(as_text=True)
    assert "公司模板（生成时的原文，第 1 版）" in page
    assert "<details" in page
    assert "open>" in browser.get(f"{address}?whole=1").get_data(as_text=True)
    assert browser.get(f"{address}?old=9").status_code == 404
    assert "请选择两个不同的版本" in browser.get(f"{address}?old=2&new=2").get_data(as_text=True)


def test_a_contract_of_one_version_says_how_a_second_one_comes(
    contract, client_as, seller, customer, routine, facts, now, parts
):
    single = drafting.draft_contract(
        customer, routine, facts(), actor=seller.as_actor(), now=now, parts=parts
    )
    page = client_as(user=seller).get(f"/contracts/{single.number}/compare").get_data(as_text=True)
    assert "这份合同只有一版" in page
    assert f"/contracts/{single.number}/versions/new" in page


def test_numbers_are_masked_in_what_is_compared_for_those_who_may_not_see_them(contract, client_as):
    answer = client_as(Role.OPERATIONS_MANAGER).get(f"/contracts/{contract.number}/compare?whole=1")
    page = answer.get_data(as_text=True)
    assert "138****1234" in page
    assert "13800001234" not in page


def test_a_program_reads_the_changes_stretch_by_stretch(contract, token_as, empty_site, seller):
    answer = empty_site.test_client().get(
        f"/api/v1/contracts/{contract.number}/comparison?old=template",
        headers=token_as(user=seller),
    )
    body = answer.get_json()
    assert answer.status_code == 200, body
    assert (body["old"], body["new"]) == (1, 3)
    assert body["counts"]["changed"] == 1
    (change,) = body["changes"]
    assert change["kind"] == "changed"
    assert {each["mark"] for each in change["cells"][0]} == {"same", "inserted"}
    assert Contract.objects.count() == 1


def test_the_differences_are_had_as_a_word_file_with_tracked_changes(
    contract, client_as, seller, parts
):
    browser = client_as(user=seller)
    page = browser.get(f"/contracts/{contract.number}/compare").get_data(as_text=True)
    assert f"/contracts/{contract.number}/compare.docx?old=2&amp;new=3" in page
    answer = browser.get(f"/contracts/{contract.number}/compare.docx?old=template&new=3")
    assert answer.status_code == 200
    assert f"{contract.number}-v1-v3" in answer.headers["Content-Disposition"]
    assert ObstacleKind.INSERTED in {each.kind for each in find_obstacles(answer.data)}
    again = browser.get(f"/contracts/{contract.number}/compare.docx?old=template&new=3")
    assert again.data == answer.data
    assert TrailEntry.objects(action="contract.compared", reason="v1 → v3").count() == 2
    same = browser.get(f"/contracts/{contract.number}/compare.docx?old=3&new=3")
    assert same.data == parts.blobs.read(contract.newest.sha256)
