"""What the Word templates of development may name: development report, scheme, churn analysis.

They are apart from those of contracts: a contract's template that named one would stay blank.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from archive import clock
from archive.development.models import ChurnAnalysis, CooperationScheme, DevelopmentPlan
from archive.docgen import Catalogue, Placeholder, ValueKind
from archive.terms import N_, Term

TEXT, MONEY, NUMBER, DATE = ValueKind.TEXT, ValueKind.MONEY, ValueKind.NUMBER, ValueKind.DATE
NOTHING = "—"  # in a row, which is no form to fill in
PLAN, STEPS, PROGRESS, LOSS = "开拓报告", "开拓步骤", "开拓记录", "流失分析"
SCHEME, REVISIONS = "合作方案", "修订记录"


class Source(Term):
    """Where a value comes from."""

    PLAN = "plan", N_("开拓计划")
    LOSS = "loss", N_("流失分析")
    SCHEME = "scheme", N_("合作方案")


def _known(
    group: str, source: Source, key: str, label: str, example: str | Decimal | date,
    kind: ValueKind = TEXT,
) -> Placeholder:  # fmt: skip
    return Placeholder(f"{group}.{key}", label, example, source, kind)


def _of_plan(key: str, label: str, example: Any, kind: ValueKind = TEXT) -> Placeholder:
    return _known(PLAN, Source.PLAN, key, label, example, kind)


def _of_loss(key: str, label: str, example: Any, kind: ValueKind = TEXT) -> Placeholder:
    return _known(LOSS, Source.LOSS, key, label, example, kind)


def _of_scheme(key: str, label: str, example: Any, kind: ValueKind = TEXT) -> Placeholder:
    return _known(SCHEME, Source.SCHEME, key, label, example, kind)


def _column(
    table: str, key: str, label: str, example: Any, kind: ValueKind = TEXT,
    source: Source = Source.PLAN,
) -> Placeholder:  # fmt: skip
    return _known(table, source, key, label, example, kind)


DAY = date(2026, 3, 15)
PLACEHOLDERS = (
    _of_plan("客户名称", N_("公司名称"), "示例货运有限公司"),
    _of_plan("客户编码", N_("客户编码"), "C00001"),
    _of_plan("负责人", N_("负责人"), "王某"),
    _of_plan("状态", N_("状态"), "开拓中"),
    _of_plan("制定日期", N_("制定时间"), DAY, DATE),
    _of_plan("理由", N_("开拓理由"), "货量稳定。"),
    _of_plan("预计月货量", N_("预计月货量（吨）"), Decimal(120), NUMBER),
    _of_plan("预计年收入", N_("预计年收入（元）"), Decimal(300000), MONEY),
    _of_plan("计划完成日期", N_("计划完成日期"), DAY, DATE),
    _of_plan("结果", N_("结果"), "首批三票已发。"),
    _of_plan("办结日期", N_("办结日期"), DAY, DATE),
    Placeholder(STEPS, N_("开拓步骤"), "", Source.PLAN, ValueKind.ROWS, columns=(
        _column(STEPS, "步骤", N_("步骤"), "提交报价"),
        _column(STEPS, "期限", N_("完成期限"), DAY, DATE),
        _column(STEPS, "责任人", N_("责任人"), "王某"),
        _column(STEPS, "完成日期", N_("完成日期"), DAY, DATE),
        _column(STEPS, "完成情况", N_("完成情况"), "报价已送达"),
    )),
    Placeholder(PROGRESS, N_("开拓情况记录"), "", Source.PLAN, ValueKind.ROWS, columns=(
        _column(PROGRESS, "日期", N_("日期"), DAY, DATE),
        _column(PROGRESS, "方式", N_("方式"), "面谈"),
        _column(PROGRESS, "情况", N_("情况"), "确认月货量。"),
    )),
    _of_loss("客户名称", N_("公司名称"), "示例货运有限公司"),
    _of_loss("客户编码", N_("客户编码"), "C00001"),
    _of_loss("合作起始日期", N_("合作起始日期"), DAY, DATE),
    _of_loss("流失日期", N_("流失起始日期"), DAY, DATE),
    _of_loss("状态", N_("状态"), "流失中"),
    _of_loss("流失原因", N_("流失原因"), "运价原因"),
    _of_loss("流向", N_("流向何处"), "另一家承运人"),
    _of_loss("原因分析", N_("原因分析"), "报价高出两成。"),
    _of_loss("挽回措施", N_("挽回措施"), "重新报价。"),
    _of_loss("挽回期限", N_("挽回期限"), DAY, DATE),
    _of_loss("挽回结果", N_("挽回结果"), "已恢复发货。"),
    _of_loss("登记人", N_("登记人"), "王某"),
    _of_scheme("客户名称", N_("公司名称"), "示例货运有限公司"),
    _of_scheme("客户编码", N_("客户编码"), "C00001"),
    _of_scheme("状态", N_("状态"), "有效"),
    _of_scheme("承运货物", N_("承运货物"), "家用电器"),
    _of_scheme("合作内容", N_("合作内容"), "上海至成都整车，每周三班。"),
    _of_scheme("运价与结算", N_("运价与结算"), "每吨 320 元，月结 30 天。"),
    _of_scheme("服务要求", N_("服务要求"), "48 小时到达。"),
    _of_scheme("信息反馈", N_("信息反馈约定"), "每月 5 日前书面反馈。"),
    _of_scheme("起始日期", N_("方案起始日期"), DAY, DATE),
    _of_scheme("终止日期", N_("方案终止日期"), DAY, DATE),
    _of_scheme("商定日期", N_("商定日期"), DAY, DATE),
    _of_scheme("客户方商定人", N_("客户方商定人"), "李某"),
    _of_scheme("我方商定人", N_("我方商定人"), "王某"),
    Placeholder(REVISIONS, N_("修订记录"), "", Source.SCHEME, ValueKind.ROWS, columns=(
        _column(REVISIONS, "版本", N_("版本"), Decimal(1), NUMBER, Source.SCHEME),
        _column(REVISIONS, "日期", N_("日期"), DAY, DATE, Source.SCHEME),
        _column(REVISIONS, "修订人", N_("修订人"), "王某", source=Source.SCHEME),
        _column(REVISIONS, "说明", N_("修订说明"), "增加一班", source=Source.SCHEME),
    )),
)  # fmt: skip
CATALOGUE = Catalogue(PLACEHOLDERS)


def values_of_plan(plan: DevelopmentPlan, today: date) -> dict[str, Any]:
    """What is known of *plan*; *today* is the day on which it was made."""
    customer = plan.customer
    return {
        PLAN: {
            "客户名称": customer.name if customer else None,
            "客户编码": customer.customer_code if customer else None,
            "负责人": plan.owner_name,
            "状态": plan.status.label,
            "制定日期": today,
            "理由": plan.why,
            "预计月货量": plan.expected_tonnes,
            "预计年收入": plan.expected_revenue,
            "计划完成日期": plan.planned_until,
            "结果": plan.outcome,
            "办结日期": plan.ended_on,
        },
        STEPS: [
            {
                "步骤": step.what,
                "期限": step.due_on,
                "责任人": step.owner or plan.owner_name,
                "完成日期": step.done_on or NOTHING,
                "完成情况": step.result or NOTHING,
            }
            for step in plan.steps
        ],
        PROGRESS: [
            {"日期": each.noted_on, "方式": each.way.label, "情况": each.content}
            for each in plan.progress
        ],
    }


def values_of_loss(loss: ChurnAnalysis) -> dict[str, Any]:
    """What is known of *loss*."""
    customer = loss.customer
    return {
        LOSS: {
            "客户名称": customer.name if customer else None,
            "客户编码": customer.customer_code if customer else None,
            "合作起始日期": customer.cooperation_started_on if customer else None,
            "流失日期": loss.lost_since,
            "状态": loss.status.label,
            "流失原因": loss.cause.label,
            "流向": loss.went_to,
            "原因分析": loss.analysis,
            "挽回措施": loss.win_back,
            "挽回期限": loss.win_back_on,
            "挽回结果": loss.conclusion,
            "登记人": loss.recorded_by_name,
        }
    }


def values_of_scheme(scheme: CooperationScheme) -> dict[str, Any]:
    """What the version of *scheme* that counts says, and how it came to be."""
    customer = scheme.customer
    return {
        SCHEME: {
            "客户名称": customer.name if customer else None,
            "客户编码": customer.customer_code if customer else None,
            "状态": scheme.status.label,
            "承运货物": scheme.goods,
            "合作内容": scheme.content,
            "运价与结算": scheme.prices,
            "服务要求": scheme.services,
            "信息反馈": scheme.feedback,
            "起始日期": scheme.valid_from,
            "终止日期": scheme.valid_until,
            "商定日期": scheme.agreed_on,
            "客户方商定人": scheme.agreed_with,
            "我方商定人": scheme.agreed_by,
        },
        REVISIONS: [
            {
                "版本": each.number,
                "日期": clock.local_day(each.made_at),
                "修订人": each.made_by_name,
                "说明": each.change or "初次制定",
            }
            for each in scheme.versions
        ],
    }
