"""What the list to sign of a handover (客户交接清单) may name."""

from datetime import date
from decimal import Decimal
from typing import Any

from archive import clock
from archive.docgen import Catalogue, Placeholder, ValueKind
from archive.terms import N_, Term
from archive.upkeep.models import Handed, HandedKind, Handover

TEXT, NUMBER, DATE, ROWS = ValueKind.TEXT, ValueKind.NUMBER, ValueKind.DATE, ValueKind.ROWS
LIST, CUSTOMERS, OTHERS, SIGNING = "交接清单", "交接客户", "交接事项", "交接签字"
TO_WRITE = "_" * 12  # written by hand
NOTHING = "—"  # in a row, which is no form to fill in


class Source(Term):
    """Where a value comes from."""

    HANDOVER = "handover", N_("客户交接")


def _of_list(key: str, label: str, example: Any, kind: ValueKind = TEXT) -> Placeholder:
    return Placeholder(f"{LIST}.{key}", label, example, Source.HANDOVER, kind)


def _column(table: str, key: str, label: str, example: Any, kind: ValueKind = TEXT) -> Placeholder:
    return Placeholder(f"{table}.{key}", label, example, Source.HANDOVER, kind)


def _rows(table: str, label: str, *columns: Placeholder) -> Placeholder:
    return Placeholder(table, label, "", Source.HANDOVER, ROWS, columns=columns)


DAY = date(2026, 3, 15)
PLACEHOLDERS = (
    _of_list("编号", N_("编号"), "JJ-2026-00001"),
    _of_list("移交人", N_("移交人"), "王某"),
    _of_list("接收人", N_("接收人"), "李某、张某"),
    _of_list("经办人", N_("经办人"), "赵某"),
    _of_list("交接日期", N_("交接日期"), DAY, DATE),
    _of_list("最后工作日", N_("最后工作日"), "2026年3月31日"),
    _of_list("原因", N_("交接原因"), "离职"),
    _of_list("客户数", N_("客户数"), Decimal(12), NUMBER),
    _rows(
        CUSTOMERS, N_("交接的客户"),
        _column(CUSTOMERS, "序号", N_("序号"), Decimal(1), NUMBER),
        _column(CUSTOMERS, "客户名称", N_("公司名称"), "示例货运有限公司"),
        _column(CUSTOMERS, "档案编号", N_("档案编号"), "KH-2026-00001"),
        _column(CUSTOMERS, "类别", N_("客户类别"), "合作老客户"),
        _column(CUSTOMERS, "接收人", N_("接收人"), "李某"),
    ),
    _rows(
        OTHERS, N_("随客户移交的计划和任务"),
        _column(OTHERS, "事项", N_("事项"), "任务"),
        _column(OTHERS, "编号", N_("编号"), "RW-2026-00001"),
        _column(OTHERS, "内容", N_("内容"), "提交报价"),
        _column(OTHERS, "接收人", N_("接收人"), "李某"),
    ),
    _rows(
        SIGNING, N_("双方签字"),
        _column(SIGNING, "身份", N_("身份"), "移交人"),
        _column(SIGNING, "姓名", N_("姓名"), "王某"),
        _column(SIGNING, "签字", N_("签字"), TO_WRITE),
        _column(SIGNING, "日期", N_("日期"), TO_WRITE),
    ),
)  # fmt: skip
CATALOGUE = Catalogue(PLACEHOLDERS)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else NOTHING


def values_of_handover(handover: Handover, to: str) -> dict[str, Any]:
    """What *handover* says, all of it or what the person *to* takes over."""
    things = list(Handed.of(handover, to))
    customers = [each for each in things if each.kind is HandedKind.CUSTOMER]
    receivers = [each.name for each in handover.receivers if to in ("", each.person_id)]
    return {
        LIST: {
            "编号": handover.number,
            "移交人": handover.leaver_name,
            "接收人": "、".join(receivers),
            "经办人": handover.made_by_name,
            "交接日期": clock.local_day(handover.created_at),
            "最后工作日": _day(handover.last_day),
            "原因": handover.reason,
            "客户数": Decimal(len(customers)),
        },
        CUSTOMERS: [
            {
                "序号": Decimal(place),
                "客户名称": each.caption,
                "档案编号": each.code,
                "类别": each.note or NOTHING,
                "接收人": each.to_name,
            }
            for place, each in enumerate(customers, 1)
        ],
        OTHERS: [
            {
                "事项": each.kind.label,
                "编号": each.code,
                "内容": f"{each.caption}（{each.note}）" if each.note else each.caption,
                "接收人": each.to_name,
            }
            for each in things
            if each.kind is not HandedKind.CUSTOMER
        ],
        SIGNING: [
            {"身份": role, "姓名": name, "签字": TO_WRITE, "日期": TO_WRITE}
            for role, name in (
                ("移交人", handover.leaver_name),
                *(("接收人", name) for name in receivers),
            )
        ],
    }
