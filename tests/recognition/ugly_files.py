"""Files as they really come in: turned, cut off, locked, disguised, exploding."""

import io
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pillow_heif
from PIL import Image, ImageDraw

SCANS = Path(__file__).parents[1] / "data" / "scans"
PIXEL_BOMB_SIDE = 30_000


def a_picture(width: int = 400, height: int = 300) -> Image.Image:
    """Red above, blue below: whoever turns it shows it."""
    picture = Image.new("RGB", (width, height), "blue")
    ImageDraw.Draw(picture).rectangle((0, 0, width, height // 2), fill="red")
    return picture


def a_jpeg(orientation: int | None = None, size: tuple[int, int] = (400, 300)) -> bytes:
    """A JPEG; with *orientation* as phones write it: turned pixels and a note in EXIF."""
    out, exif = io.BytesIO(), Image.Exif()
    picture = a_picture(*size)
    if orientation is not None:
        turned = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}
        picture, exif[0x0112] = picture.transpose(turned[orientation]), orientation
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def a_png(mode: str = "RGB") -> bytes:
    """A PNG in the given Pillow mode."""
    out = io.BytesIO()
    a_picture().convert(mode).save(out, "PNG")
    return out.getvalue()


def a_heic() -> bytes:
    """A picture as an iPhone makes them."""
    out = io.BytesIO()
    pillow_heif.from_pillow(a_picture()).save(out, quality=50)
    return out.getvalue()


def a_tiff(pages: int = 3, orientation: int | None = None) -> bytes:
    """A fax-like TIFF of several pages, the later ones larger."""
    out = io.BytesIO()
    sheets = [a_picture(400 + 10 * number, 300) for number in range(pages)]
    tags = {0x0112: orientation} if orientation else {}
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:], tiffinfo=tags)
    return out.getvalue()


def a_pdf(
    pages: int = 3, *, rotate: int = 0, encryption: pikepdf.Encryption | None = None
) -> bytes:
    """A PDF whose pages are red in their upper half."""
    document = pikepdf.new()
    for _ in range(pages):
        page = document.add_blank_page(page_size=(595, 842))
        page.Contents = document.make_stream(b"1 0 0 rg 0 421 595 421 re f")
        if rotate:
            page.Rotate = rotate
    out = io.BytesIO()
    document.save(out, encryption=encryption or False)
    return out.getvalue()


def a_scanned_pdf(pages: int) -> bytes:
    """A PDF of scanned sheets: one JPEG per page."""
    document, jpeg = pikepdf.new(), a_jpeg(size=(1654, 2339))
    for _ in range(pages):
        page = document.add_blank_page(page_size=(595, 842))
        image = document.make_stream(
            jpeg,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=1654,
            Height=2339,
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=image))
        page.Contents = document.make_stream(b"595 0 0 842 0 0 cm /Scan Do")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_pixel_bomb() -> bytes:
    """A PNG of a few hundred kilobytes that wants 900 million pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + name + body + check

    side = PIXEL_BOMB_SIDE.to_bytes(4, "big")
    header = chunk(b"IHDR", side + side + bytes([1, 0, 0, 0, 0]))
    row = bytes(1 + PIXEL_BOMB_SIDE // 8)
    pixels = chunk(b"IDAT", zlib.compress(row * 100))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")


def a_docx(extra: dict[str, bytes] | None = None) -> bytes:
    """The smallest Word document that Word opens."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        ).encode(),
        "word/document.xml": (
            b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            b"<w:body/></w:document>"
        ),
    }
    return a_zip(parts | (extra or {}))


def an_xlsx() -> bytes:
    """The smallest Excel workbook, as far as its kind is concerned."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return a_zip(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>'
            ).encode(),
            "xl/workbook.xml": (
                b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
            ),
        }
    )


def a_zip(parts: dict[str, bytes]) -> bytes:
    """A zip of *parts*, compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def a_fake_docx() -> bytes:
    """A zip that only pretends: the list of types without the document."""
    return a_zip({"[Content_Types].xml": b"<Types/>", "readme.txt": b"hello"})


def a_docx_bomb(unpacked: int) -> bytes:
    """A Word document that unpacks into *unpacked* bytes of nothing."""
    return a_docx({"word/media/image1.bmp": bytes(unpacked)})


def a_docx_that_lies(unpacked: int) -> bytes:
    """A bomb whose directory claims to be harmless."""
    bomb = a_docx_bomb(unpacked)
    return bomb.replace(unpacked.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def a_locked_office_file() -> bytes:
    """What Word writes with a password: an OLE container around an encrypted package."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    return ole + bytes(9000) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
