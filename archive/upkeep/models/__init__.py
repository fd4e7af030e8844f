"""The documents of upkeep."""

from archive.upkeep.models.handovers import Handed, HandedKind, Handover, Receiver
from archive.upkeep.models.merges import SILENT_FOR, Merge, TakenOut, United
from archive.upkeep.models.restrictions import Restriction, Withheld

__all__ = [
    "SILENT_FOR",
    "Handed",
    "HandedKind",
    "Handover",
    "Merge",
    "Receiver",
    "Restriction",
    "TakenOut",
    "United",
    "Withheld",
]
