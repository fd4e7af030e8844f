"""A desk to draft at, with the shipped templates in force."""

from collections.abc import Callable
from datetime import datetime

import pytest

from archive.accounts.models import User
from archive.actor import Role
from archive.contracts.forms import ContractInput
from archive.contracts.models import Contract, Template
from archive.contracts.service.drafting import draft_contract
from archive.contracts.service.routing import install_shipped_routes
from archive.contracts.service.templates import (
    install_shipped_templates,
)
from archive.customers.models import Customer
from archive.database import durable
from archive.filing.rules import AttachmentKind
from archive.seams import Seams
from tests.builders import a_customer, a_user
from tests.conftest import NOW
from tests.contracts.papers import a_short_template, on_file


@pytest.fixture(scope="session")
def installed(parts: Seams) -> list[dict[str, object]]:
    """The shipped templates as MongoDB holds them, checked and installed once."""
    Template.objects.delete()
    templates = install_shipped_templates(now=NOW, blobs=parts.blobs, docgen=parts.docgen)
    return [template.to_mongo() for template in templates]


@pytest.fixture
def shipped(installed: list[dict[str, object]], empty_site: object) -> dict[str, Template]:
    """The shipped templates, in force, by their slug."""
    durable(Template).insert_many(installed)
    return {template.slug: template for template in Template.objects}


@pytest.fixture
def routine(shipped: dict[str, Template]) -> Template:
    return shipped["routine-contract"]


@pytest.fixture
def seller(empty_site: object) -> User:
    return a_user(Role.SALESPERSON)


@pytest.fixture
def customer(seller: User) -> Customer:
    """A customer of *seller*'s whose archive says a good deal."""
    return a_customer(
        "华盛货运示例有限公司",
        salesperson=seller,
        credit_code="91350100M000100Y43",
        address="示例省示例市示例路1号",
        legal_representative="张某",
        main_goods="机械配件",
        contacts=[{"name": "李某", "phone": "13800001234", "is_responsible": True}],
        flows=[{"origin": "福州市", "destination": "上海市"}],
    )


Facts = Callable[..., dict[str, object]]


@pytest.fixture
def facts() -> Facts:
    """What is typed in about a contract, with two rows of prices."""

    def make(**changes: object) -> dict[str, object]:
        return {
            "title": "2026 年度公路运输合同",
            "prices": [
                {
                    "origin": "福州市",
                    "destination": "上海市",
                    "quantity": "12.5",
                    "unit_price": "320",
                },
                {
                    "origin": "福州市",
                    "destination": "南京市",
                    "quantity": "2",
                    "unit_price": "0.05",
                },
            ],
            **changes,
        }

    return make


@pytest.fixture
def short(empty_site: object, now: datetime, parts: Seams) -> Template:
    """A template that asks for little, so that drafts of it are complete."""
    return a_short_template(now, parts)


Ready = Callable[..., Contract]


@pytest.fixture
def ready(
    customer: Customer, short: Template, seller: User, facts: Facts, now: datetime, parts: Seams
) -> Ready:
    """A contract that nothing keeps from being submitted, and the routes of review."""
    install_shipped_routes(now=now)
    on_file(customer, AttachmentKind.LICENCE, None)
    on_file(customer, AttachmentKind.TAX_REGISTRATION, None)

    def make(**changes: object) -> Contract:
        return draft_contract(
            customer,
            short,
            ContractInput.read(facts(**changes)).model_dump(),
            actor=seller.as_actor(),
            now=now,
            parts=parts,
        )

    return make
