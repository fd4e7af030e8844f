"""A watched folder, looked at as often as a test wants."""

import dataclasses
import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from archive.arriving.models import WayState
from archive.arriving.rules import KEPT_FOLDER, Way
from archive.arriving.service import folder
from archive.arriving.service.taking import Tools
from archive.arriving.serving import tools as tools_of_site
from archive.filing.models import Deposit

LATER = timedelta(seconds=15)


@dataclasses.dataclass
class Watched:
    """The folder, and the clock that goes on with each look."""

    path: Path
    now: datetime
    tools: Tools

    def put(self, name: str, content: bytes) -> Path:
        """Write a file as a scanner does."""
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        return place

    def look(self, times: int = 1, *, after: timedelta = LATER) -> None:
        """Look again, each time some seconds later."""
        for _ in range(times):
            self.now += after
            assert WayState.take_in_hand(Way.FOLDER, self.now)
            folder.look(self.path, now=self.now, tools=self.tools)

    def left(self) -> list[str]:
        """What lies in the folder itself."""
        return sorted(each.name for each in self.path.iterdir() if each.is_file())

    def kept(self, place: str = KEPT_FOLDER) -> list[str]:
        """What was moved away, below the day."""
        top = self.path / place
        return sorted(
            str(each.relative_to(top).relative_to(each.relative_to(top).parts[0]))
            for each in top.rglob("*")
            if each.is_file()
        )


@pytest.fixture
def tools(in_app: Flask) -> Tools:
    """The parts of the site."""
    return tools_of_site()


@pytest.fixture
def watched(tmp_path: Path, now: datetime, tools: Tools) -> Watched:
    """An empty folder that is watched."""
    path = tmp_path / "扫描"
    path.mkdir()
    return Watched(path, now, tools)


@pytest.fixture
def digests() -> Callable[[], list[str]]:
    """The digests of all deposits, in order."""
    return lambda: sorted(Deposit.objects.scalar("file__sha256")) or []


def digest(content: bytes) -> str:
    """What a deposit says of these bytes."""
    return hashlib.sha256(content).hexdigest()
