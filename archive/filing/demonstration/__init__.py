"""A few scans of the demonstration company, filed by its custodian."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from archive import clock
from archive.accounts.demonstration import Staff
from archive.actor import Actor
from archive.customers.demonstration import opened
from archive.customers.models import Customer
from archive.filing.models import Attachment, Deposit
from archive.filing.rules import AttachmentKind, PaperFacts, default_confidentiality
from archive.filing.service.deciding import file_deposit
from archive.filing.service.receiving import receive
from archive.seams import Seams
from archive.web.spool import SpooledFile

FOLDER = Path(__file__).with_name("scans")


def demonstrate(seams: Seams, now: datetime) -> None:
    """File the scans."""
    file_scans(opened(), Staff.found(), now, seams)


LICENCE = ("类型：有限责任公司", "住所：演示工业园", "经营范围：仅供演示，不得用于任何用途")
PERMIT = ("许可内容：道路普通货物运输", "核发机关：演示", "本证不得用于任何用途")
CONTRACT = (
    "第一条  货物名称与数量以运单为准。",
    "第二条  承运人按约定时间到达装货地点。",
    "第三条  运费按月结算，次月五日前对账。",
    "第四条  本页为演示样张，不构成任何约定。",
)
LETTER = ("事由：调整收货时间", "请自下月起改为九时以后送货。", "本函为演示样张，不作任何约定。")
TAX = ("登记注册类型：有限责任公司", "经营范围：仅供演示，不得用于任何用途")
VISIT = ("拜访目的：了解下季度货量", "洽谈内容：客户希望固定发车日", "结果：报营运部排班")


class Paper(NamedTuple):
    """A paper: of which customer (its place in the list), its kind, and what is written on it."""

    file_name: str
    place: int
    kind: AttachmentKind
    lines: tuple[str, ...]
    years: int = 0  # how much older than the others


def papers() -> list[Paper]:
    """The papers, in the order in which they are filed."""
    return [
        *(Paper(f"licence-{n}.png", n, AttachmentKind.LICENCE, LICENCE) for n in range(4)),
        *(Paper(f"contract-{n}.png", n, AttachmentKind.CONTRACT_COPY, CONTRACT) for n in (0, 2)),
        *(Paper(f"visit-{n}.png", n, AttachmentKind.VISIT_RECORD, VISIT) for n in (0, 1)),
        *(Paper(f"letter-{n}.png", n, AttachmentKind.LETTER, LETTER, years=6) for n in (1, 3)),
        Paper("tax-1.png", 1, AttachmentKind.TAX_REGISTRATION, TAX),
        *(Paper(f"permit-{n}.png", n, AttachmentKind.TRANSPORT_PERMIT, PERMIT) for n in (0, 1)),
    ]


def file_scans(
    customers: list[Customer], staff: Staff, now: datetime, parts: Seams
) -> list[Attachment]:
    """File the scans with their customers, and leave the last two in the inbox."""
    *to_file, one_left, other_left = papers()
    at = now - timedelta(days=20)
    filed = []
    for number, paper in enumerate(to_file):
        customer = customers[paper.place]
        filed.append(
            file_deposit(
                take_in(paper, staff.custodian, at, parts),
                customer.key,
                facts_of(paper, customer, number, clock.local_day(at)),
                actor=staff.custodian,
                now=at + timedelta(minutes=number + 1),
            )
        )
    for paper in (one_left, other_left):
        take_in(paper, staff.custodian, now - timedelta(hours=3), parts)
    return filed


def take_in(paper: Paper, custodian: Actor, at: datetime, parts: Seams) -> Deposit:
    """Receive a scan as an upload would be."""
    with uploaded(paper, parts) as upload:
        return receive(
            upload,
            name=paper.file_name,
            upload_key=None,
            actor=custodian,
            now=at,
            blobs=parts.blobs,
            recognition=parts.recognition,
        )


@contextmanager
def uploaded(paper: Paper, parts: Seams) -> Iterator[SpooledFile]:
    """A scan as it is while it is received."""
    spool = parts.settings.spool
    spool.mkdir(parents=True, exist_ok=True, mode=0o700)
    with closing(SpooledFile(spool, parts.settings.max_file_bytes)) as upload:
        upload.write((FOLDER / paper.file_name).read_bytes())
        upload.seek(0)
        yield upload


def facts_of(paper: Paper, customer: Customer, number: int, filed_on: date) -> PaperFacts:
    """What the custodian says of a paper."""
    is_licence = paper.kind is AttachmentKind.LICENCE
    return PaperFacts(
        kind=paper.kind,
        title=f"{paper.kind.label}（演示）",
        confidentiality=default_confidentiality(paper.kind),
        document_on=filed_on - timedelta(days=200 + 30 * number + 365 * paper.years),
        valid_until=customer.licence_valid_until if is_licence else None,
        paper_original=True,
        copies=1,
        place=f"{1 + number // 4:02d}-{1 + number % 4}-{number + 1:03d}",
    )
