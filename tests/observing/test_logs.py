"""The lines of the logs, as a program reads them."""

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from archive.errors import Unavailable
from archive.observing import begin_request, configuration, request_id
from archive.observing.repeats import OncePerMinute


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


def test_a_store_that_does_not_answer_is_one_line_a_minute_with_the_count(written) -> None:
    log = logging.getLogger("archive.web.answers")
    for number in range(300):
        error = Unavailable(reason=f"of request {number}")
        error.__cause__ = ConnectionRefusedError("no answer")
        log.error("GET '/%d'", number, exc_info=error)
    [line] = written()
    assert line["event"] == "GET '/0'"


def test_after_a_minute_a_cause_is_said_again_with_how_often_it_came() -> None:
    seconds = iter([0.0, 1.0, 59.0, 61.0])
    once = OncePerMinute(now=lambda: next(seconds))
    lines = [logging.makeLogRecord({"levelno": logging.WARNING, "msg": "lost"}) for _ in range(4)]
    assert [once.filter(line) for line in lines] == [True, False, False, True]
    assert lines[-1].__dict__["repeated"] == 2


def test_the_same_warning_is_one_line_and_other_words_are_another(written) -> None:
    log = logging.getLogger("celery.worker")
    for which in ("a", "b", "a", "b"):
        log.warning("lost %s", which)
    assert [line["event"] for line in written()] == ["lost a", "lost b"]


def test_every_breakdown_of_our_own_and_every_request_is_a_line(written) -> None:
    log = logging.getLogger("archive.somewhere")
    for _ in range(2):
        log.info("answered")
        try:
            _ = 1 / 0
        except ZeroDivisionError:
            log.exception("failed")
    assert [line["event"] for line in written()] == ["answered", "failed"] * 2
