"""The pages across chapters."""

from flask import Flask

from archive.dossier.views import customer, home, search
from archive.terms import N_
from archive.web import navigation
from archive.web.navigation import Area, NavItem


def install(app: Flask) -> None:
    """Mount the pages."""
    app.register_blueprint(home.blueprint)
    app.register_blueprint(customer.blueprint)
    app.register_blueprint(search.blueprint)
    navigation.register(app, NavItem(Area.WORK, N_("首页"), "home.page", "home"))
