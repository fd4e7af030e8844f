"""Several files as one PDF, in order. Runs in the child process only.

Pictures go in with the very bytes of their pixels wherever PDF can hold them (img2pdf); PDF pages
go in with their seals and filled fields drawn onto them, as those of one document mean nothing in
another. The files themselves stay as they are.
"""

import io
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image

from archive.recognition import images, pdf, wholeness
from archive.recognition.errors import NoSuchPage, PageUnreadable
from archive.recognition.facts import IMAGES, Corners, FileType, Limits
from archive.recognition.sniffing import BY_MEDIA_TYPE, sniff

Turns = Mapping[str, int]
FINE = 92
LOSSY = {FileType.HEIC, FileType.WEBP, FileType.AVIF}
"""Pictures that PDF cannot hold as they are, and that would be many times as large without loss."""
REFUSED = (
    img2pdf.AlphaChannelError,
    img2pdf.ExifOrientationError,
    img2pdf.ImageOpenError,
    img2pdf.JpegColorspaceError,
    img2pdf.UnsupportedColorspaceError,
)
WIDEST = 20_000
LONGER_SIDE = 297 / 25.4  # inches of a sheet of A4


def join(
    parts: Sequence[tuple[Path, Turns]], corners: Sequence[Corners | None], limits: Limits
) -> bytes:
    """All pages of *parts*, each turned as its turns say: page -> degrees to the right.

    Of a photograph with *corners* what is between them is made straight first.

    Raises:
        PageUnreadable: one of them cannot be read.
    """
    joined, out = pikepdf.new(), io.BytesIO()
    Image.MAX_IMAGE_PIXELS = limits.pixels
    for (path, turns), paper in zip_longest(parts, corners):
        with straight_as_pdf(path, paper, limits) if paper else open_as_pdf(path) as document:
            for number, page in enumerate(document.pages, start=1):
                if turn := turns.get(str(number), 0):
                    page.rotate(turn, relative=True)
                joined.pages.append(page)
    joined.save(out)
    return out.getvalue()


def cut(path: Path, papers: Sequence[Sequence[int]], turns: Turns, limits: Limits) -> list[bytes]:
    """A PDF for each of *papers*, which name pages of *path* (from 1) in their order.

    Raises:
        PageUnreadable: it cannot be read, or lacks one of the pages.
    """
    made = []
    Image.MAX_IMAGE_PIXELS = limits.pixels
    with open_as_pdf(path) as document:
        for number, page in enumerate(document.pages, start=1):
            if turn := turns.get(str(number), 0):
                page.rotate(turn, relative=True)
        for pages in papers:
            paper, out = pikepdf.new(), io.BytesIO()
            try:
                paper.pages.extend(document.pages[number - 1] for number in pages)
            except IndexError as lacking:
                raise PageUnreadable(str(lacking)) from lacking
            paper.save(out)
            made.append(out.getvalue())
    return made


def open_as_pdf(path: Path) -> pikepdf.Pdf:
    """Whatever *path* is, as a PDF.

    Raises:
        PageUnreadable: it cannot be read.
    """
    file_type = BY_MEDIA_TYPE.get(sniff(path))
    try:
        if file_type is FileType.PDF:
            return flattened(pikepdf.open(path))
        if file_type not in IMAGES:
            raise PageUnreadable("no pages")
        return pikepdf.open(io.BytesIO(pictures_as_pdf(path, file_type)))
    except (*pdf.DAMAGE, *wholeness.DAMAGE) as damage:
        raise PageUnreadable(str(damage)) from damage


def straight_as_pdf(path: Path, corners: Corners, limits: Limits) -> pikepdf.Pdf:
    """The paper between *corners* of a photograph, straight, on a page as large as a sheet of A4.

    Raises:
        PageUnreadable: it is no picture that can be read.
    """
    from archive.recognition import edges  # noqa: PLC0415 - most files need none of it

    out = io.BytesIO()
    try:
        picture = edges.straightened(edges.drawn(path, WIDEST, limits), corners)
    except NoSuchPage as unfit:
        raise PageUnreadable(str(unfit)) from unfit
    picture.save(out, "JPEG", quality=FINE)
    dots = max(picture.size) / LONGER_SIDE
    layout = img2pdf.get_fixed_dpi_layout_fun((dots, dots))
    return pikepdf.open(io.BytesIO(img2pdf.convert(out.getvalue(), layout_fun=layout)))


def flattened(document: pikepdf.Pdf) -> pikepdf.Pdf:
    """*document* with what is filled in and sealed drawn onto its pages."""
    if pikepdf.Name.AcroForm in document.Root:
        if document.Root.AcroForm.get("/NeedAppearances", False):
            document.generate_appearance_streams()
        document.flatten_annotations("screen")
    return document


def pictures_as_pdf(path: Path, file_type: FileType) -> bytes:
    """A picture, or all of a TIFF, as they are; drawn anew only where PDF cannot hold them."""
    try:
        return bytes(img2pdf.convert(path.read_bytes(), rotation=img2pdf.Rotation.ifvalid))
    except (*REFUSED, *wholeness.DAMAGE):
        pass
    drawn = []
    with images.as_far_as_it_goes(), images.open_image(path, file_type) as image:
        for page in range(images.count_pages(image)):
            if page:
                image.seek(page)
            out = io.BytesIO()
            picture = images.shrink(image, WIDEST, 0)
            if file_type in LOSSY:
                picture.save(out, "JPEG", quality=FINE)
            else:
                picture.save(out, "PNG")
            drawn.append(out.getvalue())
    return bytes(img2pdf.convert(drawn))
