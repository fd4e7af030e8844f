"""The one grammar of our QR codes."""

from io import BytesIO

import pytest
import segno
import zxingcpp
from PIL import Image

from archive.docgen.stamp import write_payload
from archive.recognition import codes
from archive.recognition.codes import DraftCode, LabelCode, PlaceCode, SeparatorCode

OURS = (
    DraftCode("HT-2026-00007", 3),
    LabelCode("0123456789abcdef01234567"),
    PlaceCode("A柜-3格/12 卷"),
    SeparatorCode(),
    SeparatorCode("C00012"),
    SeparatorCode("KH-2026-00012", "transport_permit"),
    SeparatorCode(kind="licence"),
)


@pytest.mark.parametrize("code", OURS, ids=str)
def test_what_is_written_is_read_again(code: codes.Code) -> None:
    assert codes.parse(codes.write(code)) == code


@pytest.mark.parametrize("code", OURS, ids=str)
def test_a_code_that_a_telephone_opens_says_the_same(code: codes.Code) -> None:
    assert codes.parse(codes.write(code, "https://archive.example:8443/")) == code


@pytest.mark.parametrize("code", OURS, ids=str)
def test_a_printed_code_is_read_from_its_picture(code: codes.Code) -> None:
    image = BytesIO()
    segno.make(codes.write(code, "https://archive.example"), micro=False).save(
        image, kind="png", scale=4
    )
    [found] = zxingcpp.read_barcodes(Image.open(image).convert("L"))
    assert codes.parse(found.text) == code


def test_the_code_of_a_contract_is_that_of_our_drafts() -> None:
    assert codes.parse(write_payload("HT-2026-00007", 3)) == DraftCode("HT-2026-00007", 3)


@pytest.mark.parametrize(
    "stranger",
    [
        "",
        "https://example.com",
        "https://example.com/q/",
        "HT-2026-00007",
        "HT-2026-00007/99999",
        "FJ/0123",
        "FJ/0123456789abcdef0123456z",
        "WZ/",
        "WZ/" + "%E6%9F%9C" * 61,
        "WZ/%",
        "FENGE/X1/licence",
        "FENGE/C00012/licence/more",
        "fenge" * 400,
        "\0\ud800 FENGE",
        "WIFI:T:WPA;S:办公室;P:12345678;;",
        "9" * 5000,
    ],
)
def test_a_strangers_code_is_none_of_ours(stranger: str) -> None:
    assert codes.parse(stranger) is None
