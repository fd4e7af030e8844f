"""Drafts: numbered, versioned, never overwritten, and made by those who may."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from bson import ObjectId

from archive.actor import Role
from archive.contracts.errors import NoSuchVersion, NotADraft, NoTemplate, NotVoid
from archive.contracts.forms import ContractInput
from archive.contracts.indexing import entries_of
from archive.contracts.models import Contract, DraftText, OwnCompany, Template
from archive.contracts.rules import ContractStatus, TemplateKind
from archive.contracts.service import cards, drafting
from archive.contracts.service.templates import describe_company, take_out_of_use
from archive.contracts.waiting import duties_of
from archive.customers.service import assign_salesperson
from archive.database import EditedMeanwhile, durable
from archive.errors import NotPermitted
from archive.trail.history import history_of
from archive.trail.models import TrailEntry
from archive.web.waiting import MOST_SHOWN
from tests.builders import a_user


def typed(facts, **changes):
    return ContractInput.read(facts(**changes)).model_dump()


@pytest.fixture
def draft(customer, routine, facts, seller, now, parts):
    def make(**changes):
        return drafting.draft_contract(
            customer,
            routine,
            typed(facts, **changes),
            actor=seller.as_actor(),
            now=now,
            parts=parts,
        )

    return make


def test_a_draft_gets_a_number_a_version_and_its_words_on_paper(draft, parts, seller, now):
    contract = draft(starts_on="2026-04-01")
    assert contract.number == "HT-2026-00001"
    assert contract.amount == Decimal("4000.10")
    version, content = drafting.read_draft(
        contract, None, actor=seller.as_actor(), now=now, parts=parts
    )
    text = parts.docgen.text_of(content)
    for words in (
        "华盛货运示例有限公司",
        "示例运输有限公司",
        "HT-2026-00001",
        "第 1 版",
        "2026年4月1日",
        "人民币肆仟元壹角",
        "320.00",
        "13800001234",
    ):
        assert words in text
    assert "【待填：签订日期】" in text
    assert "合同.签订日期" in version.missing


def test_many_drafts_at_once_get_numbers_without_a_duplicate(draft):
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: draft(), range(8)))
    assert len({contract.number for contract in made}) == 8


def test_a_new_version_leaves_the_old_one_as_it_was(draft, parts, seller, routine, facts, now):
    contract = draft()
    before = contract.newest.sha256
    again = drafting.draft_again(
        Contract.find(contract.key),
        routine,
        typed(facts, title="改过的合同", prices=[]),
        actor=seller.as_actor(),
        now=now,
        seen=contract.revision,
        parts=parts,
    )
    assert [version.number for version in again.drafts] == [1, 2]
    assert again.drafts[0].sha256 == before
    assert again.amount is None
    _, first = drafting.read_draft(again, 1, actor=seller.as_actor(), now=now, parts=parts)
    assert "第 1 版" in parts.docgen.text_of(first)
    with pytest.raises(NoSuchVersion):
        again.draft(3)


def test_of_two_who_make_a_version_at_once_the_second_is_told(
    draft, parts, seller, routine, facts, now
):
    contract = draft()
    given = {"actor": seller.as_actor(), "now": now, "seen": contract.revision, "parts": parts}
    drafting.draft_again(Contract.find(contract.key), routine, typed(facts, title="甲"), **given)
    with pytest.raises(EditedMeanwhile):
        drafting.draft_again(
            Contract.find(contract.key), routine, typed(facts, title="乙"), **given
        )
    assert [version.number for version in Contract.find(contract.key).drafts] == [1, 2]


def test_a_contract_that_has_left_the_draft_stage_gets_no_new_version(
    draft, parts, seller, routine, facts, now
):
    contract = draft()
    contract.change(
        seller.as_actor(), now, "contract.redrafted", {"status": ContractStatus.APPROVED}
    )
    with pytest.raises(NotADraft) as refusal:
        drafting.draft_again(
            contract,
            routine,
            typed(facts),
            actor=seller.as_actor(),
            now=now,
            seen=contract.revision,
            parts=parts,
        )
    assert refusal.value.article == 21


def test_what_is_missing_is_known_before_the_draft_is_made(customer, routine, facts, parts):
    missing = drafting.find_missing(customer, routine, typed(facts), parts=parts)
    names = {each.placeholder.name for each in missing}
    assert "公司.银行账号" in names
    assert "客户.名称" not in names
    assert "价格表" not in names


def test_what_the_company_says_of_itself_stands_in_every_draft(actor_as, draft, parts, seller, now):
    describe_company(
        OwnCompany(),
        actor=actor_as(Role.ADMINISTRATOR),
        now=now,
        seen=0,
        name="示例承运有限公司",
        bank_account="1000200030004000",
    )
    _, content = drafting.read_draft(draft(), None, actor=seller.as_actor(), now=now, parts=parts)
    assert "1000200030004000" in parts.docgen.text_of(content)


def test_a_template_out_of_use_makes_no_drafts(draft, routine, actor_as, now):
    for template in Template.usable(TemplateKind.CONTRACT):
        take_out_of_use(template, actor=actor_as(Role.ADMINISTRATOR), now=now, reason="旧")
    routine.reload()
    with pytest.raises(NoTemplate):
        draft()
    with pytest.raises(NoTemplate):
        drafting.choose_template(None, TemplateKind.CONTRACT)


def test_a_salesperson_drafts_for_their_own_customers_only(
    customer, routine, facts, actor_as, now, parts
):
    for role in (Role.SALESPERSON, Role.CUSTODIAN, Role.ADMINISTRATOR, Role.STAFF):
        with pytest.raises(NotPermitted):
            drafting.draft_contract(
                customer, routine, typed(facts), actor=actor_as(role), now=now, parts=parts
            )
    drafting.draft_contract(
        customer, routine, typed(facts), actor=actor_as(Role.SALES_MANAGER), now=now, parts=parts
    )


def test_who_may_open_a_contract_changes_with_the_salesperson(
    draft, customer, actor_as, seller, now
):
    contract = draft()
    new = a_user(Role.SALESPERSON)
    manager = actor_as(Role.SALES_MANAGER)
    assign_salesperson(customer, new.key, actor=manager, now=now)
    assert list(Contract.visible_to(new.as_actor())) == [contract]
    assert list(Contract.visible_to(seller.as_actor())) == []
    with pytest.raises(NotPermitted):
        drafting.open_contract(contract.number, actor=seller.as_actor())


@pytest.mark.parametrize("role", [Role.STAFF, Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_roles_without_the_right_see_no_contract(draft, actor_as, role):
    draft()
    assert list(Contract.visible_to(actor_as(role))) == []


def test_taking_a_draft_is_written_down_before_it_leaves(draft, seller, now, parts):
    contract = draft()
    drafting.read_draft(contract, None, actor=seller.as_actor(), now=now, parts=parts)
    entry = TrailEntry.objects(action="contract.draft_taken").get()
    assert entry.subject_id == contract.key


def test_the_archive_card_masks_numbers_for_those_who_may_not_see_them(
    shipped, customer, actor_as, seller, now, parts
):
    full = cards.make_card(customer, actor=seller.as_actor(), now=now, parts=parts)
    assert "13800001234" in parts.docgen.text_of(full)
    masked = cards.make_card(
        customer, actor=actor_as(Role.OPERATIONS_MANAGER), now=now, parts=parts
    )
    text = parts.docgen.text_of(masked)
    assert "13800001234" not in text
    assert "138****1234" in text


def test_an_open_ended_licence_stands_in_words_on_the_card(shipped, customer, seller, now, parts):
    changed = customer.change(
        seller.as_actor(), now, "customer.edited", {"licence_is_open_ended": True}
    )
    text = parts.docgen.text_of(
        cards.make_card(changed, actor=seller.as_actor(), now=now, parts=parts)
    )
    assert "长期" in text


def test_the_words_of_the_newest_draft_can_be_found_by_those_who_may_open_it(draft, seller):
    (entry,) = entries_of(draft())
    assert entry.numbers == ("HT-2026-00001",)
    assert "货损货差赔偿" in entry.body
    assert f"open_contract:own:{seller.key}" in entry.access


def test_neither_the_contract_nor_the_trail_holds_the_whole_text(draft):
    contract = Contract.find(draft(starts_on="2026-04-01").key)
    fields = {change["field"] for change in contract.pending[0].changes}
    assert "starts_on" in fields
    assert "货损货差赔偿" not in str(contract.to_mongo())
    assert "货损货差赔偿" in DraftText.of_file(contract.newest.sha256)


def test_a_preview_keeps_nothing(customer, routine, facts, seller, now, parts):
    content = drafting.preview(
        customer, routine, typed(facts), actor=seller.as_actor(), now=now, parts=parts
    )
    assert drafting.PREVIEW_NUMBER in parts.docgen.text_of(content)
    assert Contract.objects.count() == 0


def test_dates_typed_come_back_as_dates(draft):
    contract = Contract.find(draft(starts_on="2026-04-01", ends_on="2027-03-31").key)
    assert contract.ends_on == date(2027, 3, 31)


def test_a_voided_draft_is_no_longer_owed_and_is_restored_with_a_reason(draft, seller, now, site):
    def owed():
        with site.test_request_context():
            return list(duties_of(who, now))

    who, contract = seller.as_actor(), draft()
    assert contract.newest.missing
    assert owed()
    drafting.void_contract(contract, "客户改用对方模板", actor=who, now=now)
    stored = Contract.numbered(contract.number)
    assert stored.status is ContractStatus.VOID
    assert owed() == []
    with pytest.raises(NotADraft):
        drafting.void_contract(stored, "再来", actor=who, now=now)
    drafting.restore_contract(stored, "又谈成了", actor=who, now=now)
    stored = Contract.numbered(contract.number)
    assert stored.is_draft
    assert [each.reason for each in history_of(stored)][:2] == ["又谈成了", "客户改用对方模板"]
    with pytest.raises(NotVoid):
        drafting.restore_contract(stored, "再来", actor=who, now=now)


def test_an_incomplete_draft_is_owed_behind_any_number_of_complete_ones(draft, seller, now, site):
    contract = draft()
    assert contract.is_incomplete
    stored = durable(Contract).find_one({"_id": contract.id})
    newest = {**stored["drafts"][-1], "missing": []}
    later = {"created_at": now + timedelta(days=1), "drafts": [newest], "is_incomplete": False}
    durable(Contract).insert_many(
        {**stored, **later, "_id": ObjectId(), "number": f"HT-2026-9{each:04d}"}
        for each in range(MOST_SHOWN + 1)
    )
    with site.test_request_context():
        (owed,) = duties_of(seller.as_actor(), now)
    assert owed.subject.number == contract.number


def test_a_unit_price_keeps_what_is_finer_than_a_fen(draft, parts, seller, now):
    row = {"goods": "钢材", "unit": "吨公里", "quantity": "1,000", "unit_price": "0.385"}
    contract = draft(prices=[row])
    stored = Contract.numbered(contract.number)
    assert (stored.prices[0].unit_price, stored.amount) == (Decimal("0.385"), Decimal("385.00"))
    _, content = drafting.read_draft(contract, None, actor=seller.as_actor(), now=now, parts=parts)
    assert "0.385" in parts.docgen.text_of(content)


def test_an_amount_that_the_price_table_contradicts_is_pointed_out(draft, client_as, seller):
    row = {"goods": "钢材", "quantity": "10", "unit_price": "500"}
    contract = draft(prices=[row], amount="100")
    assert (contract.amount, contract.prices_total) == (Decimal(100), Decimal("5000.00"))
    page = client_as(user=seller).get(f"/contracts/{contract.number}").get_data(as_text=True)
    assert "合同金额 100.00 元与价格表合计 5,000.00 元不一致" in page
