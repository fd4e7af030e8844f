"""Bytes of the archive as they leave."""

from pathlib import Path

import pytest
from flask import Flask

from archive.web.serving import send_original


def test_an_original_is_found_where_the_process_runs(
    in_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("abc").write_bytes(b"as it came")
    with in_app.test_request_context():
        answer = send_original(Path("abc"), "application/pdf", "执照.pdf")
        answer.direct_passthrough = False
        assert answer.get_data() == b"as it came"
        assert answer.headers["Cache-Control"] == "private, no-store"
        answer.close()
