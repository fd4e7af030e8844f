"""What every answer carries, whoever asks and whatever for."""

from werkzeug.test import TestResponse

SEALED = "default-src 'none'; sandbox"  # a file that somebody sent us: nothing in it may run


def check_headers(answer: TestResponse, where: str) -> None:
    """Every header that hardens a page stands on *answer*."""
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    if policy != SEALED:
        check_policy_of_page(policy, where)
    assert headers["X-Content-Type-Options"] == "nosniff", where
    assert headers["X-Frame-Options"] == "DENY", where
    assert headers["Referrer-Policy"] == "same-origin", where
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", where
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin", where


def check_policy_of_page(policy: str, where: str) -> None:
    """A page runs scripts of ours alone."""
    for rule in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'",
                 "base-uri 'none'", "form-action 'self'"):  # fmt: skip
        assert rule in policy, where
    assert "unsafe-eval" not in policy, where
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";", maxsplit=1)[0], where


def check_caches(answer: TestResponse, where: str) -> None:
    """Nothing stays in a cache; a picture of one's own may, in one's own browser."""
    if answer.status_code < 300:
        assert answer.headers["Cache-Control"].startswith(("no-store", "private")), where
