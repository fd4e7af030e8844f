"""The worker's lane for reading: it is apart from its tasks, which so never wait for a page.

A page takes seconds and a child process of half a gigabyte; thumbnails, mails and imports take
the worker's threads. A lane reads one page, looks whose turn it is, and reads on. Killed at any
instant, it leaves a lease that ends.
"""

import logging
import threading

from archive import clock
from archive.blobs import Blobs
from archive.errors import ArchiveError
from archive.reading import service
from archive.recognition import PageReader

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds until an empty queue is asked again
PATIENCE = 10.0  # seconds after an error of the store


class Lane(threading.Thread):
    """Reads pages until it is told to stop."""

    def __init__(self, blobs: Blobs, recognition: PageReader) -> None:
        super().__init__(name="reading", daemon=True)
        self._blobs = blobs
        self._recognition = recognition
        self._asked = threading.Event()

    def run(self) -> None:
        """See `threading.Thread`."""
        while not self._asked.is_set():
            try:
                was_due = self.read_one()
            except ArchiveError as error:
                log.warning("reading waits: %r", error)
                self._asked.wait(PATIENCE)
            except Exception:
                log.exception("a page was not read")
                self._asked.wait(PATIENCE)
            else:
                if not was_due:
                    self._asked.wait(PAUSE)

    def read_one(self) -> bool:
        """Read the page whose turn it is; False where nothing waits."""
        reading = service.take_turn(clock.now())
        if reading is None:
            return False
        service.read_next_page(
            reading, now=clock.now(), blobs=self._blobs, recognition=self._recognition
        )
        return True

    def stop(self) -> None:
        """End after the page that is being read; the process may end before that."""
        self._asked.set()


class Lanes:
    """So many lanes side by side, started and stopped together."""

    def __init__(self, lanes: int, blobs: Blobs, recognition: PageReader) -> None:
        self._lanes = [Lane(blobs, recognition) for _ in range(lanes)]

    def start(self) -> None:
        """Begin to read."""
        for each in self._lanes:
            each.start()

    def stop(self) -> None:
        """See `Lane.stop`."""
        for each in self._lanes:
            each.stop()
