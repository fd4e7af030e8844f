"""What the list to sign of a disposal (附件销毁清单) may name."""

from datetime import date
from decimal import Decimal
from typing import Any

from archive import clock
from archive.custody.models import Disposal
from archive.docgen import Catalogue, Placeholder, ValueKind
from archive.terms import N_, Term

TEXT, NUMBER, DATE, ROWS = ValueKind.TEXT, ValueKind.NUMBER, ValueKind.DATE, ValueKind.ROWS
LIST, PAPERS, SIGNING = "销毁清单", "销毁附件", "销毁签字"
TO_WRITE = "_" * 12  # written by hand
NOTHING = "—"  # in a row, which is no form to fill in


class DisposalSource(Term):
    """Where a value comes from."""

    DISPOSAL = "disposal", N_("附件销毁")


def _of(table: str, key: str, label: str, example: Any, kind: ValueKind = TEXT) -> Placeholder:
    return Placeholder(f"{table}.{key}", label, example, DisposalSource.DISPOSAL, kind)


def _rows(table: str, label: str, *columns: Placeholder) -> Placeholder:
    return Placeholder(table, label, "", DisposalSource.DISPOSAL, ROWS, columns=columns)


PLACEHOLDERS = (
    _of(LIST, "编号", N_("编号"), "XH-2026-00001"),
    _of(LIST, "提出人", N_("提出人"), "李某"),
    _of(LIST, "提出日期", N_("提出日期"), date(2026, 3, 15), DATE),
    _of(LIST, "审批人", N_("审批人"), "赵某"),
    _of(LIST, "状态", N_("状态"), "已批准，等待销毁"),
    _of(LIST, "原因", N_("销毁的原因"), "保管期满"),
    _of(LIST, "份数", N_("份数"), Decimal(12), NUMBER),
    _rows(
        PAPERS, N_("要销毁的附件"),
        _of(PAPERS, "序号", N_("序号"), Decimal(1), NUMBER),
        _of(PAPERS, "题名", N_("题名"), "年度运输合同"),
        _of(PAPERS, "类别", N_("类别"), "合同复印件"),
        _of(PAPERS, "客户名称", N_("公司名称"), "示例货运有限公司"),
        _of(PAPERS, "档案编号", N_("档案编号"), "KH-2026-00001"),
        _of(PAPERS, "文件日期", N_("文件日期"), "2014-03-15"),
        _of(PAPERS, "保管到", N_("保管到"), "2024-03-15"),
        _of(PAPERS, "存放位置", N_("存放位置"), "03-2-015"),
    ),
    _rows(
        SIGNING, N_("签字"),
        _of(SIGNING, "身份", N_("身份"), "监销人"),
        _of(SIGNING, "姓名", N_("姓名"), TO_WRITE),
        _of(SIGNING, "签字", N_("签字"), TO_WRITE),
        _of(SIGNING, "日期", N_("日期"), TO_WRITE),
    ),
)  # fmt: skip
CATALOGUE = Catalogue(PLACEHOLDERS)


def values_of_disposal(disposal: Disposal) -> dict[str, Any]:
    """What *disposal* says, paper by paper."""
    return {
        LIST: {
            "编号": disposal.number,
            "提出人": disposal.made_by_name,
            "提出日期": clock.local_day(disposal.created_at),
            "审批人": disposal.decided_by_name or TO_WRITE,
            "状态": disposal.state.label,
            "原因": disposal.reason,
            "份数": Decimal(disposal.total),
        },
        PAPERS: [
            {
                "序号": Decimal(each.place),
                "题名": each.title,
                "类别": each.kind.label,
                "客户名称": each.customer or NOTHING,
                "档案编号": each.archive_number or NOTHING,
                "文件日期": each.document_on.isoformat() if each.document_on else NOTHING,
                "保管到": each.kept_until.isoformat() if each.kept_until else NOTHING,
                "存放位置": each.kept_at or NOTHING,
            }
            for each in disposal.papers()
        ],
        SIGNING: [
            {"身份": role, "姓名": name, "签字": TO_WRITE, "日期": TO_WRITE}
            for role, name in (
                ("提出人", disposal.made_by_name),
                ("审批人", disposal.decided_by_name or TO_WRITE),
                ("销毁人", TO_WRITE),
                ("监销人", TO_WRITE),
            )
        ],
    }
