"""What can go wrong with customers."""

from archive.errors import Conflict, Refused
from archive.terms import N_


class CreditCodeTaken(Conflict):
    """Another customer's archive has this unified social credit code."""

    message = N_("统一社会信用代码 %(credit_code)s 已属于客户“%(name)s”（%(customer_code)s）。")
    remedy = N_("一家公司只建一份档案：请打开已有的档案，或核对代码。")
    field = "credit_code"


class LooksAlike(Conflict):
    """Customers whose names are nearly the same; the person says whether it is another company."""

    message = N_("已有名称相近的客户：%(names)s。")
    remedy = N_("如果确是另一家公司，请勾选确认后再提交。")
    field = "is_another_company"


class StillUsed(Conflict):
    """Papers, visits, complaints or contracts are kept about the customer."""

    message = N_("客户“%(name)s”的档案里已有附件、拜访、抱怨或合同，不能撤销建档。")
    remedy = N_("如果是重复的档案，请保留，并在档案中说明。")


class KeeperNeeded(Refused):
    """A strategic customer without somebody named who looks after it."""

    article = 4
    message = N_("战略客户必须指定专人负责（第 4 条）。")
    remedy = N_("请选择专人后再保存。")
    field = "keeper"


class RelationshipComputed(Refused):
    """The relationship follows from figures and dates; it is not typed any more."""

    article = 4
    message = N_("业务往来现在由业绩和合作日期判定为“%(found)s”，不能在档案里直接改。")
    remedy = N_("请保留原值；确需更改的，由销售经理在“分类”里指定并说明原因。")
    field = "relationship"


class NotConfirmed(Conflict):
    """Nobody has confirmed the facts since they were last edited: nothing can be withdrawn."""

    message = N_("资料最近没有被确认过，没有可以撤回的。")
    remedy = N_("请刷新后查看现在的状态。")


class NoSuchContact(Refused):
    """Nobody of that name is there any more."""

    message = N_("联系人里没有“%(name)s”，可能刚被他人更改。")
    remedy = N_("请回到档案查看现在的联系人。")
    field = "name"


class LeftLater(Refused):
    """Somebody who is said to leave on a day to come."""

    message = N_("离开日期 %(day)s 还没有到。")
    remedy = N_("请在其离开之后登记，或填写今天以前的日期。")
    field = "left_on"
