"""What `archive run` holds in memory when nobody works with it: every process, stores included."""

import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from archive.cli.run import is_ready
from archive.config import Settings
from archive.embedded import environment_of, free_port
from bench.frame import Bench, Figure

PATIENCE = 300.0  # seconds that a first start with the demonstration company may take
SETTLING = 150.0  # seconds until what came in at the start is read, and its memory given back
LIMITS = {"run": 60, "s3": 110, "mongod": 260, "web": 330, "worker": 185, "follower": 200}
"""MB of each part."""
MOST_MB = 900
MARKS = {
    "serve s3": "s3",
    "--replSet": "mongod",
    "gunicorn": "web",
    "celery": "worker",
    "archive.recognition.child": "worker",
    "archive.follower": "follower",
}
"""What the command of a part's processes holds; those that read files are the worker's here."""


def measure(bench: Bench) -> list[Figure]:
    """A first start with stores of its own, then the sum of all shares of memory."""
    own = Settings(var=bench.folder / "whole", port=free_port())
    running = subprocess.Popen(
        [str(Path(sys.executable).with_name("archive")), "run"],
        env={**os.environ, **environment_of(replace(own, var=own.var.absolute()))},
        stdout=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while not is_ready(own):
            if running.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the archive does not start")
            time.sleep(0.5)
        time.sleep(SETTLING)
        held = _held_by(running.pid)
    finally:
        running.terminate()
        running.wait()
    figures = [Figure.below(f"memory: {part}", held[part], "MB", LIMITS[part]) for part in LIMITS]
    return [*figures, Figure.below("memory: all of it", sum(held.values()), "MB", MOST_MB)]


def _held_by(runner: int) -> Counter[str]:
    """The MB of each part of the archive that *runner* runs; what is shared counts in shares."""
    held: Counter[str] = Counter()
    waiting = [runner]
    while waiting:
        pid = waiting.pop()
        process = Path(f"/proc/{pid}")
        waiting += map(int, (process / "task" / str(pid) / "children").read_text().split())
        command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        part = next((part for mark, part in MARKS.items() if mark in command), "run")
        rollup = (process / "smaps_rollup").read_text().split("\nPss:", 1)[1]
        held[part] += int(rollup.split()[0]) // 1024
    return held
