"""The table of what a template may ask for: words, values and fields that fit each other."""

from datetime import date
from decimal import Decimal

import pytest

from archive.contracts.forms import ContractInput, OwnCompanyInput
from archive.contracts.models import Contract, OwnCompany, PriceRow
from archive.contracts.placeholders import (
    CATALOGUE,
    FIELDS,
    GROUPS,
    Fact,
    Group,
    Source,
    Table,
    values_of,
)
from archive.customers.forms import CustomerInput
from archive.customers.models import Contact
from archive.customers.rules import Nature, TransportMode
from archive.seams import Seams
from archive.web.inputs import Input
from tests.builders import a_customer
from tests.docgen.word_files import a_template, fill

FORMS: dict[Source, type[Input]] = {
    Source.CUSTOMER: CustomerInput,
    Source.COMPANY: OwnCompanyInput,
    Source.CONTRACT: ContractInput,
    Source.LEDGER: ContractInput,
}
NOT_KEPT = {"客户.贡献度", "客户.维护重要性", "客户.信誉"}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_every_field_is_one_of_the_form_where_it_is_filled_in(group: Group) -> None:
    fields = group.fields()
    assert set(fields.values()) <= set(FORMS[group.source].model_fields)
    assert fields.items() <= FIELDS.items()
    assert all(CATALOGUE.find(name) for name in fields)


def test_what_nothing_can_fill_is_marked_so() -> None:
    unread = {
        f"{group.name}.{fact.key}"
        for group in GROUPS
        for fact in group.facts
        if not (fact.get or fact.field)
    }
    counted = {"价格表.序号", "合同台账.序号"}  # while the document is made
    assert unread - counted == NOT_KEPT
    known = [*CATALOGUE.top, *(column for each in CATALOGUE.lists() for column in each.columns)]
    assert {each.name for each in known if not each.is_kept} == NOT_KEPT


def test_a_fact_that_is_not_kept_is_a_blank(parts: Seams) -> None:
    writer = parts.docgen
    template = a_template("信誉：{{ 客户.信誉 }}")
    assert writer.check(template).faults == ()
    assert "【待填：信誉分类】" in writer.text_of(fill(writer, template, {}))


def test_a_document_is_given_plain_data(empty_site: object) -> None:
    customer = a_customer(
        "甲公司",
        nature=Nature.PRIVATE,
        former_names=["旧名", "更旧"],
        transport_modes=[TransportMode.ROAD, TransportMode.RAIL],
        phone="0755-12345678",
        contacts=[{"name": "李某", "phone": "13800001234", "is_responsible": True}],
    )
    contract = Contract(
        amount=Decimal("12.50"),
        signed_on=date(2026, 1, 10),
        prices=[PriceRow(goods="配件", quantity=Decimal(2), unit_price=Decimal("3.10"))],
    )
    values = values_of(customer, contract, None, named="本公司")
    assert values["客户"]["性质"] == "民营企业"
    assert values["客户"]["曾用名"] == "旧名、更旧"
    assert values["客户"]["主要运输方式"] == "、".join(
        mode.label for mode in (TransportMode.ROAD, TransportMode.RAIL)
    )
    assert values["客户"]["联系人电话"] == values["客户联系人"][0]["电话"] == "13800001234"
    assert values["客户联系人"][0]["职务"] == "—"
    assert values["公司"]["名称"] == "本公司"
    assert values["合同"]["金额"] == Decimal("12.50")
    assert values["合同"]["签订日期"] == date(2026, 1, 10)
    assert values["价格表"][0]["金额"] == Decimal("6.20")


def test_telephone_numbers_are_masked_where_they_may_not_be_seen(empty_site: object) -> None:
    customer = a_customer(
        phone="0755-12345678",
        fax="0755-1234567",
        contacts=[{"name": "李某", "phone": "13800001234", "is_responsible": True}],
    )
    company = OwnCompany(name="本公司", phone="021-87654321")
    values = values_of(customer, None, company, named="", hide_phones=True)
    for key in ("电话", "传真", "联系人电话"):
        assert "**" in values["客户"][key], key
    assert values["客户联系人"][0]["电话"] == "138****1234"
    assert values["公司"]["电话"] == "021-87654321"


def test_a_table_names_its_columns_and_counts_no_rows_of_its_own() -> None:
    table = Table(
        "联系人",
        Source.CUSTOMER,
        (Fact("姓名", "姓名", "李某", field="name"),),
        label="联系人",
        meaning="每人一行。",
        field="contacts",
    )
    (placeholder,) = table.placeholders()
    assert [column.name for column in placeholder.columns] == ["联系人.姓名"]
    assert table.values_of(Contact(name="王某")) == {"姓名": "王某"}
