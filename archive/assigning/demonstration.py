"""Tasks of the demonstration company."""

from datetime import datetime, timedelta

from archive import clock
from archive.accounts.demonstration import Staff
from archive.assigning import service
from archive.seams import Seams


def demonstrate(_: Seams, now: datetime) -> None:
    """The sales manager asks two colleagues for something."""
    staff = Staff.found()
    for owner, title, note, days in (
        (staff.custodian, "核对上季度归档的合同副本", "按部门列出缺页和缺章的，发给我。", 5),
        (staff.salesperson, "准备下月的拜访计划", "先列出三个月没有拜访的客户。", 2),
    ):
        service.give_task(
            actor=staff.sales_manager,
            now=now,
            title=title,
            note=note,
            owner=owner.id,
            due_on=clock.local_day(now + timedelta(days=days)),
        )
