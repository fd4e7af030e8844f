"""Pictures: JPEG, PNG, TIFF and HEIC. Runs in the child process only."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from archive.recognition.errors import NoSuchPage, PageUnreadable
from archive.recognition.facts import (
    FileFacts,
    FileType,
    Flaw,
    Limits,
    PageImage,
    Reason,
    Refusal,
)

pillow_heif.register_heif_opener()

PLUGINS = {
    FileType.JPEG: "JPEG",
    FileType.PNG: "PNG",
    FileType.TIFF: "TIFF",
    FileType.HEIC: "HEIF",
}
DAMAGE = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    RuntimeError,
    KeyError,
    TypeError,
)
EXIF_ORIENTATION = 0x0112
SIDEWAYS = (5, 6, 7, 8)
JPEG_QUALITY = 84
TAIL = 4096


@contextmanager
def open_image(path: Path, file_type: FileType) -> Iterator[Image.Image]:
    """The picture in *path*, opened by the plug-in of its type and by no other."""
    with Image.open(path, formats=[PLUGINS[file_type]]) as image:
        yield image


def inspect(path: Path, file_type: FileType, limits: Limits) -> FileFacts:
    """Count pages and pixels from the headers; the pixels are decoded only on suspicion.

    A picture that stops before its end mark is decoded to see whether anything is missing:
    many cameras write after that mark, and some leave it out.
    """
    size = path.stat().st_size
    Image.MAX_IMAGE_PIXELS = None  # measured below against our own limit, before any decoding
    try:
        with open_image(path, file_type) as image:
            pages, width, height = measure(image, limits)
            too_big = refuse_size(pages, width, height, limits)
            flaw = None if too_big or ends_well(path, file_type) else find_flaw(image)
    except DAMAGE:
        return FileFacts(
            file_type, size, flaw=Flaw.DAMAGED if ends_well(path, file_type) else Flaw.CUT_OFF
        )
    return FileFacts(file_type, size, pages, width, height, flaw=flaw, refusal=too_big)


def measure(image: Image.Image, limits: Limits) -> tuple[int, int, int]:
    """Pages, and width and height of the largest; stops at the first page over a limit."""
    pages, width, height = 0, 0, 0
    while True:
        pages += 1
        across, down = image.size
        if image.getexif().get(EXIF_ORIENTATION) in SIDEWAYS and image.format != "HEIF":
            across, down = down, across
        if across * down > width * height:
            width, height = across, down
        if image.format != "TIFF" or pages > limits.pages or width * height > limits.pixels:
            return pages, width, height
        try:
            image.seek(pages)
        except EOFError:
            image.seek(0)
            return pages, width, height


def refuse_size(pages: int, width: int, height: int, limits: Limits) -> Refusal | None:
    """The limit that the picture passes, if any."""
    if width * height > limits.pixels:
        return Refusal(Reason.TOO_MANY_PIXELS, width * height, limits.pixels)
    if pages > limits.pages:
        return Refusal(Reason.TOO_MANY_PAGES, pages, limits.pages)
    return None


def ends_well(path: Path, file_type: FileType) -> bool:
    """Whether the bytes end where the format says; TIFF has no end mark and always does."""
    with path.open("rb") as stream:
        if file_type is FileType.HEIC:
            return boxes_fit(stream.read(TAIL), path.stat().st_size)
        stream.seek(max(0, path.stat().st_size - TAIL))
        tail = stream.read()
    if file_type is FileType.JPEG:
        return b"\xff\xd9" in tail
    return file_type is not FileType.PNG or b"IEND\xaeB`\x82" in tail


def boxes_fit(head: bytes, size: int) -> bool:
    """Whether the top-level boxes of an ISO base media file end at its last byte."""
    at = 0
    while at + 16 <= len(head):
        length = int.from_bytes(head[at : at + 4], "big")
        if length == 1:
            length = int.from_bytes(head[at + 8 : at + 16], "big")
        if length == 0 or at + length == size:
            return True
        if length < 8 or at + length > size:
            return False
        at += length
    return at <= size


def find_flaw(image: Image.Image) -> Flaw | None:
    """Decode all pixels; CUT_OFF where some are missing."""
    try:
        image.load()
    except DAMAGE:
        return Flaw.CUT_OFF
    return None


def render(path: Path, file_type: FileType, page: int, width: int, limits: Limits) -> PageImage:
    """Page *page* (from 1) as a JPEG of at most *width* pixels across, turned upright by EXIF.

    Raises:
        NoSuchPage: the file has fewer pages.
        PageUnreadable: the pixels cannot be decoded.
    """
    Image.MAX_IMAGE_PIXELS = limits.pixels
    try:
        with open_image(path, file_type) as image:
            if page > 1:
                seek(image, page)
            image.draft("RGB", (width * 2, width * 2))
            return encode(shrink(image, width))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PageUnreadable(str(bomb)) from bomb
    except DAMAGE as damage:
        raise PageUnreadable(str(damage)) from damage


def seek(image: Image.Image, page: int) -> None:
    """Go to *page* of a TIFF."""
    if image.format != "TIFF":
        raise NoSuchPage(page)
    try:
        image.seek(page - 1)
    except EOFError as end:
        raise NoSuchPage(page) from end


def shrink(image: Image.Image, width: int) -> Image.Image:
    """A copy that is upright and at most *width* across, on white where it was transparent."""
    if image.mode.startswith("I") or image.mode == "F":
        picture = to_grey(image)
    elif image.mode in ("L", "RGB", "CMYK"):
        picture = image
    elif image.mode == "1":
        picture = image.convert("L")
    else:
        picture = image.convert("RGBA" if has_transparency(image) else "RGB")
    sideways = image.getexif().get(EXIF_ORIENTATION) in SIDEWAYS
    across = picture.height if sideways else picture.width
    if across > width:
        scale = width / across
        size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
        picture = picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    if image.format != "HEIF":  # the HEIF plug-in has turned the picture already
        picture = turn_upright(picture, image)
    return on_white(picture)


def turn_upright(picture: Image.Image, original: Image.Image) -> Image.Image:
    """*picture* turned as the EXIF data of *original* asks."""
    exif = original.getexif()
    if EXIF_ORIENTATION in exif:
        picture.getexif()[EXIF_ORIENTATION] = exif[EXIF_ORIENTATION]
        return ImageOps.exif_transpose(picture)
    return picture


def has_transparency(image: Image.Image) -> bool:
    """Whether some pixels may be see-through."""
    return "A" in image.getbands() or "transparency" in image.info


def to_grey(image: Image.Image) -> Image.Image:
    """Sixteen-bit and floating-point greys, brought into eight bits by their own range."""
    low, high = image.convert("F").getextrema()
    assert isinstance(low, float) and isinstance(high, float)
    span = (high - low) or 1.0
    return image.convert("F").point(lambda value: value * (255 / span) - low * 255 / span, "L")


def on_white(picture: Image.Image) -> Image.Image:
    """As plain RGB or grey, the way paper looks."""
    if picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")


def encode(picture: Image.Image) -> PageImage:
    """*picture* as JPEG bytes without any of the original's metadata."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY, optimize=False, exif=b"", icc_profile=None)
    return PageImage(out.getvalue(), picture.width, picture.height)
