"""The edges of a paper on a photograph are found beyond doubt, or not named at all."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from archive.recognition import NoSuchPage, PageReader
from tests.recognition import papers_drawn as papers
from tests.recognition import ugly_files as ugly
from tests.recognition.test_searchable import pictures_in

Keep = Callable[..., Path]
WHITE, PALE = (244, 244, 243), (205, 215, 222)
OFF_THE_PICTURE = ((-0.1, 0.1), (0.8, 0.12), (0.82, 0.9), (-0.12, 0.9))


def a_framed_sheet() -> Image.Image:
    """A sheet with a printed frame, as licences have one."""
    sheet = papers.a_sheet()
    ImageDraw.Draw(sheet).rectangle([70, 70, 1170, 1684], outline=(150, 110, 40), width=14)
    return sheet


@pytest.mark.parametrize("sheet", [papers.a_sheet, a_framed_sheet])
@pytest.mark.parametrize("ground", [papers.DESK, (150, 110, 70)])
def test_the_edges_of_a_paper_on_a_desk_are_found_and_it_is_made_straight(
    reader: PageReader,
    keep: Keep,
    sheet: Callable[[], Image.Image],
    ground: tuple[int, int, int],
) -> None:
    taken = papers.as_jpeg(papers.a_photograph(sheet(), ground=ground))
    corners, picture = reader.edges(keep(taken, "photo.jpg"))
    assert corners is not None
    for found, drawn in zip(corners, papers.ASKEW, strict=True):
        assert found == pytest.approx(drawn, abs=0.005)
    shown = Image.open(io.BytesIO(picture))
    assert shown.height / shown.width == pytest.approx(2**0.5, abs=0.01)
    dark, _ = shown.convert("L").crop((4, 4, 18, 18)).getextrema()
    assert isinstance(dark, int) and dark > 150  # no desk in its corner


@pytest.mark.parametrize(
    "photograph",
    [
        lambda: papers.a_photograph(papers.a_sheet(), ground=WHITE),
        lambda: papers.a_photograph(papers.a_sheet(), ground=PALE),
        lambda: papers.a_photograph(papers.a_sheet(), OFF_THE_PICTURE),
        lambda: papers.a_photograph(papers.a_sheet(), curl=30),
        a_framed_sheet,
        papers.a_sheet,
        papers.dust,
    ],
)
def test_a_picture_whose_edges_are_in_doubt_stays_as_it_is(
    reader: PageReader, keep: Keep, photograph: Callable[[], Image.Image]
) -> None:
    assert reader.edges(keep(papers.as_jpeg(photograph()), "photo.jpg")) == (None, b"")


def test_pages_are_joined_straight_or_with_the_very_bytes_of_their_picture(
    reader: PageReader, keep: Keep
) -> None:
    askew = keep(papers.as_jpeg(papers.a_photograph(papers.a_sheet())), "1.jpg")
    plain = keep(ugly.a_jpeg(), "2.jpg")
    corners, _ = reader.edges(askew)
    made = reader.join([(askew, {}), (plain, {})], corners=[corners, None])
    with pypdfium2.PdfDocument(made) as document:
        width, height = document[0].get_size()
    assert (width, height) == pytest.approx((595, 842), abs=2)  # a sheet of A4
    assert pictures_in(made)[1] == plain.read_bytes()
    with pikepdf.open(io.BytesIO(made)) as document:
        (picture,) = document.pages[0].get_images().values()
        assert int(picture.Width) > 600  # as fine as it was taken


def test_only_pictures_have_edges(reader: PageReader, keep: Keep) -> None:
    with pytest.raises(NoSuchPage):
        reader.edges(keep(ugly.a_pdf(1)))
