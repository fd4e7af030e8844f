"""Saved views: kept, opened, shared, replaced, removed and brought back."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import clock
from archive.accounts.models import User
from archive.actor import Role
from archive.database import collection_of
from archive.listwork import service
from archive.listwork.errors import NothingToBringBack, TooManyViews
from archive.listwork.models import SavedView
from archive.listwork.rules import MOST_VIEWS, Definition
from tests.browser import submit
from tests.builders import a_customer, a_user
from tests.conftest import ClientAs

FIVE = (
    "region=31&region=32&industry=food&relationship=target&origin=direct&licence_to=2027-01-01"
    "&columns=name&columns=licence&sort=-licence"
)


@pytest.fixture
def manager(empty_site: Flask) -> User:
    return a_user(Role.SALES_MANAGER, name="周敏")


@pytest.fixture
def client(client_as: ClientAs, manager: User) -> FlaskClient:
    return client_as(user=manager)


def save(client: FlaskClient, name: str = "华东", query: str = FIVE, **more: str) -> Any:
    sent = {"name": name, "query": query, "list": "customers", "next": "/customers", **more}
    return submit(client, "/lists/views/new", "/customers?saved=all", **sent)


def shown(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.headers.get("Location")
    return answer.get_data(as_text=True)


def test_a_view_keeps_filters_columns_and_sort_and_nothing_else(client: FlaskClient) -> None:
    save(client, query=f"{FIVE}&page=3&chosen=x&%24where=1&q=")
    view = SavedView.objects.get()
    assert view.filters == {
        "region": ["31", "32"],
        "industry": ["food"],
        "relationship": ["target"],
        "origin": ["direct"],
        "licence_to": ["2027-01-01"],
    }
    assert (view.columns, view.sort) == (["name", "licence"], "-licence")


def test_a_view_is_opened_from_the_bar_and_finds_what_it_says(client: FlaskClient) -> None:
    a_customer("华东食品", region="31", industry="food", relationship="target", origin="direct",
               licence_valid_until="2026-12-31")  # fmt: skip
    a_customer("华北食品", region="11", industry="food", relationship="target", origin="direct")
    address = save(client, query=f"{FIVE}&saved=all").headers["Location"]
    assert address.count("saved=") == 1
    page = shown(client, address)
    assert "华东食品" in page
    assert "华北食品" not in page
    assert 'aria-current="page">华东</a>' in page.replace("\n", "").replace("      ", "")


def test_a_form_posted_twice_keeps_one_view(client: FlaskClient) -> None:
    save(client, form_key="once")
    save(client, form_key="once")
    assert SavedView.objects.count() == 1


def test_a_view_without_a_name_is_refused_and_the_list_stays_as_it_was(
    client: FlaskClient,
) -> None:
    answer = save(client, name=" ")
    assert SavedView.objects.count() == 0
    assert "region=31" in answer.headers["Location"]


def test_my_default_view_opens_the_list_until_all_is_asked_for(client: FlaskClient) -> None:
    save(client, query="region=31")
    view = SavedView.objects.get()
    submit(client, "/lists/views/default", "/customers", view=view.key)
    answer = client.get("/customers")
    assert answer.headers["Location"] == f"/customers?region=31&saved={view.key}"
    shown(client, "/customers?saved=all")
    shown(client, "/customers?q=a")
    submit(client, "/lists/views/default", "/customers?saved=all", list="customers")
    shown(client, "/customers")


def test_a_view_shared_with_a_role_is_opened_by_its_holders_and_changed_by_nobody_else(
    client: FlaskClient, client_as: ClientAs
) -> None:
    save(client, role="salesperson")
    view = SavedView.objects.get()
    seller, custodian = client_as(Role.SALESPERSON), client_as(Role.CUSTODIAN)
    assert "华东" in shown(seller, "/customers")
    assert "周敏" in shown(seller, "/lists/views")
    assert "华东" not in shown(custodian, "/customers")
    for act in ("remove", "replace", "back"):
        answer = submit(seller, f"/lists/views/{view.key}/{act}", "/customers", query="q=x")
        assert answer.status_code == 403
    assert SavedView.find(view.key).revision == view.revision


def test_nobody_makes_a_view_their_default_that_they_may_not_open(
    client: FlaskClient, client_as: ClientAs
) -> None:
    save(client)
    view = SavedView.objects.get()
    other = client_as(Role.SALESPERSON)
    answer = submit(other, "/lists/views/default", "/customers", view=view.key)
    assert answer.status_code == 404


def test_a_view_is_renamed_replaced_and_what_it_was_comes_back(client: FlaskClient) -> None:
    save(client, query="region=31")
    view = SavedView.objects.get()
    here = f"/lists/views/{view.key}"
    submit(client, here, name="长三角", role="salesperson", seen="1")
    submit(client, f"{here}/replace", "/customers", query="region=32", next="/customers")
    again = SavedView.find(view.key)
    assert (again.name, again.role, again.filters) == (
        "长三角",
        Role.SALESPERSON,
        {"region": ["32"]},
    )
    assert "恢复替换前的内容" in shown(client, "/lists/views")
    submit(client, f"{here}/back", "/lists/views")
    assert SavedView.find(view.key).filters == {"region": ["31"]}


def test_a_removed_view_is_offered_no_more_and_comes_back(client: FlaskClient) -> None:
    save(client)
    view = SavedView.objects.get()
    submit(client, f"/lists/views/{view.key}/remove", "/lists/views")
    assert "已删除的视图" in shown(client, "/lists/views")
    assert "华东" not in shown(client, "/customers")
    submit(client, f"/lists/views/{view.key}/back", "/lists/views")
    assert "华东" in shown(client, "/customers")


def test_a_view_whose_filter_no_longer_exists_opens_and_says_so(client: FlaskClient) -> None:
    a_customer("甲公司", region="31")
    address = save(client, query="region=31").headers["Location"]
    stored = collection_of(SavedView)
    stored.update_one({}, {"$set": {"filters.weather": ["sunny"], "columns": ["name", "moon"]}})
    page = shown(client, f"{address}&weather=sunny&columns=name&columns=moon")
    assert "甲公司" in page
    assert "weather、moon" in page


def test_what_is_not_theirs_to_filter_by_is_left_aside_in_a_shared_view(
    client: FlaskClient, client_as: ClientAs
) -> None:
    a_customer("甲公司")
    address = save(client, query="revenue=1", role="customer_service").headers["Location"]
    page = shown(client_as(Role.CUSTOMER_SERVICE), address)
    assert "甲公司" in page
    assert "没有用到" in page


def test_nobody_keeps_views_without_end(manager: User) -> None:
    who: dict[str, Any] = {"role": None, "actor": manager.as_actor(), "now": clock.now()}
    for number in range(MOST_VIEWS):
        service.save_view("customers", f"{number}", Definition(), **who)
    with pytest.raises(TooManyViews):
        service.save_view("customers", "more", Definition(), **who)


def test_there_is_nothing_to_bring_back_of_a_view_that_is_as_it_was(manager: User) -> None:
    who: dict[str, Any] = {"actor": manager.as_actor(), "now": clock.now()}
    view = service.save_view("customers", "华东", Definition(), role=None, **who)
    with pytest.raises(NothingToBringBack):
        service.bring_view_back(view, **who)


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.SALES_MANAGER, "/visits"),
        (Role.SALES_MANAGER, "/complaints"),
        (Role.SALES_MANAGER, "/contracts"),
        (Role.SALES_MANAGER, "/completeness"),
        (Role.SALES_MANAGER, "/development"),
        (Role.SALES_MANAGER, "/schemes"),
        (Role.SALES_MANAGER, "/losses"),
        (Role.AUDITOR, "/trail"),
    ],
)
def test_every_list_that_people_work_in_keeps_views(
    role: Role, address: str, client_as: ClientAs
) -> None:
    assert "保存视图" in shown(client_as(role), address)
