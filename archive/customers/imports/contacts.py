"""The company's list of the people to talk to at its customers."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from archive.actor import Actor, Right
from archive.customers import rules
from archive.customers.forms import ContactInput, CustomerKey
from archive.customers.imports.rows import (
    NOT_YOURS,
    attempt_all,
    attempt_all_back,
    differs,
    in_words,
    refused,
)
from archive.customers.models import Contact, Customer
from archive.importable import Change, ImportKind, Judgement, Kept, Planned, Verdict, Written
from archive.terms import N_
from archive.web.importing import column, reader_of
from archive.web.inputs import Line, asked
from archive.web.wording import label_of

MOBILE = re.compile(r"1[3-9]\d{9}")


HAS_LEFT = N_("“%(name)s”已记为离开。如果又是联系人，请先在档案里恢复。")


class ContactRow(ContactInput):
    """A row of a list of contact persons."""

    customer: CustomerKey = asked(N_("客户"))
    name: Annotated[Line, Field(max_length=60)] = asked(N_("姓名"))


def identity_of_contact(row: ContactRow) -> str:
    """One person at one customer."""
    return f"{row.customer}|{rules.folded_name(row.name)}"


def judge_contacts(rows: Sequence[ContactRow], actor: Actor) -> list[Judgement]:
    """What each row would do to the contact persons of its customer."""
    known = Customer.by_key(row.customer for row in rows)
    return [judge_contact(row, known[row.customer], actor) for row in rows]


def judge_contact(row: ContactRow, customer: Customer, actor: Actor) -> Judgement:
    """What one row would do: a person who is known by name is updated, another is added."""
    if not actor.may(Right.EDIT_CUSTOMER, customer):
        return refused(NOT_YOURS, name=customer.name)
    contact = contact_named(customer, row.name)
    if contact is None and rules.folded_name(row.name) in {
        rules.folded_name(each.name) for each in customer.former_contacts
    }:
        return refused(HAS_LEFT, name=row.name)
    changes = tuple(
        Change(
            label_of(ContactRow, name),
            in_words(ContactRow, name, getattr(contact, name)) if contact else "",
            in_words(ContactRow, name, value),
        )
        for name, value in contact_facts(row).items()
        if contact is None or differs(getattr(contact, name), value)
    )
    verdict = Verdict.CHANGED if contact else Verdict.NEW
    return Judgement(
        verdict if changes else Verdict.SAME,
        record=customer.key,
        caption=f"{row.name} · {customer.caption}",
        changes=changes,
        revision=customer.revision,
        before=contact.to_mongo().to_dict() if contact else {},
    )


def write_contacts(
    planned: Sequence[Planned[ContactRow]], actor: Actor, now: datetime
) -> list[Written]:
    """Add and update contact persons."""
    return attempt_all(write_contact, planned, actor, now)


def write_contact(planned: Planned[ContactRow], actor: Actor, now: datetime) -> Written:
    """Add or update one contact person, once."""
    row = planned.typed
    customer = Customer.find(row.customer)
    actor.require(Right.EDIT_CUSTOMER, customer)
    contact = contact_named(customer, row.name)
    facts = contact_facts(row)
    if contact is None:
        contact = Contact(name=row.name)
        customer.contacts.append(contact)
    for name, value in facts.items():
        setattr(contact, name, value)
    contacts = list(customer.contacts)
    customer.change(actor, now, "customer.edited", {"contacts": contacts})
    return Written(customer.revision)


def take_back_contacts(rows: Sequence[Kept], actor: Actor, now: datetime, reason: str) -> list[str]:
    """Remove contact persons that the import added, and give others their facts of before."""
    return attempt_all_back(take_back_contact, rows, actor, now, reason)


def take_back_contact(row: Kept, actor: Actor, now: datetime, reason: str) -> str:
    """Take one row back; why it stays, in words."""
    customer = Customer.objects(id=row.record).first()
    name = str(row.caption).partition(" · ")[0]
    contact = contact_named(customer, name) if customer else None
    if customer is None or contact is None:
        return ""
    others = [each for each in customer.contacts if each is not contact]
    if not row.was_new:
        others.insert(list(customer.contacts).index(contact), Contact(**row.before))
    facts = {"contacts": others}
    customer.change(actor, now, "customer.import_taken_back", facts, reason=reason)
    return ""


def contact_named(customer: Customer, name: str) -> Contact | None:
    """The contact person of *customer* who is called *name*."""
    folded = rules.folded_name(name)
    return next((c for c in customer.contacts if rules.folded_name(c.name) == folded), None)


def contact_facts(row: ContactRow) -> dict[str, Any]:
    """What the row says of the person."""
    return dict(row.model_dump(include=row.model_fields_set - {"customer"}))


def is_mobile(cell: str) -> bool:
    """Whether *cell* holds a mobile number."""
    return bool(MOBILE.fullmatch(re.sub(r"[\s-]", "", cell)))


CONTACTS = ImportKind[ContactRow](
    key="contacts",
    label=N_("联系人"),
    right=Right.IMPORT_LISTS,
    columns=(
        column(ContactRow, "customer", "客户名称", "客户编码", "公司名称", "单位名称", "公司",
               example="C00001"),
        column(ContactRow, "name", "联系人", "联系人姓名", "姓名", example="张三"),
        column(ContactRow, "position", "职位", "岗位"),
        column(ContactRow, "phone", "手机", "手机号", "联系电话", "联系方式", "电话号码",
               example="13800001234", looks_right=is_mobile),
        column(ContactRow, "email", "电子邮箱", "E-mail"),
        column(ContactRow, "is_responsible", "主联系人", "是否主要联系人", example="是"),
        column(ContactRow, "note", "说明"),
    ),
    read=reader_of(ContactRow),
    identity=identity_of_contact,
    judge=judge_contacts,
    write=write_contacts,
    take_back=take_back_contacts,
    help=N_("按姓名找到客户已有的联系人：找到则更新，找不到则添加。"),
)  # fmt: skip
