"""What is typed in to merge two archives, and to hand over customers."""

from archive.customers.forms import ANY_NAME, CustomerKey, asked_customer
from archive.terms import N_
from archive.upkeep.rules import Choice
from archive.web.inputs import Count, Day, Input, Reason, asked

MOST_RECEIVERS = 20


class OtherInput(Input):
    """The other archive of the same company."""

    other: CustomerKey = asked_customer(N_("同一客户的另一份档案"), openable=True)


class MergeInput(OtherInput):
    """Which archive is merged in, and what is right where both differ."""

    kept_revision: Count = asked(N_("保留的档案的版本"), ge=1)
    other_revision: Count = asked(N_("并入的档案的版本"), ge=1)
    choices: dict[str, Choice] = asked(N_("逐项选择"), {})
    rows: dict[str, Choice] = asked(N_("各月业绩"), {})
    reason: Reason = asked(N_("合并的原因"), widget="textarea")


class MergeOfInput(MergeInput):
    """A merge, as a program asks for it."""

    kept: CustomerKey = asked(N_("保留的档案"), help=ANY_NAME)


class WhoInput(Input):
    """Who hands over, and who takes over."""

    leaver: str = asked(N_("移交人"), widget="select", max_length=24)
    receivers: list[str] = asked(
        N_("接收人"), widget="multiselect", min_length=1, max_length=MOST_RECEIVERS
    )


class HandoverInput(WhoInput):
    """A salesperson's customers, handed over."""

    last_day: Day | None = asked(N_("最后工作日"), None)
    reason: Reason = asked(N_("交接原因"), widget="textarea")
    customers: dict[str, str] = asked(N_("客户的接收人"), {})
