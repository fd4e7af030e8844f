"""A desk to draft at, with the shipped templates in force."""

from collections.abc import Callable

import pytest

from archive.accounts.models import User
from archive.actor import Role
from archive.contracts.models import Template
from archive.contracts.service.templates import install_shipped_templates
from archive.customers.models import Customer
from archive.database import durable
from archive.seams import Seams
from tests.builders import a_customer, a_user
from tests.conftest import NOW


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
