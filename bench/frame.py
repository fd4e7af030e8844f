"""What every measurement gets, and what it gives back."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from archive.config import Settings


@dataclass(frozen=True)
class Figure:
    """One measured value and the limit that it is held to."""

    name: str
    value: float
    unit: str
    bound: float
    holds: bool

    @classmethod
    def at_least(cls, name: str, value: float, unit: str, bound: float) -> "Figure":
        """A figure that must not be below *bound*."""
        return cls(name, value, unit, bound, holds=value >= bound)

    @classmethod
    def below(cls, name: str, value: float, unit: str, bound: float) -> "Figure":
        """A figure that must stay below *bound*."""
        return cls(name, value, unit, bound, holds=value < bound)


@dataclass(frozen=True)
class Bench:
    """The ground of a measurement: running stores that are its own, and a folder to work in."""

    settings: Settings
    """With the URIs of stores that run for the measurement only, and start empty."""
    folder: Path
    """Empty; removed afterwards."""


class Measurement(Protocol):
    """A module of this package that measures."""

    def measure(self, bench: Bench) -> list[Figure]:
        """Measure, and hold against the limits of the design."""
        ...


def seconds(work: Callable[[], object]) -> float:
    """How long *work* takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median_of(samples: Iterable[float]) -> float:
    """The middle one."""
    return statistics.median(samples)


def p95_of(samples: Sequence[float]) -> float:
    """The value that 95 of 100 *samples* stay below."""
    return statistics.quantiles(samples, n=100, method="inclusive")[94]
