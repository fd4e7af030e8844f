"""The lines of the logs, as a program reads them."""

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from archive.observing import begin_request, configuration, request_id


@pytest.fixture
def written() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What loggers have written since, line by line."""
    root = logging.getLogger()
    before = root.handlers[:]
    logging.config.dictConfig(configuration(is_terminal=False))
    [handler] = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream := io.StringIO())
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before


def test_a_line_has_the_event_its_facts_and_the_number_of_the_request(written) -> None:
    number = begin_request()
    logging.getLogger("archive.somewhere").info("answered", extra={"status": 200})
    [line] = written()
    assert line["event"] == "answered"
    assert line["status"] == 200
    assert line["request"] == number
    assert line["level"] == "info"
    assert line["logger"] == "archive.somewhere"
    assert line["timestamp"].endswith("Z")


def test_a_breakdown_stays_on_one_line(written) -> None:
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        logging.getLogger("archive.somewhere").exception("failed: 甲")
    [line] = written()
    assert line["event"] == "failed: 甲"
    assert line["exception"].endswith("ZeroDivisionError: division by zero")


def test_libraries_write_in_the_same_way_and_only_what_matters(written) -> None:
    logging.getLogger("celery.worker").info("a heartbeat")
    logging.getLogger("celery.worker").warning("a lost %s", "connection")
    [line] = written()
    assert line["event"] == "a lost connection"


@pytest.mark.parametrize("given", ["short", "with space in it", "x" * 65, 'a"b\nc0000', ""])
def test_a_number_that_could_disturb_a_log_is_replaced(given: str) -> None:
    assert begin_request(given) != given
    assert request_id().isalnum()


def test_a_well_formed_number_is_kept() -> None:
    assert begin_request("0123456789abcdef-1") == request_id() == "0123456789abcdef-1"
