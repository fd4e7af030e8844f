"""A contract on its way through the review: submitted, sent back, submitted again, approved."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.contracts.models import Contract
from archive.contracts.rules import ContractStatus
from archive.contracts.service import drafting
from archive.contracts.service.routing import install_shipped_routes
from archive.filing.rules import AttachmentKind
from archive.seams import Seams
from tests.builders import a_customer, a_user
from tests.contracts.papers import a_short_template, on_file
from tests.journeys.conftest import PageAs

pytestmark = pytest.mark.slow


def submit(page: Page, contract: Contract, note: str) -> None:
    """Send the newest version off, with a note for the reviewers."""
    page.goto(f"/contracts/{contract.number}")
    page.get_by_role("link", name="提交评审").click()
    page.get_by_label("送审说明").press_sequentially(note)
    page.get_by_role("button", name="提交评审").click()
    expect(page.get_by_text("已提交评审。")).to_be_visible()


def judge(page: Page, contract: Contract, decision: str, words: str = "") -> None:
    """Give an opinion from the list of what waits."""
    page.goto("/reviews")
    page.get_by_role("link", name=contract.title).click()
    page.get_by_role("link", name="给出意见").click()
    if words:
        page.get_by_label("评审意见").press_sequentially(words)
    page.get_by_label(decision, exact=True).check()
    page.get_by_role("button", name="提交意见").click()


def test_a_contract_is_sent_back_by_phone_and_approved_the_second_time(
    page_as: PageAs, parts: Seams
) -> None:
    now, seller = clock.now(), a_user(Role.SALESPERSON)
    managers: list[User] = [a_user(Role.SALES_MANAGER), a_user(Role.OPERATIONS_MANAGER)]
    customer = a_customer("广东华盛货运有限公司", salesperson=seller)
    on_file(customer, AttachmentKind.LICENCE, None)
    on_file(customer, AttachmentKind.TAX_REGISTRATION, None)
    install_shipped_routes(now=now)
    template, actor = a_short_template(now, parts), seller.as_actor()
    facts = {"title": "2026 年度公路运输合同", "amount": Decimal(100)}
    contract = drafting.draft_contract(customer, template, facts, actor=actor, now=now, parts=parts)
    drafter = page_as(user=seller)
    submit(drafter, contract, "按去年的价格")

    phone = page_as(user=managers[0], width=390, is_phone=True)
    judge(phone, contract, "不同意")
    expect(phone.get_by_role("alert").get_by_text("请写明评审意见")).to_be_visible()
    expect(phone.get_by_label("不同意", exact=True)).to_be_checked()
    judge(phone, contract, "不同意", "单价低于成本")
    expect(phone.get_by_text("评审意见已记录")).to_be_visible()
    drafter.goto(f"/contracts/{contract.number}")
    expect(drafter.get_by_text("单价低于成本")).to_be_visible()

    sent_back = Contract.find(contract.key)
    assert sent_back.status is ContractStatus.REJECTED
    drafting.draft_again(
        sent_back, template, {**facts, "amount": Decimal(120)},
        actor=actor, now=clock.now(), seen=sent_back.revision, parts=parts,
    )  # fmt: skip
    submit(drafter, contract, "单价已提高")
    phone.goto(f"/contracts/{contract.number}/review")
    expect(phone.get_by_role("link", name="与上一轮评审的第 1 版对照")).to_be_visible()
    for page in (phone, page_as(user=managers[1])):
        judge(page, contract, "同意")
        expect(page.get_by_text("评审意见已记录")).to_be_visible()
    assert Contract.find(contract.key).status is ContractStatus.APPROVED
