"""The archive as people run it: one command, every process, the demonstration company."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from archive.embedded import free_port
from tests.house.source import ROOT


@dataclass(frozen=True)
class WholeArchive:
    """A running archive: where it answers, and who may sign in."""

    address: str
    accounts: dict[str, dict[str, str]]
    said: list[str] = field(repr=False)


@contextmanager
def whole_archive(var: Path) -> Iterator[WholeArchive]:
    """Run an archive with its data in *var* until the end of the block."""
    port = free_port()
    running = subprocess.Popen(
        [sys.executable, "-c", "from archive.cli import main; main()", "run"],
        env={
            **{name: value for name, value in os.environ.items() if "ARCHIVE_" not in name},
            "ARCHIVE_VAR": str(var),
            "ARCHIVE_PORT": str(port),
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "LANG": "C.UTF-8",
        },
        cwd=var,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    open_for_use = threading.Event()
    listening = threading.Thread(target=_listen, args=(running, said, open_for_use))
    listening.start()
    try:
        assert open_for_use.wait(240), "".join(said)
        assert running.poll() is None, "".join(said)
        accounts = json.loads((var / "demo-accounts.json").read_text())
        yield WholeArchive(f"http://127.0.0.1:{port}", accounts, said)
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(60)
        listening.join()
        if running.stdout:
            running.stdout.close()


def _listen(
    running: "subprocess.Popen[str]", said: list[str], open_for_use: threading.Event
) -> None:
    """Keep what the command says; it is open once it has said how to end it, or has ended."""
    assert running.stdout is not None
    for line in running.stdout:
        said.append(line)
        if "Ctrl-C stops everything" in line:
            open_for_use.set()
    open_for_use.set()
