"""Notices over REST."""

from typing import Any

from apiflask import APIBlueprint

from archive import clock
from archive.notifying import service
from archive.notifying.lists import NOTICES
from archive.notifying.models import Notice
from archive.urgency import Step
from archive.web.api import Page, Paging, page_of
from archive.web.context import actor
from archive.web.guard import signed_in
from archive.web.shapes import Instant, Key, Out, Words, reads

api = APIBlueprint("notices_api", __name__, url_prefix="/api/v1/notices", tag="notices")


class NoticeOut(Out):
    """Something that you were told."""

    id: Key
    what: Words = reads("label")
    step: Step | None
    about: str | None
    address: str
    due_at: Instant | None
    told_at: Instant = reads("created_at")
    read_at: Instant | None


class Notices(Page[NoticeOut]):
    """A page of notices."""


@api.get("")
@api.input(NOTICES.query("NoticeQuery"), location="query")
@api.output(Notices)
@signed_in
def find_notices(query_data: Paging) -> dict[str, Any]:
    """All that you were told, newest first."""
    found = NOTICES.narrow(Notice.of(actor().id), query_data.model_dump())
    return page_of(found.order_by("-created_at", "-id"), query_data)


@api.post("/<key>/read")
@api.output(NoticeOut)
@signed_in
def read_notice(key: str) -> Notice:
    """Note that you have seen a notice."""
    notice = service.open_notice(key, actor=actor())
    return service.mark_read(notice, actor=actor(), now=clock.now())


@api.post("/<key>/unread")
@api.output(NoticeOut)
@signed_in
def unread_notice(key: str) -> Notice:
    """Have a notice count as not seen."""
    return service.mark_unread(service.open_notice(key, actor=actor()), actor=actor())
