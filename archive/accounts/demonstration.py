"""The people of the demonstration company: one for each role, and a second salesperson."""

import json
import os
import secrets
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Self

from archive.accounts.models import User
from archive.accounts.service import create_user
from archive.actor import SYSTEM, Actor, Role
from archive.seams import Seams

ACCOUNTS = "demo-accounts.json"
SECOND_SALESPERSON = "salesperson2"

# username, role, name, department
PEOPLE = (
    ("administrator", Role.ADMINISTRATOR, "方宁", "信息部"),
    ("general_manager", Role.GENERAL_MANAGER, "沈国栋", "总经理室"),
    ("sales_manager", Role.SALES_MANAGER, "林慧", "销售部"),
    ("salesperson", Role.SALESPERSON, "王磊", "销售部"),
    (SECOND_SALESPERSON, Role.SALESPERSON, "陈晓燕", "销售部"),
    ("operations_manager", Role.OPERATIONS_MANAGER, "赵立军", "营运部"),
    ("reviewer", Role.REVIEWER, "何敏", "财务部"),
    ("customer_service", Role.CUSTOMER_SERVICE, "刘芳", "客服部"),
    ("custodian", Role.CUSTODIAN, "周文", "行政部"),
    ("auditor", Role.AUDITOR, "许静", "审计室"),
    ("staff", Role.STAFF, "马强", "调度中心"),
)


@dataclass(frozen=True)
class Staff:
    """Who does what in the demonstration company."""

    general_manager: Actor
    sales_manager: Actor
    salesperson: Actor
    salesperson2: Actor
    customer_service: Actor
    operations_manager: Actor
    custodian: Actor
    administrator: Actor
    staff: Actor

    @property
    def salespeople(self) -> tuple[Actor, Actor]:
        """Those who follow up with customers."""
        return self.salesperson, self.salesperson2

    @classmethod
    def found(cls) -> Self:
        """The people, as the archive has them."""
        return cls(
            **{each.name: User.objects(username=each.name).get().as_actor() for each in fields(cls)}
        )


def demonstrate(seams: Seams, now: datetime) -> None:
    """Open the accounts, and write their sign-ins to ``demo-accounts.json``."""
    write_down(open_accounts(now), seams.settings.var)


def open_accounts(now: datetime) -> dict[str, dict[str, str]]:
    """Open every account with a random password; returns those that are to be handed out."""
    accounts = {}
    for number, (username, role, name, department) in enumerate(PEOPLE, start=1):
        password = secrets.token_urlsafe(12)
        create_user(
            actor=SYSTEM,
            now=now,
            username=username,
            name=name,
            password=password,
            roles=[role],
            employee_number=f"D{number:03d}",
            department=department,
        )
        if username != SECOND_SALESPERSON:
            accounts[role.value] = {"username": username, "password": password}
    return accounts


def write_down(accounts: dict[str, dict[str, str]], folder: Path) -> None:
    """Write the sign-ins where only the owner of *folder* reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / ACCOUNTS
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(accounts, file, ensure_ascii=False, indent=2)
