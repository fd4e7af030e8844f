"""The pages of visits and complaints, as each role meets them."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Actor, Role
from archive.communication.models import Complaint, Visit
from archive.communication.rules.complaints import Channel, ComplaintForm, ComplaintStatus, Reply
from archive.communication.rules.visits import VisitKind, VisitStatus
from archive.communication.service import complaints, visits
from archive.seams import Seams
from archive.search.index_folder import IndexFolder
from tests.browser import submit
from tests.builders import a_complaint, a_customer, a_user, a_visit

ClientAs = Callable[..., FlaskClient]
ActorAs = Callable[..., Actor]

VISIT = {"kind": "routine", "visited_at": "2026-03-16T10:30", "purpose": "了解下半年货量"}
COMPLAINT = {"form": "oral", "heard_at": "2026-03-16T09:00", "content": "司机态度差。"}


def seen_on(client: FlaskClient, url: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', client.get(url).get_data(as_text=True))
    assert found, url
    return found[1]


@pytest.mark.parametrize(
    ("role", "lists", "records"),
    [
        (Role.STAFF, False, False),
        (Role.SALESPERSON, True, True),
        (Role.SALES_MANAGER, True, True),
        (Role.OPERATIONS_MANAGER, False, False),
        (Role.REVIEWER, False, False),
        (Role.CUSTOMER_SERVICE, True, False),
        (Role.CUSTODIAN, True, False),
        (Role.GENERAL_MANAGER, True, False),
        (Role.AUDITOR, False, False),
        (Role.ADMINISTRATOR, False, False),
    ],
)
def test_who_lists_and_who_records_visits(
    client_as: ClientAs, role: Role, lists: bool, records: bool
) -> None:
    client = client_as(role)
    assert client.get("/visits").status_code == (200 if lists else 403)
    assert client.get("/visits/new").status_code == (200 if records else 403)


@pytest.mark.parametrize("role", list(Role))
def test_every_employee_may_record_a_complaint_but_auditor_and_administrator(
    client_as: ClientAs, role: Role
) -> None:
    expected = 403 if role in (Role.AUDITOR, Role.ADMINISTRATOR) else 200
    client = client_as(role)
    assert client.get("/complaints").status_code == expected
    assert client.get("/complaints/new").status_code == expected


def test_a_visit_is_recorded_from_the_customer_s_page_on_the_company_s_clock(
    client_as: ClientAs,
) -> None:
    mine = a_user(Role.SALESPERSON)
    customer = a_customer("蓝湾电器有限公司", salesperson=mine)
    url = f"/customers/{customer.archive_number}/visits/new"
    answer = submit(client_as(user=mine), url, **VISIT, visitors=f"{mine.name}\n老李")
    visit = Visit.objects.get()
    assert answer.status_code == 302
    assert clock.local(visit.visited_at).isoformat() == "2026-03-16T10:30:00+08:00"
    assert (visit.customer_id, visit.visitors) == (customer.id, [mine.name, "老李"])


def test_a_visit_is_recorded_for_a_customer_chosen_from_the_list(client_as: ClientAs) -> None:
    customer = a_customer("蓝湾电器有限公司")
    client = client_as(Role.SALES_MANAGER)
    [offer] = client.get("/customers/suggest?openable=yes&q=lwdq").get_json()
    submit(client, "/visits/new", **VISIT, customer_name=offer["text"])
    assert Visit.objects.get().customer_id == customer.id


def test_an_unknown_customer_is_said_at_the_field_and_nothing_typed_is_lost(
    client_as: ClientAs,
) -> None:
    answer = submit(
        client_as(Role.SALES_MANAGER), "/visits/new", **VISIT, customer_name="没有的公司"
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "没有找到客户“没有的公司”" in page
    assert "了解下半年货量" in page


def test_a_salesperson_is_turned_away_from_another_s_customer(client_as: ClientAs) -> None:
    customer = a_customer()
    client = client_as(Role.SALESPERSON)
    url = f"/customers/{customer.archive_number}/visits/new"
    assert client.get(url).status_code == 403
    assert submit(client, url, page="/visits/new", **VISIT).status_code == 403
    assert Visit.objects.count() == 0


def test_lists_hold_only_what_the_person_may_open(client_as: ClientAs) -> None:
    mine = a_user(Role.SALESPERSON)
    a_visit(a_customer(salesperson=mine), purpose="我的拜访")
    a_visit(purpose="别人的拜访")
    a_complaint(a_customer(salesperson=mine), content="我的客户的抱怨")
    a_complaint(content="别人的抱怨")
    client = client_as(user=mine)
    visits_page = client.get("/visits").get_data(as_text=True)
    complaints_page = client.get("/complaints").get_data(as_text=True)
    assert "我的拜访" in visits_page
    assert "别人的拜访" not in visits_page
    assert "我的客户的抱怨" in complaints_page
    assert "别人的抱怨" not in complaints_page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=端午", {"端午慰问"}),
        ("q=蓝湾", {"端午慰问"}),
        ("q=lwdq", {"端午慰问"}),
        ("kind=business", {"磋商运价"}),
        ("status=closed", {"端午慰问"}),
        ("since=2026-03-01&until=2026-03-16", {"磋商运价"}),
        ("since=nonsense", {"端午慰问", "磋商运价"}),
        ("person=老李", {"磋商运价"}),
    ],
)
def test_visits_are_filtered_by_text_kind_person_and_date(
    client_as: ClientAs,
    actor_as: ActorAs,
    index_all: Callable[[], None],
    query: str,
    found: set[str],
) -> None:
    manager = actor_as(Role.SALES_MANAGER)
    march = clock.start_of(clock.local_day(clock.now()).replace(year=2026, month=3, day=16))
    june = march.replace(month=6, day=1)
    done = a_visit(
        a_customer("蓝湾电器有限公司"),
        actor=manager,
        purpose="端午慰问",
        kind=VisitKind.HOLIDAY,
        visited_at=june,
    )
    visits.close_visit(done, actor=manager, now=june)
    a_visit(purpose="磋商运价", kind=VisitKind.BUSINESS, visited_at=march, visitors=["老李"])
    index_all()
    page = client_as(Role.SALES_MANAGER).get(f"/visits?{query}").get_data(as_text=True)
    assert {name for name in ("端午慰问", "磋商运价") if name in page} == found


def test_a_business_visit_shows_which_steps_are_written_and_refuses_to_close(
    client_as: ClientAs,
) -> None:
    visit = a_visit(kind=VisitKind.BUSINESS, goals="恢复货量", solutions="组合方案")
    client = client_as(Role.SALES_MANAGER)
    page = client.get(f"/visits/{visit.number}").get_data(as_text=True)
    assert page.count("已有书面记录") == 2
    assert page.count("还没有书面记录") == 3
    refusal = submit(client, f"/visits/{visit.number}/close", page=f"/visits/{visit.number}")
    assert refusal.status_code == 422
    assert "第 3、4、5 步" in refusal.get_data(as_text=True)
    assert Visit.find(visit.key).status is VisitStatus.OPEN


def test_the_recorder_s_page_says_to_make_no_promise(client_as: ClientAs) -> None:
    client = client_as(Role.STAFF)
    assert "不作任何承诺" in client.get("/complaints/new").get_data(as_text=True)
    answer = submit(client, "/complaints/new", **COMPLAINT, customer_name="路边的张老板")
    page = client.get(answer.location).get_data(as_text=True)
    assert "不作任何承诺" in page
    assert "路边的张老板" in page


def test_a_telephone_number_is_masked_until_someone_with_the_right_asks(
    client_as: ClientAs,
) -> None:
    complaint = a_complaint(complainant_phone="13800001234")
    url = f"/complaints/{complaint.number}"
    custodian = client_as(Role.CUSTODIAN)
    page = custodian.get(url).get_data(as_text=True)
    assert "138****1234" in page
    assert "13800001234" not in page
    assert "13800001234" in submit(custodian, f"{url}/phone", page=url).get_data(as_text=True)
    manager = client_as(Role.OPERATIONS_MANAGER)
    assert submit(manager, f"{url}/phone", page=url).status_code == 403


def test_the_desk_accepts_replies_and_closes(client_as: ClientAs) -> None:
    complaint = a_complaint()
    url, desk = f"/complaints/{complaint.number}", client_as(Role.CUSTOMER_SERVICE)
    submit(desk, f"{url}/accept", page=url)
    page = desk.get(url).get_data(as_text=True)
    assert "还剩 47 小时" in page
    at = f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}"
    reply = {"replied_at": at, "channel": "phone", "text": "已查明，系装车延误。"}
    submit(desk, f"{url}/replies", page=url, reply="result", **reply)
    submit(desk, f"{url}/close", page=url, reaction="客户表示接受")
    known = Complaint.find(complaint.key)
    assert known.status is ComplaintStatus.CLOSED
    assert known.reaction == "客户表示接受"


def test_closing_before_the_result_was_told_is_refused_on_the_page(client_as: ClientAs) -> None:
    complaint = a_complaint()
    url, desk = f"/complaints/{complaint.number}", client_as(Role.CUSTOMER_SERVICE)
    submit(desk, f"{url}/accept", page=url)
    refusal = submit(desk, f"{url}/close", page=url, reaction="满意")
    assert refusal.status_code == 422
    assert Complaint.find(complaint.key).status is ComplaintStatus.ACCEPTED


def test_the_desk_s_second_saver_sees_both_versions(client_as: ClientAs) -> None:
    complaint = a_complaint(content="原话")
    url = f"/complaints/{complaint.number}/edit"
    first, second = client_as(Role.CUSTOMER_SERVICE), client_as(Role.CUSTOMER_SERVICE)
    seen = seen_on(second, url)
    typed = {"form": "complaint", "heard_at": "2026-03-16T09:00"}
    assert submit(first, url, **typed, content="甲的补充", seen=seen).status_code == 302
    told = submit(second, url, **typed, content="乙的补充", seen=seen)
    page = told.get_data(as_text=True)
    assert told.status_code == 409
    assert all(text in page for text in ("原话", "甲的补充", "乙的补充"))


def test_the_tabs_hold_what_waits_what_is_late_and_what_is_closed(
    client_as: ClientAs, actor_as: ActorAs
) -> None:
    desk, now = actor_as(Role.CUSTOMER_SERVICE), clock.now()
    a_complaint(content="等受理的")
    late = a_complaint(content="超时的")
    complaints.accept_complaint(late, actor=desk, now=now.replace(year=now.year - 1))
    client = client_as(Role.CUSTOMER_SERVICE)
    for tab, expected in {
        "waiting": ["等受理的"],
        "late": ["超时的"],
        "all": ["等受理的", "超时的"],
    }.items():
        page = client.get(f"/complaints?tab={tab}").get_data(as_text=True)
        assert [text for text in ("等受理的", "超时的") if text in page] == expected


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("path", ["/visits", "/complaints"])
def test_lists_are_exported(client_as: ClientAs, path: str, kind: str) -> None:
    a_visit(purpose="端午慰问")
    a_complaint(content="司机态度差")
    answer = client_as(Role.SALES_MANAGER).get(f"{path}?export={kind}")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    if kind == "csv":
        text = answer.get_data(as_text=True)
        assert "端午慰问" in text or "司机态度差" in text


@pytest.mark.parametrize("path", ["/visits", "/visits/new", "/complaints", "/complaints/new"])
def test_nothing_chinese_is_left_in_the_english_pages(client_as: ClientAs, path: str) -> None:
    client = client_as(Role.SALES_MANAGER)
    submit(client, "/language", page="/visits", language="en")
    page = client.get(path).get_data(as_text=True)
    main = page[page.index("<main") : page.index("</main>")]
    left = re.findall(r"[\u4e00-\u9fff]+", re.sub(r'value="[^"]*"|员工\d+', "", main))
    assert left == []


def test_a_list_whose_index_is_missing_says_so_and_still_finds_a_number(
    client_as: ClientAs, parts: Seams, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = a_visit(purpose="端午慰问")
    other = a_visit(purpose="别的目的")
    monkeypatch.setattr(parts.search, "_folder", IndexFolder(parts.settings.var / "no index", "v1"))
    page = client_as(Role.SALES_MANAGER).get(f"/visits?q={visit.number}").get_data(as_text=True)
    assert "只按编号查找" in page
    assert "端午慰问" in page
    assert other.number not in page


def test_a_number_that_is_closed_is_found_from_the_default_tab_and_that_is_said(
    client_as: ClientAs, actor_as: ActorAs
) -> None:
    desk, now = actor_as(Role.CUSTOMER_SERVICE), clock.now()
    closed = a_complaint(content="已经了结的")
    a_complaint(content="还开着的")
    complaints.accept_complaint(closed, actor=desk, now=now)
    complaints.note_reply(
        closed, reply=Reply.RESULT, replied_at=now, channel=Channel.PHONE, text="已赔付。",
        actor=desk, now=now,
    )  # fmt: skip
    complaints.close_complaint(closed, "满意", actor=desk, now=now)
    client = client_as(Role.CUSTOMER_SERVICE)
    page = client.get(f"/complaints?q={closed.number}").get_data(as_text=True)
    assert "已经了结的" in page
    assert "“未结案”中没有符合的抱怨" in page
    both = client.get("/complaints?form=complaint").get_data(as_text=True)
    assert "已经了结的" not in both
    assert "另有 1 件符合的不在“未结案”中" in both


@pytest.mark.parametrize("form", [ComplaintForm.CLAIM, ComplaintForm.COMPLAINT])
def test_a_complaint_shows_the_clocks_of_its_own_kind_before_it_is_accepted(
    client_as: ClientAs, form: ComplaintForm
) -> None:
    complaint = a_complaint(form=form)
    url, desk = f"/complaints/{complaint.number}", client_as(Role.CUSTOMER_SERVICE)
    page = desk.get(url).get_data(as_text=True)
    is_claim = form is ComplaintForm.CLAIM
    assert ("48 小时" in page) is not is_claim
    assert ("客户证明材料齐全时起三天内" in page) is is_claim
    submit(desk, f"{url}/accept", page=url)
    assert ("客户证明材料齐全后开始计时" in desk.get(url).get_data(as_text=True)) is is_claim


def test_a_complaint_is_given_to_another_of_the_desk(client_as: ClientAs) -> None:
    complaint, other = a_complaint(), a_user(Role.CUSTOMER_SERVICE, name="王客服")
    url, desk = f"/complaints/{complaint.number}", client_as(Role.CUSTOMER_SERVICE)
    form = f"{url}/handler"
    assert "王客服" in desk.get(form).get_data(as_text=True)
    assert submit(desk, form, page=form, handler="x").status_code == 422
    submit(desk, form, page=form, handler=other.key)
    assert "王客服 现在负责这件抱怨" in desk.get(url).get_data(as_text=True)
    assert "受理客户抱怨" in client_as(user=other).get("/").get_data(as_text=True)
    assert "没有等您处理的事" in desk.get("/").get_data(as_text=True)
