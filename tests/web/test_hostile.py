"""What nobody types by mistake is refused calmly, or finds nothing; it never breaks a page."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.actor import Role
from tests.builders import a_customer, a_user

ADDRESSES = (
    "/search?q=%00",
    "/customers?q=%00",
    "/visits?q=%00",
    "/complaints?q=%00",
    "/contracts?q=%00",
    "/customers/suggest?q=%00",
    "/intake?customer=x",
    "/intake/several?customer=x",
    "/api/v1/search?q=%00",
    "/api/v1/customers?q=%00",
    "/api/v1/complaints?q=%00",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_query_of_nonsense_breaks_nothing(
    client_as: Callable[..., FlaskClient], token_as: Callable[..., dict[str, str]], address: str
) -> None:
    who = a_user(Role.CUSTODIAN, Role.SALES_MANAGER, Role.CUSTOMER_SERVICE)
    answer = client_as(user=who).get(address, headers=token_as(user=who))
    assert answer.status_code < 500 or answer.status_code == 503  # no index runs beside this test


@pytest.mark.parametrize("tag", ['""', '"', "*", "W/", '"1", "2"', "x" * 5_000])
def test_an_etag_that_is_none_of_ours_is_refused(
    empty_site: Flask, token_as: Callable[..., dict[str, str]], tag: str
) -> None:
    address = f"/api/v1/customers/{a_customer().archive_number}"
    headers = token_as(Role.CUSTODIAN) | {"If-Match": tag}
    answer = empty_site.test_client().put(address, json={"name": "甲公司"}, headers=headers)
    assert 400 <= answer.status_code < 500
