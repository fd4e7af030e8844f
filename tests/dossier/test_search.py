"""The search page and its API, on an index that holds what the chapters say of their records."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.actor import Role
from archive.customers import service as customers
from archive.customers.models import Customer
from archive.seams import Seams
from archive.search.pulse import SILENT_AFTER, Doing, Pulse, leave_pulse
from archive.synonyms.service import add_group
from tests.builders import a_complaint, a_custodian, a_customer, a_user, a_visit

ClientAs = Callable[..., FlaskClient]
TokenAs = Callable[..., dict[str, str]]


def ask(client: FlaskClient, headers: dict[str, str], address: str) -> Any:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def test_a_record_of_each_chapter_is_found_and_its_link_opens(
    index_all: Callable[[], None], client_as: ClientAs
) -> None:
    customer = a_customer("上海华盛货运有限公司")
    a_visit(customer, purpose="商谈仓储方案")
    a_complaint(customer, content="司机态度很差")
    index_all()
    client = client_as(Role.CUSTODIAN)
    for typed, title in (("hshy", "货运"), ("仓储", "仓储"), ("态度", "态度")):
        page = client.get(f"/search?q={typed}").get_data(as_text=True)
        assert title in page
        link = page.partition("data-hit")[0].rpartition('href="')[2].partition('"')[0]
        assert client.get(link).status_code == 200


def test_matches_are_marked_and_everything_is_escaped(
    index_all: Callable[[], None], client_as: ClientAs
) -> None:
    a_customer("<script>华盛</script>货运有限公司")
    index_all()
    page = client_as(Role.CUSTODIAN).get("/search?q=华盛").get_data(as_text=True)
    assert "&lt;script&gt;<mark>华盛</mark>&lt;/script&gt;" in page
    assert "<script>华盛" not in page


def test_what_is_typed_is_answered_with_the_results_alone(
    index_all: Callable[[], None], client_as: ClientAs
) -> None:
    a_customer("上海华盛货运有限公司")
    index_all()
    answer = client_as(Role.CUSTODIAN).get("/search?q=华盛", headers={"HX-Request": "true"})
    fragment = answer.get_data(as_text=True)
    assert "<html" not in fragment
    assert "<mark>华盛</mark>" in fragment


def test_a_salesperson_sees_of_another_s_customer_the_name_alone(
    index_all: Callable[[], None], token_as: TokenAs, site: Flask
) -> None:
    own, other = a_user(Role.SALESPERSON), a_user(Role.SALESPERSON)
    customer = a_customer("上海华盛货运有限公司", salesperson=own, main_goods="精密仪器")
    a_complaint(customer, content="仪器破损")
    index_all()
    client = site.test_client()
    mine, theirs = token_as(user=own), token_as(user=other)
    assert ask(client, mine, "/api/v1/search?q=仪器")["total"] == 2
    assert ask(client, theirs, "/api/v1/search?q=仪器")["total"] == 0
    for headers in (mine, theirs):
        [hit] = ask(client, headers, "/api/v1/search?q=hshy&type=customer")["items"]
        assert [each["text"] for each in hit["title"]] == [customer.name]
    everything = ask(client, theirs, "/api/v1/search")
    assert [each["value"] for each in everything["counts"]["type"]] == ["customer"]


def test_the_api_narrows_counts_and_pages(
    index_all: Callable[[], None], token_as: TokenAs, site: Flask
) -> None:
    first, second = a_customer("上海华盛货运有限公司"), a_customer("宁波顺达物流有限公司")
    for number in range(3):
        a_complaint(first, content=f"延误{number}")
    a_complaint(second, content="延误")
    a_visit(first, purpose="谈延误的事")
    index_all()
    client, headers = site.test_client(), token_as(Role.CUSTODIAN)
    found = ask(client, headers, "/api/v1/search?q=延误&type=complaint&per_page=2&sort=newest")
    assert (found["total"], len(found["items"]), found["rebuilding"]) == (4, 2, False)
    assert {each["value"]: each["total"] for each in found["counts"]["type"]} == {
        "complaint": 4,
        "visit": 1,
    }
    assert {each["label"]: each["total"] for each in found["counts"]["customer"]} == {
        first.name: 3,
        second.name: 1,
    }
    narrowed = ask(
        client, headers, f"/api/v1/search?q=延误&type=complaint,visit&customer={first.key}"
    )
    assert narrowed["total"] == 4
    assert ask(client, headers, "/api/v1/search?q=延误&to=1999-01-01")["total"] == 0


def test_suggestions_come_by_pinyin_and_obey_rights(
    index_all: Callable[[], None], token_as: TokenAs, site: Flask
) -> None:
    customer = a_customer("上海华盛货运有限公司")
    a_complaint(customer, content="秘密")
    index_all()
    client = site.test_client()
    [found] = ask(client, token_as(Role.STAFF), "/api/v1/search/suggest?q=hshy")["items"]
    assert found["text"] == customer.name
    assert ask(client, token_as(Role.AUDITOR), "/api/v1/search/suggest?q=hshy")["items"] == []


# fmt: off
ADDRESSES = [
    "?q=%00", "?q=(((", "?q=" + "x" * 300, "?from=gestern&page=-3", "?page=99999999999999",
    "?sort=x", "?type=nothing&customer=%F0%A0%AE%B7", "?q=日期:0001",
    "?from=0001-01-01&to=9999-12-31",
]
# fmt: on


@pytest.mark.parametrize("address", ADDRESSES)
def test_any_address_gives_a_page(
    index_all: Callable[[], None], client_as: ClientAs, address: str
) -> None:
    index_all()
    assert client_as(Role.CUSTODIAN).get("/search" + address).status_code == 200


def test_a_page_without_an_index_says_that_one_is_being_made(
    parts: Seams, client_as: ClientAs
) -> None:
    pointer = parts.settings.index / "current"
    pointer.unlink(missing_ok=True)
    page = client_as(Role.CUSTODIAN).get("/search?q=华盛").get_data(as_text=True)
    assert "索引正在重建" in page


def test_a_damaged_index_answers_503_and_says_so(
    index_all: Callable[[], None], parts: Seams, token_as: TokenAs, site: Flask
) -> None:
    a_customer()
    index_all()
    parts.search.state()
    folder = parts.settings.index / (parts.settings.index / "current").read_text().strip()
    for file in folder.glob("*.toc"):
        file.unlink()
    answer = site.test_client().get("/api/v1/search?q=华盛", headers=token_as(Role.CUSTODIAN))
    assert answer.status_code == 503
    assert answer.content_type == "application/problem+json"
    index_all()


def test_hits_of_a_customer_who_was_handed_over_are_gone_though_the_index_is_old(
    index_all: Callable[[], None], token_as: TokenAs, site: Flask, parts: Seams
) -> None:
    before, after = a_user(Role.SALESPERSON), a_user(Role.SALESPERSON)
    customer = a_customer("上海华盛货运有限公司", salesperson=before, main_goods="精密仪器")
    kept = a_customer("宁波顺达货运有限公司", salesperson=before, main_goods="精密仪器")
    a_complaint(customer, content="精密仪器破损")
    index_all()
    client = site.test_client()
    theirs = token_as(user=before)
    assert ask(client, theirs, "/api/v1/search?q=仪器")["total"] == 3
    manager = a_user(Role.SALES_MANAGER).as_actor()
    customers.assign_salesperson(customer, after.key, actor=manager, now=clock.now())
    found = ask(client, theirs, "/api/v1/search?q=仪器")
    assert [hit["customer"]["label"] for hit in found["items"]] == [kept.name]
    assert found["total"] == 1
    assert "破损" not in client.get("/search?q=仪器", headers=theirs).get_data(as_text=True)
    assert ask(client, theirs, "/api/v1/search/suggest?q=投诉")["items"] == []


def test_a_hit_says_what_the_record_says_now_and_nothing_of_one_that_is_gone(
    index_all: Callable[[], None], token_as: TokenAs, site: Flask
) -> None:
    customer = a_customer("上海华盛货运有限公司")
    changed = a_visit(customer, purpose="商谈仓储方案", content="报价是十万元")
    gone = a_visit(customer, purpose="商谈仓储价格")
    index_all()
    type(changed).objects(id=changed.id).update(set__content="报价已经收回")
    type(gone).objects(id=gone.id).delete()
    found = ask(site.test_client(), token_as(Role.CUSTODIAN), "/api/v1/search?q=仓储")
    [hit] = found["items"]
    assert hit["id"] == f"visit:{changed.key}"
    assert "".join(each["text"] for each in hit["snippet"]).startswith("报价已经收回")


def test_counts_are_hidden_while_nobody_follows_the_records(
    index_all: Callable[[], None], token_as: TokenAs, client_as: ClientAs, site: Flask, parts: Seams
) -> None:
    a_customer("上海华盛货运有限公司")
    index_all()
    stopped = clock.now() - SILENT_AFTER - timedelta(seconds=1)
    leave_pulse(parts.settings.index, Pulse(stopped, Doing.FOLLOWING))
    found = ask(site.test_client(), token_as(Role.CUSTODIAN), "/api/v1/search?q=华盛")
    assert found["is_behind"]
    assert found["total"] == 1
    assert not any(found["counts"].values())
    page = client_as(Role.CUSTODIAN).get("/search?q=华盛").get_data(as_text=True)
    assert "索引暂时没有跟上最近的修改" in page


def test_the_customers_that_are_counted_are_those_whose_name_one_may_know(
    index_all: Callable[[], None], token_as: TokenAs, site: Flask
) -> None:
    customer = a_customer("上海华盛货运有限公司")
    a_visit(customer, purpose="商谈仓储方案")
    index_all()
    headers, client = token_as(Role.CUSTODIAN), site.test_client()
    assert ask(client, headers, "/api/v1/search?q=仓储")["counts"]["customer"]
    type(customer).objects(id=customer.id).delete()
    assert ask(client, headers, "/api/v1/search?q=仓储")["counts"]["customer"] == []


@pytest.fixture
def damages(index_all: Callable[[], None]) -> None:
    """A complaint with each word for damage, and a group that says they mean the same."""
    customer = a_customer("上海华盛货运有限公司")
    for content in ("外箱破损，客户拒收", "电视机摔坏", "三件货损"):
        a_complaint(customer, content=content)
    add_group(["货损", "破损", "摔坏"], actor=a_custodian(), now=clock.now())
    index_all()


def test_other_words_for_the_same_are_looked_for_and_a_click_leaves_them_out(
    damages: None, client_as: ClientAs, site: Flask, token_as: TokenAs
) -> None:
    client = client_as(Role.CUSTODIAN)
    page = client.get("/search?q=破损").get_data(as_text=True)
    assert "也查了近义词：货损、摔坏" in page
    assert page.index("<mark>破损</mark>") < page.index("<mark>摔坏</mark>")
    assert "synonyms=off" in page
    alone = client.get("/search?q=破损&synonyms=off").get_data(as_text=True)
    assert "<mark>摔坏</mark>" not in alone
    assert "也查近义词" in alone

    headers = token_as(Role.CUSTODIAN)
    found = ask(site.test_client(), headers, "/api/v1/search?q=破损")
    assert (found["total"], found["also"]) == (3, ["货损", "摔坏"])
    alone = ask(site.test_client(), headers, "/api/v1/search?q=破损&synonyms=false")
    assert (alone["total"], alone["also"]) == (1, [])
    assert alone["items"][0] == found["items"][0]


def test_what_was_meant_is_offered_to_those_who_may_find_it(
    damages: None, client_as: ClientAs, site: Flask, token_as: TokenAs
) -> None:
    page = client_as(Role.CUSTODIAN).get("/search?q=货孙").get_data(as_text=True)
    assert "您是不是要找" in page
    assert ">货损</a>" in page
    client = site.test_client()
    for role, meant in ((Role.CUSTODIAN, ["华盛货运"]), (Role.AUDITOR, [])):
        found = ask(client, token_as(role), "/api/v1/search?q=花生货运")
        assert found["did_you_mean"] == meant
    staff = ask(client, token_as(Role.STAFF), "/api/v1/search?q=货孙")
    assert staff["did_you_mean"] == []  # others' complaints are none of theirs


def test_the_top_bar_offers_customers_first_with_their_number(
    damages: None, client_as: ClientAs
) -> None:
    customer = Customer.objects.get()
    client = client_as(Role.CUSTODIAN)
    for typed in ("华盛", "hshy", customer.archive_number):
        first = client.get("/search/offers", query_string={"q": typed}).get_json()[0]
        assert first["label"] == customer.name
        assert customer.archive_number in first["note"]
        assert client.get(first["address"]).status_code == 200
    by_staff = client_as(Role.STAFF).get("/search/offers?q=华盛").get_json()
    assert [each["note"] for each in by_staff] == [f"客户 {customer.customer_code}"]
    assert client_as(Role.AUDITOR).get("/search/offers?q=华盛").get_json() == []


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_can_find_nothing_is_not_invited_to_search_and_is_told_why(
    client_as: ClientAs, role: Role
) -> None:
    client = client_as(role)
    assert 'id="top-search"' not in client.get("/").get_data(as_text=True)
    page = client.get("/search?q=华盛").get_data(as_text=True)
    assert "您的角色没有可以检索的记录" in page
    assert 'id="top-search"' in client_as(Role.STAFF).get("/").get_data(as_text=True)
