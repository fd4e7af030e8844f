"""Figures for Prometheus: how requests fare, and gauges that are read when they are asked for.

The web server has several processes. Where ``PROMETHEUS_MULTIPROC_DIR`` names a folder, each keeps
its counts there and any of them answers for all.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

logger = logging.getLogger(__name__)

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"

request_seconds = Histogram(
    "archive_request_seconds",
    "How long requests take, by the rule of their address",
    ["method", "route", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 1, 3, 10, 60),
)


@dataclass(frozen=True)
class Gauge:
    """Something that can be read off at any time."""

    name: str
    """Without the prefix ``archive_``."""
    meaning: str
    read: Callable[[], Mapping[str, float]]
    """The values, each under its label; a value without a label is under the empty text. It is
    asked every few seconds: it may not count a whole collection."""
    label: str = ""


class _Gauges(Collector):
    def __init__(self, gauges: Iterable[Gauge]) -> None:
        self._gauges = tuple(gauges)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        unread = 0
        for each in self._gauges:
            try:
                values = each.read()
            except Exception:  # what is unavailable takes its own gauge away, not all figures
                logger.warning("gauge cannot be read", extra={"gauge": each.name}, exc_info=True)
                unread += 1
                continue
            labels = [each.label] if each.label else []
            family = GaugeMetricFamily(f"archive_{each.name}", each.meaning, labels=labels)
            for label, value in values.items():
                family.add_metric([label] if each.label else [], value)
            yield family
        yield GaugeMetricFamily(
            "archive_gauges_unread", "Gauges that could not be read this time", value=unread
        )


def exposition(gauges: Iterable[Gauge]) -> bytes:
    """All figures in Prometheus' text format."""
    registry = CollectorRegistry()
    if os.environ.get(SHARED_FOLDER):
        MultiProcessCollector(registry)
    else:
        registry.register(request_seconds)
    registry.register(_Gauges(gauges))
    return generate_latest(registry)
