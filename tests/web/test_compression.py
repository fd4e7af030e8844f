"""What leaves compressed, and what leaves as it is."""

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from archive.actor import Role
from archive.web.assets import DIST
from archive.web.serving import send_original
from tests.builders import a_customer
from tests.conftest import ClientAs

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TokenAs = Callable[..., dict[str, str]]
DECODE: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstd.decompress,
}
SHEET = f"/static/dist/assets/{next((DIST / 'assets').glob('main-*.css')).name}"


def asking(*ways: str) -> dict[str, str]:
    return {"Accept-Encoding": ", ".join(ways)}


def is_plain(answer: TestResponse) -> bool:
    return "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("way", DECODE)
def test_a_style_sheet_comes_compressed_and_is_the_same(empty_site: Flask, way: str) -> None:
    client = empty_site.test_client()
    plain = client.get(SHEET, buffered=True)
    packed = client.get(SHEET, headers=asking(way), buffered=True)
    assert is_plain(plain)
    assert packed.headers["Content-Encoding"] == way
    assert DECODE[way](packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 4
    assert packed.content_length == len(packed.data)
    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_browser_that_has_the_compressed_file_is_told_so(empty_site: Flask) -> None:
    client = empty_site.test_client()
    tag = client.get(SHEET, headers=asking("br", "gzip"), buffered=True).headers["ETag"]
    assert tag != client.get(SHEET, buffered=True).headers["ETag"]
    again = client.get(SHEET, headers=asking("br", "gzip") | {"If-None-Match": tag}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


def test_a_part_of_a_file_is_never_compressed(empty_site: Flask) -> None:
    headers = asking("gzip") | {"Range": "bytes=0-99999"}
    answer = empty_site.test_client().get(SHEET, headers=headers, buffered=True)
    assert answer.status_code == 206
    assert is_plain(answer)


def test_a_page_comes_compressed_and_is_the_same(client_as: ClientAs) -> None:
    client = client_as(Role.CUSTODIAN)
    a_customer("广东华盛货运有限公司")
    packed = client.get("/customers", headers=asking("gzip"))
    page = gzip.decompress(packed.data).decode()
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Cache-Control"] == "no-store"
    assert page.endswith("</html>")
    assert "广东华盛货运有限公司" in page


def test_a_list_of_the_api_comes_compressed(empty_site: Flask, token_as: TokenAs) -> None:
    for number in range(5):
        a_customer(f"第{number}货运有限公司")
    token = token_as(Role.CUSTODIAN)
    packed = empty_site.test_client().get("/api/v1/customers", headers=token | asking("zstd"))
    assert packed.headers["Content-Encoding"] == "zstd"
    assert json.loads(zstd.decompress(packed.data))["total"] == 5


def test_an_export_comes_compressed_as_it_is_written(client_as: ClientAs) -> None:
    for number in range(20):
        a_customer(f"第{number}货运有限公司")
    packed = client_as(Role.CUSTODIAN).get("/customers?export=csv", headers=asking("gzip"))
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "第19货运有限公司" in gzip.decompress(packed.data).decode()


def test_a_record_of_the_api_keeps_the_etag_that_an_edit_gives_back(
    empty_site: Flask, token_as: TokenAs
) -> None:
    customer = a_customer("广东华盛货运有限公司")
    address = f"/api/v1/customers/{customer.archive_number}"
    answer = empty_site.test_client().get(address, headers=token_as(Role.CUSTODIAN) | asking("br"))
    assert answer.headers["ETag"] == f'"{customer.revision}"'
    assert is_plain(answer)
    assert answer.cache_control.no_transform


def test_an_original_leaves_as_it_came_even_where_it_is_text(in_app: Flask, tmp_path: Path) -> None:
    original = tmp_path / "1a2b"
    original.write_bytes(b"as it came " * 500)
    with in_app.test_request_context(headers=asking("zstd", "br", "gzip")):
        answer = in_app.process_response(send_original(original, "text/csv", "往来.csv"))
        answer.direct_passthrough = False
        assert answer.get_data() == b"as it came " * 500
        assert "Content-Encoding" not in answer.headers
        assert answer.headers["Cache-Control"] == "private, no-store, no-transform"
        answer.close()


def test_short_answers_are_not_worth_it(empty_site: Flask) -> None:
    assert is_plain(empty_site.test_client().get("/healthz", headers=asking("gzip")))
