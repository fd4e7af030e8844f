"""The queue in MongoDB hands out the next message as soon as somebody may take it."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from kombu.connection import Connection
from kombu.entity import Queue
from kombu.messaging import Consumer
from pymongo import MongoClient

from archive.config import Settings
from archive.jobs import queue

NAME = "prompt"


@pytest.fixture
def connection(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """A connection that would sleep for ever between two looks at the queue."""
    monkeypatch.setattr(queue, "FIRST_PAUSE", 10_000.0)
    monkeypatch.setattr(queue, "LONGEST_PAUSE", 10_000.0)
    database = f"{settings.mongodb_name}_prompt"
    with Connection(
        settings.mongodb_uri,
        transport="archive.jobs.queue:PromptTransport",
        transport_options={"default_database": database},
    ) as opened:
        yield opened
        for channel in opened.transport.channels:
            channel.client.client.close()
    with MongoClient[dict[str, Any]](settings.mongodb_uri) as client:
        client.drop_database(database)


def test_a_task_that_is_done_makes_room_for_the_next_at_once(connection: Connection) -> None:
    taken: list[Any] = []
    with connection.SimpleQueue(NAME) as waiting:
        for number in range(3):
            waiting.put(number)
    channel = connection.channel()
    channel.basic_qos(0, 1, False)
    with Consumer(channel, [Queue(NAME)], callbacks=[lambda _, message: taken.append(message)]):
        for number in range(3):
            connection.drain_events(timeout=60)
            assert [each.payload for each in taken] == list(range(number + 1))
            Thread(target=taken[-1].ack).start()  # as a worker's thread does, while this one waits


def test_an_empty_queue_says_so_in_the_end(connection: Connection) -> None:
    with connection.SimpleQueue(NAME), pytest.raises(TimeoutError):
        connection.drain_events(timeout=0.0)
