"""The closed lists of the ways in, and what names of files and folders say."""

import re
from datetime import date, timedelta
from pathlib import PurePosixPath

from archive.chinese.folding import fold
from archive.filing.rules import AttachmentKind
from archive.terms import N_, Term

KEPT_FOLDER = "已收"
REFUSED_FOLDER = "退回"
REASON_ENDING = ".原因.txt"

STEADY_FOR = timedelta(seconds=8)  # between two looks that find a file unchanged
WHOLE_WITHIN = timedelta(minutes=5)  # what seems cut off may still be being written
DEEPEST = 6  # folders within folders that are looked into


class Way(Term):
    """How files come in without a person at the page."""

    FOLDER = "folder", N_("扫描文件夹")
    MAILBOX = "mailbox", N_("收件邮箱")


class Outcome(Term):
    """What became of a file that came by one of the ways."""

    TAKEN = "taken", N_("已进收件箱"), "good"
    AGAIN = "again", N_("之前已收过")
    REFUSED = "refused", N_("没有收下"), "bad"
    NOTHING = "nothing", N_("没有附件")


class Verdict(Term):
    """What a file among old scans is taken for, or a folder that cannot be looked into."""

    NAMED = "named", N_("进收件箱，已认出客户"), "good"
    DOUBTFUL = "doubtful", N_("进收件箱，客户待认"), "warning"
    THERE = "there", N_("系统里已有，不再收")
    REFUSED = "refused", N_("没有收下"), "bad"
    UNREAD = "unread", N_("打不开的文件夹"), "bad"


_UNFINISHED = re.compile(
    r"^(\.|~\$|~WRL|\$)|\.(tmp|temp|part|partial|filepart|crdownload|download|lock|lck|swp|bak)$|~$",
    re.IGNORECASE,
)
_OF_SYSTEMS = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})
_FOLDERS_OF_SYSTEMS = frozenset(
    {"system volume information", "lost+found", "network trash folder", "temporary items"}
)
_LOCKS = ("~${name}", ".~lock.{name}#", "{name}.lock", "{name}.lck", "{name}.part", "{name}.tmp")


def is_passed_over(name: str) -> bool:
    """Whether a file of this *name* is none that a person put there, or is not finished."""
    return bool(_UNFINISHED.search(name)) or name.lower() in _OF_SYSTEMS


def is_folder_passed_over(name: str) -> bool:
    """Whether a folder is a system's own (``@eaDir``, ``#recycle``, ``$RECYCLE.BIN``)."""
    return name[:1] in ".@#$~" or name.lower() in _FOLDERS_OF_SYSTEMS


def locks_of(name: str) -> tuple[str, ...]:
    """The names next to a file by which a program says that it is at work on it."""
    office = f"~${name[2:]}"  # Word replaces the first two characters of a longer name
    return (*(pattern.format(name=name) for pattern in _LOCKS), office)


def day_folder(day: date) -> str:
    """``2026-11-27``: what came in on one day is together."""
    return day.isoformat()


def numbered(name: str, number: int) -> str:
    """The name of a file whose *name* is held: ``scan (2).pdf``."""
    if number < 2:
        return name
    path = PurePosixPath(name)
    return f"{path.stem} ({number}){path.suffix}"


ALSO_CALLED: dict[str, AttachmentKind] = {
    "执照": AttachmentKind.LICENCE,
    "税务登记": AttachmentKind.TAX_REGISTRATION,
    "财务报告": AttachmentKind.FINANCIAL_STATEMENT,
    "道路运输经营许可证": AttachmentKind.TRANSPORT_PERMIT,
    "运输许可证": AttachmentKind.TRANSPORT_PERMIT,
    "开户许可": AttachmentKind.ACCOUNT_LICENCE,
    "身份证": AttachmentKind.REPRESENTATIVE_ID,
    "合同": AttachmentKind.CONTRACT_COPY,
    "函件": AttachmentKind.LETTER,
    "运单": AttachmentKind.WAYBILL,
}


def _names_of_kinds() -> dict[str, AttachmentKind]:
    names = {fold(called): kind for called, kind in ALSO_CALLED.items()}
    for kind in AttachmentKind:
        if kind is not AttachmentKind.OTHER:
            names[fold(kind.label)] = names[kind.value] = kind
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))


KIND_NAMES = _names_of_kinds()
"""What kinds of paper are called, folded; the longest first."""

CUSTOMER_NUMBER = re.compile(r"(?<![0-9A-Za-z])(KH-\d{4}-\d{5,12}|C\d{5,12})(?!\d)", re.IGNORECASE)
_BETWEEN = re.compile(r"[_\s—–·，,、;；+#@【】\[\]]+|(?<=[\u3400-\u9fff）)])-|-(?=[\u3400-\u9fff])")
SHORTEST_NAME = 4  # characters of a part of a file's name that may be a company


def kind_called(text: str) -> AttachmentKind | None:
    """The kind of paper that a whole folder is called."""
    return KIND_NAMES.get(fold(text.strip()))


def kind_within(text: str) -> AttachmentKind | None:
    """The one kind whose name is in *text*; None where there is none, or several."""
    rest, found = fold(text), set[AttachmentKind]()
    for name, kind in KIND_NAMES.items():
        if name in rest:
            found.add(kind)
            rest = rest.replace(name, " ")
    return found.pop() if len(found) == 1 else None


def possible_customers(stem: str) -> list[str]:
    """What in a file's name may name a customer: its numbers, else its parts."""
    if numbers := CUSTOMER_NUMBER.findall(stem):
        return list(numbers)
    parts = dict.fromkeys((stem, *_BETWEEN.split(stem)))
    return [part for part in parts if len(part) >= SHORTEST_NAME]
