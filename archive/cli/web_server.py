"""gunicorn's settings: ``gunicorn --config python:archive.cli.web_server wsgi:app``.

Reading this module loads the whole site's code into gunicorn's first process; the web processes,
which are forked from it, then share that code and start at once. Each makes its own site, with
connections of its own.
"""

import gc
import os
import signal
import sys
from pathlib import Path

import pypinyin  # noqa: F401 - loaded here once, see above

import archive.app  # noqa: F401 - likewise
from archive.cli.web_worker import PatientWorker
from archive.config import Settings
from archive.embedded.tether import tie_to
from archive.observing import configuration

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes its heartbeat files safely

WATCHING = os.getpid()

_settings = Settings.from_environment()

bind = f"{_settings.host}:{_settings.port}"
worker_class = PatientWorker
workers = _settings.web_workers
threads = _settings.web_threads
# A large upload takes its time; a process that hangs is replaced after two minutes.
timeout = 120
graceful_timeout = 5
keepalive = 5
loglevel = "warning"
logconfig_dict = configuration(is_terminal=sys.stderr.isatty())
control_socket_disable = True
# A heartbeat on a slow disk would be taken for a process that hangs.
worker_tmp_dir = str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None


def when_ready(_arbiter: object) -> None:
    """Leave what is loaded out of garbage collection, which would write to each of its pages.

    A page that is written to is shared with no other process any more.
    """
    gc.collect()
    gc.freeze()


def post_fork(_arbiter: object, _worker: object) -> None:
    """Let a web process end with gunicorn's first process, however that ends."""
    tie_to(WATCHING, signal.SIGKILL)
