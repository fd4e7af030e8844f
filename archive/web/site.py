"""Puts the parts of `archive.web` onto the Flask app, in the order in which they act."""

from typing import Any

from flask import Flask, current_app

from archive.config import Settings
from archive.seams import Seams
from archive.web import (
    answers,
    assets,
    badges,
    columns,
    compression,
    declared,
    duties,
    formatting,
    gauges,
    guard,
    landmarks,
    language,
    measuring,
    navigation,
    repeats,
    security,
    serving,
    spool,
)
from archive.web.context import SEAMS, current_actor


def install(app: Flask, settings: Settings, seams: Seams) -> None:
    """Make *app* a site: language, door, CSRF, headers, error pages, filters, assets."""
    app.extensions[SEAMS] = seams
    measuring.install(app)
    measuring.watch(app, gauges.HOUSE)
    compression.install(app)
    language.install(app)
    serving.install(app)
    security.install(app, settings)
    answers.install(app)
    formatting.install(app)
    columns.install(app)
    declared.install(app)
    landmarks.install(app)
    badges.install(app)
    assets.install(app)
    spool.install(app, settings)
    repeats.install(app)
    app.before_request(guard.enforce)
    app.before_request(security.limit_body)
    app.before_request(security.check_csrf)
    app.context_processor(shared_by_pages)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    guard.public(app.view_functions["static"])


def shared_by_pages() -> dict[str, Any]:
    """What every page shows around its own content."""
    who = current_actor()
    return {
        "actor": who,
        "count_duties": duties.count_duties,
        "navigation": navigation.navigation_for(current_app, who) if who else [],
        "company": current_app.extensions[SEAMS].settings.company,
        "locale": language.language(),
    }
