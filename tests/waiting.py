"""Waiting for what another process or thread does; how quickly is for benchmarks to say."""

import time
from collections.abc import Callable

PATIENCE = 120.0  # seconds: a busy machine is slow, not wrong


def until(holds: Callable[[], object], *, patience: float = PATIENCE) -> None:
    """Look again and again until *holds*."""
    give_up_at = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < give_up_at, "it never came to hold"
        time.sleep(0.02)  # leaves the processor to those who are waited for
