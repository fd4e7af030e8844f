"""The chapter of notices."""

from collections.abc import Mapping

from flask import Flask

from archive.actor import Right
from archive.notifying import api, tasks
from archive.notifying.forms import ArrangementsInput, WishesInput
from archive.notifying.models import Notice
from archive.notifying.rules import Channel, OutState
from archive.notifying.samples import SAMPLES
from archive.notifying.serving.telling import count_unread
from archive.notifying.views import own, settings
from archive.observing import Gauge
from archive.terms import N_
from archive.web.chapter import Chapter
from archive.web.landmarks import Landmark
from archive.web.navigation import OVERSIGHT, NavItem
from archive.web.wording import RecordWords

WISHES_WORDS = RecordWords(
    kind="notice_wishes",
    label=N_("通知方式"),
    model=WishesInput,
    fields={"person_id": N_("所属账号")},
    actions={"notices.wished": N_("更改了通知方式")},
)

ARRANGEMENTS_WORDS = RecordWords(
    kind="notice_arrangements",
    label=N_("通知安排"),
    model=ArrangementsInput,
    fields={"slug": N_("记录")},
    actions={"notices.arranged": N_("更改了通知安排")},
)


def waiting_by_channel() -> Mapping[str, float]:
    """How many notices wait to be sent, by the way they go."""
    return {each.value: Notice.outward(each, OutState.WAITING) for each in Channel}


def install(app: Flask) -> None:
    """Have every page know how many notices are unread."""
    app.context_processor(lambda: {"count_unread": count_unread})


CHAPTER = Chapter(
    name="notifying",
    pages=(settings.blueprint, own.blueprint),
    apis=(api.api,),
    landmarks={Landmark.NOTICES: "notices.list_page"},
    navigation=(
        NavItem(
            OVERSIGHT,
            N_("通知渠道"),
            "notice_settings.channels_page",
            "send",
            (Right.MANAGE_PEOPLE,),
        ),
    ),
    words=(WISHES_WORDS, ARRANGEMENTS_WORDS),
    gauges=(
        Gauge("notices_waiting", "Notices that wait to be sent", waiting_by_channel, "channel"),
    ),
    tasks=tasks,
    install=install,
    samples=SAMPLES,
)
