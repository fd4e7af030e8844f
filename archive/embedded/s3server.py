"""A real S3 server on loopback: ``rclone serve s3`` over a folder."""

import http.client
import shutil
import sys
import time
from pathlib import Path

from archive.embedded.errors import ProgramMissing
from archive.embedded.folder import VarFolder
from archive.embedded.processes import Child

PATIENCE = 20.0  # seconds
FRUGAL = {"GOGC": "50", "GOMEMLIMIT": "96MiB"}
"""For the runtime of Go: give memory back sooner, and work harder at it above so much."""


def find_rclone() -> Path:
    """The `rclone` next to our Python, which the lock file names, else the one of the PATH.

    Raises:
        ProgramMissing.
    """
    beside = Path(sys.executable).with_name("rclone")
    if beside.exists():
        return beside
    if found := shutil.which("rclone"):
        return Path(found)
    raise ProgramMissing(program="rclone", setting="ARCHIVE_S3_ENDPOINT")


def start_s3(folder: VarFolder, port: int, keep: int | None = None) -> tuple[Child, str]:
    """Start the S3 server on *port*; returns the process and the endpoint when it answers.

    Raises:
        ProgramMissing, ChildStopped.
    """
    for leftover in folder.s3.rglob(".rclone_temp_put_*"):  # of uploads that a crash cut off
        leftover.unlink()
    words = folder.secrets()
    child = Child(
        "s3",
        [
            *(str(find_rclone()), "--config", "", "serve", "s3"),
            *("--addr", f"127.0.0.1:{port}", "--umask", "077"),
            # It would digest every file once more for each reading, to name it by an ETag and to
            # compare; we compare what we read ourselves. Reading costs a quarter this way.
            *("--no-checksum", "--etag-hash", ""),
            str(folder.s3),
        ],
        log=folder.log / "s3.log",
        environment={
            # Not as an argument, which every account of the machine may read.
            "RCLONE_AUTH_KEY": f'"{words.s3_access_key},{words.s3_secret_key}"',
            **FRUGAL,
        },
        keep=keep,
    )
    try:
        wait_for_answer(child, port)
    except BaseException:
        child.stop()
        raise
    return child, f"http://127.0.0.1:{port}"


def wait_for_answer(child: Child, port: int) -> None:
    """Return when the server answers, be it with a refusal."""
    deadline = time.monotonic() + PATIENCE
    while True:
        child.check()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            connection.request("GET", "/")
            connection.getresponse()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
        finally:
            connection.close()
