"""``python -m archive.follower``; with ``--rebuild`` it rebuilds the index and ends."""

import signal
import sys
from threading import Event

from archive import database
from archive.chapters import CHAPTERS
from archive.config import Settings
from archive.follower.following import Follower
from archive.observing import set_up_logs
from archive.search.engines import open_engine
from archive.web.chapter import found_in


def main() -> None:
    """Follow until SIGTERM or Ctrl-C."""
    set_up_logs()
    settings = Settings.from_environment()
    stop = Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: stop.set())
    store = database.connect(settings)[settings.mongodb_name]
    engine = open_engine(settings.search, settings.index)
    follower = Follower(store, engine, found_in(CHAPTERS), settings.index, stop)
    if "--rebuild" in sys.argv[1:]:
        follower.rebuild()
    else:
        follower.follow()


if __name__ == "__main__":
    main()
