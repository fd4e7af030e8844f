"""OFD files as drawings that LibreOffice prints. Runs in the child process only.

Source: GB/T 33190-2016: packages, pages and templates, colours and drawing parameters, paths,
pictures, text, composite objects, annotations, signatures. What an invoice or a letter seldom holds
is left out: clips, patterns, shadings, and the shapes of embedded fonts.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from archive.recognition import office
from archive.recognition.drawing import Drawing, Look
from archive.recognition.errors import PageUnreadable
from archive.recognition.ofd_shapes import (
    Box,
    Point,
    area_of,
    child,
    children,
    clean,
    colour_of,
    matrix_of,
    narrow_of,
    numbers,
    path_of,
    picture_in,
    plus,
    runs_of,
    stretched,
    text_of,
    through,
)

MOST_PAGES = 60
MOST_OBJECTS = 100_000
LARGEST_PART = 32 * 1024 * 1024
DEEPEST = 12
OBJECTS = ("TextObject", "PathObject", "ImageObject", "CompositeObject")
A4 = (0.0, 0.0, 210.0, 297.0)  # mm
BROKEN = (
    *office.DAMAGE,
    office.NotOffice,
    ET.ParseError,
    KeyError,
    IndexError,
    RecursionError,
    StopIteration,
)


def as_drawing(path: Path) -> bytes:
    """The first pages of an OFD file as a flat OpenDocument drawing.

    Raises:
        PageUnreadable: it is none.
    """
    drawing = Drawing()
    try:
        with zipfile.ZipFile(path) as package:
            Book(package).draw(drawing)
    except BROKEN as damage:
        raise PageUnreadable(str(damage)) from damage
    return drawing.written()


@dataclass
class Resources:
    """What pages refer to by number."""

    fonts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    looks: dict[str, ET.Element] = field(default_factory=dict)
    units: dict[str, ET.Element] = field(default_factory=dict)


class Book:
    """The first document of an OFD package."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._scale = 1.0
        self._names = {each.lower(): each for each in package.namelist()}
        self._resources = Resources()
        self._left = MOST_OBJECTS
        self._seals: dict[str, list[tuple[bytes, Box]]] = {}
        root = self._parse("OFD.xml")
        self._at = clean(
            text_of(next(each for each in root.iter() if each.tag.endswith("}DocRoot")))
        )
        self._document = self._parse(self._at)
        self._common = child(self._document, "CommonData")
        for each in children(self._common, "PublicRes", "DocumentRes"):
            with suppress(*BROKEN):
                self._take_resources(self._beside(self._at, text_of(each)))

    def draw(self, drawing: Drawing) -> None:
        """All pages, with what is stamped on them."""
        templates = {
            each.get("ID", ""): self._beside(self._at, each.get("BaseLoc", ""))
            for each in children(self._common, "TemplatePage")
        }
        area = area_of(child(self._common, "PageArea"), A4)
        stamps = self._stamps()
        for page in list(children(child(self._document, "Pages"), "Page"))[:MOST_PAGES]:
            where = self._beside(self._at, page.get("BaseLoc", ""))
            content = self._parse(where)
            box = area_of(child(content, "Area"), area)
            drawing.add_page(box[2], box[3])
            origin = (-box[0], -box[1])
            layers = [content]
            for each in children(content, "Template"):
                if each.get("TemplateID", "") in templates:
                    layer = self._parse(templates[each.get("TemplateID", "")])
                    layers.insert(0 if each.get("ZOrder") != "Foreground" else len(layers), layer)
            for layer in layers:
                for each in children(child(layer, "Content"), "Layer"):
                    self._draw_all(drawing, each, origin, self._look_of(each))
            for element, corner in stamps.get(page.get("ID", ""), []):
                self._draw_all(drawing, element, plus(origin, corner), None)
            for picture, (x, y, width, height) in self._seals.get(page.get("ID", ""), []):
                draw_seal(drawing, picture, (*plus(origin, (x, y)), width, height))

    def draw_within(self, drawing: Drawing, box: Box) -> None:
        """The objects of the first page, as large as fits into the middle of *box*."""
        area = area_of(child(self._common, "PageArea"), A4)
        page = next(children(child(self._document, "Pages"), "Page"))
        content = self._parse(self._beside(self._at, page.get("BaseLoc", "")))
        area = area_of(child(content, "Area"), area)
        self._scale = min(box[2] / area[2], box[3] / area[3])
        width, height = area[2] * self._scale, area[3] * self._scale
        corner = box[0] + (box[2] - width) / 2, box[1] + (box[3] - height) / 2
        for layer in children(child(content, "Content"), "Layer"):
            self._draw_all(drawing, layer, corner, self._look_of(layer))

    def _draw_all(
        self, drawing: Drawing, parent: ET.Element, at: Point, look: ET.Element | None,
        deep: int = 0,
    ) -> None:  # fmt: skip
        """What *parent* holds, with *at* as its origin."""
        if deep > DEEPEST:
            return
        for each in parent:
            self._left -= 1
            if self._left < 0:
                return
            kind = each.tag.rpartition("}")[2]
            if kind == "PageBlock":
                self._draw_all(drawing, each, at, look, deep + 1)
                continue
            if kind in OBJECTS and each.get("Visible", "true") != "false":
                self._draw_object(drawing, each, at, look, deep)

    def _draw_object(
        self, drawing: Drawing, each: ET.Element, at: Point, look: ET.Element | None, deep: int
    ) -> None:
        x, y, width, height = (side * self._scale for side in numbers(each.get("Boundary", ""), 4))
        corner = plus(at, (x, y))
        box = (*corner, width, height)
        own = self._resources.looks.get(each.get("DrawParam", ""), look)
        match each.tag.rpartition("}")[2]:
            case "TextObject":
                self._draw_text(drawing, each, corner, own)
            case "PathObject":
                self._draw_path(drawing, each, box, own)
            case "ImageObject":
                with suppress(*BROKEN):
                    picture = self._read(self._resources.pictures[each.get("ResourceID", "")])
                    drawing.add_picture(stretched(each, box, self._scale), picture)
            case _:
                unit = self._resources.units.get(each.get("ResourceID", ""))
                if unit is not None:
                    self._draw_all(drawing, child(unit, "Content"), corner, own, deep + 1)

    def _draw_text(
        self, drawing: Drawing, text: ET.Element, at: Point, look: ET.Element | None
    ) -> None:
        matrix = matrix_of(text, self._scale)
        grown = abs(matrix[3]) or 1.0
        size = float(text.get("Size", "3"))
        colour = colour_of(child(text, "FillColor")) or self._colour("FillColor", look) or "#000000"
        font = self._resources.fonts.get(text.get("Font", ""), "宋体")
        x = y = 0.0
        for code in children(text, "TextCode"):
            x, y = float(code.get("X", x)), float(code.get("Y", y))
            words = (code.text or "").replace("\n", " ")
            for start, run, spacing in runs_of(code, words, size, narrow_of(font)):
                drawing.add_text(
                    plus(at, through(matrix, (x + start[0], y + start[1]))),
                    run,
                    font=font,
                    size=size * grown,
                    colour=colour,
                    spacing=spacing * grown,
                    bold=int(text.get("Weight", "400")) > 500,
                )

    def _draw_path(
        self, drawing: Drawing, path: ET.Element, box: Box, look: ET.Element | None
    ) -> None:
        fills = path.get("Fill", "false") == "true"
        own = child(path, "FillColor")
        fill = colour_of(own) or self._colour("FillColor", look) or "#000000" if fills else None
        line = colour_of(child(path, "StrokeColor")) or self._colour("StrokeColor", look)
        if path.get("Stroke", "true") == "false":
            line = None
        elif line is None:
            line = "#000000"
        width = path.get("LineWidth") or self._attribute("LineWidth", look) or "0.353"
        opacity = int(own.get("Alpha", "255")) / 255 if len(own.attrib) else 1.0
        data = text_of(child(path, "AbbreviatedData"))
        drawing.add_path(
            box,
            path_of(data, matrix_of(path, self._scale)),
            Look(fill, line, float(width) * self._scale, opacity),
        )

    def _look_of(self, element: ET.Element) -> ET.Element | None:
        return self._resources.looks.get(element.get("DrawParam", ""))

    def _colour(self, name: str, look: ET.Element | None, deep: int = 0) -> str | None:
        """The colour that a drawing parameter or the one that it relies on gives."""
        if look is None or deep > DEEPEST:
            return None
        before = self._resources.looks.get(look.get("Relative", ""))
        return colour_of(child(look, name)) or self._colour(name, before, deep + 1)

    def _attribute(self, name: str, look: ET.Element | None, deep: int = 0) -> str | None:
        if look is None or deep > DEEPEST:
            return None
        before = self._resources.looks.get(look.get("Relative", ""))
        return look.get(name) or self._attribute(name, before, deep + 1)

    def _take_resources(self, where: str) -> None:
        root = self._parse(where)
        base = posixpath.join(posixpath.dirname(where), root.get("BaseLoc", "") or ".")
        for each in root.iter():
            kind, number = each.tag.rpartition("}")[2], each.get("ID", "")
            name = text_of(child(each, "MediaFile"))
            if kind == "Font":
                self._resources.fonts[number] = each.get("FamilyName", "") or each.get(
                    "FontName", ""
                )
            elif kind == "MultiMedia":
                self._resources.pictures[number] = clean(posixpath.join(base, name))
            elif kind == "DrawParam":
                self._resources.looks[number] = each
            elif kind == "CompositeGraphicUnit":
                self._resources.units[number] = each

    def _stamps(self) -> dict[str, list[tuple[ET.Element, Point]]]:
        """What is annotated on each page, by its number; the seals of signatures are noted too."""
        found: dict[str, list[tuple[ET.Element, Point]]] = {}
        with suppress(*BROKEN):
            listed = self._beside(self._at, text_of(child(self._document, "Annotations")))
            for page in children(self._parse(listed), "Page"):
                where = self._beside(listed, text_of(child(page, "FileLoc")))
                for note in self._parse(where).iter():
                    if not note.tag.endswith("}Appearance"):
                        continue
                    x, y = numbers(note.get("Boundary", ""), 2)
                    found.setdefault(page.get("PageID", ""), []).append((note, (x, y)))
        self._seals = dict(self._find_seals())
        return found

    def _find_seals(self) -> Iterator[tuple[str, list[tuple[bytes, Box]]]]:
        """The pictures of electronic seals, by page."""
        found: dict[str, list[tuple[bytes, Box]]] = {}
        with suppress(*BROKEN):
            root = self._parse("OFD.xml")
            listed = clean(
                text_of(next(each for each in root.iter() if each.tag.endswith("}Signatures")))
            )
            for signature in children(self._parse(listed), "Signature"):
                where = self._beside(listed, signature.get("BaseLoc", ""))
                content = self._parse(where)
                signed = text_of(child(content, "SignedValue"))
                picture = picture_in(self._read(self._beside(where, signed)))
                for each in content.iter():
                    if each.tag.endswith("}StampAnnot") and picture:
                        x, y, width, height = numbers(each.get("Boundary", ""), 4)
                        seal = picture, (x, y, width, height)
                        found.setdefault(each.get("PageRef", ""), []).append(seal)
        yield from found.items()

    def _parse(self, where: str) -> ET.Element:
        return office.parse(self._package, self._known(where), LARGEST_PART)

    def _read(self, where: str) -> bytes:
        name = self._known(where)
        if self._package.getinfo(name).file_size > LARGEST_PART:
            raise KeyError(where)
        return self._package.read(name)

    def _known(self, where: str) -> str:
        """The part at *where*, whose name some programs write with other capitals."""
        return self._names[clean(where).lower()]

    def _beside(self, where: str, name: str) -> str:
        """The part *name* as the part *where* names it: from its own folder, or from the root."""
        if name.startswith("/"):
            return clean(name)
        near = clean(posixpath.join(posixpath.dirname(where), name))
        return near if near.lower() in self._names else clean(name)


def draw_seal(drawing: Drawing, picture: bytes, box: Box) -> None:
    """The picture of a seal in its place; it may be an OFD file of its own."""
    if not picture.startswith(b"PK"):
        drawing.add_picture(box, picture)
        return
    with suppress(*BROKEN), zipfile.ZipFile(io.BytesIO(picture)) as package:
        Book(package).draw_within(drawing, box)
