"""Two archives of one company become one, and two again: nothing is lost on the way."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient
from mongoengine import EmbeddedDocumentField, ListField
from mongoengine.connection import get_db

from archive.actor import Actor, Role
from archive.communication.models import Complaint, Visit
from archive.customers import service as customers
from archive.customers.models import Contact, Customer, FollowsFromAll, OfCustomer
from archive.customers.service.contacts import let_go
from archive.database import every, kind_of
from archive.development.models import DevelopmentPlan
from archive.development.rules import PlanStatus
from archive.development.service.plans import open_plan
from archive.errors import Moved, NotFound, NotPermitted
from archive.figures.models import YearFigures
from archive.figures.service import record_months
from archive.seams import Seams
from archive.trail.collecting import collect_all
from archive.trail.models import TrailEntry
from archive.upkeep.errors import (
    BeingMerged,
    BothHaveOne,
    ChangedMeanwhile,
    ChoiceNeeded,
    CodeInUse,
    MergedOn,
    NotUndoable,
    SameArchive,
)
from archive.upkeep.models import Merge, TakenOut
from archive.upkeep.rules import Choice, MergeState
from archive.upkeep.service import merging, unmerging
from archive.upkeep.service.merging import merge
from archive.upkeep.service.unmerging import undo_merge
from archive.upkeep.tasks import carry_on_merges
from tests.builders import a_customer, a_visit
from tests.house.test_records import our_records
from tests.upkeep.conftest import Two, bytes_named, everything, has_moved, merged

ActorAs = Callable[..., Actor]
UNDO = "两家公司，误合并"


def test_every_record_and_blob_is_there_after_the_merge_and_back_in_its_place_after_the_undo(
    whole: Two, manager: Actor, parts: Seams, now: datetime
) -> None:
    two = whole
    before, bytes_before = everything(), bytes_named(parts)
    assert {name for name, _ in before} >= {"attachments", "contracts", "deposits", "figures"}
    done = merged(two, manager, now)
    collect_all()
    after = everything()

    figures = {each.id for each in YearFigures.objects(year=2026)}
    theirs = {key for key in before if key not in after}
    assert {name for name, _ in theirs} == {"customers", "figures"}
    assert ("customers", two.other.id) in theirs
    made = {field for model in every(OfCustomer) for field in model.keeps}  # by what has moved
    made |= {field for each in FollowsFromAll.__subclasses__() for field in each.keeps}
    for name, key in theirs:  # set aside whole
        held = TakenOut.kept(done, name, key) or {}
        said = {field: value for field, value in before[name, key].items() if field not in made}
        assert {field: held.get(field) for field in said} == said
    merged_in_place = {("customers", two.kept.id), *(("figures", each) for each in figures)}
    for place, document in before.items():
        if place not in theirs | merged_in_place:
            assert after[place] == has_moved(place[0], document, two.other, two.kept), place
    assert after.keys() == before.keys() - theirs
    assert bytes_named(parts) == bytes_before

    undo_merge(done, actor=manager, now=now + timedelta(days=29), reason=UNDO)
    collect_all()
    assert everything() == before
    assert bytes_named(parts) == bytes_before


def test_the_kept_archive_holds_what_was_chosen_and_nothing_that_only_one_says_is_lost(
    two: Two, manager: Actor, now: datetime
) -> None:
    merged(two, manager, now)
    kept = Customer.find(two.kept.key)
    assert kept.credit_code == "91110000600037341L"
    assert kept.address == "上海市宝山区"
    assert kept.phone == "021-65550001"
    assert [each.name for each in kept.contacts] == ["王明"]
    assert kept.former_names == ["上海华盛机械制造有限公司"]
    assert kept.salesperson_id == two.first.id
    assert not kept.is_handing_over


def test_who_left_the_other_customer_goes_along_and_comes_back(
    two: Two, manager: Actor, now: datetime
) -> None:
    two.other.change(manager, now, "customer.edited", {"contacts": [Contact(name="赵离")]})
    let_go(two.other, "赵离", actor=manager, now=now, left_on=now.date(), reason="离职")
    done = merged(two, manager, now)
    assert [each.name for each in Customer.find(two.kept.key).former_contacts] == ["赵离"]
    undo_merge(done, actor=manager, now=now, reason=UNDO)
    assert list(Customer.find(two.kept.key).former_contacts) == []
    assert [each.name for each in Customer.find(two.other.key).former_contacts] == ["赵离"]


def test_figures_of_a_month_that_both_have_are_chosen_never_added_up(
    two: Two, manager: Actor, now: datetime
) -> None:
    with pytest.raises(ChoiceNeeded):
        merged(two, manager, now, rows={})
    assert Customer.find(two.other.key).archive_number == two.other.archive_number
    merged(two, manager, now)
    figures = YearFigures.of_year(two.kept, 2026)
    assert [figures.month(each).revenue for each in (1, 2, 3)] == [10, 25, 30]
    assert YearFigures.of_year(two.kept, 2025).month(12).revenue == 5


def test_the_old_numbers_lead_to_the_archive_for_ever(
    two: Two, manager: Actor, now: datetime, client_as: Callable[..., FlaskClient],
    token_as: Callable[..., dict[str, str]], index_all: Callable[[], None],
) -> None:  # fmt: skip
    merged(two, manager, now)
    old, new = two.other.archive_number, two.kept.archive_number
    client = client_as(Role.CUSTODIAN)
    answer = client.get(f"/customers/{old}/communication?page=2")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/customers/{new}/communication?page=2"
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.post(f"/customers/{old}/phones").status_code in (400, 308)
    program = token_as(Role.CUSTODIAN)
    answer = client.get(f"/api/v1/customers/{old}", headers=program)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/api/v1/customers/{new}")
    stranger = client_as(Role.SALESPERSON)
    assert stranger.get(f"/customers/{old}").status_code == 403

    for text in (old, old.lower(), two.other.customer_code, two.other.key, two.other.name):
        assert customers.find(text) == two.kept
    for address in (f"/customers?q={old}", f"/customers?q={two.other.customer_code}"):
        assert two.kept.name in client.get(address).get_data(as_text=True)
    index_all()
    for text in (old, two.other.customer_code):
        assert two.kept.name in client.get(f"/search?q={text}").get_data(as_text=True)
    with pytest.raises(Moved):
        Customer.numbered(old)


def test_the_trail_of_both_is_found_under_either_number(
    two: Two, manager: Actor, now: datetime, client_as: Callable[..., FlaskClient]
) -> None:
    merged(two, manager, now)
    collect_all()
    client = client_as(Role.AUDITOR)
    for number in (two.other.archive_number, two.kept.archive_number):
        page = client.get(f"/trail?customer={number}").get_data(as_text=True)
        assert "并入到了另一份档案" in page
        assert "并入了另一份档案" in page
    answer = client_as(Role.CUSTODIAN).get(f"/customers/{two.kept.archive_number}/history")
    assert "并入到了另一份档案" in answer.get_data(as_text=True)
    assert TrailEntry.objects(action="merge.done", customer_id=two.kept.key).count() == 1


def test_access_goes_with_the_archive_and_comes_back_with_it(
    two: Two, manager: Actor, now: datetime
) -> None:
    first, second = two.first.as_actor(), two.second.as_actor()
    done = merged(two, manager, now)
    assert two.visit in Visit.visible_to(first)
    assert two.visit not in Visit.visible_to(second)
    undo_merge(done, actor=manager, now=now, reason=UNDO)
    assert two.visit in Visit.visible_to(second)
    assert two.complaint not in Complaint.visible_to(first)


def test_only_who_may_assign_chooses_who_follows_the_customer_up(
    two: Two,
    manager: Actor,
    custodian: Actor,
    now: datetime,
) -> None:
    choices = {"salesperson_id": Choice.OTHER}
    done = merged(two, custodian, now, choices=choices)
    assert Customer.find(two.kept.key).salesperson_id == two.first.id
    undo_merge(done, actor=custodian, now=now, reason=UNDO)
    two.kept, two.other = Customer.find(two.kept.key), Customer.find(two.other.key)
    done = merged(two, manager, now, choices=choices)
    assert Customer.find(two.kept.key).salesperson_name == two.second.name
    assert two.visit in Visit.visible_to(two.second.as_actor())
    undo_merge(done, actor=manager, now=now, reason=UNDO)
    assert Customer.find(two.kept.key).salesperson_name == two.first.name


def test_of_two_people_who_merge_at_once_one_is_told(
    two: Two,
    manager: Actor,
    custodian: Actor,
    now: datetime,
) -> None:
    def attempt(who: Actor) -> str:
        try:
            return str(merged(two, who, now).state)
        except (BeingMerged, ChangedMeanwhile) as told:
            return type(told).__name__

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(attempt, [manager, custodian]))
    assert answers[1] == "merged"
    assert answers[0] in ("BeingMerged", "ChangedMeanwhile")
    assert Merge.objects.count() == 1


def test_who_compared_an_older_version_is_told(two: Two, manager: Actor, now: datetime) -> None:
    two.other.change(manager, now, "customer.edited", {"address": "上海市嘉定区"})
    with pytest.raises(ChangedMeanwhile):
        merged(two, manager, now, seen=(two.kept.revision, two.other.revision - 1))
    with pytest.raises(SameArchive):
        merge(
            two.kept, two.kept, actor=manager, now=now, reason="重复建档",
            seen=(1, 1), choices={}, rows={},
        )  # fmt: skip


class Killed(BaseException):
    """The process ends here."""


WHILE_MERGING = ("_release", "_change_kept", "_move_all", "_take_out", "finish_hand_over", "finish")
WHILE_UNDOING = ("_restore_kept", "_put_back", "_part", "_move_back", "finish_hand_over", "finish")


def cut_short(act: Callable[[], object], module: Any, step: str) -> None:
    """Do *act* in a process that ends right after *step*."""
    real = getattr(module, step)

    def killed(*arguments: Any) -> Any:
        real(*arguments)
        raise Killed()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, step, killed)
        with pytest.raises(Killed):
            act()


def test_a_merge_that_was_cut_short_anywhere_is_carried_on_by_the_worker(
    two: Two, manager: Actor, now: datetime
) -> None:
    before = everything()
    for step in WHILE_MERGING:
        two.kept, two.other = Customer.find(two.kept.key), Customer.find(two.other.key)
        cut_short(lambda: merged(two, manager, now), merging, step)
        carry_on_merges()
        found = Merge.objects.order_by("-number").first()
        assert found.state is MergeState.MERGED, step
        assert YearFigures.of_year(two.kept, 2026).month(2).revenue == 25, step
        assert everything().keys() & {("customers", two.other.id)} == set(), step
        undo_merge(found, actor=manager, now=now, reason=UNDO)
        assert everything() == before, step


def test_an_undoing_that_was_cut_short_anywhere_is_carried_on_by_the_worker(
    two: Two, manager: Actor, now: datetime
) -> None:
    before = everything()
    for step in WHILE_UNDOING:
        two.kept, two.other = Customer.find(two.kept.key), Customer.find(two.other.key)
        done = merged(two, manager, now)
        undo = partial(undo_merge, done, actor=manager, now=now, reason=UNDO)
        cut_short(undo, unmerging, step)
        carry_on_merges()
        assert Merge.find(done.key).state is MergeState.UNDONE, step
        assert everything() == before, step


def test_what_is_written_into_the_old_archive_meanwhile_follows(
    two: Two, manager: Actor, now: datetime
) -> None:
    visit = Visit.find(two.visit.key)
    assert visit.customer == two.other  # read before the merge
    merged(two, manager, now)
    visit.change(manager, now, "visit.edited", {"purpose": "改期"})
    assert Visit.find(visit.key).salesperson_id == two.first.id
    late = a_visit(two.other)  # by somebody who had the old archive open
    assert Visit.find(late.key).customer_id == two.kept.id
    assert late in Visit.visible_to(two.first.as_actor())


def test_what_was_changed_or_added_since_stays_when_a_merge_is_undone(
    two: Two, manager: Actor, now: datetime
) -> None:
    done = merged(two, manager, now)
    kept = Customer.find(two.kept.key)
    kept.change(manager, now, "customer.edited", {"address": "上海市浦东新区"})
    record_months(kept, 2026, {3: {"revenue": Decimal(31)}}, actor=manager, now=now)
    visit = a_visit(kept)
    undo_merge(done, actor=manager, now=now, reason=UNDO)
    kept, other = Customer.find(two.kept.key), Customer.find(two.other.key)
    assert (kept.address, other.address) == ("上海市浦东新区", "上海市宝山区")
    assert kept.credit_code is None
    ours, theirs = (YearFigures.of_year(each, 2026) for each in (kept, other))
    assert [ours.month(each).revenue for each in (1, 2, 3)] == [10, 20, 31]
    assert [theirs.month(each).revenue for each in (1, 2, 3)] == [None, 25, 30]
    assert Visit.find(visit.key).customer_id == kept.id
    with pytest.raises(NotUndoable):
        undo_merge(done, actor=manager, now=now, reason=UNDO)


def test_a_merge_can_be_undone_for_thirty_days(two: Two, manager: Actor, now: datetime) -> None:
    done = merged(two, manager, now)
    with pytest.raises(NotUndoable):
        undo_merge(done, actor=manager, now=now + timedelta(days=31), reason=UNDO)


def test_a_chain_of_merges_is_undone_from_its_end(two: Two, manager: Actor, now: datetime) -> None:
    before = everything()
    third = a_customer("华盛集团有限公司")
    first = merged(two, manager, now)
    kept = Customer.find(two.kept.key)
    second = merge(
        third, kept, actor=manager, now=now, reason="同一集团",
        seen=(third.revision, kept.revision), choices={}, rows={},
    )  # fmt: skip
    found = customers.find(two.other.archive_number)
    assert found == third
    assert Visit.find(two.visit.key).customer_id == third.id
    with pytest.raises(MergedOn):
        undo_merge(first, actor=manager, now=now, reason=UNDO)
    undo_merge(second, actor=manager, now=now, reason=UNDO)
    assert customers.find(two.other.archive_number) == two.kept
    undo_merge(first, actor=manager, now=now, reason=UNDO)
    after = everything()
    assert {place: document for place, document in after.items() if place in before} == before


def test_two_open_plans_for_one_customer_are_not_made(
    two: Two, manager: Actor, now: datetime
) -> None:
    first = open_plan(two.kept, actor=manager, now=now, why="货量稳定")
    plan = open_plan(two.other, actor=manager, now=now, why="货量稳定")
    two.kept, two.other = Customer.find(two.kept.key), Customer.find(two.other.key)
    with pytest.raises(BothHaveOne):
        merged(two, manager, now)
    assert Merge.objects.count() == 0
    first.change(manager, now, "plan.ended", {"status": PlanStatus.GIVEN_UP})
    merged(two, manager, now)
    assert DevelopmentPlan.find(plan.key).customer_id == two.kept.id


def test_an_archive_is_not_restored_while_its_credit_code_is_elsewhere(
    two: Two, manager: Actor, now: datetime
) -> None:
    done = merged(two, manager, now, choices={"credit_code": Choice.KEPT})
    assert Customer.find(two.kept.key).credit_code is None
    another = a_customer(credit_code="91110000600037341L")
    with pytest.raises(CodeInUse):
        undo_merge(done, actor=manager, now=now, reason=UNDO)
    another.change(manager, now, "customer.edited", {"credit_code": None})
    undo_merge(done, actor=manager, now=now, reason=UNDO)
    assert Customer.find(two.other.key).credit_code == "91110000600037341L"


def test_nobody_else_may_merge(two: Two, now: datetime, actor_as: ActorAs) -> None:
    for role in set(Role) - {Role.SALES_MANAGER, Role.CUSTODIAN}:
        with pytest.raises(NotPermitted):
            merged(two, actor_as(role), now)
    assert Merge.objects.count() == 0


def test_every_document_that_names_a_customer_says_so_once() -> None:
    """Or a merge would leave it behind; what only proposes a customer is led on when it is read."""
    for model in our_records():
        assert set(paths_of(model)) - PROPOSING <= {model.customer_path}, kind_of(model)


PROPOSING = {"proposal.candidates.customer_id", "origin.customer_id"}


def paths_of(model: Any, start: str = "") -> Iterator[str]:
    """Where *model*, or a document in it, has a field called customer_id."""
    for name, field in model._fields.items():
        inner = field.field if isinstance(field, ListField) and field.field else field
        if name in ("pending", "absorbed"):  # events stay as they were; the numbers of merges
            continue
        if name == "customer_id":
            yield f"{start}{name}"
        elif isinstance(inner, EmbeddedDocumentField):
            yield from paths_of(inner.document_type, f"{start}{name}.")


def test_records_of_which_a_customer_has_one_say_how_two_become_one() -> None:

    for model in every(OfCustomer):
        unique = [
            index for index in model._meta["indexes"]
            if isinstance(index, dict) and index.get("unique") and "customer_id" in index["fields"]
        ]  # fmt: skip
        expected = [["customer_id", *model.together.by]] if model.together else []
        expected += [["customer_id"]] if model.at_most_one else []
        assert [index["fields"] for index in unique] == expected, kind_of(model)


def test_an_unknown_number_is_not_found(two: Two) -> None:
    with pytest.raises(NotFound):
        Customer.numbered("KH-1999-00001")
    assert get_db()["merges"].count_documents({}) == 0
