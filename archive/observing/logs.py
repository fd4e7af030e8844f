"""Logs: JSON by the line where a program reads them, words where a person does.

Code writes with the standard library's loggers, facts as ``extra={...}``; structlog gives the line
its shape. No line holds what people typed, nor the query of an address.
"""

import logging.config
import re
import secrets
import sys
from typing import Any

import structlog
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

from archive.observing.repeats import OncePerMinute

REQUEST_ID = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")

SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configuration(*, is_terminal: bool) -> dict[str, Any]:
    """How the loggers of a process write to its standard error, for `logging.config.dictConfig`."""
    shape: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if is_terminal:
        shape.append(structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0))
    else:
        shape += [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": shape,
                "foreign_pre_chain": SHARED,
            }
        },
        "filters": {"once": {"()": OncePerMinute}},
        "handlers": {
            "lines": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "filters": ["once"],
            }
        },
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "archive": {"level": "INFO"},
            # The web server gives this one a handler of its own unless it is named.
            "gunicorn.error": {"handlers": ["lines"], "level": "WARNING", "propagate": False},
        },
    }


def set_up_logs() -> None:
    """Have this process write its logs; called once, by whatever starts it."""
    logging.config.dictConfig(configuration(is_terminal=sys.stderr.isatty()))


def begin_request(given: str | None = None) -> str:
    """Start the work of a request, in this thread: every line bears its number from now on.

    The number is *given* where that is well formed, or else a new one.
    """
    number = given if given and WELL_FORMED.fullmatch(given) else secrets.token_hex(6)
    clear_contextvars()
    bind_contextvars(request=number)
    return number


def request_id() -> str:
    """The number of the request that this thread works for; empty outside of one."""
    return str(get_contextvars().get("request", ""))
