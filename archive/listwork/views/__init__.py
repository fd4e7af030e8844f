"""The pages of work on lists."""

from flask import Flask

from archive.listwork.serving import links_for
from archive.listwork.views import runs, saved
from archive.listwork.views.runs import blueprint
from archive.web.saved import register

__all__ = ["blueprint", "install", "saved"]


def install(app: Flask) -> None:
    """Give each act its page, and every list the views of whoever looks at it."""
    runs.install(app)
    register(app, links_for)
