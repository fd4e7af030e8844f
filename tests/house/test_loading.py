"""What each process of the archive loads when it starts: no library that reads papers by sight."""

import os
import subprocess
import sys

import pytest

from archive.config import Settings
from archive.embedded import environment_of

SIGHT = {"cv2", "onnxruntime", "rapidocr", "scipy", "sklearn"}
"""They take hundreds of megabytes, and only the child processes of recognition need them."""
SITE = {"apiflask", "celery", "mongoengine", "pypinyin", "tantivy", "whoosh"}
"""What makes the site, its records and its search."""
STARTS = {
    "web": ("import archive.app; archive.app.create_app()", SIGHT),
    "worker": ("import archive.worker", SIGHT | {"pypinyin"}),
    "follower": ("import archive.follower.__main__", SIGHT | {"pypinyin"}),
    "run": ("import archive.cli.run", SIGHT | SITE),
}


@pytest.mark.parametrize("process", STARTS)
def test_no_process_loads_at_its_start_what_it_does_without(
    process: str, settings: Settings
) -> None:
    start, unneeded = STARTS[process]
    loaded = subprocess.run(
        [sys.executable, "-c", f"{start}; import sys; print(*sys.modules)"],
        env={**os.environ, **environment_of(settings)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert {"archive", "sys"} <= set(loaded)
    assert unneeded & set(loaded) == set()
