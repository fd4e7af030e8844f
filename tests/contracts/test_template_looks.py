"""A template looked at: for a customer, between two versions, and by whom it was used."""

from io import BytesIO

import docx
import pytest

from archive.actor import Role
from archive.contracts.service import drafting
from archive.contracts.service import templates as service
from archive.contracts.service.previewing import compare_versions, uses_of
from archive.errors import NotPermitted
from archive.redline import ChangeKind
from archive.trail.models import TrailEntry
from tests.builders import a_customer
from tests.docgen.word_files import a_template


@pytest.fixture
def contract(customer, routine, facts, seller, now, parts):
    return drafting.draft_contract(
        customer,
        routine,
        {"title": "年度运输合同", "prices": []},
        actor=seller.as_actor(),
        now=now,
        parts=parts,
    )


def words_of(answer):
    document = docx.Document(BytesIO(answer.data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_a_template_is_shown_filled_for_a_customer_and_one_of_its_contracts(
    client_as, seller, customer, contract, routine, shipped
):
    browser = client_as(user=seller)
    asked = f"customer={customer.archive_number}&contract={contract.number}"
    page = browser.get(f"/templates/{routine.key}?{asked}").text
    assert f"按“{customer.name}”填写后的样子" in page
    words = words_of(browser.get(f"/templates/{routine.key}/versions/1/for-customer.docx?{asked}"))
    assert customer.name in words
    change = shipped["change-agreement"]
    words = words_of(browser.get(f"/templates/{change.key}/versions/1/for-customer.docx?{asked}"))
    assert f"《{contract.title}》（编号：{contract.number}" in words


def test_the_look_at_the_customer_is_written_down(client_as, seller, customer, routine):
    address = f"/templates/{routine.key}/versions/1/for-customer.docx"
    client_as(user=seller).get(f"{address}?customer={customer.archive_number}")
    actions = {entry.action for entry in TrailEntry.objects}
    assert "customer.template_previewed" in actions


def test_a_template_is_not_filled_for_a_customer_whose_archive_may_not_be_opened(
    client_as, customer, routine
):
    address = f"/templates/{routine.key}/versions/1/for-customer.docx"
    for role in (Role.ADMINISTRATOR, Role.SALESPERSON):
        answer = client_as(role).get(f"{address}?customer={customer.archive_number}")
        assert answer.status_code == 403


def test_a_contract_of_another_customer_is_refused_at_its_field(
    client_as, seller, contract, routine
):
    other = a_customer("别家示例有限公司", salesperson=seller)
    asked = f"customer={other.archive_number}&contract={contract.number}"
    page = client_as(user=seller).get(f"/templates/{routine.key}?{asked}").text
    assert "不是这位客户的" in page
    assert "填入示例后的样子" in page


def test_what_a_version_changed_is_shown_paragraph_by_paragraph(
    shipped, actor_as, client_as, now, parts
):
    administrator = actor_as(Role.ADMINISTRATOR)
    stores = {"blobs": parts.blobs, "docgen": parts.docgen}
    told = {"actor": administrator, "now": now, **stores}
    clauses = [f"第 {n} 段 {{{{ 客户.名称 }}}}" for n in range(9)]
    first = a_template(*clauses, "付款期限三十日")
    template = service.upload_template(first, "a.docx", name="甲", kind="contract", **told)
    template = service.upload_version(
        template, a_template(*clauses, "付款期限六十日"), "b.docx", **told
    )
    found = compare_versions(template, 1, 2, actor=administrator, blobs=parts.blobs)
    assert found.counts[ChangeKind.CHANGED] == 1
    page = client_as(Role.ADMINISTRATOR).get(f"/templates/{template.key}/compare").text
    assert "付款期限<del>三</del><ins>六</ins>十日" in page
    with pytest.raises(NotPermitted):
        compare_versions(template, 1, 2, actor=actor_as(Role.CUSTODIAN), blobs=parts.blobs)


def test_the_contracts_made_of_a_template_are_counted_and_named_to_those_who_may_open_them(
    client_as, seller, contract, routine
):
    assert uses_of(routine) == {1: 1}
    link = f'/contracts/{contract.number}"'
    assert link in client_as(user=seller).get(f"/templates/{routine.key}").text
    for role in (Role.ADMINISTRATOR, Role.SALESPERSON):
        assert link not in client_as(role).get(f"/templates/{routine.key}").text
