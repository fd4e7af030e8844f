"""Two Word files held against each other, and what keeps one from being submitted for review.

Plain: bytes in, frozen values out. `find_obstacles` names what a reviewer would not see or must
not be asked to agree to.
"""

from archive.redline.errors import WordFileUnreadable
from archive.redline.obstacles import Obstacle, ObstacleKind, find_obstacles
from archive.redline.stamps import Stamps, read_stamps

__all__ = [
    "Obstacle",
    "ObstacleKind",
    "Stamps",
    "WordFileUnreadable",
    "find_obstacles",
    "read_stamps",
]
