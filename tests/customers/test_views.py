"""The pages of the customer's archive, asked for as a browser does."""

import re
import tempfile
from collections.abc import Callable
from io import BytesIO
from typing import IO, Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from archive.accounts.models import User
from archive.actor import Role
from archive.customers.models import Customer
from archive.trail.models import TrailEntry
from tests.browser import submit
from tests.builders import a_customer, a_user

ClientAs = Callable[..., FlaskClient]


@pytest.fixture
def seller(empty_site: object) -> User:
    return a_user(Role.SALESPERSON, name="陈晓")


@pytest.fixture
def custodian(client_as: ClientAs) -> FlaskClient:
    return client_as(Role.CUSTODIAN)


def page(client: FlaskClient, url: str) -> str:
    shown = client.get(url)
    assert shown.status_code == 200, f"{url} answered {shown.status_code}"
    return shown.get_data(as_text=True)


def typed(**facts: Any) -> dict[str, Any]:
    return {"relationship": "potential", **facts}


# Opening an archive


def test_an_archive_is_opened_and_its_number_told(custodian: FlaskClient) -> None:
    answer = submit(custodian, "/customers/new", **typed(name="华盛货运有限公司"))
    assert answer.status_code == 302
    customer = Customer.objects.get()
    assert answer.headers["Location"] == f"/customers/{customer.archive_number}"
    assert customer.archive_number in page(custodian, answer.headers["Location"])


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    custodian: FlaskClient,
) -> None:
    answer = submit(
        custodian,
        "/customers/new",
        **typed(name="", credit_code="91110", phone="不知道", address="福田区 1 号"),
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "请填写此项。" in text
    assert "应为 18 位" in text
    assert "请填写有效的电话号码" in text
    assert 'value="福田区 1 号"' in text
    assert 'value="91110"' in text
    assert Customer.objects.count() == 0


def test_rows_come_back_as_they_were_typed_with_the_fault_in_its_row(
    custodian: FlaskClient,
) -> None:
    rows = {
        "contacts-0-name": "王经理",
        "contacts-0-phone": "13800001234",
        "contacts-1004-name": "",
        "contacts-1004-phone": "不是号码",
        "flows-0-origin": "深圳",
        "flows-0-destination": "成都",
        "flows-0-monthly_tonnes": "12.345",
    }
    answer = submit(custodian, "/customers/new", **typed(name="甲公司", **rows))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for name, value in rows.items():
        assert re.search(rf'name="{name}"[^>]*value="{value}"', text), name
    assert 'id="f-contacts-1004-name"' in text
    assert "最多 2 位小数。" in text


def test_rows_are_kept_with_the_customer(custodian: FlaskClient) -> None:
    submit(
        custodian,
        "/customers/new",
        **typed(
            name="甲公司",
            **{
                "contacts-0-name": "王经理",
                "contacts-0-is_responsible": "true",
                "contacts-7-name": "李助理",
                "contacts-9-name": "",
                "former_names": "甲厂\r\n\r\n甲商行",
            },
        ),
    )
    customer = Customer.objects.get()
    assert [each.name for each in customer.contacts] == ["王经理", "李助理"]
    assert customer.responsible_contact.name == "王经理"
    assert customer.former_names == ["甲厂", "甲商行"]


def test_a_doubtful_check_character_is_kept_and_pointed_out(custodian: FlaskClient) -> None:
    answer = submit(
        custodian, "/customers/new", **typed(name="甲公司", credit_code="91110000600037341M")
    )
    assert answer.status_code == 302
    assert "校验位不符" in page(custodian, answer.headers["Location"])


def test_a_like_name_is_shown_once_and_goes_on_when_the_person_says_so(
    custodian: FlaskClient,
) -> None:
    a_customer("广东华盛货运有限公司")
    given = typed(name="华盛货运股份有限公司", address="新地址")
    stopped = submit(custodian, "/customers/new", **given)
    assert stopped.status_code == 409
    text = stopped.get_data(as_text=True)
    assert "广东华盛货运有限公司" in text
    assert 'value="新地址"' in text
    gone_on = submit(custodian, "/customers/new", **given, is_another_company="true")
    assert gone_on.status_code == 302
    assert Customer.objects.count() == 2


def test_the_like_names_of_anothers_customers_show_no_archive_number(
    client_as: ClientAs, seller: User
) -> None:
    other = a_customer("广东华盛货运有限公司")
    stopped = submit(client_as(user=seller), "/customers/new", **typed(name="华盛货运股份有限公司"))
    text = stopped.get_data(as_text=True)
    assert other.customer_code in text
    assert other.archive_number not in text


def test_a_known_credit_code_is_refused_and_names_its_customer(custodian: FlaskClient) -> None:
    a_customer("甲公司", credit_code="91110000600037341L")
    answer = submit(
        custodian, "/customers/new", **typed(name="乙公司", credit_code="91110000600037341L")
    )
    assert answer.status_code == 422
    assert "甲公司" in answer.get_data(as_text=True)
    assert Customer.objects.count() == 1


def test_a_salespersons_new_customer_is_their_own(client_as: ClientAs, seller: User) -> None:
    submit(client_as(user=seller), "/customers/new", **typed(name="甲公司"))
    assert Customer.objects.get().salesperson_id == seller.id


# Editing it


def test_an_edit_changes_what_was_typed_and_keeps_the_rest(custodian: FlaskClient) -> None:
    customer = a_customer("甲公司", address="老地址", phone="0755-12345678")
    url = f"/customers/{customer.archive_number}/edit"
    answer = submit(
        custodian, url, **typed(name="甲公司", address="新地址", phone="0755-12345678", seen=1)
    )
    assert answer.status_code == 302
    now = Customer.find(customer.key)
    assert (now.address, now.phone, now.revision) == ("新地址", "0755-12345678", 2)


def test_numbers_that_look_alike_when_masked_are_told_apart_at_a_conflict(
    custodian: FlaskClient,
) -> None:
    customer = a_customer("甲公司", contacts=[{"name": "刘洋", "phone": "13800001234"}])
    url = f"/customers/{customer.archive_number}/edit"
    row = {"contacts-0-name": "刘洋"}
    newer = typed(name="甲公司", seen=1, **row, **{"contacts-0-phone": "13899991234"})
    submit(custodian, url, **newer)
    older = typed(name="甲公司", seen=1, **row, **{"contacts-0-phone": "13800001234"})
    told = submit(custodian, url, **older)
    assert told.status_code == 409
    assert 'name="keep-contacts"' in told.get_data(as_text=True)
    seen = TrailEntry.objects(action="customer.phones_revealed").count()
    assert seen == 3, "each of the two forms, and the comparison"


def test_opening_the_form_writes_down_that_the_numbers_were_seen(custodian: FlaskClient) -> None:
    customer = a_customer("甲公司", phone="0755-12345678")
    page(custodian, f"/customers/{customer.archive_number}/edit")
    assert TrailEntry.objects(action="customer.phones_revealed").count() == 1


def test_another_salesperson_may_neither_open_nor_save_the_form(
    client_as: ClientAs, seller: User
) -> None:
    customer = a_customer("甲公司", salesperson=a_user(Role.SALESPERSON))
    client = client_as(user=seller)
    url = f"/customers/{customer.archive_number}/edit"
    assert client.get(url).status_code == 403
    answer = submit(client, url, page="/customers", **typed(name="夺来的公司", seen=1))
    assert answer.status_code == 403
    assert Customer.find(customer.key).name == "甲公司"


def test_the_sales_manager_says_who_follows_up_with_a_customer(
    client_as: ClientAs, seller: User
) -> None:
    customer = a_customer("甲公司")
    url = f"/customers/{customer.archive_number}/assign"
    answer = submit(client_as(Role.SALES_MANAGER), url, salesperson=seller.key, reason="区域调整")
    assert answer.status_code == 302
    now = Customer.find(customer.key)
    assert (now.salesperson_id, now.salesperson_name) == (seller.id, "陈晓")


# What is shown of telephone numbers


def test_a_telephone_number_is_masked_until_someone_with_the_right_asks(
    custodian: FlaskClient,
) -> None:
    customer = a_customer("甲公司", contacts=[{"name": "王经理", "phone": "13800001234"}])
    url = f"/customers/{customer.archive_number}"
    shown = page(custodian, url)
    assert "138****1234" in shown
    assert "13800001234" not in shown
    revealed = submit(custodian, f"{url}/phones", page=url)
    assert "13800001234" in revealed.get_data(as_text=True)
    assert TrailEntry.objects(action="customer.phones_revealed").count() == 1


def test_a_role_that_needs_no_number_cannot_ask_for_it(client_as: ClientAs) -> None:
    customer = a_customer("甲公司", phone="13800001234")
    client = client_as(Role.OPERATIONS_MANAGER)
    url = f"/customers/{customer.archive_number}"
    assert "13800001234" not in page(client, url)
    assert submit(client, f"{url}/phones", page=url).status_code == 403


# The list


@pytest.mark.parametrize("asked", ["华盛", "hshy", "huasheng", "ＨＳＨＹ", "華盛", "C00001"])
def test_the_list_finds_by_name_pinyin_initials_and_code(
    custodian: FlaskClient, asked: str
) -> None:
    a_customer("华盛货运有限公司")
    a_customer("东方电器有限公司")
    shown = page(custodian, f"/customers?q={asked}")
    assert "华盛货运有限公司" in shown
    assert "东方电器有限公司" not in shown


def test_the_list_filters_sorts_and_pages_and_says_how_many(custodian: FlaskClient) -> None:
    for number in range(30):
        a_customer(f"客户{number:02}公司", region="44" if number % 2 else "31")
    shown = page(custodian, "/customers?region=44&sort=-name&per_page=10&page=2")
    names = re.findall(r"客户(\d\d)公司", shown)
    assert list(dict.fromkeys(names)) == [f"{n:02}" for n in range(9, 0, -2)]
    assert "15" in shown


@pytest.mark.parametrize("odd", ["page=0", "page=999", "page=x", "per_page=-5", "sort=password",
                                 "sort=--name", "region=nowhere", "columns=nothing",
                                 "q=%00", "q=%F0%9F", "q=(((", "salesperson=$ne"])  # fmt: skip
def test_an_odd_address_still_shows_a_list(custodian: FlaskClient, odd: str) -> None:
    a_customer("甲公司")
    page(custodian, f"/customers?{odd}")


def test_the_export_holds_just_what_the_page_shows(custodian: FlaskClient) -> None:
    a_customer("甲公司", address="甲路 1 号", region="44")
    a_customer("乙公司", region="31")
    answer = custodian.get("/customers?region=44&columns=name&columns=address&export=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0]
    assert list(sheet.values) == [("公司名称", "地址"), ("甲公司", "甲路 1 号")]
    assert (
        "filename*=UTF-8''%E5%AE%A2%E6%88%B7%E5%88%97%E8%A1%A8-"
        in answer.headers["Content-Disposition"]
    )


def test_an_export_of_which_only_the_head_is_asked_for_leaves_no_file(
    custodian: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[IO[bytes]] = []
    begin = tempfile.TemporaryFile

    def begun() -> IO[bytes]:
        made.append(begin())
        return made[-1]

    monkeypatch.setattr(tempfile, "TemporaryFile", begun)
    a_customer()
    with custodian.head("/customers?export=xlsx") as answer:
        assert (answer.status_code, answer.data) == (200, b"")
    assert [file.closed for file in made] == [True]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)公司", "+1公司", "-1公司", "@SUM公司"])
def test_no_export_runs_a_name_as_a_formula(custodian: FlaskClient, name: str) -> None:
    a_customer(name)
    book = openpyxl.load_workbook(
        BytesIO(custodian.get("/customers?columns=name&export=xlsx").data)
    )
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (name, "s")
    lines = custodian.get("/customers?columns=name&export=csv").get_data(as_text=True)
    assert lines.splitlines()[1].strip('"') == f"\t{name}"


# What those may know who may not open the archive


def test_staff_see_name_code_category_and_salesperson_and_nothing_else(
    client_as: ClientAs, seller: User
) -> None:
    secret: dict[str, Any] = {
        "address": "秘密路 1 号",
        "legal_representative": "赵保密",
        "phone": "13800001234",
        "credit_code": "91110000600037341L",
        "main_goods": "秘密货物",
    }
    customer = a_customer("华盛货运有限公司", salesperson=seller, **secret)
    shown = page(client_as(Role.STAFF), "/customers")
    for known in ("华盛货运有限公司", customer.customer_code, "潜在客户", "陈晓"):
        assert known in shown
    for hidden in (*secret.values(), customer.archive_number):
        assert hidden not in shown


@pytest.mark.parametrize(
    "leak", ["q=91110000", "q=KH-2026", "q=2026-0000", "region=44&q=不存在", "q=秘密"]
)
def test_staff_learn_nothing_by_filtering(client_as: ClientAs, leak: str) -> None:
    a_customer("华盛货运有限公司", credit_code="91110000600037341L", address="秘密", region="44")
    client = client_as(Role.STAFF)
    assert "华盛货运有限公司" not in page(client, f"/customers?{leak}")
    assert client.get(f"/customers/suggest?{leak}").get_json() == []


@pytest.mark.parametrize("column", ["number", "region", "updated", "started", "industry"])
def test_staff_learn_nothing_by_sorting_or_choosing_columns(
    client_as: ClientAs, column: str
) -> None:
    for name, region in (("乙公司", "11"), ("甲公司", "44"), ("丙公司", "31")):
        a_customer(name, region=region)
    client = client_as(Role.STAFF)
    plain = re.findall(r"[甲乙丙]公司", page(client, "/customers"))
    for way in (f"sort={column}", f"sort=-{column}", f"columns={column}"):
        shown = page(client, f"/customers?{way}")
        assert re.findall(r"[甲乙丙]公司", shown) == plain
        assert "KH-" not in shown


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_staff_export_nothing(client_as: ClientAs, kind: str) -> None:
    a_customer("甲公司")
    assert client_as(Role.STAFF).get(f"/customers?export={kind}").status_code == 403


@pytest.mark.parametrize("view", ["", "view=directory"])
def test_a_salesperson_exports_their_own_customers_only(
    client_as: ClientAs, seller: User, view: str
) -> None:
    a_customer("我的公司", salesperson=seller)
    a_customer("别人的公司")
    answer = client_as(user=seller).get(f"/customers?export=csv&{view}")
    if view:
        assert answer.status_code == 403
    else:
        text = answer.get_data(as_text=True)
        assert "我的公司" in text
        assert "别人的公司" not in text
