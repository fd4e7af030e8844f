"""What our QR codes say: one small grammar for every code that we print.

A code may follow an address (``https://archive.company.cn/q/…``), so that a telephone's own camera
opens what it belongs to. Everybody's paper carries codes: whatever is none of ours is None.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

_ADDRESS = re.compile(r"https?://[^/\s]{1,200}/q/", re.IGNORECASE)
_DRAFT = re.compile(r"(HT-\d{4}-\d{5,12})/(\d{1,4})")
_LABEL = re.compile(r"FJ/([0-9A-F]{24})", re.IGNORECASE)
_PLACE = re.compile(r"WZ/((?:[0-9A-Za-z.~_-]|%[0-9A-Fa-f]{2}){1,600})")
_SEPARATOR = re.compile(
    r"FENGE(?:/(C\d{5,12}|KH-\d{4}-\d{5,12})?(?:/([A-Z][A-Z_]{0,39}))?)?", re.IGNORECASE
)
LONGEST = 1000  # characters of a code that is looked at
LONGEST_PLACE = 60


@dataclass(frozen=True, slots=True)
class DraftCode:
    """At the foot of a contract that was drafted here: see `archive.docgen.stamp`."""

    number: str
    version: int

    def __str__(self) -> str:
        return f"{self.number}/{self.version}"


@dataclass(frozen=True, slots=True)
class LabelCode:
    """On a paper original: the attachment that it belongs to."""

    attachment_key: str

    def __str__(self) -> str:
        return f"FJ/{self.attachment_key.upper()}"


@dataclass(frozen=True, slots=True)
class PlaceCode:
    """On a cabinet, a shelf or a binder: the place as it is written (``A柜-3格-12卷``)."""

    place: str

    def __str__(self) -> str:
        return f"WZ/{quote(self.place, safe='')}"


@dataclass(frozen=True, slots=True)
class SeparatorCode:
    """On a sheet between two papers of a stack: a new one begins, perhaps somebody's, or of a kind.

    `customer` is a customer code or an archive number; `kind` the value of a kind of paper. Both
    are words on a sheet: whether there is such a customer or kind, whoever reads them asks.
    """

    customer: str = ""
    kind: str = ""

    def __str__(self) -> str:
        return f"FENGE/{self.customer}/{self.kind}".upper().rstrip("/")


Code = DraftCode | LabelCode | PlaceCode | SeparatorCode


def write(code: Code, address: str = "") -> str:
    """What is printed for *code*; after *address*, where a telephone is to open it."""
    return f"{address.rstrip('/')}/q/{code}" if address else str(code)


def parse(text: str) -> Code | None:
    """Which of our codes *text* is. Never raises: a stranger's is None."""
    content = text.strip()[:LONGEST]
    if address := _ADDRESS.match(content):
        content = content[address.end() :]
    if found := _DRAFT.fullmatch(content):
        return DraftCode(found[1], int(found[2]))
    if found := _LABEL.fullmatch(content):
        return LabelCode(found[1].lower())
    if found := _PLACE.fullmatch(content):
        place = unquote(found[1], errors="replace").strip()
        return PlaceCode(place) if 0 < len(place) <= LONGEST_PLACE else None
    if found := _SEPARATOR.fullmatch(content):
        return SeparatorCode((found[1] or "").upper(), (found[2] or "").lower())
    return None
