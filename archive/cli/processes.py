"""Whether the processes of the archive are at work, for `archive doctor`."""

import http.client
from collections.abc import Iterator
from http import HTTPStatus

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from archive import clock
from archive.cli.checks import PATIENCE_MS, Check, Finding, fault, well
from archive.cli.services import EVERYWHERE
from archive.config import Settings
from archive.database import kind_of
from archive.notifying.models import Notice, outward_of
from archive.notifying.rules import Channel
from archive.search.engines import open_engine
from archive.search.pulse import read_pulse
from archive.web.gauges import WorkerPulse
from archive.web.readiness import WORKER_SILENT_AFTER

NOT_RUNNING = fault("var", "the archive is not running on this folder", "start it: `archive run`")


def check_web(settings: Settings) -> Iterator[Finding]:
    """The web server of this machine answers."""
    host = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    connection = http.client.HTTPConnection(host, settings.port, timeout=PATIENCE_MS / 1000)
    try:
        connection.request("GET", "/healthz")
        answers = connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        answers = False
    finally:
        connection.close()
    if answers:
        yield well("port", f"the web server answers on {settings.port}")
    else:
        yield fault(
            "port",
            f"the web server does not answer on {settings.port}",
            "look into log/web.log, then start the archive again",
        )


def check_worker(settings: Settings) -> Iterator[Finding]:
    """A worker has given a sign of life lately, where any ever did."""
    if not settings.mongodb_uri:
        return
    collection = kind_of(WorkerPulse)
    try:
        with MongoClient[dict[str, object]](
            settings.mongodb_uri,
            serverSelectionTimeoutMS=PATIENCE_MS,
            socketTimeoutMS=PATIENCE_MS,
            tz_aware=True,
        ) as client:
            newest = client[settings.mongodb_name][collection].find_one(sort=[("at", -1)])
    except PyMongoError:
        return  # `check_mongodb` says so
    if newest is None:
        yield Finding("worker", "none has run yet")
    elif newest["at"] < clock.now() - WORKER_SILENT_AFTER:  # type: ignore[operator]  # an instant
        yield Finding(
            "worker",
            "no sign of life for more than three minutes",
            "look into its log and start it again: it may hang",
        )
    else:
        yield Finding("worker", "at work")


def check_follower(settings: Settings) -> Iterator[Finding]:
    """This machine's search index can be read, and its follower is at work, where one ever was."""
    pulse = read_pulse(settings.index)
    if pulse is None:
        yield Finding("follower", "none has run on this machine")
        return
    if pulse.is_alive(clock.now()):
        yield Finding("follower", str(pulse.doing))
    else:
        yield Finding(
            "follower",
            "no sign of life for more than a minute and a half",
            "look into its log and start it again: it may hang",
        )
    if open_engine(settings.search, settings.index).state().usable:
        yield Finding("search index", "can be read")
    else:
        yield Finding(
            "search index",
            "cannot be read",
            "the follower makes a new one; `archive reindex` where it does not",
        )


def check_outbox(settings: Settings) -> Iterator[Finding]:
    """Notices that leave the archive are taken: by the mail server, by the robot."""
    if not settings.mongodb_uri:
        return
    try:
        with MongoClient[dict[str, object]](
            settings.mongodb_uri,
            serverSelectionTimeoutMS=PATIENCE_MS,
            socketTimeoutMS=PATIENCE_MS,
        ) as client:
            found = client[settings.mongodb_name][kind_of(Notice)]
            counts = {
                channel: [found.count_documents(which) for which in outward_of(channel)]
                for channel in Channel
            }
    except PyMongoError:
        return  # `check_mongodb` says so
    for channel, (waiting, refused, given_up) in counts.items():
        words = f"{waiting} to be sent, {refused} of them tried in vain, {given_up} given up"
        if refused:
            remedy = "look at 通知渠道 (/channels), check address, password and network"
            yield fault(f"notices by {channel.value}", words, remedy)
        elif waiting or given_up:
            yield well(f"notices by {channel.value}", words)


PROCESSES: tuple[Check, ...] = (check_worker, check_follower, check_outbox)
