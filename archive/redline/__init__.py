"""Two Word files held against each other, and what keeps one from being submitted for review.

Plain: bytes in, frozen values out. `find_obstacles` names what a reviewer would not see or must
not be asked to agree to; `compare` says what one file says otherwise than another.
"""

from archive.redline.comparing import COUNTED, Change, ChangeKind, Comparison, compare
from archive.redline.errors import TooLongToCompare, WordFileUnreadable
from archive.redline.obstacles import Obstacle, ObstacleKind, find_obstacles
from archive.redline.stamps import Stamps, read_stamps

__all__ = [
    "COUNTED",
    "Change",
    "ChangeKind",
    "Comparison",
    "Obstacle",
    "ObstacleKind",
    "Stamps",
    "TooLongToCompare",
    "WordFileUnreadable",
    "compare",
    "find_obstacles",
    "read_stamps",
]
