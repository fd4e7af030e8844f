"""The picture is the paper, whatever the program that made the file thought of it."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from archive.recognition import FileType, Flaw, PageImage, PageReader
from tests.recognition import ugly_files as ugly
from tests.recognition import uneven_files as uneven

Keep = Callable[..., Path]


def picture_of(page: PageImage) -> Image.Image:
    return Image.open(io.BytesIO(page.content)).convert("RGB")


def colour_at(picture: Image.Image, across: float, down: float) -> str:
    """Which of red, blue and grey stands at a place given as shares of the page."""
    red, _, blue = channels_at(picture, across, down)
    return "red" if red > blue + 150 else "blue" if blue > red + 150 else "grey"


def channels_at(picture: Image.Image, across: float, down: float) -> tuple[int, ...]:
    value = picture.getpixel((int(picture.width * across), int(picture.height * down)))
    assert isinstance(value, tuple)
    return tuple(map(int, value))


def test_electronic_seals_and_filled_fields_are_on_the_page(reader: PageReader, keep: Keep) -> None:
    page = picture_of(reader.render_page(keep(uneven.a_sealed_pdf()), 1, width=595))
    assert colour_at(page, 400 / 595, 642 / 842) == "red", "the seal"
    assert colour_at(page, 160 / 595, 192 / 842) == "blue", "the answer"


def test_a_fax_is_as_high_as_its_paper(reader: PageReader, keep: Keep) -> None:
    page = picture_of(reader.render_page(keep(uneven.a_fax()), 1, width=900)).convert("L")
    box = page.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert (right - left) / (bottom - top) == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("white_is_zero", [False, True])
def test_deep_grey_keeps_its_meaning(reader: PageReader, keep: Keep, white_is_zero: bool) -> None:
    file = keep(uneven.a_deep_grey(white_is_zero=white_is_zero))
    page = picture_of(reader.render_page(file, 1, width=100))
    assert channels_at(page, 0.5, 0.2)[0] == pytest.approx(64, abs=4)
    assert channels_at(page, 0.5, 0.8)[0] == pytest.approx(192, abs=4)


def test_colours_are_those_that_the_picture_says(reader: PageReader, keep: Keep) -> None:
    page = picture_of(reader.thumbnail(keep(uneven.a_picture_in_other_colours())))
    assert colour_at(page, 0.5, 0.5) == "blue"


@pytest.mark.parametrize("name", uneven.pdfs_of_one_reader())
def test_what_one_reader_opens_is_shown(reader: PageReader, keep: Keep, name: str) -> None:
    file = keep(uneven.pdfs_of_one_reader()[name])
    facts = reader.inspect(file)
    assert (facts.type, facts.pages, facts.flaw) == (FileType.PDF, 1, None)
    assert colour_at(picture_of(reader.render_page(file, 1, width=300)), 0.5, 0.25) == "red"


@pytest.mark.parametrize("owner", ["", "o"])
def test_a_password_to_open_locks_whatever_the_owners_is(
    reader: PageReader, keep: Keep, owner: str
) -> None:
    locked = ugly.a_pdf(encryption=pikepdf.Encryption(owner=owner, user="secret", R=6))
    facts = reader.inspect(keep(locked))
    assert (facts.flaw, facts.pages) == (Flaw.LOCKED, 0)


@pytest.mark.parametrize("missing", [1, 2])
def test_a_jpeg_that_lacks_nothing_but_its_end_mark_is_whole(
    reader: PageReader, keep: Keep, missing: int
) -> None:
    out = io.BytesIO()
    Image.radial_gradient("L").save(out, "JPEG")
    file = keep(out.getvalue()[:-missing])
    facts = reader.inspect(file)
    assert (facts.pages, facts.flaw) == (1, None)
    assert reader.thumbnail(file).width == 256


@pytest.mark.parametrize("make", [ugly.a_jpeg, ugly.a_png])
def test_half_a_picture_is_shown_as_far_as_it_goes(
    reader: PageReader, keep: Keep, make: Callable[[], bytes]
) -> None:
    whole = make()
    file = keep(whole[: len(whole) * 3 // 4])
    assert reader.inspect(file).flaw is Flaw.CUT_OFF
    assert colour_at(picture_of(reader.thumbnail(file)), 0.5, 0.02) == "red"


@pytest.mark.parametrize(
    ("parts", "file_type"),
    [
        (
            ("word/document.xml", '<w:document xmlns:w="x"><w:body/></w:document>',
             "wordprocessingml.document"),
            FileType.DOCX,
        ),
        (
            ("xl/workbook.xml", '<workbook xmlns="x"><sheets/></workbook>',
             "spreadsheetml.sheet"),
            FileType.XLSX,
        ),
    ],
)  # fmt: skip
def test_a_type_named_by_default_counts(
    reader: PageReader, keep: Keep, parts: tuple[str, str, str], file_type: FileType
) -> None:
    facts = reader.inspect(keep(uneven.an_office_file_by_default(*parts)))
    assert (facts.type, facts.refusal) == (file_type, None)
