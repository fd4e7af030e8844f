"""Keeping the index and the trail up to date with the database."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

from bson import json_util
from pymongo.database import Database
from pymongo.errors import OperationFailure, PyMongoError

from archive import clock
from archive.database import kind_of, records
from archive.errors import Unavailable
from archive.follower.changes import Batch, CollectionGone, Document, Projector
from archive.search import IndexEntry, PositionMoved, SearchEngine, SearchUnavailable
from archive.search.pulse import Doing, Pulse, leave_pulse
from archive.trail.collecting import collect_all, collect_from
from archive.web.projection import Indexed

log = logging.getLogger(__name__)

GATHERING_MS = 60
"""How long MongoDB waits for a further change before a batch is committed."""
MOST_AT_ONCE = 400
LONGEST_GATHERING = 0.25  # seconds
PULSE_EVERY = 2.0  # seconds
FIRST_PATIENCE, LONGEST_PATIENCE = 0.5, 15.0  # seconds until an unavailable store is asked again
KEEP_POSITION_EVERY = 300.0  # seconds without a change: the stream forgets positions too old
LOOK_EVERY = 300.0  # seconds between two comparisons of the index with checksums and records
POSITIONS_LOST = frozenset({136, 222, 260, 280, 286, 9, 15, 40647, 50796, 50811})
"""MongoDB's codes for a change stream that cannot go on from a position: too old, or garbled."""


class Stopped(Exception):
    """Somebody asked the follower to end."""


class Follower:
    """Follows *store* into *engine*, whose index is in *folder*."""

    def __init__(
        self,
        store: Database[Document],
        engine: SearchEngine,
        indexed: Sequence[Indexed],
        folder: Path,
        stop: Event,
    ) -> None:
        self._store = store
        self._engine = engine
        self._projector = Projector(store, indexed)
        self._models = {kind_of(model): model for model in records()}
        self._folder = folder
        self._stop = stop
        self._pulse_at = 0.0
        self._done = 0
        self._lag_ms: int | None = None

    def follow(self) -> None:
        """Until somebody says stop. An unavailable store is waited for."""
        patience = FIRST_PATIENCE
        is_lost = False
        while not self._stop.is_set():
            try:
                collect_all()
                if is_lost or _position_in(self._engine.token()) is None:
                    self.rebuild()
                    is_lost = False
                patience = FIRST_PATIENCE
                self._follow_from(self._engine.token())
            except CollectionGone:
                is_lost = True
            except (Stopped, PositionMoved, SearchUnavailable) as interruption:
                log.info("starting over: %r", interruption)
            except (PyMongoError, Unavailable) as error:
                is_lost = isinstance(error, OperationFailure) and error.code in POSITIONS_LOST
                log.warning("%s: %s", "a new index is needed" if is_lost else "waiting", error)
                if not is_lost:
                    patience = self._wait(patience)
            except Exception:  # whatever the damage, an index is made again and nothing ends
                log.exception("a new index is needed")
                is_lost = True
                patience = self._wait(patience)

    def _wait(self, patience: float) -> float:
        """Wait for so many seconds; returns for how many the next time."""
        with suppress(OSError):  # a full disk takes no pulse either
            self._tell(Doing.WAITING, at_once=True)
        self._stop.wait(patience)
        return min(patience * 2, LONGEST_PATIENCE)

    def rebuild(self) -> None:
        """Rebuild the index from all records, next to the one in use."""
        log.info("making a new index")
        with self._watch(None) as stream:
            stream.try_next()
            position = stream.resume_token
        self._done = 0
        self._engine.rebuild(self._everything(), _text_of(position))
        log.info("the new index holds %d entries", self._done)

    def _everything(self) -> Iterator[IndexEntry]:
        for entry in self._projector.everything():
            if self._stop.is_set():
                raise Stopped()
            self._done += 1
            self._tell(Doing.REBUILDING)
            yield entry

    def _follow_from(self, position: str | None) -> None:
        if position is None:  # damaged since we looked
            raise SearchUnavailable()
        kept_at = monotonic()
        with self._watch(position) as stream:
            looked_at = -LOOK_EVERY
            while not self._stop.is_set():
                if monotonic() - looked_at > LOOK_EVERY:
                    self._look_over(position)
                    looked_at = monotonic()
                batch = self._projector.sum_up(_gather(stream))
                reached = _text_of(stream.resume_token)
                if self._engine.token() != position:
                    raise PositionMoved()
                if self._index(batch, after=position, reached=reached):
                    position, kept_at = reached, monotonic()
                elif reached != position and monotonic() - kept_at > KEEP_POSITION_EVERY:
                    self._engine.write([], [], reached, after=position)
                    position, kept_at = reached, monotonic()
                self._collect(batch)
                self._tell(Doing.FOLLOWING)

    def _look_over(self, position: str) -> None:
        """Compare the index with its checksums, and its ids with the records, and correct it.

        The records may have been restored from a backup, and damage hides what it hits.
        """
        self._engine.verify()
        held = self._engine.ids()
        gone = self._projector.gone(held)
        lacking = 0
        for some in _portions(self._projector.lacking(held)):
            self._engine.write(some, [], position, after=position)
            lacking += len(some)
        if gone:
            self._engine.write([], gone, position, after=position)
        if gone or lacking:
            log.warning("the index was corrected: %d entries added, %d removed", lacking, len(gone))

    def _index(self, batch: Batch, *, after: str, reached: str) -> bool:
        """Commit what *batch* changes in the index; False where it changes nothing there."""
        for some in _portions(self._projector.dependents(batch)):
            self._engine.write(some, [], after, after=after)
            self._done += len(some)
            self._tell(Doing.FOLLOWING)
        entries = list(self._projector.entries(batch))
        removals = self._projector.removals(batch, entries)
        if not entries and not removals and not batch.owners:
            return False
        self._engine.write(entries, removals, reached, after=after)
        self._done += len(entries)
        if batch.last_at:
            self._lag_ms = max(
                0, round((clock.now() - _aware(batch.last_at)).total_seconds() * 1000)
            )
        self._tell(Doing.FOLLOWING, at_once=True)
        return True

    def _collect(self, batch: Batch) -> None:
        """Let the trail have the events that came with the changes."""
        changed: dict[str, list[Document]] = {}
        for (collection, _), document in batch.documents.items():
            if document is not None:
                changed.setdefault(collection, []).append(document)
        for collection in changed.keys() & self._models.keys():
            collect_from(self._models[collection], changed[collection])

    def _watch(self, position: str | None) -> Any:
        collections = sorted({*self._models, *self._projector.collections})
        return self._store.watch(
            [{"$match": {"ns.coll": {"$in": collections}}}],
            full_document="updateLookup",
            resume_after=_position_in(position),
            max_await_time_ms=GATHERING_MS,
            batch_size=MOST_AT_ONCE,
        )

    def _tell(self, doing: Doing, *, at_once: bool = False) -> None:
        if at_once or monotonic() - self._pulse_at > PULSE_EVERY:
            self._pulse_at = monotonic()
            leave_pulse(
                self._folder,
                Pulse(clock.now(), doing, self._lag_ms, self._done, self._projector.unreadable),
            )


def _gather(stream: Any) -> list[Document]:
    """The changes that have come, and those that come right after them."""
    changes: list[Document] = []
    until = 0.0
    while (change := stream.try_next()) is not None:
        changes.append(change)
        until = until or monotonic() + LONGEST_GATHERING
        if len(changes) >= MOST_AT_ONCE or monotonic() > until:
            break
    return changes


def _portions(entries: Iterable[IndexEntry]) -> Iterator[list[IndexEntry]]:
    remaining = iter(entries)
    while some := list(islice(remaining, MOST_AT_ONCE)):
        yield some


def _position_in(token: str | None) -> Mapping[str, Any] | None:
    """The place in the stream that *token* names; None where it is none that a follower gave."""
    try:
        position = json_util.loads(token or "null")
    except ValueError:
        return None
    return position if isinstance(position, Mapping) else None


def _text_of(position: Any) -> str:
    return json_util.dumps(position, sort_keys=True)


def _aware(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
