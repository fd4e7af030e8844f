"""Heartbeat of the index writer, for the other processes on this host."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from archive.search.engine import SearchEngine, SearchUnavailable

FILE = "writer.json"
SILENT_AFTER = timedelta(seconds=90)
"""A rebuild writes one segment in about 20 s, and says nothing meanwhile."""


class Doing(StrEnum):
    """What the writer is at."""

    FOLLOWING = "following"
    REBUILDING = "rebuilding"
    WAITING = "waiting"  # for the database


@dataclass(frozen=True)
class Pulse:
    """How the writer is."""

    at: datetime
    doing: Doing
    lag_ms: int | None = None
    """From the last change in the database to its commit in the index."""
    done: int = 0
    """Records indexed: since its start, or by the rebuild that runs."""
    unreadable: int = 0
    """Records left out since its start because reading them failed; the log names them."""

    def is_alive(self, now: datetime) -> bool:
        """Whether the writer can be trusted to be there."""
        return now - self.at < SILENT_AFTER


def require_search(engine: SearchEngine, folder: Path, now: datetime) -> None:
    """Make sure that records can be found, the newest too.

    Raises:
        SearchUnavailable: no index can be read, or nobody keeps the one in *folder* up to date.
    """
    if not engine.state().usable or not is_followed(folder, now):
        raise SearchUnavailable()


def is_followed(folder: Path, now: datetime) -> bool:
    """Whether somebody keeps the index in *folder* up to date."""
    pulse = read_pulse(folder)
    return pulse is not None and pulse.is_alive(now)


def leave_pulse(folder: Path, pulse: Pulse) -> None:
    """Let others know."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = folder / f"{FILE}.new"
    written.write_text(json.dumps(asdict(pulse) | {"at": pulse.at.isoformat()}))
    written.replace(folder / FILE)


def read_pulse(folder: Path) -> Pulse | None:
    """What the writer of the index in *folder* last said; None where none ever ran."""
    try:
        facts = json.loads((folder / FILE).read_text())
        pulse = Pulse(**facts)
        return replace(pulse, at=datetime.fromisoformat(facts["at"]), doing=Doing(pulse.doing))
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None
