"""Papers drawn for the tests of reading; everything on them is invented and says so."""

import io
import subprocess
from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
import pikepdf
import segno
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

LETTER = (
    "示例货运有限公司",
    "关于延期付款的函",
    "演示物流（上海）有限公司：",
    "贵司二〇二六年三月的运费共计人民币叁万贰仟元整，",
    "因本公司资金周转，申请延期至四月三十日支付。",
    "联系电话：021-0000 1234",
    "示例货运有限公司  2026年3月16日",
)


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """A Chinese font of this machine."""
    asked = ["fc-match", "-f", "%{file}", "Noto Sans CJK SC"]
    found = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return ImageFont.truetype(found, size)


def a_sheet(
    lines: Sequence[str] = LETTER,
    *,
    turn: int = 0,
    skew: float = 0.0,
    size: tuple[int, int] = (1240, 1754),
    code: str = "",
) -> Image.Image:
    """A scanned sheet that is turned and skewed to the right by so many degrees."""
    paper = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(paper)
    step = min(120, (size[1] - 300) // max(1, len(lines)))
    for place, line in enumerate(lines):
        draw.text((130, 150 + place * step), line, font=font(34), fill=(30, 30, 40))
    if code:
        out = io.BytesIO()
        segno.make(code, error="m").save(out, kind="png", scale=6)
        paper.paste(Image.open(out).convert("RGB"), (900, 1400))
    leaning = paper.rotate(-skew, Image.Resampling.BICUBIC, fillcolor="white")
    return leaning.rotate(-turn, expand=True)


def as_jpeg(sheet: Image.Image) -> bytes:
    """*sheet* as a scanner sends it."""
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=85)
    return out.getvalue()


def as_pdf(
    *,
    picture: Image.Image | None = None,
    words: Sequence[tuple[float, float, str]] = (),
    is_hidden: bool = False,
    rotate: int = 0,
) -> bytes:
    """One page of A4 with a picture over all of it and *words* at their places in points."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    resources = Dictionary(
        Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    )
    content = ""
    if picture is not None:
        image = document.make_stream(
            as_jpeg(picture),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=picture.width,
            Height=picture.height,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        resources.XObject = Dictionary(Scan=image)
        content += "q 595 0 0 842 0 0 cm /Scan Do Q "
    mode = 3 if is_hidden else 0
    for left, up, text in words:
        content += f"BT {mode} Tr /F 14 Tf 1 0 0 1 {left} {up} Tm ({text}) Tj ET "
    page.Resources = resources
    page.Contents = document.make_stream(content.encode("latin-1"))
    if rotate:
        page.Rotate = rotate
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_filled_form() -> bytes:
    """A page whose one answer is a form field."""
    document = pikepdf.open(
        io.BytesIO(as_pdf(words=[(70, 700, "Application for an account, example only")]))
    )
    look = document.make_stream(
        b"BT /F 14 Tf 2 5 Td (Demo Logistics Shanghai) Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 250, 20],
        Resources=document.pages[0].Resources,
    )
    field = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T="name",
            V="Demo Logistics Shanghai",
            F=4,
            Rect=[70, 600, 320, 620],
            AP=Dictionary(N=look),
        )
    )
    document.pages[0].Annots = Array([field])
    document.Root.AcroForm = Dictionary(Fields=Array([field]))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def dust() -> Image.Image:
    """An empty sheet as a scanner sees it."""
    noise = np.random.default_rng(3).normal(250, 1.2, (1754, 1240)).clip(0, 255).astype("uint8")
    return Image.fromarray(noise, "L").convert("RGB")


def blank_pages(count: int, title: str = "") -> bytes:
    """A PDF of empty pages, which are read quickly."""
    document, out = pikepdf.new(), io.BytesIO()
    for _ in range(count):
        document.add_blank_page(page_size=(595, 842))
    document.docinfo["/Title"] = title
    document.save(out)
    return out.getvalue()


ASKEW = ((0.1253, 0.0654), (0.9633, 0.107), (0.8112, 0.8609), (0.1566, 0.7913))
"""Where a sheet of A4 is on a photograph that a phone takes of it from the side."""
DESK = (70, 62, 56)


def a_photograph(
    sheet: Image.Image,
    corners: Sequence[tuple[float, float]] = ASKEW,
    *,
    ground: tuple[int, int, int] = DESK,
    size: tuple[int, int] = (900, 1200),
    curl: float = 0.0,
) -> Image.Image:
    """*sheet* on a desk, seen askew, in uneven light; *curl* bends it by so many pixels."""
    wide, high = size
    across, down = sheet.size
    source = np.array([[0, 0], [across, 0], [across, down], [0, down]], np.float32)
    target = np.asarray(np.array(corners) * np.array(size), np.float32)
    change = cv2.getPerspectiveTransform(source, target)
    paper = cv2.warpPerspective(np.asarray(sheet.convert("RGB"), np.float32), change, size)
    mask = cv2.warpPerspective(np.ones((down, across), np.float32), change, size)[..., None]
    seen = np.full((high, wide, 3), ground, np.float32) * (1 - mask) + paper * mask
    if curl:
        x, y = np.meshgrid(np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32))
        seen = cv2.remap(seen, x + curl * np.sin(y / high * 5).astype("float32"), y, 1)
    seen *= np.linspace(1.0, 0.7, wide)[None, :, None]
    noise = np.random.default_rng(5).normal(0, 4, seen.shape)
    blurred = cv2.GaussianBlur(seen, (0, 0), 1.2) + noise
    return Image.fromarray(blurred.clip(0, 255).astype(np.uint8))
