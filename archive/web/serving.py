"""Sending bytes of the archive: never guessed at, never run, never kept where others can look."""

from pathlib import Path

from flask import Flask, Response, g, send_file

from archive.web.export import attachment_header

SANDBOX = "default-src 'none'; sandbox"


NOT_KEPT = "private, no-store"
"""A paper stays in no browser's cache: who signs out, or whose right ends, has it no longer."""


def send_image(content: bytes, media_type: str) -> Response:
    """An image of a page."""
    return _sealed(Response(content, mimetype=media_type), NOT_KEPT)


def send_original(path: Path, media_type: str, name: str) -> Response:
    """The bytes as they came, to be saved as *name*; ranges are answered (RFC 9110)."""
    # Flask would take a relative path from its own folder, not from where the process runs.
    response = send_file(path.absolute(), mimetype=media_type, conditional=True, etag=path.name)
    response.headers["Content-Disposition"] = attachment_header(name)
    return _sealed(response, NOT_KEPT)


def send_made(content: bytes, media_type: str, name: str) -> Response:
    """What was made of a paper, to be saved as *name*."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = attachment_header(name)
    return _sealed(response, NOT_KEPT)


def _sealed(response: Response, cache: str) -> Response:
    response.headers["Cache-Control"] = cache
    g.content_policy = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def install(app: Flask) -> None:
    """Have sealed answers keep their own policy; to be called before the site-wide one is set."""
    app.after_request(set_policy)


def set_policy(response: Response) -> Response:
    """Put the policy of a sealed answer in the place of the site's."""
    if policy := g.pop("content_policy", None):
        response.headers["Content-Security-Policy"] = policy
    return response
