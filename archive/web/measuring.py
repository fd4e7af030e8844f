"""Every request has a number, a line in the log, and its time among the figures of ``/metrics``."""

import hmac
import logging
from collections.abc import Iterable
from time import perf_counter

from flask import Flask, Response, current_app, g, request

from archive.actor import Actor
from archive.observing import (
    REQUEST_ID,
    Gauge,
    begin_request,
    exposition,
    request_id,
    request_seconds,
)
from archive.web.context import seams
from archive.web.guard import public

log = logging.getLogger("archive.requests")

GAUGES = "archive.gauges"
LOOPBACK = ("127.0.0.1", "::1")
UNLOGGED = ("static", "healthz", "readyz", "metrics")


def install(app: Flask) -> None:
    """Number and measure what *app* answers. Comes before everything that acts on a request."""
    app.before_request(begin)
    app.after_request(end)


def begin() -> None:
    """The request gets its number: the one that a proxy gave it, or a new one."""
    is_given = seams().settings.proxies > 0
    begin_request(request.headers.get(REQUEST_ID) if is_given else None)
    g.began_at = perf_counter()


def end(response: Response) -> Response:
    """The answer bears the number; its time is counted and, unless it is a mere file, logged.

    The log has the path without the query: that can hold what people looked for.
    """
    response.headers[REQUEST_ID] = request_id()
    seconds = perf_counter() - g.get("began_at", perf_counter())
    # What no rule takes may have any method: each would be a figure of its own, for ever.
    method, rule = (request.method, request.url_rule.rule) if request.url_rule else ("", "")
    request_seconds.labels(method, rule, str(response.status_code)).observe(seconds)
    if request.endpoint not in UNLOGGED:
        actor: Actor | None = g.get("actor")
        facts = {
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "milliseconds": round(seconds * 1000, 1),
            "account": actor.id if actor else "",
        }
        log.info("answered", extra=facts)
    return response


def watch(app: Flask, gauges: Iterable[Gauge]) -> None:
    """Show *gauges* at ``/metrics`` too."""
    app.extensions.setdefault(GAUGES, []).extend(gauges)


@public
def metrics() -> Response:
    """The figures for Prometheus, for whoever has the token; without one for this machine alone."""
    if not may_read_metrics():
        return Response("Give the token of ARCHIVE_METRICS_TOKEN.\n", 403, mimetype="text/plain")
    return Response(
        exposition(current_app.extensions[GAUGES]),
        content_type="text/plain; version=0.0.4; charset=utf-8",
    )


def may_read_metrics() -> bool:
    """Whether the request bears the token, or comes from this machine where none is set."""
    token = seams().settings.metrics_token
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    return request.remote_addr in LOOPBACK and "X-Forwarded-For" not in request.headers
