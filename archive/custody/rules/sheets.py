"""A4 sheets of labels as they are sold, in millimetres."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from archive.terms import N_, Term

T = TypeVar("T")


class Sheet(Term):
    """How a sheet is divided: labels across and down, and the size of each."""

    S3X8 = "3x8", N_("24 张（3 × 8，70 × 37 毫米）")
    S3X7 = "3x7", N_("21 张（3 × 7，63.5 × 38.1 毫米）")
    S2X7 = "2x7", N_("14 张（2 × 7，99.1 × 38.1 毫米）")
    S4X10 = "4x10", N_("40 张（4 × 10，48.5 × 25.4 毫米）")

    @property
    def places(self) -> int:
        """How many labels it has."""
        across, down = self.value.split("x")
        return int(across) * int(down)


MOST_LABELS = 1000


@dataclass(frozen=True)
class Label:
    """What one label says; `code` is what its QR code holds."""

    code: str
    head: str
    lines: tuple[str, ...] = ()
    tail: str = ""
    """By which a person names it where no camera is at hand."""


def laid_out(labels: Sequence[T], sheet: Sheet, first: int) -> list[list[T | None]]:
    """*labels* on as many sheets as they need; the places before *first* (from 1) stay free."""
    free: list[T | None] = [None] * (max(1, min(first, sheet.places)) - 1)
    places = [*free, *labels]
    return [places[at : at + sheet.places] for at in range(0, len(places), sheet.places)]
