"""The stack as it is shown: how far the reading of each paper is, whose desk it is on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from archive.actor import Actor
from archive.customers.models import Customer
from archive.filing.models import Candidate, Deposit, Hold
from archive.filing.service.looking import Twin, twins_of
from archive.reading import Reading, ReadingState, readings_of, turns_of
from archive.recognition.papers import FieldName
from archive.terms import N_


@dataclass(frozen=True)
class Line:
    """What the stack says of one deposit besides its file."""

    reading: Reading | None = None
    customer: Customer | None = None  # whose it is beyond doubt
    hold: Hold | None = None  # somebody else's
    twins: list[Twin] = field(default_factory=list)

    @property
    def is_sure(self) -> bool:
        """Whether it can be filed together with all others that are."""
        return bool(self.customer and not self.twins and not self.hold)

    @property
    def is_being_read(self) -> bool:
        """Whether more will be known in a moment."""
        return self.reading is not None and self.reading.state in BEING_READ

    @property
    def failure(self) -> str:
        """Why it could not be read, in words yet to be translated."""
        return READING_FAILURES.get(self.reading.failure if self.reading else "", NOT_READ)


FIELD_WORDS: Mapping[FieldName, str] = {
    FieldName.CREDIT_CODE: N_("统一社会信用代码"),
    FieldName.NAME: N_("公司名称"),
    FieldName.COMPANY_TYPE: N_("类型"),
    FieldName.REPRESENTATIVE: N_("法定代表人"),
    FieldName.ADDRESS: N_("住所"),
    FieldName.CAPITAL: N_("注册资本"),
    FieldName.FOUNDED_ON: N_("成立日期"),
    FieldName.VALID_FROM: N_("有效期自"),
    FieldName.VALID_UNTIL: N_("有效期至"),
    FieldName.SCOPE: N_("经营范围"),
    FieldName.PERMIT_NUMBER: N_("许可证号"),
    FieldName.ISSUED_ON: N_("发证日期"),
    FieldName.ID_NUMBER: N_("身份证号"),
    FieldName.ACCOUNT_NUMBER: N_("银行账号"),
    FieldName.BANK: N_("开户银行"),
    FieldName.DOCUMENT_NUMBER: N_("文件编号"),
}
"""What each fact that is read on a paper is called."""
SURE_FROM = 0.9
"""What was read less surely than this is marked: a person looks at it."""
NOT_READ = N_("读取时出错，可以重试。")
READING_FAILURES = {
    "ReaderGaveUp": N_("页面过于复杂，超出了允许的时间或内存。"),
    "PageUnreadable": N_("页面已损坏或设有密码，无法读取。"),
    "NoSuchPage": N_("文件没有可以读取的页面。"),
    "ContentLost": N_("存储中的内容已损坏，没有读取。"),
    "NoPrinter": N_("服务器上没有安装 LibreOffice，无法读取 Word、Excel、CSV 文件。"),
}
UNTURNED = (0, 0.0)
BEING_READ = (ReadingState.WAITING, ReadingState.READING)
MARKED = ("state", "file.sha256", "proposal.made_at", "hold", "created_at")
"""What of a deposit `marks_of` looks at."""


def lines_of(deposits: Sequence[Deposit], *, actor: Actor, now: datetime) -> dict[str, Line]:
    """What the stack says of each, by its identity."""
    readings = readings_of({each.file.sha256 for each in deposits})
    sure = {each.key: str(each.proposal.customer_id) for each in deposits if is_sure(each)}
    customers = Customer.by_key(sure.values()) if sure else {}
    twins = twins_of(deposits)
    return {
        each.key: Line(
            reading=readings.get(each.file.sha256),
            customer=customers.get(sure.get(each.key, "")),
            hold=each.held_by_other(actor.id, now),
            twins=twins[each.key],
        )
        for each in deposits
    }


def marks_of(deposits: Iterable[Deposit], *, actor: Actor, now: datetime) -> dict[str, str]:
    """A word for each that is another one as soon as its line says something else. Cheap."""
    deposits = list(deposits)
    readings = readings_of({each.file.sha256 for each in deposits})
    marks = {}
    for each in deposits:
        reading, hold = readings.get(each.file.sha256), each.held_by_other(actor.id, now)
        made = int(each.proposal.made_at.timestamp()) if each.proposal else 0
        read = f"{reading.state}.{reading.pages_read}" if reading else ""
        marks[each.key] = f"{each.state}.{read}.{made}.{hold.who_id if hold else ''}"
    return marks


def is_sure(deposit: Deposit) -> bool:
    """Whether kind and customer of *deposit* are beyond doubt."""
    return bool(deposit.proposal and deposit.proposal.is_sure and deposit.proposal.customer_id)


def candidates_of(deposit: Deposit) -> list[tuple[Customer, Candidate]]:
    """The customers that the paper may belong to, the most likely first."""
    if not deposit.proposal:
        return []
    named = deposit.proposal.candidates
    customers = Customer.by_key(str(each.customer_id) for each in named)
    found = [(customers.get(str(each.customer_id)), each) for each in named]
    return [(customer, each) for customer, each in found if customer]


def boxes_of(deposit: Deposit) -> list[dict[str, Any]]:
    """Where on the pages each field that was read is written.

    The boxes are those of the upright page; `turn` says how far it was turned to read so, and
    `skew` how far it was off then.
    """
    read = [each for each in deposit.proposal.fields_read if each.box] if deposit.proposal else []
    turns = turns_of(deposit.file.sha256, {each.page for each in read})
    return [
        {
            "name": each.name.value,
            "page": each.page,
            "box": each.box,
            "turn": turns.get(each.page, UNTURNED)[0],
            "skew": turns.get(each.page, UNTURNED)[1],
        }
        for each in read
    ]
