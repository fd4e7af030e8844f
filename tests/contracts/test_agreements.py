"""Agreements that change, add to or end a contract, and the ledger that says so (Art. 23-25)."""

from io import BytesIO

import docx
import pytest

from archive.actor import Role
from archive.contracts.errors import NothingForLedger, NothingToAmend
from archive.contracts.models import Contract, Template
from archive.contracts.rules import ContractStatus, TemplateKind
from archive.contracts.service import cards, drafting


@pytest.fixture
def make(customer, shipped, facts, seller, now, parts):
    """Makes a draft of the template named."""

    def made(slug="routine-contract", like=None, **more):
        return drafting.draft_contract(
            customer,
            shipped[slug],
            {"title": "年度运输合同", "prices": [], **more},
            actor=seller.as_actor(),
            now=now,
            parts=parts,
            like=like,
        )

    return made


@pytest.fixture
def in_force(make):
    contract = make()
    Contract.objects(id=contract.id).update_one(set__status=ContractStatus.EFFECTIVE)
    return Contract.numbered(contract.number)


@pytest.mark.parametrize(
    "slug", ["change-agreement", "supplementary-agreement", "termination-agreement"]
)
def test_an_agreement_names_the_contract_in_force_that_it_is_about(make, in_force, parts, slug):
    made = Contract.numbered(make(slug, in_force, special="单价改为 310 元").number)
    text = parts.docgen.text_of(parts.blobs.read(made.newest.sha256))
    assert f"《{in_force.title}》（编号：{in_force.number}" in text
    assert "单价改为 310 元" in text
    assert made.original == in_force


def test_an_agreement_on_a_contract_that_is_not_in_force_is_refused_with_article_23(make):
    draft = make()
    for like in (None, draft):
        with pytest.raises(NothingToAmend) as refusal:
            make("change-agreement", like)
        assert refusal.value.article == 23
    assert Contract.objects.count() == 1


def test_the_desk_offers_agreements_only_on_a_contract_in_force(
    make, in_force, customer, client_as, seller
):
    browser = client_as(user=seller)
    address = f"/customers/{customer.archive_number}/drafts/new?like="
    draft = make()
    assert "起草变更协议" not in browser.get(address + draft.number).text
    page = browser.get(address + in_force.number).text
    assert "起草变更协议" in page
    key = next(each.key for each in Template.usable(TemplateKind.CHANGE))
    desk = browser.get(f"{address}{in_force.number}&template={key}").text
    assert "年度运输合同变更协议" in desk


def test_the_ledger_lists_what_is_in_force_or_ended_with_the_columns_of_article_25(
    make, in_force, actor_as, now, parts
):
    make()  # a draft is no contract yet
    ended = make(title="旧合同")
    Contract.objects(id=ended.id).update_one(set__status=ContractStatus.TERMINATED)
    manager = actor_as(Role.SALES_MANAGER)
    made = cards.make_ledger(Contract.objects, actor=manager, now=now, parts=parts)
    (table,) = docx.Document(BytesIO(made)).tables
    head, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert head == [
        *("序号", "合同号", "签订日期", "合同名称", "合同方"),
        *("合同类型", "承办人", "合同金额（元）", "备注"),
    ]
    assert [(row[0], row[1], row[8]) for row in rows] == [
        ("1", in_force.number, "—"),
        ("2", ended.number, "已终止"),
    ]


def test_a_ledger_without_a_contract_is_said_to_be_empty(shipped, actor_as, client_as, now, parts):
    manager = actor_as(Role.SALES_MANAGER)
    browser = client_as(Role.SALES_MANAGER)
    assert (
        "没有可以列入台账的合同"
        in browser.get("/contracts/ledger.docx", follow_redirects=True).text
    )
    with pytest.raises(NothingForLedger):
        cards.make_ledger(Contract.objects, actor=manager, now=now, parts=parts)


def test_the_letter_of_feedback_is_addressed_to_the_customer(shipped, customer, client_as, seller):
    answer = client_as(user=seller).get(
        f"/customers/{customer.archive_number}/feedback-letter.docx"
    )
    words = "\n".join(each.text for each in docx.Document(BytesIO(answer.data)).paragraphs)
    assert f"{customer.name}：" in words
