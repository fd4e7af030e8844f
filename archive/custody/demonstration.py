"""The shelves of the demonstration company: two stock-takes, a disposal that waits, a hold."""

from datetime import datetime, timedelta

from archive.accounts.demonstration import Staff
from archive.actor import Actor
from archive.custody.service import disposing, retaining, stocktaking
from archive.customers.models import Customer
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind
from archive.recognition.codes import LabelCode, PlaceCode
from archive.seams import Seams


def demonstrate(_: Seams, now: datetime) -> None:
    """One cabinet was counted, another is being counted; of two old letters one is held."""
    staff = Staff.found()
    count_first_cabinet(staff.custodian, now - timedelta(days=6))
    begin_second_cabinet(staff.custodian, now - timedelta(hours=1))
    propose_old_letters(staff, now - timedelta(days=3))


def kept_in(cabinet: str) -> list[Attachment]:
    """The papers of a cabinet, in their order."""
    return list(stocktaking.kept_at(cabinet).order_by("place"))


def count_first_cabinet(custodian: Actor, at: datetime) -> None:
    """One paper of it is missing, and one of the next cabinet is found in it."""
    take = stocktaking.open_stock_take("01", actor=custodian, now=at)
    *there, _ = kept_in("01")
    for minutes, paper in enumerate([*there, kept_in("02")[0]], start=1):
        code = str(LabelCode(paper.key))
        stocktaking.scan(take, code, actor=custodian, now=at + timedelta(minutes=minutes))
    stocktaking.finish(take, actor=custodian, now=at + timedelta(minutes=10))


def begin_second_cabinet(custodian: Actor, at: datetime) -> None:
    """The label of its first compartment and one paper were scanned."""
    take = stocktaking.open_stock_take("02", actor=custodian, now=at)
    first = kept_in("02")[0]
    compartment = (first.place or "").rpartition("-")[0]
    for code in (PlaceCode(compartment), LabelCode(first.key)):
        stocktaking.scan(take, str(code), actor=custodian, now=at)


def propose_old_letters(staff: Staff, at: datetime) -> None:
    """Of the first the disposal was refused, and a dispute holds it; that of the other waits."""
    held, old = Attachment.filed().filter(kind=AttachmentKind.LETTER).order_by("place")
    for paper in (held, old):
        disposal = disposing.propose([paper.id], "保管期满", actor=staff.custodian, now=at)
        if paper is held:
            disposing.refuse(
                disposal,
                "与这位客户的运费纠纷还没有了结，先保留",
                actor=staff.general_manager,
                now=at + timedelta(hours=5),
            )
            retaining.set_hold(
                Customer.find(str(held.customer_id)),
                None,
                "运费纠纷正在协商",
                actor=staff.custodian,
                now=at + timedelta(hours=6),
            )
