"""Pure rules about contracts: kinds, statuses, the arithmetic of the price table."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from archive.chinese.capitals import LIMIT, write_capitals
from archive.terms import N_, Term

CENT = Decimal("0.01")


class ContractKind(Term):
    """合同类别 (Art. 19)."""

    FORMAT = "format", N_("口头/格式合同")
    ROUTINE = "routine", N_("常规服务合同")
    SPECIAL = "special", N_("特殊服务合同")


class ContractStatus(Term):
    """The state of a contract between draft and end (Art. 20-23)."""

    DRAFT = "draft", N_("草稿"), "active"
    IN_REVIEW = "in_review", N_("评审中"), "active"
    REJECTED = "rejected", N_("已退回"), "bad"
    APPROVED = "approved", N_("已批准"), "good"
    EFFECTIVE = "effective", N_("已生效"), "good"
    CHANGED = "changed", N_("已变更")
    TERMINATED = "terminated", N_("已终止")
    EXPIRED = "expired", N_("已到期")
    VOID = "void", N_("已作废"), "bad"


class VersionSource(Term):
    """How a version of a draft came to be."""

    GENERATED = "generated", N_("由模板生成")
    EDITED = "edited", N_("修改后上传")
    RETURNED = "returned", N_("客户退回的文件")
    REPEATED = "repeated", N_("重新采用")


UPLOADED = (VersionSource.EDITED, VersionSource.RETURNED)
"""The versions that people bring as files."""


class TakenFrom(Term):
    """Where a value that nobody typed was taken from."""

    CONTRACT = "contract", N_("来自合同 %(number)s")
    COMPANY = "company", N_("来自本公司资料")
    CUSTOMER = "customer", N_("来自客户档案")


class PaperFlaw(Term):
    """What is wrong with a paper that shows the customer's standing (Art. 20.1)."""

    MISSING = "missing", N_("没有归档"), "warn"
    EXPIRED = "expired", N_("已过期"), "bad"
    EXPIRED_IN_ARCHIVE = "expired_in_archive", N_("档案中登记的有效期已过"), "bad"


class TemplateKind(Term):
    """What a template makes."""

    CONTRACT = "contract", N_("合同")
    CHANGE = "change", N_("变更协议")
    SUPPLEMENT = "supplement", N_("补充协议")
    TERMINATION = "termination", N_("解除协议")
    LETTER = "letter", N_("业务反馈函")
    LEDGER = "ledger", N_("合同管理台账")
    CARD = "card", N_("客户档案表")


AGREEMENTS = (TemplateKind.CHANGE, TemplateKind.SUPPLEMENT, TemplateKind.TERMINATION)
"""What is made of another contract: it changes that one, adds to it or ends it (Art. 23, 24)."""
DRAFTED = (TemplateKind.CONTRACT, *AGREEMENTS)
"""What a draft is made of."""
IN_FORCE = (ContractStatus.EFFECTIVE, ContractStatus.CHANGED)
"""Contracts that bind both sides, and so can be changed."""
IN_LEDGER = (
    ContractStatus.APPROVED, *IN_FORCE, ContractStatus.TERMINATED, ContractStatus.EXPIRED,
    ContractStatus.VOID,
)  # fmt: skip
"""What has left the stage of a draft: entered in the ledger, and never taken out of it."""
REMARKED = (
    ContractStatus.CHANGED, ContractStatus.TERMINATED, ContractStatus.EXPIRED, ContractStatus.VOID,
)  # fmt: skip
"""What the ledger says in its remarks (Art. 25.2)."""


def row_amount(quantity: Decimal | None, unit_price: Decimal | None) -> Decimal | None:
    """What a row of the price table comes to, in yuan and fen; None where a factor is open."""
    if quantity is None or unit_price is None:
        return None
    return (quantity * unit_price).quantize(CENT, ROUND_HALF_UP)


def total_of(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of a price table; None where it is empty or a row of it is open."""
    known = list(amounts)
    if not known or any(amount is None for amount in known):
        return None
    return sum((amount for amount in known if amount is not None), Decimal(0))


def rows_say_otherwise(amount: Decimal | None, amounts: Iterable[Decimal | None]) -> Decimal | None:
    """What the price table comes to, where the *amount* of the contract is another; else None."""
    total = total_of(amounts)
    return total if total is not None and amount is not None and total != amount else None


def in_capitals(amount: Decimal | None) -> str:
    """*amount* in capital characters; empty where there is none that can be written so."""
    if amount is None or not 0 <= amount < LIMIT:
        return ""
    return write_capitals(amount.quantize(CENT, ROUND_HALF_UP))
