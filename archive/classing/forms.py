"""What is typed in about classes: one declaration for the page and the API."""

from typing import Annotated, Any

from pydantic import Field

from archive.customers.rules import Relationship
from archive.customers.rules.classes import Contribution, Credit, Dimension, Extra, Maintenance
from archive.filing.rules import AttachmentKind
from archive.terms import N_
from archive.web.inputs import Count, Day, Input, Reason, asked

Days = Annotated[Count, Field(ge=1, le=3650)]

UNTIL = N_("到这一天为止；此后按计算结果。")


def asked_reason() -> Any:
    """Why a person sets a class."""
    return asked(N_("原因"), widget="textarea", help=N_("写明依据，供日后查阅。"))


class ContributionInput(Input):
    """The contribution of a customer, for a time other than computed."""

    value: Contribution = asked(N_("贡献度"))
    until: Day = asked(N_("有效期至"), help=UNTIL)
    reason: Reason = asked_reason()


class RelationshipInput(Input):
    """Where business with a customer stands, for a time other than computed."""

    value: Relationship = asked(N_("业务往来"))
    until: Day = asked(N_("有效期至"), help=UNTIL)
    reason: Reason = asked_reason()


class MaintenanceInput(Input):
    """How important it is to keep a customer."""

    value: Maintenance = asked(N_("维护重要性"))
    keeper: str | None = asked(
        N_("专人"), None, widget="select", max_length=24,
        help=N_("战略客户必须指定专人负责（第 4 条）；不选则保留原来的专人。"),
    )  # fmt: skip
    until: Day | None = asked(N_("有效期至"), None, help=N_("可不填；到期后重新待定。"))
    reason: Reason = asked_reason()


class CreditInput(Input):
    """How a customer pays and settles disputes."""

    value: Credit = asked(N_("信誉"))
    until: Day | None = asked(N_("有效期至"), None, help=N_("可不填；到期后重新待定。"))
    reason: Reason = asked_reason()


INPUTS: dict[Dimension, type[Input]] = {
    Dimension.CONTRIBUTION: ContributionInput,
    Dimension.RELATIONSHIP: RelationshipInput,
    Dimension.MAINTENANCE: MaintenanceInput,
    Dimension.CREDIT: CreditInput,
}


class AcceptManyInput(Input):
    """What is accepted of the proposals of many customers."""

    dimensions: list[Dimension] = asked(
        N_("采纳哪些建议"),
        [Dimension.MAINTENANCE, Dimension.CREDIT],
        min_length=1,
        max_length=len(Dimension),
    )
    salesperson_keeps: bool = asked(
        N_("没有专人的战略客户，由其跟进销售员任专人"),
        False,
        help=N_("战略客户必须指定专人（第 4 条）；不勾选时，没有专人的战略客户不采纳，并列出来。"),
    )
    reason: Reason = asked_reason()


class MeasuresInput(Input):
    """What is done for the customers of a class."""

    visit_days: Days | None = asked(
        N_("拜访间隔（天）"), None, help=N_("每隔多少天至少拜访一次；不填则本类不作要求。")
    )
    letter_days: Days | None = asked(
        N_("反馈信函间隔（天）"), None, help=N_("每隔多少天至少发一次书面反馈。")
    )
    needs_keeper: bool = asked(N_("须指定专人"), False)
    extras: list[Extra] = asked(N_("合同的附加要求"), [], max_length=len(Extra))
    papers: list[AttachmentKind] = asked(N_("须有的附件"), [], max_length=len(AttachmentKind))
