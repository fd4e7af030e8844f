"""The company's list of price changes (合作价格变动, Art. 8)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from archive.actor import Actor, Right
from archive.customers import rules
from archive.customers.forms import CustomerKey, PriceChangeInput
from archive.customers.imports.rows import (
    NOT_YOURS,
    attempt_all,
    attempt_all_back,
    differs,
    in_words,
    refused,
)
from archive.customers.models import Customer, PriceChange
from archive.importable import Change, ImportKind, Judgement, Kept, Planned, Verdict, Written
from archive.terms import N_
from archive.web.importing import column, reader_of
from archive.web.inputs import asked
from archive.web.wording import label_of


class PriceRow(PriceChangeInput):
    """A row of a list of price changes."""

    customer: CustomerKey = asked(N_("客户"))


def identity_of_price(row: PriceRow) -> str:
    """One lane of one customer on one day."""
    return f"{row.customer}|{row.changed_on}|{rules.folded_name(row.what)}"


def judge_prices(rows: Sequence[PriceRow], actor: Actor) -> list[Judgement]:
    """What each row would do to the price changes of its customer."""
    known = Customer.by_key(row.customer for row in rows)
    return [judge_price(row, known[row.customer], actor) for row in rows]


def judge_price(row: PriceRow, customer: Customer, actor: Actor) -> Judgement:
    """What one row would do: a change known by lane and day is updated, another is added."""
    if not actor.may(Right.EDIT_CUSTOMER, customer):
        return refused(NOT_YOURS, name=customer.name)
    change = change_of(customer, row.what, row.changed_on)
    changes = tuple(
        Change(
            label_of(PriceRow, name),
            in_words(PriceRow, name, getattr(change, name)) if change else "",
            in_words(PriceRow, name, value),
        )
        for name, value in price_facts(row).items()
        if change is None or differs(getattr(change, name), value)
    )
    verdict = Verdict.CHANGED if change else Verdict.NEW
    return Judgement(
        verdict if changes else Verdict.SAME,
        record=customer.key,
        caption=f"{row.changed_on} {row.what} · {customer.caption}",
        changes=changes,
        revision=customer.revision,
        before={
            "what": row.what,
            "changed_on": row.changed_on.isoformat(),
            "was": _as_kept(change) if change else {},
        },
    )


def write_prices(
    planned: Sequence[Planned[PriceRow]], actor: Actor, now: datetime
) -> list[Written]:
    """Add and update price changes."""
    return attempt_all(write_price, planned, actor, now)


def write_price(planned: Planned[PriceRow], actor: Actor, now: datetime) -> Written:
    """Add or update one price change, once."""
    row = planned.typed
    customer = Customer.find(row.customer)
    actor.require(Right.EDIT_CUSTOMER, customer)
    known = change_of(customer, row.what, row.changed_on)
    held = _as_kept(known) if known else {}
    merged = PriceChange(**{**held, "changed_on": row.changed_on, **price_facts(row)})
    others = [each for each in customer.price_changes if each is not known]
    facts = {"price_changes": in_order([*others, merged])}
    customer.change(actor, now, "customer.edited", facts)
    return Written(customer.revision)


def take_back_prices(rows: Sequence[Kept], actor: Actor, now: datetime, reason: str) -> list[str]:
    """Remove price changes that the import added, and give others their facts of before."""
    return attempt_all_back(take_back_price, rows, actor, now, reason)


def take_back_price(row: Kept, actor: Actor, now: datetime, reason: str) -> str:
    """Take one row back; why it stays, in words."""
    customer = Customer.objects(id=row.record).first()
    day = date.fromisoformat(row.before["changed_on"])
    change = change_of(customer, row.before["what"], day) if customer else None
    if customer is None or change is None:
        return ""
    others = [each for each in customer.price_changes if each is not change]
    if not row.was_new:
        others.append(PriceChange(**{**row.before["was"], "changed_on": day}))
    facts = {"price_changes": in_order(others)}
    customer.change(actor, now, "customer.import_taken_back", facts, reason=reason)
    return ""


def change_of(customer: Customer, what: str, day: date) -> PriceChange | None:
    """The change of *what* on *day* that the archive of *customer* holds."""
    folded = rules.folded_name(what)
    return next(
        (
            each
            for each in customer.price_changes
            if each.changed_on == day and rules.folded_name(each.what) == folded
        ),
        None,
    )


def in_order(changes: Sequence[PriceChange]) -> list[PriceChange]:
    """*changes* from the first day on."""
    return sorted(changes, key=lambda each: (each.changed_on, each.what))


def price_facts(row: PriceRow) -> dict[str, Any]:
    """What the row says of the price; an empty cell says nothing."""
    return dict(row.model_dump(include=row.model_fields_set - {"customer", "changed_on"}))


def _as_kept(change: PriceChange) -> dict[str, Any]:
    names = ("what", "before", "after", "reason")
    return {name: getattr(change, name) for name in names}


PRICES = ImportKind[PriceRow](
    key="prices",
    label=N_("合作价格变动"),
    right=Right.IMPORT_LISTS,
    columns=(
        column(PriceRow, "customer", "客户名称", "客户编码", "公司名称", "单位名称", "公司",
               example="C00001"),
        column(PriceRow, "changed_on", "日期", "调价日期", "生效日期", "执行日期",
               example="2026-03-15"),
        column(PriceRow, "what", "线路", "项目", "运输线路", "调价线路", example="上海—成都"),
        column(PriceRow, "before", "原运价", "调整前", "调前价格", example="3.20 元/公斤"),
        column(PriceRow, "after", "现运价", "新价", "调整后", "调后价格", "价格",
               example="3.05 元/公斤"),
        column(PriceRow, "reason", "调价原因", "备注", "说明"),
    ),
    read=reader_of(PriceRow),
    identity=identity_of_price,
    judge=judge_prices,
    write=write_prices,
    take_back=take_back_prices,
    help=N_("按客户、线路和日期找到已有的变动：找到则更新，找不到则添加。"),
)  # fmt: skip
