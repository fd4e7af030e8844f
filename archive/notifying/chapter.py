"""The chapter of notices."""

from flask import Flask

from archive.notifying import api, tasks, views
from archive.notifying.samples import SAMPLES
from archive.notifying.serving import count_unread
from archive.web.chapter import Chapter
from archive.web.landmarks import Landmark


def install(app: Flask) -> None:
    """Have every page know how many notices are unread."""
    app.context_processor(lambda: {"count_unread": count_unread})


CHAPTER = Chapter(
    name="notifying",
    pages=(views.blueprint,),
    apis=(api.api,),
    landmarks={Landmark.NOTICES: "notices.list_page"},
    tasks=tasks,
    install=install,
    samples=SAMPLES,
)
