"""The queue in MongoDB, asked as often as there is work."""

from threading import Event
from time import monotonic
from typing import Any

from kombu.transport import mongodb
from kombu.transport.virtual import Empty

FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.5  # seconds until an empty queue is asked again


class Channel(mongodb.Channel):
    """Says so when a task is done and another one may be taken."""

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        """See kombu."""
        super().basic_ack(delivery_tag, multiple)  # type: ignore[no-untyped-call]  # kombu's
        self.connection.done.set()


class PromptTransport(mongodb.Transport):
    """Takes the next message as soon as there is room for it.

    kombu's own sleeps for the same time whether the queue is empty or all processes are busy, so
    short tasks wait for the clock. This one wakes when a task is done, and asks an empty queue the
    more rarely the longer it has been empty.
    """

    Channel = Channel

    def __init__(self, client: Any, **options: Any) -> None:
        super().__init__(client, **options)  # type: ignore[no-untyped-call]  # kombu's
        self.done = Event()
        self._pause = FIRST_PAUSE

    def drain_events(self, connection: Any, timeout: Any = None, **_: Any) -> None:
        """See kombu.

        Raises:
            TimeoutError: nothing came in *timeout* seconds.
        """
        cycle: Any = self.cycle
        until = None if timeout is None else monotonic() + timeout
        while True:
            self.done.clear()
            try:
                cycle.get(self._deliver, timeout=timeout)
            except Empty:
                if until is not None and monotonic() >= until:
                    raise TimeoutError from None
                if not self.done.wait(self._pause):
                    self._pause = min(self._pause * 2, LONGEST_PAUSE)
            else:
                self._pause = FIRST_PAUSE
                return
