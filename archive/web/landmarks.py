"""Pages that the frame of every page leads to. Chapters provide them; `archive.web` has none."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask import Flask, current_app, url_for

LANDMARKS = "archive.landmarks"


class Landmark(StrEnum):
    """A page that the frame, an error page or a door has to lead to."""

    SEARCH = "search"
    OFFERS = "offers"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    PROFILE = "profile"
    LANGUAGE = "language"
    CHOOSE = "choose"
    VIEWS = "views"
    GIVE_TASK = "give_task"
    SET_ASIDE = "set_aside"
    DUTY = "duty"
    NOTICES = "notices"


def register(app: Flask, given: Mapping[Landmark, str]) -> None:
    """Name the endpoints of *app* behind landmarks."""
    app.extensions.setdefault(LANDMARKS, {}).update(given)


def address_of(landmark: str, **values: Any) -> str:
    """Where *landmark* is.

    Raises:
        KeyError: no chapter of this site provides it.
    """
    return url_for(current_app.extensions[LANDMARKS][Landmark(landmark)], **values)


def install(app: Flask) -> None:
    """Let templates say ``landmark('search')``."""
    app.jinja_env.globals["landmark"] = address_of
