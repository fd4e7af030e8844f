"""The follower as a real process, on stores of its own test."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from flask import Flask

from archive.config import Settings
from archive.embedded import environment_of
from archive.search import WhooshEngine

Started = Callable[[], AbstractContextManager[subprocess.Popen[bytes]]]


@pytest.fixture
def own_settings(stores: Flask, settings: Settings, tmp_path: Path) -> Settings:
    """The running stores with an index folder that no other test has."""
    return replace(settings, var=tmp_path)


@pytest.fixture
def engine(own_settings: Settings) -> WhooshEngine:
    """What a web process of the same host searches in."""
    return WhooshEngine(own_settings.index)


@pytest.fixture
def started(own_settings: Settings) -> Started:
    """Start the follower; at the end of the block it is asked to stop, unless it was killed."""

    @contextmanager
    def start() -> Iterator[subprocess.Popen[bytes]]:
        process = subprocess.Popen(
            [sys.executable, "-m", "archive.follower"],
            env={**os.environ, **environment_of(own_settings)},
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)

    return start


def until(holds: Callable[[], object], *, seconds: float = 30.0) -> float:
    """Look again and again until *holds*; how many seconds that took."""
    started_at = monotonic()
    while not holds():
        assert monotonic() - started_at < seconds, "it never came to hold"
    return monotonic() - started_at
