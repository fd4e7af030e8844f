"""Pictures of every format that Pillow reads well. Runs in the child process only."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pillow_heif
from PIL import Image, ImageCms, ImageFile, ImageOps

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
from archive.recognition.wholeness import DAMAGE, ends_well, find_flaw

pillow_heif.register_heif_opener()

PLUGINS = {
    FileType.JPEG: "JPEG",
    FileType.PNG: "PNG",
    FileType.TIFF: "TIFF",
    FileType.HEIC: "HEIF",
    FileType.WEBP: "WEBP",
    FileType.GIF: "GIF",
    FileType.BMP: "BMP",
    FileType.AVIF: "AVIF",
}
EXIF_ORIENTATION = 0x0112
SIDEWAYS = (5, 6, 7, 8)
TURNS = {
    90: Image.Transpose.ROTATE_270,  # Pillow counts to the left
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
TURNS_ASIDE = (90, 270)
JPEG_QUALITY = 84
PHOTOMETRIC = 0x0106
WHITE_IS_ZERO = 0
MOST_STRETCHED = 5


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
            flaw = None if too_big else find_flaw(image, path, file_type)
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
        if is_sideways(image) and image.format != "HEIF":
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


def is_sideways(image: Image.Image) -> bool:
    """Whether EXIF says that the picture lies on its side.

    Of a PNG that is not loaded only its head is asked: Pillow decodes every pixel to see whether
    there is more behind them, and refuses the whole picture where one is missing.
    """
    is_behind = image.format == "PNG" and not {"exif", "Raw profile type exif"} & image.info.keys()
    if is_behind and getattr(image, "png", None) is not None:
        return False
    return image.getexif().get(EXIF_ORIENTATION) in SIDEWAYS


def count_pages(image: Image.Image) -> int:
    """How many pages a picture has."""
    return getattr(image, "n_frames", 1) if image.format == "TIFF" else 1


def refuse_size(pages: int, width: int, height: int, limits: Limits) -> Refusal | None:
    """The limit that the picture passes, if any."""
    if width * height > limits.pixels:
        return Refusal(Reason.TOO_MANY_PIXELS, width * height, limits.pixels)
    if pages > limits.pages:
        return Refusal(Reason.TOO_MANY_PAGES, pages, limits.pages)
    return None


@contextmanager
def as_far_as_it_goes() -> Iterator[None]:
    """A picture that is cut off is decoded up to there; the rest is grey."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def render(
    path: Path, file_type: FileType, page: int, width: int, turn: int, limits: Limits
) -> PageImage:
    """Page *page* (from 1) as a JPEG: see `draw`."""
    return encode(draw(path, file_type, page, width, turn, limits))


def draw(
    path: Path, file_type: FileType, page: int, width: int, turn: int, limits: Limits
) -> Image.Image:
    """Page *page* (from 1), at most *width* pixels across.

    It is turned upright by EXIF, and then by *turn* degrees to the right.

    Raises:
        NoSuchPage: the file has fewer pages.
        PageUnreadable: the pixels cannot be decoded.
    """
    Image.MAX_IMAGE_PIXELS = limits.pixels
    try:
        with as_far_as_it_goes(), open_image(path, file_type) as image:
            if page > 1:
                seek(image, page)
            image.draft("RGB", (width * 2, width * 2))
            drawn = shrink(image, width, turn)
            drawn.load()  # it may be the picture itself, whose file is closed here
            return drawn
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


def shrink(image: Image.Image, width: int, turn: int) -> Image.Image:
    """A copy that is upright and at most *width* across, on white where it was transparent.

    *turn* is how far somebody turned it to the right, in degrees.

    A fax has fewer lines to an inch down than across; its lines are as far apart as on paper.
    """
    if image.mode.startswith("I") or image.mode == "F":
        picture = to_grey(image)
    elif image.mode in ("L", "RGB", "CMYK"):
        picture = image
    elif image.mode == "1":
        picture = image.convert("L")
    else:
        picture = image.convert("RGBA" if has_transparency(image) else "RGB")
    sideways = (image.getexif().get(EXIF_ORIENTATION) in SIDEWAYS) != (turn in TURNS_ASIDE)
    wide, high = drawn_size(image)
    scale = min(1.0, width / (high if sideways else wide))
    size = max(1, round(wide * scale)), max(1, round(high * scale))
    if size != picture.size:
        picture = picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    picture = in_plain_colours(picture, image)
    if image.format != "HEIF":  # the HEIF plug-in has turned the picture already
        picture = turn_upright(picture, image)
    if turn:
        picture = picture.transpose(TURNS[turn])
    return on_white(picture)


def drawn_size(image: Image.Image) -> tuple[float, float]:
    """Width and height with pixels as square as they are on paper: the coarser way is stretched."""
    across, down = image.info.get("dpi", (1, 1)) if image.format == "TIFF" else (1, 1)
    ratio = float(across) / float(down) if across and down else 1.0
    if not 1 / MOST_STRETCHED <= ratio <= MOST_STRETCHED:
        ratio = 1.0  # nobody scans so
    return image.width / min(1.0, ratio), image.height * max(1.0, ratio)


def in_plain_colours(picture: Image.Image, original: Image.Image) -> Image.Image:
    """*picture* in sRGB, where *original* says that its numbers mean other colours."""
    profile = original.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(
            picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):  # a profile of other colours, or broken
        return picture
    return made or picture


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
    """Sixteen bits of grey in eight; other deep greys by their own range."""
    if image.mode.startswith("I;16"):
        low, span = 0.0, 65535.0
    else:
        darkest, lightest = image.convert("F").getextrema()
        assert isinstance(darkest, float) and isinstance(lightest, float)
        low, span = darkest, (lightest - darkest) or 1.0
    grey = (
        image.convert("F").point(lambda value: value * (255 / span) - low * 255 / span).convert("L")
    )
    tags = getattr(image, "tag_v2", {})
    return ImageOps.invert(grey) if tags.get(PHOTOMETRIC) == WHITE_IS_ZERO else grey


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
