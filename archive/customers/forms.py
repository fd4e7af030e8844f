"""What is typed in about a customer: one declaration for the page and the API."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from archive.chinese.credit_codes import is_credit_code, normalise_credit_code
from archive.customers import service
from archive.customers.rules import (
    Industry,
    Nature,
    Origin,
    Region,
    Relationship,
    TransportMode,
)
from archive.terms import N_
from archive.web.inputs import (
    Balance,
    Code,
    Count,
    Day,
    Email,
    Input,
    Line,
    Number,
    Phone,
    Reason,
    Text,
    Website,
    asked,
    fault,
)

WHO = N_("基本情况")
HOW = N_("联系方式")
WHAT = N_("业务情况")
CREDIT = N_("资信情况")
COOPERATION = N_("合作情况")


def check_credit_code(text: str) -> str:
    """A well-formed code. A wrong check character is kept, and shown as doubtful."""
    code = normalise_credit_code(text)
    if not is_credit_code(code):
        raise fault(
            "credit_code",
            N_("应为 18 位数字和大写字母（不含 I、O、S、V、Z），现在是 %(length)d 位：%(given)s。"),
            length=len(code),
            given=code[:40],
        )
    return code


CreditCode = Annotated[Code, Field(max_length=60), AfterValidator(check_credit_code)]


def check_customer(text: str) -> str:
    """The identity of the customer that *text* names."""
    customer = service.find(text)
    if customer is None:
        raise fault(
            "customer",
            N_("没有找到客户“%(text)s”。请输入名称的一部分、拼音或编码，再从列表中选择。"),
            text=text,
        )
    return customer.key


CustomerKey = Annotated[Line, Field(max_length=160), AfterValidator(check_customer)]
"""A customer, however it is named; its identity once it is read."""
ANY_NAME = "Its code, archive number, identity or name"  # in the description of the API


def asked_customer(
    label: str, default: Any = ..., *, openable: bool = False, free: bool = False, **rest: Any
) -> Any:
    """Declare a field that chooses a customer, as `asked`: page and keyboard find it by name.

    *openable* offers only customers whose archive the person may open. *free* lets a name that no
    archive has stay as typed; a `CustomerKey` takes no such name.
    """
    return asked(
        label,
        default,
        widget="lookup",
        source="customers.suggest?openable=yes" if openable else "customers.suggest",
        placeholder=N_("名称、拼音、首字母或编码"),
        nothing=N_("没有符合的客户，可按所填名称登记") if free else N_("没有符合的客户"),
        free=free,
        **rest,
    )


class ContactInput(Input):
    """A contact person."""

    name: Line = asked(N_("姓名"), max_length=60)
    position: Line | None = asked(N_("职务"), None, max_length=60)
    phone: Phone | None = asked(N_("电话"), None, widget="tel")
    email: Email | None = asked(N_("邮箱"), None, widget="email")
    is_responsible: bool = asked(N_("主要联系人"), False)
    note: Line | None = asked(N_("备注"), None, max_length=200)


class LeftInput(Input):
    """Who is a contact person no more, since when, and why."""

    name: Line = asked(N_("姓名"), widget="hidden", max_length=60)
    left_on: Day = asked(N_("离开日期"))
    reason: Reason = asked(N_("原因"), widget="textarea", help=N_("例如离职、调岗、不再负责运输。"))


class BackInput(Input):
    """Who is a contact person again, and why."""

    name: Line = asked(N_("姓名"), widget="hidden", max_length=60)
    reason: Reason = asked(N_("原因"), widget="textarea")


class PersonalInput(Input):
    """What is known privately of a person."""

    birthday: Line | None = asked(
        N_("生日"), None, max_length=40, placeholder=N_("例如：3月5日、1980-03-05")
    )
    preferences: Text | None = asked(N_("喜好"), None, widget="textarea", max_length=500)


class NewPersonalInput(PersonalInput):
    """What is known privately of a person, and of whom."""

    name: Line = asked(N_("姓名"), widget="hidden", max_length=60)


class FlowInput(Input):
    """A main flow of goods."""

    origin: Line = asked(N_("起运地"), max_length=60)
    destination: Line = asked(N_("到达地"), max_length=60)
    monthly_tonnes: Annotated[Number, Field(ge=0, max_digits=12, decimal_places=2)] | None = asked(
        N_("月货量（吨）"), None
    )


class FinancesInput(Input):
    """The finances of one year."""

    year: Count = asked(N_("年度"), ge=1980, le=2100)
    revenue: Balance | None = asked(N_("营业收入（元）"), None)
    profit: Balance | None = asked(N_("净利润（元）"), None)
    assets: Balance | None = asked(N_("资产总额（元）"), None)
    liabilities: Balance | None = asked(N_("负债总额（元）"), None)


class PriceChangeInput(Input):
    """A change of the price agreed with the customer."""

    changed_on: Day = asked(N_("变动日期"))
    what: Line = asked(N_("线路或项目"), max_length=120)
    before: Line | None = asked(N_("原价"), None, max_length=60)
    after: Line = asked(N_("现价"), max_length=60)
    reason: Line | None = asked(N_("原因"), None, max_length=200)


class ArchiveInput(Input):
    """The facts of a customer's archive that are typed (Art. 6, 8)."""

    name: Line = asked(N_("公司名称"), section=WHO, max_length=120, autocomplete="off")
    short_name: Line | None = asked(N_("简称"), None, section=WHO, max_length=40)
    former_names: list[Annotated[Line, Field(max_length=120)]] = asked(
        N_("曾用名"), [], section=WHO, widget="lines", max_length=10, help=N_("每行一个。")
    )
    credit_code: CreditCode | None = asked(
        N_("统一社会信用代码"),
        None,
        section=WHO,
        help=N_("18 位；全角、小写和 O/0 之类的笔误会自动更正。"),
    )
    nature: Nature | None = asked(N_("公司性质"), None, section=WHO)
    industry: Industry | None = asked(N_("所属行业"), None, section=WHO)
    region: Region | None = asked(N_("所在地区"), None, section=WHO)
    address: Line | None = asked(N_("地址"), None, section=WHO, max_length=200)
    legal_representative: Line | None = asked(N_("法定代表人"), None, section=WHO, max_length=60)

    phone: Phone | None = asked(N_("电话"), None, section=HOW, widget="tel")
    fax: Phone | None = asked(N_("传真"), None, section=HOW, widget="tel")
    email: Email | None = asked(N_("电子邮箱"), None, section=HOW, widget="email")
    website: Website | None = asked(N_("网址"), None, section=HOW, widget="url")
    contacts: list[ContactInput] = asked(N_("联系人"), [], section=HOW, max_length=50)

    main_goods: Line | None = asked(
        N_("主要运输物资"),
        None,
        section=WHAT,
        max_length=300,
        placeholder=N_("例如：家用电器、包装材料"),
    )
    transport_modes: list[TransportMode] = asked(N_("主要运输方式"), [], section=WHAT, max_length=5)
    flows: list[FlowInput] = asked(N_("物资主要流向"), [], section=WHAT, max_length=50)

    registered_capital: Line | None = asked(N_("注册资本"), None, section=CREDIT, max_length=60)
    established_on: Day | None = asked(N_("成立日期"), None, section=CREDIT)
    licence_valid_until: Day | None = asked(N_("营业执照有效期至"), None, section=CREDIT)
    licence_is_open_ended: bool = asked(N_("营业执照长期有效"), False, section=CREDIT)
    tax_registration: Code | None = asked(N_("税务登记号"), None, section=CREDIT, max_length=60)
    finances: list[FinancesInput] = asked(N_("年度财务情况"), [], section=CREDIT, max_length=30)
    credit_note: Text | None = asked(
        N_("资信说明"), None, section=CREDIT, widget="textarea", max_length=2000
    )

    origin: Origin | None = asked(N_("开拓方式"), None, section=COOPERATION)
    relationship: Relationship = asked(
        N_("客户类别"),
        Relationship.POTENTIAL,
        section=COOPERATION,
        help=N_("有业绩或合作日期后由系统判定；此后的更改由销售经理在“分类”里指定。"),
    )
    price_changes: list[PriceChangeInput] = asked(
        N_("合作价格变动"), [], section=COOPERATION, max_length=200
    )


class CustomerInput(ArchiveInput):
    """All facts of an archive, as a list brings them in and pages show them.

    Start and end of cooperation are typed nowhere else than where they are confirmed with a reason.
    """

    cooperation_started_on: Day | None = asked(N_("合作起始日期"), None, section=COOPERATION)
    cooperation_ended_on: Day | None = asked(N_("合作终止日期"), None, section=COOPERATION)


class NewCustomerInput(ArchiveInput):
    """A new customer's archive."""

    salesperson: str | None = asked(
        N_("跟进销售员"), None, section=COOPERATION, widget="select", max_length=24
    )
    is_another_company: bool = asked(
        N_("我已核对：这是另一家公司，仍要建档"), False, widget="hidden"
    )


class AssignInput(Input):
    """Who follows up with the customer from now on."""

    salesperson: str | None = asked(N_("跟进销售员"), None, widget="select", max_length=24)
    reason: Reason | None = asked(N_("原因"), None)


class AssignManyInput(Input):
    """Who follows up with many customers from now on."""

    salesperson: str = asked(N_("跟进销售员"), widget="select", max_length=24)
    reason: Reason = asked(N_("原因"), widget="textarea")
