"""Bringing in lists of monthly figures."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bson import ObjectId
from flask_babel import gettext

from archive.actor import Actor, Right
from archive.customers import service as customers
from archive.customers.models import Customer, written_together
from archive.customers.rules import folded_name
from archive.database import EditedMeanwhile
from archive.errors import ArchiveError
from archive.figures import rules, service
from archive.figures.forms import MonthRow
from archive.figures.models import MonthFigures, YearFigures, as_stored
from archive.figures.service import Given
from archive.importable import Change, ImportKind, Judgement, Kept, Planned, Verdict, Written
from archive.terms import N_
from archive.web.answers import words_of
from archive.web.importing import column, reader_of
from archive.web.wording import label_of, wording_of

YEAR_AND_MONTH = ("month", "year")
MONTH = re.compile(r"((?:19|20)\d\d)\s*[-/.年]?\s*(\d{1,2})\s*(?:月|[-/.]\d{1,2}.*)?")

UNKNOWN = N_("没有客户“%(text)s”，请填客户编码或完整的公司名称。")
NOT_YOURS = N_("您不能登记客户“%(name)s”的业绩。")
STALE = N_("检查之后有人修改过这位客户的业绩，请重新检查这张表。")
CHANGED_SINCE = N_("导入之后有人修改过，已保留。")


def split_month(cells: dict[str, str]) -> Mapping[str, Any]:
    """A month that says its year as well: 2026-03, 2026年3月, 202603, or the first of its days."""
    for name in YEAR_AND_MONTH:
        if found := MONTH.fullmatch(cells.get(name, "")):
            return {**cells, "year": found[1], "month": found[2]}
    bare = {name: text.rstrip("月年") for name, text in cells.items() if name in YEAR_AND_MONTH}
    return {**cells, **bare}


def identity_of(row: MonthRow) -> str:
    """One month of one customer."""
    return f"{folded_name(row.customer)}|{row.year}-{row.month:02d}"


def facts_of(row: MonthRow) -> dict[str, Any]:
    """What the row says of the month; an empty cell says nothing."""
    return {name: getattr(row, name) for name in rules.FIELDS if name in row.model_fields_set}


def named(rows: Sequence[MonthRow]) -> dict[str, Customer]:
    """The customers that *rows* name, most of them in two queries."""
    texts = {row.customer for row in rows}
    upper = [text.upper() for text in texts]
    found: dict[str, Customer] = {}
    for customer in Customer.objects(customer_code__in=upper).only(*READ):
        found[customer.customer_code] = customer
    by_code = {text: found[text.upper()] for text in texts if text.upper() in found}
    names: dict[str, list[Customer]] = defaultdict(list)
    for customer in Customer.objects(name__in=list(texts - by_code.keys())).only(*READ):
        names[customer.name].append(customer)
    by_name = {name: same[0] for name, same in names.items() if len(same) == 1}
    rest = texts - by_code.keys() - by_name.keys()
    others = {text: customer for text in rest if (customer := customers.find(text))}
    return {**by_code, **by_name, **others}


READ = ("id", "name", "customer_code", "archive_number", "salesperson_id")


def judge(rows: Sequence[MonthRow], actor: Actor) -> list[Judgement]:
    """What each row would do to the figures that are kept."""
    known = named(rows)
    fields = {name: (label_of(MonthRow, name), wording_of(MonthRow, name)) for name in rules.FIELDS}
    years = YearFigures.by_customer_and_year(
        (known[row.customer].id, row.year) for row in rows if row.customer in known
    )
    return [judge_row(row, known.get(row.customer), years, actor, fields) for row in rows]


def judge_row(
    row: MonthRow,
    customer: Customer | None,
    years: Mapping[tuple[Any, int], YearFigures],
    actor: Actor,
    fields: Mapping[str, tuple[str, Callable[[Any], str]]],
) -> Judgement:
    """What one row would do."""
    if customer is None:
        return Judgement(Verdict.REFUSED, why=gettext(UNKNOWN, text=row.customer[:60]))
    if not actor.may(Right.RECORD_FIGURES, customer):
        return Judgement(Verdict.REFUSED, why=gettext(NOT_YOURS, name=customer.name))
    figures = years.get((customer.id, row.year))
    month = figures.known_month(row.month) if figures else None
    said = facts_of(row)
    changes = tuple(
        Change(label, in_words(before), in_words(value))
        for name, value in said.items()
        for label, in_words in (fields[name],)
        if (before := getattr(month, name, None)) != value
    )
    verdict = Verdict.CHANGED if month else Verdict.NEW
    return Judgement(
        verdict if changes else Verdict.SAME,
        record=f"{customer.key}:{row.year}",
        caption=f"{customer.caption} {row.year}-{row.month:02d}",
        changes=changes,
        before={
            "month": row.month,
            "was": dict(month.to_mongo()) if month else {},
            "given": as_stored(said),
        },
    )


def write(planned: Sequence[Planned[MonthRow]], actor: Actor, now: datetime) -> list[Written]:
    """Write the months of one customer's year at a time, in one write."""
    together: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(planned):
        together[each.record].append(at)
    known = Customer.by_key({record.partition(":")[0] for record in together}, READ)
    given: dict[str, Given] = {}
    for record, places in together.items():
        key, _, year = record.partition(":")
        kept = [planned[at].before for at in places]
        months = {each["month"]: each["given"] for each in kept}
        if (customer := known.get(key)) is not None:
            given[record] = Given(customer, int(year), months)
    outcomes = service.record_all(list(given.values()), actor=actor, now=now)
    became = {record: _written(outcome) for record, outcome in zip(given, outcomes, strict=True)}
    gone = Written(refused=gettext(STALE))
    return [became.get(each.record, gone) for each in planned]


def _written(outcome: int | ArchiveError) -> Written:
    if isinstance(outcome, EditedMeanwhile):
        return Written(refused=gettext(STALE))
    if isinstance(outcome, ArchiveError):
        return Written(refused=words_of(outcome)[0])
    return Written(outcome)


def take_back(rows: Sequence[Kept], actor: Actor, now: datetime, reason: str) -> list[str]:
    """Give each month what it held before, where it still holds what its row said."""
    together: dict[tuple[ObjectId, int], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        key, _, year = row.record.partition(":")
        together[ObjectId(key), int(year)].append(at)
    years = YearFigures.by_customer_and_year(together)
    known = Customer.by_key({str(key) for key, _ in together})
    stays = [""] * len(rows)
    with written_together(known.values()):
        for which, places in together.items():
            if which in years:
                some = [rows[at] for at in places]
                for at, why in zip(
                    places, _taken_back(years[which], some, actor, now, reason), strict=True
                ):
                    stays[at] = why
    return stays


def _taken_back(
    figures: YearFigures, rows: Sequence[Kept], actor: Actor, now: datetime, reason: str
) -> list[str]:
    """Take months of a year back in one write; why each stays, in words."""
    back: dict[int, dict[str, Any]] = {}
    stays = []
    for row in rows:
        number, was, given = row.before["month"], row.before["was"], row.before["given"]
        kept = figures.month(number).to_mongo().to_dict()
        stays.append(gettext(CHANGED_SINCE) if rules.differs(kept, given) else "")
        if not stays[-1]:
            then = MonthFigures.from_stored({**kept, **dict.fromkeys(given), **was})
            back[number] = {name: getattr(then, name) for name in rules.FIELDS}
    facts = {"months": service.merged(figures, back)}
    try:
        if back:
            figures.change(actor, now, "figures.import_taken_back", facts, reason=reason)
    except EditedMeanwhile:
        return [gettext(CHANGED_SINCE)] * len(rows)
    return stays


FIGURES = ImportKind[MonthRow](
    key="figures",
    label=N_("月度业绩"),
    right=Right.IMPORT_LISTS,
    columns=(
        column(MonthRow, "customer", "客户编码", "客户名称", "公司名称", "客户代码", "单位名称",
               example="C00001"),
        column(MonthRow, "year", "年度", "年", example="2026", is_needed=False),
        column(MonthRow, "month", "月", "年月", "期间", "所属月份", "账期", example="3"),
        column(MonthRow, "revenue", "营业收入", "运费收入", "销售额", "收入", example="128000.00"),
        column(MonthRow, "cost", "运输成本", "成本", example="96000.00"),
        column(MonthRow, "profit", "毛利", "毛利润", "利润"),
        column(MonthRow, "tonnage", "吨数", "吨位", "重量", "运量", example="320.5"),
        column(MonthRow, "shipments", "票数", "单数", "运单数", "车次", example="42"),
        column(MonthRow, "invoiced", "开票金额", "已开票", "应收"),
        column(MonthRow, "received", "回款金额", "已收款", "实收", "收款"),
        column(MonthRow, "days_late", "逾期", "超期天数", "平均逾期天数"),
    ),
    read=reader_of(MonthRow, split_month),
    identity=identity_of,
    judge=judge,
    write=write,
    take_back=take_back,
    reads_again=False,
    help=N_("每行一位客户的一个月。已有的月份会更新，空格子不改动原有数字。"),
)  # fmt: skip

IMPORTS = (FIGURES,)
