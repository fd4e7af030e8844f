"""The API against its own description: made-up requests bring no breakdown and no surprise."""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi import checks

from archive.actor import Role
from tests.builders import a_customer, a_user

TokenAs = Callable[..., dict[str, str]]
DESCRIPTION = "/api/v1/openapi.json"
EXAMPLES = 12

HELD_TO = (
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
)

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def program(empty_site: Flask, token_as: TokenAs, index_all: Callable[[], None]) -> dict[str, str]:
    """The token of someone who may do everything, in an archive that holds a little."""
    who = a_user(*Role)
    a_customer("华盛货运有限公司", salesperson=who)
    index_all()
    return token_as(user=who)


@pytest.fixture
def described(empty_site: Flask, program: dict[str, str]) -> BaseSchema:
    """The API as it describes itself."""
    schema: BaseSchema = schemathesis.openapi.from_wsgi(
        DESCRIPTION, app=empty_site, headers=program
    )
    return schema


def test_every_operation_keeps_to_its_description(
    described: BaseSchema, program: dict[str, str]
) -> None:
    faults: list[str] = []
    met = 0
    for found in described.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        met += 1

        @settings(
            max_examples=EXAMPLES,
            database=None,
            derandomize=True,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case: Case[Any]) -> None:
            # A call inside the process undoes no compression.
            answer = case.call(headers=program | {"Accept-Encoding": "identity"})
            case.validate_response(answer, checks=list(HELD_TO))

        try:
            ask()
        except FailureGroup as group:
            faults.append(f"{operation.label}: {group}; {group.exceptions[0]}"[:1500])
    assert met > 20
    assert faults == [], "\n\n".join(faults)


def test_the_description_is_whole(empty_site: Flask, program: dict[str, str]) -> None:
    answer = empty_site.test_client().get(DESCRIPTION, headers=program)
    description: dict[str, Any] = answer.get_json()
    assert description["openapi"].startswith("3.1")
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            place = f"{method} {path}"
            assert operation.get("summary"), place
            assert operation.get("tags"), place
            assert set(operation["responses"]) & {"200", "201", "202", "204"}, place
            assert "security" in operation or "security" in description, place


def test_what_is_nested_deeper_than_anybody_means_it_is_refused(
    empty_site: Flask, program: dict[str, str]
) -> None:
    answer = empty_site.test_client().post(
        "/api/v1/customers",
        data="[" * 5000 + "]" * 5000,
        content_type="application/json",
        headers=program,
    )
    assert answer.status_code == 400
