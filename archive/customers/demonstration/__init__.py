"""The customers of the demonstration company."""

import csv
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from archive import clock
from archive.accounts.demonstration import Staff
from archive.actor import Actor
from archive.chinese.credit_codes import check_character
from archive.customers.models import Customer
from archive.customers.rules import (
    Industry,
    Nature,
    Origin,
    Region,
    Relationship,
    TransportMode,
)
from archive.customers.service import open_archive
from archive.seams import Seams

FOLDER = Path(__file__).parent


def demonstrate(_: Seams, now: datetime) -> None:
    """Open the archives of all companies."""
    open_archives(Staff.found(), now)


def opened() -> list[Customer]:
    """The customers, in the order of `companies`."""
    return list(Customer.objects.order_by("customer_code"))


@dataclass(frozen=True)
class Company:
    """What makes one customer different from the next."""

    name: str
    region: Region
    city: str
    industry: Industry
    goods: str
    destinations: tuple[str, ...]
    relationship: Relationship

    @property
    def is_partner(self) -> bool:
        """Whether there has been business."""
        return self.relationship not in (Relationship.TARGET, Relationship.POTENTIAL)


def companies() -> list[Company]:
    """The companies that `companies.csv` lists."""
    with FOLDER.joinpath("companies.csv").open(encoding="utf-8") as file:
        return [
            Company(
                name=row["name"],
                region=Region[row["region"].upper()],
                city=row["city"],
                industry=Industry[row["industry"].upper()],
                goods=row["goods"],
                destinations=tuple(row["destinations"].split()),
                relationship=Relationship[row["relationship"].upper()],
            )
            for row in csv.DictReader(file)
        ]


SURNAMES = "李张刘杨黄吴徐孙朱胡郭高罗郑梁谢宋唐韩曹"
GIVEN = ("伟", "敏", "静", "涛", "强", "军", "艳", "勇", "娟", "杰", "霞", "建华", "志强", "晓东")
POSITIONS = ("物流主管", "采购经理", "仓储主任", "财务经理", "销售内勤")


def open_archives(staff: Staff, now: datetime) -> list[Customer]:
    """Open an archive for each company, spread over the last year and the two salespeople."""
    dice = random.Random(2026)  # noqa: S311  # the same company at every first start
    opened = []
    for place, company in enumerate(companies()):
        at = now - timedelta(days=390 - 3 * place, hours=dice.randrange(8))
        salesperson = staff.salespeople[place % 2]
        opened.append(
            open_archive(
                actor=salesperson,
                now=at,
                is_another_company=True,
                **facts_of(company, place, now, dice),
            )
        )
    return opened


def facts_of(company: Company, place: int, now: datetime, dice: random.Random) -> dict[str, Any]:
    """The archive of *company*; a few gaps, as there are in real ones."""
    today = clock.local_day(now)
    is_new = company.relationship is Relationship.COOPERATING_NEW
    lasted = timedelta(days=dice.randrange(60, 330) if is_new else dice.randrange(500, 2200))
    facts = {
        "name": company.name,
        "short_name": company.name.removeprefix("演示·")[:4],
        "credit_code": credit_code(place),
        "region": company.region,
        "address": f"{company.city}市演示工业园 {dice.randrange(1, 99)} 号",
        "legal_representative": person(dice),
        "phone": f"1380000{place:02d}00",
        "contacts": contacts(place, dice),
        "nature": dice.choice([Nature.PRIVATE, Nature.PRIVATE, Nature.JOINT, Nature.STATE]),
        "industry": company.industry,
        "main_goods": company.goods,
        "transport_modes": dice.choice(
            [
                [TransportMode.ROAD],
                [TransportMode.ROAD, TransportMode.RAIL],
                [TransportMode.COMBINED],
            ]
        ),
        "flows": [
            {
                "origin": company.city,
                "destination": destination,
                "monthly_tonnes": Decimal(dice.randrange(15, 480)),
            }
            for destination in company.destinations
        ],
        "licence_is_open_ended": place % 4 == 1,
        "licence_valid_until": licence_end(place, today) if place % 4 != 1 else None,
        "origin": dice.choice([Origin.DIRECT, Origin.DIRECT, Origin.INDIRECT]),
        "relationship": company.relationship,
        "cooperation_started_on": today - lasted if company.is_partner else None,
        "cooperation_ended_on": today - timedelta(days=dice.randrange(40, 200))
        if company.relationship is Relationship.LOST
        else None,
    }
    if company.is_partner and lasted > timedelta(days=400):
        facts["price_changes"] = price_changes(company, place, today)
    if not company.is_partner:
        for name in ("legal_representative", "licence_valid_until", "phone"):
            facts[name] = None
    return facts


def credit_code(place: int) -> str:
    """A code whose check character is right and which nobody can have: there is no region 99."""
    code = f"91990000MADE{place:05d}"
    return code + check_character(code)


def contacts(place: int, dice: random.Random) -> list[dict[str, Any]]:
    """One to three people, the first of them responsible."""
    return [
        {
            "name": person(dice),
            "position": POSITIONS[(place + number) % len(POSITIONS)],
            "phone": f"1380000{place:02d}{number + 1:02d}",
            "is_responsible": number == 0,
        }
        for number in range(dice.randrange(1, 4))
    ]


def price_changes(company: Company, place: int, today: date) -> list[dict[str, Any]]:
    """How the price to the first destination went over the last year."""
    lane = f"{company.city}—{company.destinations[0]}"
    prices = [Decimal(280 + 5 * place) / 100]
    prices += [prices[0] + Decimal("0.15"), prices[0] + Decimal("0.05")]
    return [
        {
            "changed_on": today - timedelta(days=days + place),
            "what": lane,
            "before": f"{before:.2f} 元/公斤",
            "after": f"{after:.2f} 元/公斤",
            "reason": reason,
        }
        for days, before, after, reason in (
            (250, prices[0], prices[1], "油价上涨"),
            (70, prices[1], prices[2], "货量增加，双方议定下调"),
        )
    ]


def licence_end(place: int, today: date) -> date:
    """Mostly years away; a few run out soon, one has run out."""
    near = {0: 25, 6: 52, 10: -12, 20: 6}
    return today + timedelta(days=near.get(place, 400 + 61 * place))


def person(dice: random.Random) -> str:
    """A name that thousands bear."""
    return dice.choice(SURNAMES) + dice.choice(GIVEN)


def keeper_of(customer: Customer, staff: Staff) -> Actor:
    """The salesperson who follows up with *customer*."""
    return next(each for each in staff.salespeople if each.id == str(customer.salesperson_id))
