"""Figures recorded, corrected, seen by those who may, and brought in as a list."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from archive.actor import Actor, Role
from archive.customers.models import Customer
from archive.database import EditedMeanwhile
from archive.errors import NotPermitted
from archive.figures import service
from archive.figures.models import YearFigures
from archive.importable import Verdict
from archive.importing import service as importing
from archive.importing.serving import kind_called
from archive.importing.tasks import work
from tests.builders import a_customer, a_user
from tests.importing.conftest import (  # noqa: F401  # fixtures
    BringIn,
    bring_in,
    check,
    custodian,
    row,
    take_in,
    verdicts,
)

HEAD = ("客户编码", "年月", "营业收入", "成本", "吨数", "票数")


def read(customer: Customer, year: int = 2026) -> YearFigures:
    found: YearFigures = YearFigures.objects.get(customer_id=customer.id, year=year)
    return found


def test_some_months_are_written_and_the_others_stay(custodian: Actor, now: datetime) -> None:  # noqa: F811
    customer = a_customer()
    service.record_months(
        customer, 2026, {1: {"revenue": Decimal(10)}, 2: {"revenue": Decimal(20)}},
        actor=custodian, now=now,
    )  # fmt: skip
    service.record_months(customer, 2026, {2: {"cost": Decimal(5)}}, actor=custodian, now=now)
    figures = read(customer)
    assert figures.month(1).revenue == 10
    assert (figures.month(2).revenue, figures.month(2).cost) == (20, 5)
    assert figures.month(2).known_profit == 15
    assert figures.revision == 2


def test_of_two_people_the_second_is_told(custodian: Actor, now: datetime) -> None:  # noqa: F811
    customer = a_customer()
    mine = YearFigures.of_year(customer, 2026)
    theirs = YearFigures.of_year(customer, 2026)
    months = [{"month": 1, "revenue": Decimal(10)}]
    service.record_year(theirs, months, actor=custodian, now=now, seen=0)
    with pytest.raises(EditedMeanwhile):
        service.record_year(mine, months, actor=custodian, now=now, seen=0)


def test_a_salesperson_records_their_own_customers_alone(now: datetime, in_app: object) -> None:
    seller = a_user(Role.SALESPERSON)
    own, other = a_customer(salesperson=seller), a_customer()
    given = {1: {"revenue": Decimal(10)}}
    service.record_months(own, 2026, given, actor=seller.as_actor(), now=now)
    with pytest.raises(NotPermitted):
        service.record_months(other, 2026, given, actor=seller.as_actor(), now=now)
    assert [each.customer_id for each in YearFigures.visible_to(seller.as_actor())] == [own.id]


def test_of_many_years_those_that_are_forbidden_sink_no_other(
    now: datetime, in_app: object
) -> None:
    seller = a_user(Role.SALESPERSON)
    own, second, other = (a_customer(salesperson=who) for who in (seller, seller, None))
    year = now.year
    service.record_months(own, year, {2: {"cost": Decimal(4)}}, actor=seller.as_actor(), now=now)
    given = [
        service.Given(customer, year, {1: {"revenue": Decimal(amount)}})
        for customer, amount in ((own, 10), (other, 20), (second, 30))
    ]
    outcomes = service.record_all(given, actor=seller.as_actor(), now=now)
    assert [isinstance(each, NotPermitted) for each in outcomes] == [False, True, False]
    assert YearFigures.objects.count() == 2
    assert (read(own, year).month(1).revenue, read(own, year).month(2).cost) == (10, 4)
    assert read(second, year).salesperson_id == seller.id
    kept = {each.id: each.revenue_this_year for each in Customer.objects}
    assert kept == {own.id: Decimal(10), second.id: Decimal(30), other.id: None}


def test_a_list_of_figures_is_brought_in_and_again_changes_nothing(
    bring_in: BringIn,  # noqa: F811
    check: BringIn,  # noqa: F811
) -> None:
    one, two = a_customer("演示百川机械有限公司"), a_customer("演示青山纸业有限公司")
    rows = [
        HEAD,
        (one.customer_code, "2026-01", "1,234.50", 1000, 12.5, 3),
        (one.customer_code, "2026年2月", "￥2,000.00", 2500, "", ""),
        ("演示青山纸业有限公司", "202512", 500, "", "", 1),
        ("C99999", "2026-01", 1, "", "", ""),
        (two.customer_code, "2026-13", 1, "", "", ""),
    ]
    given = bring_in(rows, "figures")
    assert verdicts(given) == [*[Verdict.NEW] * 3, *[Verdict.REFUSED] * 2]
    assert "C99999" in row(given, 5).why
    assert "月份" in row(given, 6).why
    figures = read(one)
    assert (figures.month(1).revenue, figures.month(1).tonnage) == (
        Decimal("1234.50"),
        Decimal("12.500"),
    )
    assert figures.month(2).known_profit == Decimal("-500.00")
    assert read(two, 2025).month(12).shipments == 1
    assert verdicts(check(rows, "figures"))[:3] == [Verdict.SAME] * 3


def test_what_a_list_changed_is_taken_back_month_by_month(
    bring_in: BringIn,  # noqa: F811
    custodian: Actor,  # noqa: F811
    now: datetime,
) -> None:
    customer = a_customer()
    before = {1: {"revenue": Decimal(10), "cost": Decimal(4)}}
    service.record_months(customer, 2026, before, actor=custodian, now=now)
    code = customer.customer_code
    rows = [HEAD[:3], (code, "2026-01", 99), (code, "2026-02", 77), (code, "2026-03", 55)]
    given = bring_in(rows, "figures")
    later = {2: {"revenue": Decimal(78)}}
    service.record_months(customer, 2026, later, actor=custodian, now=now)
    kind = kind_called("figures")
    importing.begin_undoing(given, kind=kind, actor=custodian, now=now, reason="选错了文件")
    work(given.key)
    figures = read(customer)
    assert (figures.month(1).revenue, figures.month(1).cost) == (10, 4)
    assert figures.month(2).revenue == 78
    assert figures.month(3).is_empty
    assert "已保留" in row(given, 3).stayed


def test_24_months_are_shown_over_the_turn_of_years(custodian: Actor, now: datetime) -> None:  # noqa: F811
    customer = a_customer()
    for year in (2024, 2026):
        service.record_months(
            customer, year, {3: {"revenue": Decimal(year)}}, actor=custodian, now=now
        )
    months = YearFigures.months_of(customer, date(2026, 3, 16), 24)
    assert [months[0].label, months[-1].label] == ["2024-04", "2026-03"]
    assert [m.figures.revenue for m in months if not m.figures.is_empty] == [Decimal(2026)]
