"""Where a person goes on to after what the page was for: only ever a page of ours."""

import re

from flask import request


def safe_target(default: str = "/") -> str:
    """The page that ``next`` names, or *default*."""
    target = request.values.get("next", "")
    # Browsers drop tabs and line ends, and read a backslash as a slash.
    is_ours = re.fullmatch(r"/(?![/\\])[^\x00-\x20\x7f]*", target)
    return target if is_ours else default
