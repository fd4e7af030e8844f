"""Headers, cookies and limits that hold for every route."""

import secrets
from datetime import timedelta

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from archive.config import Settings
from archive.web import limits
from archive.web.context import current_actor
from archive.web.spool import ENVELOPE, files_up_to

CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    # The Word preview lays out pages with style attributes; no script can come in this way.
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data: blob:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "manifest-src": "'self'",
}

SMALL_BODY = 2 * 1024 * 1024  # of whatever holds no file, in bytes
STRANGERS_BODY = 16 * 1024  # of somebody who is not signed in: a name, a password, a language

csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address, headers_enabled=True)


def install(app: Flask, settings: Settings) -> None:
    """Harden *app*: policy headers, cookies, CSRF, rate limits."""
    host = "__Host-" if settings.tls else ""
    app.config.update(
        SECRET_KEY=settings.secret_key or secrets.token_hex(32),
        SESSION_COOKIE_NAME=f"{host}archive",
        SESSION_COOKIE_SECURE=settings.tls,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        WTF_CSRF_TIME_LIMIT=None,  # lives as long as the sign-in
        WTF_CSRF_SSL_STRICT=settings.tls,
        WTF_CSRF_CHECK_DEFAULT=False,  # `check_csrf` decides: bearer tokens need none
        MAX_CONTENT_LENGTH=settings.max_file_bytes + ENVELOPE,
        MAX_FORM_MEMORY_SIZE=SMALL_BODY,
        MAX_FORM_PARTS=2000,
        RATELIMIT_STORAGE_URI=limits.ADDRESS,
        RATELIMIT_STORAGE_OPTIONS={
            "database_name": settings.mongodb_name,
            "counter_collection_name": "limit_counters",
            "window_collection_name": "limit_windows",
        },
        RATELIMIT_STRATEGY="fixed-window",
        RATELIMIT_SWALLOW_ERRORS=False,
    )
    app.session_interface = SecureCookieSessionInterface()
    Talisman(
        app,
        force_https=False,  # the proxy in front sends people to HTTPS
        strict_transport_security=settings.tls,
        session_cookie_secure=settings.tls,
        content_security_policy=CONTENT_SECURITY_POLICY,
        frame_options="DENY",
        referrer_policy="same-origin",
        permissions_policy={"geolocation": "()", "microphone": "()", "payment": "()"},
    )
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(keep_private)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask documents it
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )


def limit_body() -> None:
    """Before each request: only files may be large, and only where files are taken.

    What is no file is held in memory, and a file is on disk before its form can be checked.
    """
    files = files_up_to(request.endpoint) if request.mimetype == "multipart/form-data" else 0
    if request.method in ("GET", "HEAD", "OPTIONS") or current_actor() is None:
        request.max_content_length = STRANGERS_BODY
    else:
        request.max_content_length = files + ENVELOPE if files else SMALL_BODY


def check_csrf() -> None:
    """Before each request that changes something: it must come from our own pages.

    A request that carries a bearer token needs no check: no other site can add that header.
    """
    if request.endpoint is None:
        return
    has_bearer = request.headers.get("Authorization", "").startswith("Bearer ")
    if request.method in ("POST", "PUT", "PATCH", "DELETE") and not (
        has_bearer and request.path.startswith("/api/")
    ):
        csrf.protect()


def keep_private(response: Response) -> Response:
    """Keep pages out of shared caches, and out of the browser's store after signing out."""
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    elif request.path.startswith("/static/dist/assets/"):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
