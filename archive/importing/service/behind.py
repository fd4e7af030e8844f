"""What is written while the next rows are prepared: the database works, and so does the worker."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Self


class Behind:
    """One piece of work at a time, done behind whoever asks for it.

    What goes wrong there is raised where the next piece is asked for, or at the end.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._doing: Future[None] | None = None

    def wait(self) -> None:
        """Let the last piece be done."""
        doing, self._doing = self._doing, None
        if doing is not None:
            doing.result()

    def do(self, work: Callable[[Any], None], given: Any) -> None:
        """Begin with *work* on what is *given*, once the last piece is done."""
        self.wait()
        self._doing = self._thread.submit(work, given)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_rest: object) -> None:
        self._thread.shutdown()
        if error is None:
            self.wait()
