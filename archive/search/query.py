"""What somebody looks for: our own small language, free of any engine's."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from archive.terms import N_


class Place(StrEnum):
    """Where a word may be asked for: ``客户:华盛``."""

    TITLE = "title"
    CUSTOMER = "customer"
    PERSON = "person"
    NUMBER = "number"
    KIND = "kind"
    STATUS = "status"


@dataclass(frozen=True)
class Words:
    """Text that must occur. Of a stretch of Chinese, every two neighbours must."""

    text: str


@dataclass(frozen=True)
class Phrase:
    """Text that must occur exactly so."""

    text: str


@dataclass(frozen=True)
class Pattern:
    """Latin letters and digits with ``*`` (any) and ``?`` (one)."""

    text: str


@dataclass(frozen=True)
class Within:
    """*text* occurs in this place of the record."""

    place: Place
    text: str


@dataclass(frozen=True)
class During:
    """It happened between two days, both inclusive."""

    since: date | None
    until: date | None


@dataclass(frozen=True)
class Every:
    """All of these."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Either:
    """At least one of these."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Without:
    """Not this."""

    part: "Node"


@dataclass(frozen=True)
class Alike:
    """*own*, or another word for the same; what holds its own word comes first."""

    own: "Node"
    others: tuple["Node", ...]


Node = Words | Phrase | Pattern | Within | During | Every | Either | Without | Alike


class Note(StrEnum):
    """What the reader of a query should know about how it was understood (msgids)."""

    TOO_LONG = N_("检索内容太长，只用了前面的部分。")
    UNCLOSED_QUOTE = N_("引号没有成对，已按引到末尾理解。")
    UNPAIRED_PARENTHESIS = N_("括号没有成对，多余的括号已忽略。")
    LOOSE_OPERATOR = N_("AND、OR、NOT 前后要有检索词，多余的已忽略。")
    BROAD_WILDCARD = N_("通配符 * ? 前面至少要有两个字母或数字，已按普通文字检索。")
    NOTHING_TO_FIND = N_("这里面没有可以检索的文字，下面是全部记录。")
    BAD_DATE = N_("没有看懂日期，请写成 2026-11-23、2026-11 或 2026-11-01..2026-11-30。")


@dataclass(frozen=True)
class Query:
    """A parsed text. `root` is None where nothing is asked for: everything is found then."""

    root: Node | None = None
    notes: tuple[Note, ...] = field(default=())

    def sought(self) -> Iterator[Words | Phrase | Pattern | Within]:
        """The texts that a hit shows marked: all but the negated ones."""
        waiting = [self.root] if self.root else []
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, Every | Either):
                waiting[:0] = node.parts
            elif isinstance(node, Alike):
                waiting[:0] = (node.own, *node.others)
            elif isinstance(node, Words | Phrase | Pattern | Within):
                yield node
