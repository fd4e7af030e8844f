"""Figures: what cannot be read takes nothing else away."""

import logging
from collections.abc import Mapping

import pytest

from archive.observing import Gauge, exposition


def broken() -> Mapping[str, float]:
    raise ConnectionError("the broker is unavailable")


def test_a_gauge_that_cannot_be_read_is_left_out_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    gauges = [
        Gauge("queue_tasks", "Waiting", broken),
        Gauge("blobs", "Known", lambda: {"damaged": 2.0}, label="state"),
    ]

    with caplog.at_level(logging.WARNING, "archive.observing"):
        text = exposition(gauges).decode()

    assert "archive_queue_tasks" not in text
    assert 'archive_blobs{state="damaged"} 2.0' in text
    assert "archive_gauges_unread 1.0" in text
    assert [record.message for record in caplog.records] == ["gauge cannot be read"]


def test_all_gauges_that_can_be_read_are_there() -> None:
    text = exposition([Gauge("blobs", "Known", lambda: {"": 3.0})]).decode()

    assert "archive_blobs 3.0" in text
    assert "archive_gauges_unread 0.0" in text
