"""``/healthz`` and ``/readyz``: how the archive is, told within a second or two, whatever hangs."""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from flask import Flask, Response, current_app, jsonify
from pymongo.errors import PyMongoError

from archive import clock, database
from archive.errors import Unavailable
from archive.seams import Seams
from archive.search.pulse import require_search
from archive.web.context import SEAMS
from archive.web.gauges import WorkerPulse
from archive.web.guard import public

TOLD_WITHIN = 1.5  # seconds
WRITES_EVERY = 15.0  # seconds between two attempts to write into the store
WORKER_SILENT_AFTER = timedelta(minutes=3)
PROBES = "archive.probes"


class WorkerSilent(Unavailable):
    """No worker has given a sign of life for too long."""


class Probe:
    """Asks one part how it is. A part that hangs is asked once, and held for unavailable."""

    def __init__(self, check: Callable[[], object]) -> None:
        self._check = check
        self._asking: threading.Thread | None = None
        self._is_well = False

    def begin(self) -> None:
        """Ask, unless the last question is still open."""
        if self._asking is None or not self._asking.is_alive():
            self._is_well = False
            self._asking = threading.Thread(target=self._ask, daemon=True)
            self._asking.start()

    def is_well(self, until: float) -> bool:
        """Whether the part has answered well by the moment *until*."""
        if self._asking is not None:
            self._asking.join(max(0.0, until - time.monotonic()))
        return self._is_well

    def _ask(self) -> None:
        try:
            self._check()
        except (Unavailable, PyMongoError, OSError):
            return
        self._is_well = True


class Storage:
    """The store answers, and takes in what is sent: that is tried now and then."""

    def __init__(self, seams: Seams) -> None:
        self._store = seams.blobs.store
        self._written_at = 0.0

    def __call__(self) -> None:
        """Raises: Unavailable."""
        self._store.ping()
        if time.monotonic() - self._written_at > WRITES_EVERY:
            self._store.try_writing()
            self._written_at = time.monotonic()


def require_worker() -> None:
    """Make sure that a worker is at work, where any ever was.

    Raises:
        WorkerSilent.
    """
    pulses = [each.at for each in WorkerPulse.objects]
    if pulses and max(pulses) < clock.now() - WORKER_SILENT_AFTER:
        raise WorkerSilent()


def states(probes: Mapping[str, Probe]) -> dict[str, str]:
    """How each part is: ``ok`` or ``unavailable``."""
    for probe in probes.values():
        probe.begin()
    until = time.monotonic() + TOLD_WITHIN
    return {name: "ok" if probe.is_well(until) else "unavailable" for name, probe in probes.items()}


@public
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@public
def readyz() -> tuple[Response, int]:
    """200 when all parts are up; each part by name."""
    parts = states(current_app.extensions[PROBES])
    is_ready = all(state == "ok" for state in parts.values())
    status = "ok" if is_ready else "unavailable"
    return jsonify(status=status, parts=parts), 200 if is_ready else 503


def install(app: Flask, hidden: Callable[[Any], Any]) -> None:
    """Answer at both addresses; *hidden* keeps a view out of the API's description."""
    seams: Seams = app.extensions[SEAMS]
    app.extensions[PROBES] = {
        "database": Probe(database.ping),
        "storage": Probe(Storage(seams)),
        "search": Probe(lambda: require_search(seams.search, seams.settings.index, clock.now())),
        "worker": Probe(require_worker),
    }
    app.add_url_rule("/healthz", "healthz", hidden(healthz))
    app.add_url_rule("/readyz", "readyz", hidden(readyz))
