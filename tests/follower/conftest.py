"""The follower as a real process, on stores of its own test."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from archive.config import Settings
from archive.embedded import environment_of
from archive.search.engines import open_engine
from archive.search.folder_engine import FolderEngine
from tests.waiting import until

Started = Callable[[], AbstractContextManager[subprocess.Popen[bytes]]]


@pytest.fixture
def engine(
    empty_site: Flask, tmp_path: Path, settings: Settings, request: pytest.FixtureRequest
) -> FolderEngine:
    """What a web process searches in: an index folder that no other test has."""
    library = getattr(request, "param", settings.search)
    return open_engine(library, tmp_path / "index")


@pytest.fixture
def started(engine: FolderEngine, settings: Settings) -> Started:
    """Start a follower of `engine`, for the length of a block."""
    return lambda: running(replace(settings, var=engine.path.parent, search=engine.library))


@pytest.fixture(scope="module")
def follower(
    site: Flask, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FolderEngine]:
    """A follower that runs for all tests of a module that leave it alone, by its index."""
    own = replace(settings, var=tmp_path_factory.mktemp("followed"))
    engine = open_engine(own.search, own.index)
    with running(own):
        until(lambda: engine.state().usable)
        yield engine


@pytest.fixture
def followed(empty_site: Flask, follower: FolderEngine) -> FolderEngine:
    """The index of the running follower; the database is empty."""
    return follower


@contextmanager
def running(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """A follower; at the end of the block it is asked to stop, unless it was killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "archive.follower"],
        env={**os.environ, **environment_of(settings)},
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
