"""The worker killed while it looks at the folder."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from archive import clock
from archive.arriving.models import SeenFile
from archive.config import Settings
from archive.embedded import environment_of
from archive.filing.models import Deposit
from tests.arriving.conftest import Watched, digest
from tests.recognition import ugly_files as ugly

pytestmark = pytest.mark.slow

KILLED = """
import sys
from pathlib import Path
from archive import clock
from archive.app import create_app
from archive.arriving.service import folder
from archive.arriving.serving import tools
with create_app().app_context():
    folder.look(Path(sys.argv[1]), now=clock.now(), tools=tools())
"""


def test_killed_while_it_takes_files_in_each_comes_in_exactly_once(
    watched: Watched, settings: Settings, digests: Callable[[], list[str]]
) -> None:
    contents = [ugly.a_jpeg(size=(100 + number, 80)) for number in range(40)]
    for number, content in enumerate(contents):
        watched.put(f"{number:03}.jpg", content)
    watched.look()
    watched.now = clock.now()
    SeenFile.objects.update(set__since=watched.now - timedelta(minutes=1))
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(watched.path)],
        env={**os.environ, **environment_of(settings)},
    ) as process:
        while process.poll() is None and Deposit.objects.count() < len(contents) // 4:
            time.sleep(0.01)
        process.kill()
    assert watched.left()
    assert Deposit.objects.count()
    watched.now = clock.now() + timedelta(minutes=5)
    watched.look()
    assert digests() == sorted(map(digest, contents))
    assert watched.left() == []
    whole = [each for each in (watched.path / "已收").rglob("*.jpg") if each.stat().st_size]
    assert sorted(digest(each.read_bytes()) for each in whole) == sorted(map(digest, contents))
