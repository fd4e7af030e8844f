"""Two people edit the same record: both versions are shown, nothing is lost, whatever its kind."""

import html
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from archive import clock
from archive.accounts.forms import PersonInput
from archive.actor import Actor, Right, Role, Scope
from archive.classing.forms import MeasuresInput
from archive.classing.service import install_shipped
from archive.communication.forms import DeskInput, VisitInput
from archive.contracts.forms import ContractInput, OwnCompanyInput
from archive.contracts.forms.reviewing import RouteInput
from archive.contracts.rules import ContractKind
from archive.contracts.rules.reviewing import SeatOf
from archive.contracts.service.routing import make_route
from archive.contracts.service.templates import install_shipped_templates
from archive.custody.forms import RetentionInput
from archive.custody.service.retaining import furnish_rules
from archive.customers.forms import ArchiveInput, PersonalInput
from archive.customers.models import Customer
from archive.customers.service import edit_archive, reveal_phones
from archive.customers.service.contacts import write_personal
from archive.database import DatabaseAway
from archive.development.forms import CooperationInput, LossInput, PlanInput, RevisionInput
from archive.development.rules import LossCause
from archive.development.service.losses import record_loss
from archive.development.service.plans import open_plan
from archive.development.service.schemes import open_scheme
from archive.figures.forms import YearInput
from archive.filing.forms import CorrectionInput
from archive.listwork.forms import ViewInput
from archive.notifying.forms import ArrangementsInput
from archive.seams import Seams
from archive.synonyms.forms import SynonymsInput
from archive.trail.models import TrailEntry
from archive.web.editing import Editing
from archive.web.inputs import Input, Phone, asked
from tests.browser import submit
from tests.builders import a_complaint, a_customer, a_user, a_visit
from tests.recognition import ugly_files as ugly

ClientAs = Callable[..., FlaskClient]
Typed = dict[str, Any]

SEEN = re.compile(r'name="seen" value="(\d+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
ROW = re.compile(r'<tr>\s*<th scope="row">(.*?)</tr>', re.DOTALL)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


@dataclass(frozen=True)
class Kind:
    """A kind of record that is edited on a page, one field of it in three versions."""

    role: Role
    make: Callable[[FlaskClient], str]  # opens one through the pages or its verb; its address
    typed: Typed
    field: str
    label: str
    before: str
    theirs: str
    yours: str
    wrong: Typed  # something that has to be corrected
    words: tuple[str, str, str] = ("", "", "")  # where a page says it otherwise than it is typed

    @property
    def shown(self) -> list[str]:
        versions = (self.before, self.theirs, self.yours)
        return [words or typed for words, typed in zip(self.words, versions, strict=True)]


def a_person(_: FlaskClient) -> str:
    return f"/people/{a_user(Role.STAFF, name='陈晓', department='老部门').key}"


def an_archive(_: FlaskClient) -> str:
    return f"/customers/{a_customer('甲公司', address='老地址').archive_number}/edit"


def a_complaint_heard(_: FlaskClient) -> str:
    return f"/complaints/{a_complaint(waybill_number='YD-1').number}/edit"


def a_visit_made(_: FlaskClient) -> str:
    return f"/visits/{a_visit(place='客户办公室', visitors=['老李']).number}/edit"


def a_draft(client: FlaskClient) -> str:
    customer = a_customer("华盛货运示例有限公司")
    address = f"/customers/{customer.archive_number}/drafts/new"
    template = re.search(r'<option value="(\w+)" selected', client.get(address).text)
    assert template
    made = submit(client, address, template=template[1], title="年度合同", goods="纸张")
    assert made.location is not None
    return f"{made.location}/edit"


def a_route(_: FlaskClient) -> str:
    place = {"step": 1, "seat": SeatOf.GENERAL_MANAGER}
    facts = {"name": "老路线", "kind": ContractKind.ROUTINE, "places": [place]}
    manager = a_user(Role.GENERAL_MANAGER).as_actor()
    return f"/routes/{make_route(facts, actor=manager, now=clock.now()).key}/edit"


def the_company(client: FlaskClient) -> str:
    assert submit(client, "/templates/company", name="甲公司", bank="老银行", seen=0).location
    return "/templates/company"


def an_attachment(client: FlaskClient) -> str:
    file = (BytesIO(ugly.a_jpeg()), "scan.jpg")
    received = submit(client, "/intake/upload", page="/intake", file=file).json or {}
    filed = submit(
        client, f"/intake/{received['key']}/file", page="/intake", customer=a_customer().key,
        kind="licence", title="老题名",
    ).json or {}  # fmt: skip
    return f"{filed['link']}/edit"


def a_plan(_: FlaskClient) -> str:
    plan = open_plan(
        a_customer("甲公司"), actor=a_user(Role.SALES_MANAGER).as_actor(), now=clock.now(),
        why="有稳定的货量。", planned_until=date(2027, 1, 1),
    )  # fmt: skip
    return f"/development/{plan.number}/edit"


def a_loss(_: FlaskClient) -> str:
    loss = record_loss(
        a_customer("甲公司"), actor=a_user(Role.SALES_MANAGER).as_actor(), now=clock.now(),
        cause=LossCause.PRICE, lost_since=date(2026, 1, 5), analysis="报价偏高。", went_to="不详",
    )  # fmt: skip
    return f"/losses/{loss.number}/edit"


def a_scheme(_: FlaskClient) -> str:
    scheme = open_scheme(
        a_customer("甲公司"), actor=a_user(Role.SALES_MANAGER).as_actor(), now=clock.now(),
        content="每周三班。", goods="纸张",
    )  # fmt: skip
    return f"/schemes/{scheme.number}/edit"


def a_private_note(_: FlaskClient) -> str:
    customer = a_customer("甲公司", contacts=[{"name": "周敏"}])
    note = write_personal(
        customer, "周敏", actor=a_user(Role.SALES_MANAGER).as_actor(), now=clock.now(),
        birthday="3月5日",
    )  # fmt: skip
    return f"/customers/{customer.archive_number}/personal/{note.key}/edit"


def a_cooperation(_: FlaskClient) -> str:
    customer = a_customer("甲公司", cooperation_started_on=date(2020, 1, 1))
    return f"/customers/{customer.archive_number}/cooperation"


def some_measures(_: FlaskClient) -> str:
    install_shipped(now=clock.now())
    return "/measures/contribution/ordinary"


def a_retention_rule(client: FlaskClient) -> str:
    furnish_rules(a_user(Role.GENERAL_MANAGER).as_actor(), clock.now())
    letter = {"years": "5", "basis": "document", "reason": "按公司规定"}
    address = "/retention/letter/edit"
    assert submit(client, address, seen=seen_on(client, address), **letter).location
    return address


def the_arrangements(client: FlaskClient) -> str:
    assert submit(client, "/channels/arrangements", morning_at="8:00", seen=0).location
    return "/channels/arrangements"


OF_ROWS_ALONE = {SynonymsInput, YearInput}
"""Whose only field holds rows: what two people do to them is tested in their chapters."""
OF_ONE_PERSON = {ViewInput}
"""That nobody but its owner edits."""
HEARD = f"{clock.local(clock.now()):%Y}-01-05T10:00"
KINDS: dict[type[Input], Kind] = {
    PersonInput: Kind(
        Role.ADMINISTRATOR, a_person, {"name": "陈晓", "roles": "staff"},
        "department", "部门", "老部门", "一部", "二部", wrong={"name": ""},
    ),
    ArchiveInput: Kind(
        Role.CUSTODIAN, an_archive, {"name": "甲公司", "relationship": "potential"},
        "address", "地址", "老地址", "第一人的地址", "第二人的地址", wrong={"name": ""},
    ),
    DeskInput: Kind(
        Role.CUSTOMER_SERVICE, a_complaint_heard,
        {"form": "complaint", "heard_at": HEARD, "content": "到货晚了一天。"},
        "waybill_number", "运单号", "YD-1", "YD-2", "YD-3", wrong={"content": ""},
    ),
    VisitInput: Kind(
        Role.SALES_MANAGER, a_visit_made,
        {"kind": "routine", "visited_at": HEARD, "purpose": "了解下半年货量", "visitors": "老李"},
        "place", "地点", "客户办公室", "客户仓库", "港口", wrong={"purpose": ""},
    ),
    ContractInput: Kind(
        Role.SALES_MANAGER, a_draft, {"title": "年度合同"},
        "goods", "货物名称", "纸张", "木材", "钢材", wrong={"title": ""},
    ),
    RouteInput: Kind(
        Role.GENERAL_MANAGER, a_route,
        {"kind": "routine", "is_in_use": "true", "places-0-step": "1",
         "places-0-seat": "general_manager", "places-0-mode": "all", "places-0-days": "2"},
        "name", "路线名称", "老路线", "第一条", "第二条", wrong={"places-0-days": "很久"},
    ),
    OwnCompanyInput: Kind(
        Role.ADMINISTRATOR, the_company, {"name": "甲公司"},
        "bank", "开户银行", "老银行", "第一银行", "第二银行", wrong={"email": "无"},
    ),
    ArrangementsInput: Kind(
        Role.ADMINISTRATOR, the_arrangements, {},
        "morning_at", "早晨汇总的时间", "08:00", "09:00", "10:00", wrong={"quiet_from": "22"},
    ),
    PlanInput: Kind(
        Role.SALES_MANAGER, a_plan, {"why": "有稳定的货量。"},
        "planned_until", "计划完成日期", "2027-01-01", "2027-02-01", "2027-03-01",
        wrong={"why": ""},
    ),
    LossInput: Kind(
        Role.SALES_MANAGER, a_loss,
        {"cause": "price", "lost_since": "2026-01-05", "analysis": "报价偏高。"},
        "went_to", "流向何处", "不详", "另一家", "自有车队", wrong={"analysis": ""},
    ),
    PersonalInput: Kind(
        Role.SALES_MANAGER, a_private_note, {},
        "birthday", "生日", "3月5日", "3月6日", "3月7日", wrong={"preferences": "爱" * 501},
        words=("—", "", ""),  # what it was before is held by no trail
    ),
    RevisionInput: Kind(
        Role.SALES_MANAGER, a_scheme, {"content": "每周三班。", "reason": "换了货物"},
        "goods", "承运货物", "纸张", "木材", "钢材", wrong={"content": ""},
    ),
    CooperationInput: Kind(
        Role.CUSTODIAN, a_cooperation, {"reason": "首批货物的运单"},
        "cooperation_started_on", "合作起始日期", "2020-01-01", "2020-02-01", "2020-03-01",
        wrong={"reason": ""},
    ),
    MeasuresInput: Kind(
        Role.SALES_MANAGER, some_measures, {"letter_days": "180"},
        "visit_days", "拜访间隔（天）", "180", "90", "60", wrong={"letter_days": "很久"},
    ),
    RetentionInput: Kind(
        Role.GENERAL_MANAGER, a_retention_rule, {"basis": "document", "reason": "按公司规定"},
        "years", "保管年数", "5", "8", "10", wrong={"basis": ""},
    ),
    CorrectionInput: Kind(
        Role.CUSTODIAN, an_attachment,
        {"kind": "licence", "title": "老题名", "reason": "登记错了"},
        "confidentiality", "密级", "confidential", "internal", "", wrong={"kind": ""},
        words=("秘密", "内部", "（空）"),
    ),
}  # fmt: skip


@pytest.fixture(params=KINDS, ids=lambda model: str(model.__name__))
def kind(request: pytest.FixtureRequest, empty_site: Flask, parts: Seams, now: datetime) -> Kind:
    install_shipped_templates(now=now, blobs=parts.blobs, docgen=parts.docgen)
    return KINDS[request.param]


def test_every_kind_that_is_edited_on_a_page_is_tried_here(site: Flask) -> None:
    modules = [module for name, module in sys.modules.items() if name.startswith("archive.")]
    declared = {
        each.model: name
        for module in modules
        for name, each in vars(module).items()
        if isinstance(each, Editing)
    }
    assert set(declared) == set(KINDS) | OF_ROWS_ALONE | OF_ONE_PERSON


def template_of(client: FlaskClient, address: str) -> Typed:
    """What a page posts besides, as it is chosen there: a draft's template, a plan's owner."""
    page = client.get(address).text
    template = re.search(r'name="template">\s*<option value="(\w+)"', page)
    owner = re.search(r'name="owner".*?<option value="(\w+)" selected', page, re.DOTALL)
    found = {"template": template, "owner": owner}
    return {name: chosen[1] for name, chosen in found.items() if chosen}


def seen_on(client: FlaskClient, address: str) -> str:
    found = SEEN.search(client.get(address).text)
    assert found
    return found[1]


def hidden_on(page: str) -> list[tuple[str, str]]:
    """What the page of a conflict posts again, unseen."""
    form = page.partition('<form class="list"')[2]
    pairs = [(name, html.unescape(value)) for name, value in HIDDEN.findall(form)]
    return [pair for pair in pairs if pair[0] not in ("csrf_token", "form_key", "seen")]


def versions_on(page: str) -> dict[str, list[str]]:
    """Each field in conflict: how it was, the other one's version, one's own."""
    rows = {}
    for row in ROW.findall(page):
        cells = [re.sub(r"<[^>]*>", "", cell).strip() for cell in CELL.findall(f"<th>{row}")]
        rows[cells[0].split()[0]] = cells[1:]
    return rows


@dataclass(frozen=True)
class Contest:
    """Two people who have opened the same record; the first has saved."""

    kind: Kind
    address: str
    second: FlaskClient
    typed: Typed
    seen: str

    def save(self, **typed: Any) -> Any:
        """The second one saves *typed*."""
        return submit(self.second, self.address, **{**self.typed, "seen": self.seen, **typed})

    def held(self) -> str:
        """What the record holds of the field now, as the form shows it."""
        page = self.second.get(self.address).text
        text = re.search(rf'id="f-{self.kind.field}"[^>]*value="([^"]*)"', page)
        chosen = re.search(
            rf'id="f-{self.kind.field}".*?<option value="(\w*)" selected', page, re.DOTALL
        )
        found = text or chosen
        return html.unescape(found[1]) if found else ""


@pytest.fixture
def contest(kind: Kind, client_as: ClientAs) -> Contest:
    first = client_as(user=a_user(kind.role, name="先存的人"))
    second = client_as(user=a_user(kind.role, name="后存的人"))
    address = kind.make(second)
    typed = {**kind.typed, **template_of(second, address)}
    seen = seen_on(second, address)
    saved = submit(first, address, **typed, **{kind.field: kind.theirs}, seen=seen)
    assert saved.status_code == 302
    return Contest(kind, address, second, typed, seen)


def test_the_second_sees_both_versions_in_words_and_who_saved(contest: Contest) -> None:
    kind = contest.kind
    answer = contest.save(**{kind.field: kind.yours})
    assert answer.status_code == 409
    assert versions_on(answer.text) == {kind.label: kind.shown}
    assert "先存的人已保存了新的内容" in answer.text
    assert "对方保存于" in answer.text
    assert f'name="seen" value="{int(contest.seen) + 1}"' in answer.text
    assert contest.held() == kind.theirs


def test_all_that_was_typed_goes_along_and_the_choice_is_saved(contest: Contest) -> None:
    kind = contest.kind
    page = contest.save(**{kind.field: kind.yours}).text
    posted = dict(hidden_on(page))
    assert posted == {**contest.typed, kind.field: kind.yours}
    newer = int(contest.seen) + 1
    for kept, held in (("theirs", kind.theirs), ("yours", kind.yours)):
        chosen = {f"keep-{kind.field}": kept, "seen": str(newer)}
        assert contest.save(**{**posted, **chosen}).status_code == 302
        assert contest.held() == (held or kind.before)  # attachments: as the kind of paper asks
        newer = int(seen_on(contest.second, contest.address))


def test_what_was_left_to_the_other_stays_theirs_on_a_form_that_comes_back(
    contest: Contest,
) -> None:
    kind = contest.kind
    chosen = {f"keep-{kind.field}": "theirs", "seen": str(int(contest.seen) + 1)}
    answer = contest.save(**{kind.field: kind.yours, **chosen, **kind.wrong})
    assert answer.status_code == 422
    again = answer.text
    assert re.search(
        rf'id="f-{kind.field}"(?:[^>]*value="{kind.theirs}"|.*?<option value="{kind.theirs}" sel)',
        again,
        re.DOTALL,
    )
    assert f'name="seen" value="{int(contest.seen) + 1}"' in again


def test_what_was_left_to_the_other_follows_a_third_who_saves(
    contest: Contest, client_as: ClientAs
) -> None:
    kind = contest.kind
    third = client_as(user=a_user(kind.role, name="又一个人"))
    changed = {**contest.typed, kind.field: kind.before}
    newer = seen_on(third, contest.address)
    assert submit(third, contest.address, **changed, seen=newer).status_code == 302
    chosen = {f"keep-{kind.field}": "theirs", "seen": newer}
    answer = contest.save(**{kind.field: kind.yours, **chosen})
    assert answer.status_code == 409
    assert "又一个人已保存了新的内容" in answer.text
    assert "您的内容与现在的相同" in answer.text
    assert dict(hidden_on(answer.text))[kind.field] == kind.before


def test_something_to_correct_gives_back_all_that_was_typed(contest: Contest) -> None:
    kind = contest.kind
    answer = contest.save(**{kind.field: kind.theirs, **kind.wrong})
    assert answer.status_code == 422
    assert "还没有保存，请先改正以下内容" in answer.text
    assert f'name="seen" value="{contest.seen}"' in answer.text


# Telephone numbers


@pytest.mark.parametrize(
    ("role", "make", "typed", "field", "action"),
    [
        (
            Role.CUSTODIAN,
            lambda: f"/customers/{a_customer('甲公司', phone='13800001234').archive_number}/edit",
            {"name": "甲公司", "relationship": "potential"},
            "phone",
            "customer.phones_revealed",
        ),
        (
            Role.CUSTOMER_SERVICE,
            lambda: f"/complaints/{a_complaint(complainant_phone='13800001234').number}/edit",
            KINDS[DeskInput].typed,
            "complainant_phone",
            "complaint.phone_revealed",
        ),
    ],
    ids=["customers", "complaints"],
)
def test_numbers_at_a_conflict_are_shown_in_full_and_the_look_is_recorded(
    client_as: ClientAs,
    role: Role,
    make: Callable[[], str],
    typed: Typed,
    field: str,
    action: str,
) -> None:
    address, client = make(), client_as(role)
    submit(client, address, page="/", **typed, **{field: "13899991234"}, seen=1)
    assert TrailEntry.objects(action=action).count() == 0
    told = submit(client, address, page="/", **typed, **{field: "13877771234"}, seen=1)
    assert told.status_code == 409
    for number in ("13800001234", "13899991234", "13877771234"):
        assert number in told.text
    assert TrailEntry.objects(action=action).count() == 1


def test_a_conflict_that_shows_no_number_is_no_look(client_as: ClientAs) -> None:
    customer = a_customer("甲公司", phone="13800001234")
    address, client = f"/customers/{customer.archive_number}/edit", client_as(Role.CUSTODIAN)
    typed = {"name": "甲公司", "relationship": "potential", "phone": "13800001234"}
    submit(client, address, page="/", **typed, address="一", seen=1)
    told = submit(client, address, page="/", **typed, address="二", seen=1)
    assert told.status_code == 409
    assert TrailEntry.objects(action="customer.phones_revealed").count() == 0


@pytest.mark.parametrize("status", [409, 422])
def test_numbers_left_to_the_other_come_back_to_the_page_as_a_look(
    client_as: ClientAs, status: int
) -> None:
    customer = a_customer("甲公司", phone="13800001234")
    address, client = f"/customers/{customer.archive_number}/edit", client_as(Role.CUSTODIAN)
    typed = {"name": "甲公司" if status == 409 else "", "relationship": "potential"}
    told = submit(
        client, address, page="/", **typed, address="一", seen=9, **{"keep-phone": "theirs"}
    )
    assert told.status_code == status
    assert "13800001234" in told.text
    assert TrailEntry.objects(action="customer.phones_revealed").count() == 1


PLAIN = Editing[Customer](
    model=ArchiveInput,
    right=Right.EDIT_CUSTOMER,
    verb=edit_archive,
    title="测试",
    name=lambda customer: customer.name,
    address=lambda _: "/",
    crumbs=lambda _: [],
    reveal=reveal_phones,
)


def test_whoever_may_edit_but_not_see_numbers_gets_them_masked_and_not_confused(
    in_app: Flask,
) -> None:
    customer = a_customer("甲公司", phone="13800001234")
    edit_archive(
        customer, actor=a_user(Role.CUSTODIAN).as_actor(), now=clock.now(), seen=1,
        name="甲公司", phone="13899991234",
    )  # fmt: skip
    editor = Actor("x", "x", "编辑", grants={Right.EDIT_CUSTOMER: frozenset({Scope.ALL})})
    typed = {"name": "甲公司", "phone": "13877771234", "seen": "1"}
    with in_app.test_request_context(method="POST", data=typed):
        g.actor = editor
        page, status = answered(PLAIN.save(Customer.find(customer.key)))
    assert status == 409
    shown = versions_on(page)["电话"]
    assert shown == ["138****1234", "138****1234", "13877771234"]
    for number in ("13800001234", "13899991234"):
        assert number not in page
    both = re.search(r'name="keep-phone" value="theirs"( checked)?( required)?', page)
    assert both and both.groups() == (None, " required")
    assert TrailEntry.objects.count() == 0


def answered(answer: object) -> tuple[str, int]:
    assert isinstance(answer, tuple)
    return answer


class NumberInput(Input):
    """An input with a telephone number in its rows."""

    phone: Phone | None = asked("电话", None)


class RowsInput(Input):
    """An input that holds others."""

    name: str = asked("名称")
    rows: list[NumberInput] = asked("各行", [])


def test_a_kind_with_numbers_must_say_how_a_look_is_recorded() -> None:
    with pytest.raises(TypeError, match="reveal"):
        Editing[Customer](
            model=RowsInput,
            right=Right.EDIT_CUSTOMER,
            verb=edit_archive,
            title="测试",
            name=lambda _: "",
            address=lambda _: "/",
            crumbs=lambda _: [],
        )


# What is nobody's mistake


def test_a_store_that_is_unavailable_while_saving_is_no_fault_of_the_form(in_app: Flask) -> None:
    def lose_the_database(*_: object, **__: object) -> Customer:
        raise DatabaseAway()

    customer, editing = a_customer("甲公司"), replace(PLAIN, verb=lose_the_database)
    with in_app.test_request_context(method="POST", data={"name": "甲公司", "seen": "1"}):
        g.actor = a_user(Role.CUSTODIAN).as_actor()
        with pytest.raises(DatabaseAway):
            editing.save(customer)


def test_whoever_may_not_edit_the_record_is_turned_away_before_anything_is_read(
    client_as: ClientAs,
) -> None:
    visit = a_visit(a_customer(salesperson=a_user(Role.SALESPERSON)))
    client = client_as(Role.SALESPERSON)
    answer = submit(client, f"/visits/{visit.number}/edit", page="/", purpose="", seen=1)
    assert answer.status_code == 403
    assert visit.number not in answer.text
