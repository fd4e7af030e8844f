"""The person's language: Chinese unless they chose English."""

from pathlib import Path

from flask import Flask, current_app, g, request
from flask_babel import Babel

import archive
from archive.clock import TIMEZONE

LANGUAGES = {"zh": "简体中文", "en": "English"}


def language() -> str:
    """``zh`` or ``en``: what the person chose, else Chinese; programs choose by Accept-Language."""
    if "language" not in g:
        chosen = request.cookies.get(cookie_name(), "")
        if chosen not in LANGUAGES and request.path.startswith("/api/"):
            chosen = request.accept_languages.best_match(list(LANGUAGES)) or ""
        g.language = chosen if chosen in LANGUAGES else "zh"
    return str(g.language)


def cookie_name() -> str:
    """The cookie that keeps the choice; bound to the host wherever TLS is on."""
    return "__Host-language" if current_app.config["SESSION_COOKIE_SECURE"] else "language"


def install(app: Flask) -> None:
    """Have *app* speak the person's language, with the words of every chapter."""
    folders = sorted(Path(archive.__file__).parent.glob("*/translations"))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(map(str, folders))
    app.config["BABEL_DEFAULT_LOCALE"] = "zh"
    Babel(app, locale_selector=language, timezone_selector=lambda: TIMEZONE.key)
    app.jinja_env.globals.update(language=language, LANGUAGES=LANGUAGES)
