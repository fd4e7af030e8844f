"""Placeholders: what a template may name, for the check, the filling and the page.

Which there are is said by those who fill templates. A placeholder is written ``{{ 客户.名称 }}``. A
list is walked with ``{%tr for 行 in 价格表 %}`` and its columns are then named on the loop's own
word: ``{{ 行.单价 }}``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher

from archive.terms import N_, Term


class ValueKind(Term):
    """What may be put in for a placeholder, and so which filters fit it."""

    TEXT = "text", N_("文字")
    MONEY = "money", N_("金额")
    NUMBER = "number", N_("数量")
    DATE = "date", N_("日期")
    ROWS = "rows", N_("表格")
    IMAGE = "image", N_("图片")


class Made(Term):
    """Where a value comes from that no caller gives."""

    SYSTEM = "system", N_("系统自动生成")


@dataclass(frozen=True)
class Placeholder:
    """One thing that a template may ask for.

    `label` is what a blank shows (【待填：公司名称】); `columns` is filled for lists only. What is
    not kept is known and never filled: a template may name it, and shows a blank.
    """

    name: str
    label: str
    example: str | Decimal | date
    source: Term
    kind: ValueKind = ValueKind.TEXT
    meaning: str = ""
    columns: tuple["Placeholder", ...] = ()
    is_kept: bool = True

    @property
    def group(self) -> str:
        return self.name.partition(".")[0]

    @property
    def key(self) -> str:
        """The word after the dot; for a list, its name."""
        return self.name.rpartition(".")[2]

    @property
    def tag(self) -> str:
        """What is typed into the template."""
        return f"{{{{ {self.name} }}}}"


STAMP = "文件"
STAMPED = (
    Placeholder(
        f"{STAMP}.编号",
        N_("文件编号"),
        "HT-2026-00001",
        Made.SYSTEM,
        meaning=N_("每份文件唯一，由系统给出。"),
    ),
    Placeholder(
        f"{STAMP}.版本", N_("版本"), "1", Made.SYSTEM, ValueKind.NUMBER,
        N_("同一编号第几次生成。"),
    ),
    Placeholder(f"{STAMP}.日期", N_("生成日期"), date(2026, 1, 8), Made.SYSTEM, ValueKind.DATE),
    Placeholder(f"{STAMP}.起草人", N_("起草人"), "王某", Made.SYSTEM),
    Placeholder(
        f"{STAMP}.二维码",
        N_("二维码"),
        "",
        Made.SYSTEM,
        ValueKind.IMAGE,
        N_("含编号和版本，扫描件凭它找回合同；模板页脚没有时自动加上。"),
    ),
)  # fmt: skip
"""What the writer itself puts into every document."""


class Catalogue:
    """The known placeholders, found by name; what is unknown gets its nearest neighbour.

    What every document is stamped with is always among them.
    """

    def __init__(self, placeholders: Iterable[Placeholder]) -> None:
        self._by_name: dict[str, Placeholder] = {}
        for placeholder in (*placeholders, *STAMPED):
            for known in (placeholder, *placeholder.columns):
                if known.name in self._by_name:
                    raise ValueError(f"placeholder declared twice: {known.name}")
                self._by_name[known.name] = known
        columns = {c.name for p in self._by_name.values() for c in p.columns}
        self.top: tuple[Placeholder, ...] = tuple(
            p for name, p in self._by_name.items() if name not in columns
        )
        self.groups: Mapping[str, tuple[Placeholder, ...]] = _grouped(self.top)

    def find(self, name: str) -> Placeholder | None:
        return self._by_name.get(name)

    def lists(self) -> tuple[Placeholder, ...]:
        return tuple(p for p in self.top if p.kind is ValueKind.ROWS)

    def nearest(self, name: str) -> str | None:
        """The known name that *name* was probably meant to be, or None when nothing is near."""
        group, _, key = name.partition(".")
        best, best_score = None, 0.5
        for known in self._by_name.values():
            score = max(_likeness(key or group, known.key), _likeness(key or group, known.label))
            score += 0.25 * _likeness(group, known.group)
            if score > best_score:
                best, best_score = known.name, score
        return best

    def examples(self) -> dict[str, object]:
        """Values for a trial filling, in the shape that `DraftWriter.fill` takes."""
        values: dict[str, object] = {}
        for group, members in self.groups.items():
            if members[0].kind is ValueKind.ROWS:
                values[group] = [{c.key: c.example for c in members[0].columns}]
            elif group != STAMP:
                values[group] = {p.key: p.example for p in members}
        return values


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _grouped(placeholders: Iterable[Placeholder]) -> dict[str, tuple[Placeholder, ...]]:
    groups: dict[str, tuple[Placeholder, ...]] = {}
    for placeholder in placeholders:
        groups[placeholder.group] = (*groups.get(placeholder.group, ()), placeholder)
    return groups
