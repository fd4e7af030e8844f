"""The company's list of customers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from bson import ObjectId
from flask_babel import gettext
from pydantic import AfterValidator

from archive.accounts.models import User
from archive.actor import Actor, Right
from archive.chinese import credit_codes
from archive.customers import rules, service
from archive.customers.forms import CustomerInput
from archive.customers.imports.rows import (
    CHANGED_SINCE,
    NOT_YOURS,
    STALE,
    attempt_all,
    attempt_all_back,
    differs,
    in_words,
    refused,
)
from archive.customers.models import Customer
from archive.importable import Change, ImportKind, Judgement, Kept, Planned, Verdict, Written
from archive.terms import N_
from archive.web.importing import column, reader_of
from archive.web.inputs import Code, Line, asked, fault
from archive.web.wording import label_of

OPEN_ENDED = frozenset({"长期", "永久", "无固定期限", "长期有效"})

UNKNOWN = N_("没有编码或档案编号为“%(text)s”的客户。")
TWO_CUSTOMERS = N_("编码属于“%(one)s”，统一社会信用代码属于“%(other)s”，请核对。")
NOT_ASSIGNED = N_("跟进销售员现在是%(name)s，更改须由销售经理导入；或清空这一格。")
IS_USED = N_("这份档案已有附件、拜访、抱怨或合同，已保留。")


def check_salesperson(text: str) -> str:
    """The identity of the salesperson who is called *text*, or has that number."""
    for key, name in User.salespeople():
        if text in (name, key):
            return key
    person = User.objects(employee_number=text).first()
    if person is None:
        raise fault("salesperson", N_("没有叫“%(text)s”的销售员。"), text=text)
    return person.key  # type: ignore[no-any-return]  # MongoEngine is untyped


class CustomerRow(CustomerInput):
    """A row of a list of customers."""

    customer: Code | None = asked(N_("客户编码或档案编号"), None, max_length=20)
    salesperson: Annotated[Line, AfterValidator(check_salesperson)] | None = asked(
        N_("跟进销售员"), None
    )


def prepare(cells: dict[str, str]) -> Mapping[str, Any]:
    """A licence without an end is a fact of its own."""
    if cells.get("licence_valid_until") in OPEN_ENDED:
        return {**cells, "licence_valid_until": "", "licence_is_open_ended": True}
    return cells


def identity_of(row: CustomerRow) -> str:
    """What makes two rows the same customer: the code that is given, else the name."""
    return row.customer or row.credit_code or rules.folded_name(row.name)


def facts_of(row: CustomerRow) -> dict[str, Any]:
    """What the row says of the customer's archive; an empty cell says nothing."""
    facts: dict[str, Any] = row.model_dump(include=row.model_fields_set)
    for name in ("customer", "salesperson"):
        facts.pop(name, None)
    return facts


def judge_customers(rows: Sequence[CustomerRow], actor: Actor) -> list[Judgement]:
    """What each row would do to the archives that exist."""
    return [judge_customer(row, actor) for row in rows]


def judge_customer(row: CustomerRow, actor: Actor) -> Judgement:
    """What one row would do."""
    by_code = service.find(row.customer) if row.customer else None
    if row.customer and by_code is None:
        return refused(UNKNOWN, text=row.customer)
    by_credit = Customer.objects(credit_code=row.credit_code).first() if row.credit_code else None
    if by_code and by_credit and by_code.id != by_credit.id:
        return refused(TWO_CUSTOMERS, one=by_code.name, other=by_credit.name)
    known = by_code or by_credit or same_name(row)
    if known is None:
        return judge_new(row)
    if not actor.may(Right.EDIT_CUSTOMER, known):
        return refused(NOT_YOURS, name=known.name)
    changes = changes_of(known, row)
    if is_other_salesperson(known, row) and not actor.may(Right.ASSIGN_CUSTOMER, known):
        return refused(NOT_ASSIGNED, name=known.salesperson_name or gettext("（无）"))
    return Judgement(
        Verdict.CHANGED if changes else Verdict.SAME,
        record=known.key,
        caption=known.caption,
        changes=tuple(changes),
        revision=known.revision,
        before=stored(known, [*facts_of(row), "salesperson_id", "salesperson_name"]),
    )


def judge_new(row: CustomerRow) -> Judgement:
    """A row whose company has no archive, as far as its numbers and name say."""
    alike = service.find_alike(row.name)
    names = gettext("、").join(f"{each.name}（{each.customer_code}）" for each in alike)
    return Judgement(
        Verdict.ALIKE if alike else Verdict.NEW,
        record=str(ObjectId()),
        caption=row.name,
        changes=tuple(
            Change(label_of(CustomerRow, name), "", in_words(CustomerRow, name, value))
            for name, value in row.model_dump(include=row.model_fields_set).items()
            if value not in (None, "", [])
        ),
        why=gettext("已有名称相近的客户：%(names)s。", names=names) if alike else "",
    )


def same_name(row: CustomerRow) -> Customer | None:
    """The customer of exactly this name, unless both have a credit code and these differ."""
    found = service.find(row.name)
    if found and row.credit_code and found.credit_code not in (None, row.credit_code):
        return None
    return found


def changes_of(customer: Customer, row: CustomerRow) -> list[Change]:
    """What the row says otherwise than the archive, in words."""
    changes = [
        Change(
            label_of(CustomerRow, name),
            in_words(CustomerRow, name, getattr(customer, name)),
            in_words(CustomerRow, name, value),
        )
        for name, value in facts_of(row).items()
        if differs(getattr(customer, name), value)
    ]
    if is_other_salesperson(customer, row):
        name = User.find(row.salesperson or "").name
        label = label_of(CustomerRow, "salesperson")
        changes.append(Change(label, customer.salesperson_name or "", name))
    return changes


def is_other_salesperson(customer: Customer, row: CustomerRow) -> bool:
    """Whether the row names somebody else than who follows the customer up."""
    return bool(row.salesperson) and str(customer.salesperson_id) != row.salesperson


def write_customers(
    planned: Sequence[Planned[CustomerRow]], actor: Actor, now: datetime
) -> list[Written]:
    """Open and update archives, each by the verb that a page would use."""
    return attempt_all(write_customer, planned, actor, now)


def write_customer(planned: Planned[CustomerRow], actor: Actor, now: datetime) -> Written:
    """Open or update one archive, once."""
    row = planned.typed
    customer = Customer.with_identity(ObjectId(planned.record))
    if customer is None:
        facts = row.model_dump(exclude={"customer", "salesperson"})
        opened = service.open_archive(
            actor=actor,
            now=now,
            is_another_company=True,
            salesperson=row.salesperson,
            id=ObjectId(planned.record),
            **facts,
        )
        return Written(opened.revision)
    if changes_of(customer, row):
        if planned.is_new or customer.revision != planned.revision:
            return Written(refused=gettext(STALE))
        service.edit_archive(
            customer,
            actor=actor,
            now=now,
            seen=planned.revision,
            is_look=False,
            **facts_of(row),
        )
        if is_other_salesperson(customer, row):
            service.assign_salesperson(customer, row.salesperson, actor=actor, now=now)
    return Written(Customer.find(customer.key).revision)


def take_back_customers(
    rows: Sequence[Kept], actor: Actor, now: datetime, reason: str
) -> list[str]:
    """Remove archives that the import opened, and give others their facts of before."""
    return attempt_all_back(take_back_customer, rows, actor, now, reason)


def take_back_customer(row: Kept, actor: Actor, now: datetime, reason: str) -> str:
    """Take one row back; why it stays, in words."""
    customer = Customer.objects(id=row.record).first()
    if customer is None:
        return ""
    if customer.revision != row.revision:
        return gettext(CHANGED_SINCE)
    if row.was_new:
        if service.has_records(customer):
            return gettext(IS_USED)
        service.take_back_archive(customer, actor=actor, now=now, reason=reason)
        return ""
    facts = restored(customer, row.before)
    if differs(str(customer.salesperson_id), str(facts.get("salesperson_id"))):
        facts["is_handing_over"] = True
    customer.change(actor, now, "customer.import_taken_back", facts, reason=reason)
    service.finish_hand_over(customer)
    return ""


def stored(customer: Customer, names: Sequence[str]) -> dict[str, Any]:
    """The fields *names* of *customer* as MongoDB keeps them."""
    kept = customer.to_mongo()
    return {name: kept.get(name) for name in names}


def restored(customer: Customer, before: Mapping[str, Any]) -> dict[str, Any]:
    """The values of *before*, as `stored` gave them, as the document takes them."""
    then = Customer.from_stored({**customer.to_mongo(), **before})
    return {name: getattr(then, name) for name in before}


def is_credit_code(cell: str) -> bool:
    """Whether *cell* holds a unified social credit code."""
    code = credit_codes.normalise_credit_code(cell)
    return credit_codes.is_credit_code(code) and credit_codes.has_right_check_character(code)


CUSTOMERS = ImportKind[CustomerRow](
    key="customers",
    label=N_("客户"),
    right=Right.IMPORT_LISTS,
    columns=(
        column(CustomerRow, "name", "客户名称", "单位名称", "企业名称", "客户", "名称",
               "名字", "Customer", "Company", example="示例货运有限公司"),
        column(CustomerRow, "customer", "客户编码", "客户编号", "客户代码", "编码", "档案编号"),
        column(CustomerRow, "short_name", "客户简称", "简称"),
        column(CustomerRow, "former_names", "原名称", "曾用名"),
        column(CustomerRow, "credit_code", "信用代码", "社会信用代码", "税号",
               "纳税人识别号", "营业执照号", example="91310115591693856A",
               looks_right=is_credit_code),
        column(CustomerRow, "nature", "企业性质", "单位性质", "性质", example="民营企业"),
        column(CustomerRow, "industry", "行业", "行业类别", example="机械设备"),
        column(CustomerRow, "region", "地区", "省份", "省", "所在省", "区域", example="上海"),
        column(CustomerRow, "address", "公司地址", "单位地址", "注册地址", "详细地址"),
        column(CustomerRow, "legal_representative", "法人", "法人代表", "法定代表"),
        column(CustomerRow, "phone", "公司电话", "联系电话", "电话号码", example="021-55667788"),
        column(CustomerRow, "fax", "传真号码"),
        column(CustomerRow, "email", "邮箱", "电子邮件", "E-mail"),
        column(CustomerRow, "website", "公司网址", "网站"),
        column(CustomerRow, "main_goods", "主要货物", "货物", "货物名称", "主营产品"),
        column(CustomerRow, "transport_modes", "运输方式", example="公路、铁路"),
        column(CustomerRow, "registered_capital", "注册资金"),
        column(CustomerRow, "established_on", "成立时间", "注册日期", example="2012-05-18"),
        column(CustomerRow, "licence_valid_until", "执照有效期", "营业期限", "营业期限至",
               example="长期"),
        column(CustomerRow, "tax_registration", "税务登记证号"),
        column(CustomerRow, "credit_note", "信用说明"),
        column(CustomerRow, "origin", "客户来源", "来源", example="直接客户"),
        column(CustomerRow, "relationship", "客户状态", "合作状态", "类别", "客户类型",
               example="合作老客户"),
        column(CustomerRow, "cooperation_started_on", "合作起始", "开始合作时间", "合作开始日期"),
        column(CustomerRow, "cooperation_ended_on", "合作终止", "停止合作时间"),
        column(CustomerRow, "salesperson", "销售员", "业务员", "销售", "客户经理", "负责人"),
    ),
    read=reader_of(CustomerRow, prepare),
    identity=identity_of,
    judge=judge_customers,
    write=write_customers,
    take_back=take_back_customers,
    help=N_("按客户编码、统一社会信用代码或名称找到已有档案：找到则更新，找不到则建档。空格子不改动原有内容。"),
)  # fmt: skip
