"""Posting a form as a browser does: with the token of the page that holds it."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


def submit(client: FlaskClient, url: str, page: str = "", **typed: Any) -> TestResponse:
    """Open *page* (by default *url* itself) and post *typed* to *url*."""
    shown = client.get(page or url)
    token = TOKEN.search(shown.get_data(as_text=True))
    assert token, f"{page or url} answered {shown.status_code} and holds no form token"
    return client.post(url, data={"csrf_token": token.group(1), **typed})
