"""A Word file with native tracked changes, made by the engine of python-redlines.

The engine is a program of its own: it runs for one pair of files at a time, in a folder that is
gone afterwards, with limits on memory, processor time and what it writes, and without a network.
"""

import logging
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from python_redlines import DocxodusEngine

from archive import clock
from archive.docgen.pdf import confinement
from archive.redline.errors import NotTracked, TrackingBusy

log = logging.getLogger(__name__)

HEAP = 1024 * 1024 * 1024
"""Bytes that the engine may hold; a contract of 30 pages takes a quarter of it."""
WALL_SECONDS = 120.0
PATIENCE = 30.0  # seconds that one waits for another's file
_TURN = threading.Lock()


def track(old: bytes, new: bytes, *, author: str, at: datetime, folder: Path) -> bytes:
    """*new* as a .docx in which every difference from *old* is a change by *author*, made *at*.

    To accept all of them gives *new*, to refuse them *old*; what was moved is marked as moved.
    The engine is unpacked below *folder* when it is first used (108 MB).

    Raises:
        NotTracked: it could not be done within the limits, or the engine does not run here.
        TrackingBusy: others' files are being made.
    """
    if not _TURN.acquire(timeout=PATIENCE):
        raise TrackingBusy()
    try:
        program = unpack(folder)
        with tempfile.TemporaryDirectory(prefix="redline-") as scratch:
            return _run(program, Path(scratch), old, new, author, at)
    finally:
        _TURN.release()


@lru_cache(maxsize=4)
def unpack(folder: Path) -> str:
    """The engine's program, unpacked below *folder* as a whole or not at all.

    Raises:
        NotTracked: there is none for this machine.
    """
    home = folder / version("python-redlines-docxodus")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        if not home.exists():
            part = tempfile.mkdtemp(dir=folder, prefix="part-")
            DocxodusEngine(target_path=part)
            with suppress(OSError):  # another process was faster
                Path(part).rename(home)
            shutil.rmtree(part, ignore_errors=True)
        return str(Path(DocxodusEngine(target_path=str(home)).extracted_binaries_path).absolute())
    except (OSError, ImportError) as missing:
        log.warning("the engine of tracked changes cannot be unpacked: %s", missing)
        raise NotTracked() from missing


def _run(program: str, scratch: Path, old: bytes, new: bytes, author: str, at: datetime) -> bytes:
    before, after, made = (scratch / f"{name}.docx" for name in ("old", "new", "made"))
    before.write_bytes(old)
    after.write_bytes(new)
    command = [
        *confinement(), program, str(before), str(after), str(made),
        f"--author={author}",
        f"--date-time={clock.local(at):%Y-%m-%dT%H:%M:%SZ}",  # Word shows it as it is written
        "--detect-moves", "--no-detect-format-changes",
    ]  # fmt: skip
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "LANG": "C.UTF-8",
        "DOTNET_GCHeapHardLimit": f"{HEAP:x}",
        "DOTNET_EnableDiagnostics": "0",
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
    }
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(WALL_SECONDS)
    except subprocess.TimeoutExpired as late:
        raise NotTracked() from late
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    try:
        return made.read_bytes() if code == 0 else _refuse(code)
    except OSError as missing:
        raise NotTracked() from missing


def _refuse(code: int) -> bytes:
    log.warning("the engine of tracked changes ended with code %s", code)
    raise NotTracked()
