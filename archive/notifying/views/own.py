"""The pages of notices: all of one's own, and the way to what each is about."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import clock
from archive.notifying import service
from archive.notifying.lists import NOTICES
from archive.notifying.models import Notice
from archive.terms import N_
from archive.web.context import actor
from archive.web.guard import signed_in
from archive.web.listing import count_of

blueprint = Blueprint("notices", __name__, template_folder="../templates")

TABS = {"unread": N_("未读"), "all": N_("全部")}


@blueprint.get("/notices")
@signed_in
def list_page() -> str | Response:
    tab = request.args.get("tab", "unread")
    tab = tab if tab in TABS else "unread"
    mine = Notice.of(actor().id)
    return NOTICES.answer(
        mine,
        within=lambda found: _in_tab(tab, found),
        kept={"tab": tab},
        tab=tab,
        tabs=[(key, label, count_of(_in_tab(key, mine))) for key, label in TABS.items()],
    )


@blueprint.get("/notices/<key>")
@signed_in
def page(key: str) -> Response:
    """What the notice is about; the notice is read from now on."""
    notice = service.open_notice(key, actor=actor())
    service.mark_read(notice, actor=actor(), now=clock.now())
    return redirect(notice.address)


@blueprint.post("/notices/<key>/read")
@signed_in
def read(key: str) -> Response:
    notice = service.open_notice(key, actor=actor())
    service.mark_read(notice, actor=actor(), now=clock.now())
    return _back()


@blueprint.post("/notices/<key>/unread")
@signed_in
def unread(key: str) -> Response:
    service.mark_unread(service.open_notice(key, actor=actor()), actor=actor())
    return _back()


@blueprint.post("/notices/read")
@signed_in
def read_all() -> Response:
    number = service.mark_all_read(actor=actor(), now=clock.now())
    flash(gettext("%(count)s 条通知已标为已读。", count=number), "success")
    return _back()


def _back() -> Response:
    tab = request.form.get("tab", "unread")
    return redirect(url_for("notices.list_page", tab=tab if tab in TABS else "unread"))


def _in_tab(tab: str, found: Any) -> Any:
    return found.filter(read_at=None) if tab == "unread" else found
