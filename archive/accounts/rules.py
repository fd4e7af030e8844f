"""Pure rules of accounts."""

import re

from archive.accounts.errors import WeakPassword

SHORTEST_PASSWORD = 10
RUNS = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl")


def check_password(password: str, username: str) -> None:
    """A password must be long and must not be an obvious one (NIST SP 800-63B: length counts).

    Raises:
        WeakPassword: it is too short, holds the username, or is a run or a repetition.
    """
    lowered = password.lower()
    core = re.sub(r"[^a-z0-9]", "", lowered)
    is_obvious = (
        len(password) < SHORTEST_PASSWORD
        or (len(username) > 2 and username.lower() in lowered)
        or len(set(lowered)) < 5
        or (core and any(core in run * 3 for run in RUNS))
    )
    if is_obvious:
        raise WeakPassword()
