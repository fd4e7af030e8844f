"""What can be read off at ``/metrics``: the queue, the worker, the index, the blobs.

A chapter adds its own with `archive.web.chapter.Chapter.gauges`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from mongoengine import DateTimeField, Document, StringField

from archive import clock, jobs
from archive.blobs import BlobCheck
from archive.observing import Gauge
from archive.search.pulse import read_pulse
from archive.web.context import seams


class WorkerPulse(Document):
    """A sign of life that each worker leaves. Not a record: no person acts on it."""

    meta: ClassVar[dict[str, Any]] = {"collection": "worker_pulses", "auto_create_index": False}

    id = StringField(primary_key=True)  # the host's name
    at = DateTimeField(required=True)


def leave_worker_pulse(host: str, now: datetime) -> None:
    """Note that the worker of *host* is at work."""
    WorkerPulse.objects(id=host).update_one(set__at=now, upsert=True)


def queue_length() -> Mapping[str, float]:
    """How many tasks wait to be taken."""
    return {"": jobs.waiting_tasks()}


def worker_silence() -> Mapping[str, float]:
    """Since when each worker has given no sign of life; it gives one every half minute."""
    now = clock.now()
    return {each.id: (now - each.at).total_seconds() for each in WorkerPulse.objects}


def index_lag() -> Mapping[str, float]:
    """How long the last change took to be found, on this host."""
    pulse = read_pulse(seams().settings.index)
    return {"": pulse.lag_ms / 1000} if pulse and pulse.lag_ms is not None else {}


def follower_silence() -> Mapping[str, float]:
    """Since when the follower of this host has given no sign of life, by what it is at."""
    pulse = read_pulse(seams().settings.index)
    return {pulse.doing.value: (clock.now() - pulse.at).total_seconds()} if pulse else {}


def unreadable_records() -> Mapping[str, float]:
    """Records that the follower left out of the index because reading them failed."""
    pulse = read_pulse(seams().settings.index)
    return {"": pulse.unreadable} if pulse else {}


def blobs() -> Mapping[str, float]:
    """Blobs on the list of checks, those never checked, and those found damaged."""
    return {
        "known": BlobCheck.known(),
        "unchecked": BlobCheck.unchecked(),
        "damaged": BlobCheck.damaged(),
    }


def oldest_check() -> Mapping[str, float]:
    """How long ago the blob was checked whose check is the oldest."""
    oldest = BlobCheck.oldest_check()
    return {"": (clock.now() - oldest).total_seconds()} if oldest else {}


HOUSE = (
    Gauge("queue_tasks", "Tasks that wait for a worker", queue_length),
    Gauge("worker_silent_seconds", "Since the worker's last sign of life", worker_silence, "host"),
    Gauge("index_lag_seconds", "From the last change to its being found", index_lag),
    Gauge("follower_silent_seconds", "Since its last sign of life", follower_silence, "doing"),
    Gauge("index_unreadable_records", "Records that could not be indexed", unreadable_records),
    Gauge("blobs", "Stored blobs by what their checks found", blobs, "state"),
    Gauge("blob_oldest_check_seconds", "Age of the oldest check of a blob", oldest_check),
)
