"""A round of review: the way it goes, who may decide, and how it ends."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest

from archive import clock
from archive.accounts.models import User
from archive.actor import Right, Role
from archive.contracts.errors import (
    DecidesTwice,
    IsAskedAlready,
    NoSuchReviewer,
    NotADraft,
    NotReadyForReview,
    NoTrialAwaited,
    NotYourTurn,
    OwnContract,
    RemindedLately,
    ReviewHasBegun,
    StandsInForThemselves,
    TooLateToRecall,
)
from archive.contracts.models import Contract, Review, ReviewRoute, RoutePlace
from archive.contracts.rules import ContractStatus
from archive.contracts.rules.reviewing import (
    Decision,
    Judgement,
    RoundState,
    SeatOf,
    StepMode,
    TrialResult,
)
from archive.contracts.service import absences, drafting, reviewing, rounds, routing, steering
from archive.contracts.service.readiness import Hindrance, readiness_of
from archive.contracts.service.reviewing import Opinion
from archive.contracts.waiting import duties_of, news_of
from archive.errors import NotPermitted
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind
from archive.trail.history import history_of
from tests.builders import a_user


@pytest.fixture(autouse=True)
def in_request(empty_site):
    """Duties and news say where they lead."""
    with empty_site.test_request_context():
        yield


def said(decision=Decision.AGREE, words=None):
    sound = Judgement.SOUND
    return Opinion(decision, sound, sound, sound, sound, words)


def round_of(contract: Contract) -> Review:
    """The latest round, of which there is one."""
    assert contract.review is not None
    return contract.review


def shipped(slug, now) -> ReviewRoute:
    """A route that came with the product."""
    routing.install_shipped_routes(now=now)
    route = ReviewRoute.shipped_as(slug)
    assert route is not None
    return route


@pytest.fixture
def managers(empty_site):
    """One person in each role that reviews, and two departments."""
    people = {
        "sales": a_user(Role.SALES_MANAGER),
        "operations": a_user(Role.OPERATIONS_MANAGER),
        "service": a_user(Role.CUSTOMER_SERVICE),
        "general": a_user(Role.GENERAL_MANAGER),
        "finance": a_user(Role.REVIEWER, department="财务部"),
        "legal": a_user(Role.REVIEWER, department="法务部"),
    }
    return {name: user.as_actor() for name, user in people.items()}


@pytest.fixture
def submitted(ready, managers, seller, now, parts):
    def make(**changes) -> Contract:
        contract = ready(**changes)
        return reviewing.submit(
            contract, "客户要求本周签", actor=seller.as_actor(), now=now, blobs=parts.blobs
        )

    return make


@pytest.fixture
def decide(now):
    """Have somebody say something in the first place that is theirs."""

    def do(contract, who, decision=Decision.AGREE, words="同意", at=now):
        contract = Contract.find(contract.key)
        places = rounds.asked_of(round_of(contract), who)
        key = places[0].key if places else round_of(contract).waiting[0].key
        reviewing.decide(contract, key, said(decision, words), actor=who, now=at)
        return Contract.find(contract.key)

    return do


def test_a_routine_contract_goes_from_level_to_level(submitted, decide, managers):
    contract = submitted()
    assert contract.status is ContractStatus.IN_REVIEW
    assert contract.turn_ids == [managers["sales"].id]
    contract = decide(contract, managers["sales"])
    assert contract.turn_ids == [managers["operations"].id]
    contract = decide(contract, managers["operations"])
    assert contract.status is ContractStatus.APPROVED
    assert contract.approved_sha256 == contract.newest.sha256
    assert contract.turn_ids == []


def test_over_the_amount_the_general_manager_decides_last(submitted, decide, managers):
    contract = submitted(amount="500000.01", amount_reason="年度封顶价")
    assert len(round_of(contract).steps) == 3
    for name in ("sales", "operations"):
        contract = decide(contract, managers[name])
    assert contract.status is ContractStatus.IN_REVIEW
    assert decide(contract, managers["general"]).status is ContractStatus.APPROVED


def test_a_special_contract_is_asked_of_all_departments_side_by_side(submitted, decide, managers):
    contract = decide(submitted(kind="special"), managers["operations"])
    side_by_side = ("sales", "service", "finance", "legal")
    assert set(contract.turn_ids) == {managers[name].id for name in side_by_side}
    for name in side_by_side:
        assert contract.status is ContractStatus.IN_REVIEW
        contract = decide(contract, managers[name])
    assert contract.turn_ids == [managers["general"].id]
    assert decide(contract, managers["general"]).status is ContractStatus.APPROVED


def test_four_of_five_steps_are_no_approval(submitted, decide, managers, actor_as, now):
    steps = [SeatOf.SALES_MANAGER, SeatOf.OPERATIONS_MANAGER, SeatOf.CUSTOMER_SERVICE]
    steps += [SeatOf.DEPARTMENTS, SeatOf.GENERAL_MANAGER]
    route = shipped("format", now)
    places = [{"step": number, "seat": seat} for number, seat in enumerate(steps, 1)]
    places[3] = {"step": 4, "seat": SeatOf.PERSON, "person": managers["legal"].username}
    routing.change_route(
        route,
        {"places": places},
        actor=actor_as(Role.GENERAL_MANAGER),
        now=now,
        seen=route.revision,
    )
    contract = submitted(kind="format")
    for name in ("sales", "operations", "service", "legal"):
        contract = decide(contract, managers[name])
        assert contract.status is ContractStatus.IN_REVIEW
        assert contract.approved_sha256 is None
    with pytest.raises(NotADraft):
        drafting.void_contract(contract, "试试", actor=_maker(contract), now=now)
    assert decide(contract, managers["general"]).status is ContractStatus.APPROVED


def _maker(contract):
    return User.find(contract.handler_id).as_actor()


def test_a_refusal_sends_it_back_and_a_new_version_goes_the_whole_way_again(
    submitted, decide, managers, seller, short, facts, now, parts
):
    contract = decide(submitted(), managers["sales"], Decision.REJECT, "单价低于成本")
    assert contract.status is ContractStatus.REJECTED
    assert round_of(contract).state is RoundState.REJECTED
    drafting.draft_again(
        contract,
        short,
        {"title": "改过的合同", "prices": [], "amount": Decimal(100)},
        actor=seller.as_actor(),
        now=now,
        seen=contract.revision,
        parts=parts,
    )
    again = reviewing.submit(
        Contract.find(contract.key), None, actor=seller.as_actor(), now=now, blobs=parts.blobs
    )
    assert [each.version for each in again.reviews] == [1, 2]
    assert round_of(again).open_step == round_of(again).steps[0]
    assert again.reviews[0].decided[0].opinion == "单价低于成本"


def test_changes_asked_for_end_the_round_when_all_of_the_step_have_spoken(
    submitted, decide, managers
):
    contract = decide(submitted(kind="special"), managers["operations"])
    contract = decide(contract, managers["finance"], Decision.CHANGES, "付款天数改为 30 天")
    assert contract.status is ContractStatus.IN_REVIEW
    for name in ("sales", "service", "legal"):
        contract = decide(contract, managers[name])
    assert contract.status is ContractStatus.REJECTED
    assert round_of(contract).state is RoundState.CHANGES


def test_two_who_decide_at_once_are_both_heard(submitted, decide, managers, now):
    contract = decide(submitted(kind="special"), managers["operations"])
    four = [managers[name] for name in ("sales", "service", "finance", "legal")]
    keys = {who.id: rounds.asked_of(round_of(contract), who)[0].key for who in four}

    def speak(who):
        mine = Contract.find(contract.key)
        reviewing.decide(mine, keys[who.id], said(words=who.name), actor=who, now=now)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(speak, four))
    stored = Contract.find(contract.key)
    assert {place.opinion for place in round_of(stored).decided[1:]} == {who.name for who in four}
    assert stored.turn_ids == [managers["general"].id]


def test_of_two_for_one_place_the_second_is_told(submitted, managers, now):
    contract = submitted()
    other = a_user(Role.SALES_MANAGER).as_actor()
    steering.refresh_asked(contract, now=now)
    contract = Contract.find(contract.key)
    assert set(contract.turn_ids) == {managers["sales"].id, other.id}
    reviewing.decide(contract, "1-1", said(), actor=managers["sales"], now=now)
    with pytest.raises(NotYourTurn):
        reviewing.decide(contract, "1-1", said(), actor=other, now=now)


def test_nobody_judges_their_own_contract_whatever_their_roles(ready, managers, seller, now, parts):
    seller.change(seller.as_actor(), now, "user.edited", {"roles": list(Role)})
    both = type(seller).find(seller.key).as_actor()
    contract = reviewing.submit(ready(), None, actor=both, now=now, blobs=parts.blobs)
    assert both.id not in contract.turn_ids
    with pytest.raises(NotPermitted):
        reviewing.decide(contract, "1-1", said(), actor=both, now=now)
    contract.asked_ids.append(both.id)
    with pytest.raises(OwnContract):
        reviewing.decide(contract, "1-1", said(), actor=both, now=now)


def test_nobody_decides_twice_in_one_round(submitted, decide, managers, now):
    user = a_user(Role.SALES_MANAGER, Role.OPERATIONS_MANAGER)
    contract = submitted()
    contract = decide(contract, managers["sales"])
    contract = Contract.find(contract.key)
    assert user.key in contract.turn_ids
    first = submitted()
    first = decide(first, user.as_actor())
    assert user.key not in first.turn_ids
    with pytest.raises(DecidesTwice):
        reviewing.decide(first, "2-1", said(), actor=user.as_actor(), now=now)


def test_a_reviewer_whose_account_is_closed_in_the_middle_is_no_reviewer_any_more(
    submitted, managers, now
):
    contract = submitted()
    user = User.find(managers["sales"].id)
    user.change(user.as_actor(), now, "user.edited", {"is_disabled": True})
    assert absences.refresh_all(now=now) == 1
    contract = Contract.find(contract.key)
    assert contract.turn_ids == []
    with pytest.raises(NotPermitted):
        reviewing.decide(contract, "1-1", said(), actor=managers["sales"], now=now)
    manager, other = managers["general"], a_user(Role.OPERATIONS_MANAGER)
    steering.hand_over(contract, "1-1", other.username, "原评审人离职", actor=manager, now=now)
    assert Contract.find(contract.key).turn_ids == [other.key]


def test_a_round_keeps_the_route_that_it_began_with(submitted, decide, managers, now):
    contract = submitted()
    route = shipped("routine", now)
    routing.change_route(
        route,
        {"places": [{"step": 1, "seat": SeatOf.GENERAL_MANAGER}]},
        actor=managers["general"],
        now=now,
        seen=route.revision,
    )
    contract = decide(contract, managers["sales"])
    assert contract.turn_ids == [managers["operations"].id]
    assert submitted().turn_ids == [managers["general"].id]


def test_where_one_decides_for_all_the_first_counts_and_who_was_added_is_asked_too(
    submitted, decide, managers, now
):
    route = shipped("routine", now)
    route.change(
        managers["general"],
        now,
        "route.changed",
        {
            "places": [
                RoutePlace(step=1, seat=SeatOf.SALES_MANAGER, mode=StepMode.ANY),
                RoutePlace(step=1, seat=SeatOf.OPERATIONS_MANAGER, mode=StepMode.ANY),
            ]
        },
    )
    assert decide(submitted(), managers["operations"]).status is ContractStatus.APPROVED
    contract = submitted()
    legal = managers["legal"].username
    steering.add_reviewer(contract, legal, "看条款", actor=managers["sales"], now=now)
    contract = decide(contract, managers["operations"])
    assert contract.turn_ids == [managers["legal"].id]
    with pytest.raises(IsAskedAlready):
        steering.add_reviewer(contract, legal, "再加", actor=managers["general"], now=now)
    assert decide(contract, managers["legal"]).status is ContractStatus.APPROVED


def test_a_trial_run_comes_before_the_last_step(submitted, decide, managers, now):
    route = shipped("routine", now)
    route.change(managers["general"], now, "route.changed", {"needs_trial": True})
    contract = decide(submitted(), managers["sales"])
    assert round_of(contract).state is RoundState.TRIAL
    assert contract.turn_ids == []
    assert [each.label for each in duties_of(managers["operations"], now)] == ["登记试运行结果"]
    reviewing.record_trial(
        contract, TrialResult.PASSED, "3 车，无货损", actor=managers["operations"], now=now
    )
    contract = Contract.find(contract.key)
    assert contract.turn_ids == [managers["operations"].id]
    with pytest.raises(NoTrialAwaited):
        reviewing.record_trial(
            contract, TrialResult.FAILED, "再来", actor=managers["operations"], now=now
        )
    failed = decide(submitted(), managers["sales"])
    reviewing.record_trial(
        failed, TrialResult.FAILED, "温度超标", actor=managers["operations"], now=now
    )
    assert Contract.find(failed.key).status is ContractStatus.REJECTED


def test_a_submission_is_taken_back_until_somebody_has_decided(
    submitted, decide, managers, seller, now
):
    contract = submitted()
    reviewing.take_back(contract, "单价打错", actor=seller.as_actor(), now=now)
    stored = Contract.find(contract.key)
    assert stored.status is ContractStatus.DRAFT
    assert stored.turn_ids == []
    assert round_of(stored).state is RoundState.TAKEN_BACK
    begun = decide(submitted(kind="special"), managers["operations"])
    with pytest.raises(ReviewHasBegun):
        reviewing.take_back(begun, "晚了", actor=seller.as_actor(), now=now)


def test_an_opinion_is_taken_back_within_ten_minutes_and_before_the_next(
    submitted, decide, managers, now
):
    contract = decide(submitted(), managers["sales"])
    later = now + timedelta(minutes=9)
    reviewing.recall(contract, "点错了", actor=managers["sales"], now=later)
    contract = Contract.find(contract.key)
    assert contract.turn_ids == [managers["sales"].id]
    assert round_of(contract).decided == []
    contract = decide(contract, managers["sales"], at=later)
    after = later + timedelta(minutes=11)
    with pytest.raises(TooLateToRecall):
        reviewing.recall(contract, "太晚", actor=managers["sales"], now=after)
    contract = decide(contract, managers["operations"], at=later)
    with pytest.raises(TooLateToRecall):
        reviewing.recall(contract, "已有下一步", actor=managers["sales"], now=later)
    reviewing.recall(contract, "金额没看清", actor=managers["operations"], now=later)
    contract = Contract.find(contract.key)
    assert contract.status is ContractStatus.IN_REVIEW
    assert contract.approved_sha256 is None


def test_what_was_approved_becomes_a_draft_again_with_a_reason(
    submitted, decide, managers, seller, now
):
    contract = decide(decide(submitted(), managers["sales"]), managers["operations"])
    reviewing.reopen(contract, "客户要求改付款条件", actor=seller.as_actor(), now=now)
    stored = Contract.find(contract.key)
    assert stored.status is ContractStatus.DRAFT
    assert stored.approved_sha256 is None
    assert history_of(stored)[0].reason == "客户要求改付款条件"


def test_a_reminder_is_news_and_not_sent_again_at_once(submitted, managers, seller, now):
    contract = submitted()
    steering.remind(contract, actor=seller.as_actor(), now=now)
    assert [each.label for each in news_of(managers["sales"], now)] == ["催办：请评审合同"]
    with pytest.raises(RemindedLately):
        steering.remind(contract, actor=seller.as_actor(), now=now + timedelta(hours=3))
    steering.remind(contract, actor=seller.as_actor(), now=now + timedelta(hours=5))


def test_the_handler_is_told_how_it_ended_and_that_it_takes_too_long(
    submitted, decide, managers, seller, now
):
    contract = submitted()
    late = contract.turn_due_at + timedelta(hours=1)
    assert [each.label for each in news_of(seller.as_actor(), late)] == ["评审超时，可以催办"]
    decide(contract, managers["sales"], Decision.REJECT, "不行")
    assert [each.label for each in news_of(seller.as_actor(), now)] == ["合同评审未通过"]


def test_a_reviewer_is_given_working_days(submitted):
    contract = submitted()
    assert contract.turn_due_at - round_of(contract).submitted_at >= timedelta(days=2)


def test_a_substitute_decides_while_somebody_is_away(submitted, managers, now):
    contract = submitted()
    other = a_user(Role.OPERATIONS_MANAGER)
    today = clock.local_day(now)
    facts = {"starts_on": today, "ends_on": today + timedelta(days=3)}
    sales = managers["sales"]
    away = absences.be_away({**facts, "substitute": other.username}, actor=sales, now=now)
    contract = Contract.find(contract.key)
    assert set(contract.turn_ids) == {sales.id, other.key}
    absences.be_back(away, actor=sales, now=now)
    assert Contract.find(contract.key).turn_ids == [sales.id]
    absences.be_away({**facts, "substitute": other.username}, actor=sales, now=now)
    contract = Contract.find(contract.key)
    reviewing.decide(contract, "1-1", said(), actor=other.as_actor(), now=now)
    place = round_of(Contract.find(contract.key)).decided[0]
    assert (place.decided_by_name, place.for_name) == (other.name, sales.name)
    with pytest.raises(StandsInForThemselves):
        absences.be_away({**facts, "substitute": sales.username}, actor=sales, now=now)
    with pytest.raises(NotPermitted):
        absences.be_back(away, actor=managers["legal"], now=now)


def test_a_department_sees_the_contract_that_it_is_asked_about_and_no_other(
    submitted, decide, managers
):
    contract, other = submitted(kind="special"), submitted()
    legal = managers["legal"]
    assert not legal.may(Right.REVIEW_CONTRACT, contract)
    contract = decide(contract, managers["operations"])
    assert legal.may(Right.REVIEW_CONTRACT, contract)
    assert not legal.may(Right.REVIEW_CONTRACT, other)
    drafting.demand_look(contract, legal)
    with pytest.raises(NotPermitted):
        drafting.demand_look(other, legal)
    assert [each.key for each in Contract.visible_to(legal, Right.REVIEW_CONTRACT)] == [
        contract.key
    ]
    assert [each.label for each in duties_of(legal, clock.now())] == ["评审合同"]


def test_what_is_missing_keeps_it_from_being_submitted_and_is_named(
    ready, customer, seller, routine, facts, now, parts
):
    contract = ready()
    today = clock.local_day(now)
    blobs = parts.blobs
    ready_now = readiness_of(contract, customer, today, blobs=blobs)
    assert {each.kind for each in ready_now.hindered} == {Hindrance.NOBODY}
    Attachment.objects(kind=AttachmentKind.LICENCE).delete()
    contract.change(seller.as_actor(), now, "contract.redrafted", {"amount": Decimal(1)})
    kinds = [each.kind for each in readiness_of(contract, customer, today, blobs=blobs).hindered]
    assert kinds[:2] == [Hindrance.AMOUNT, Hindrance.PAPER]
    with pytest.raises(NotReadyForReview, match="客户的证照"):
        reviewing.submit(contract, None, actor=seller.as_actor(), now=now, blobs=blobs)
    assert Contract.find(contract.key).status is ContractStatus.DRAFT
    long = drafting.draft_contract(
        customer, routine, {"title": "空白多"}, actor=seller.as_actor(), now=now, parts=parts
    )
    first = readiness_of(long, customer, today, blobs=blobs).hindered[0]
    assert first.kind is Hindrance.OPEN
    assert first.names


def test_only_who_can_review_is_asked_besides(submitted, managers, now):
    contract = submitted()
    clerk = a_user(Role.STAFF)
    for username in (clerk.username, "nobody"):
        with pytest.raises(NoSuchReviewer):
            steering.add_reviewer(contract, username, "问问", actor=managers["general"], now=now)
