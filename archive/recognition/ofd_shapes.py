"""What the attributes of OFD objects mean: places, colours, paths, runs of text."""

import posixpath
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from archive.recognition.drawing import FINE

FEW = 0.02  # mm between two steps that count as one
WIDE = re.compile(
    "[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]"
)
STEPS = {"M": "M", "S": "M", "L": "L", "Q": "Q", "B": "C", "A": "A", "C": "Z"}
POINTS = {"M": 1, "L": 1, "Q": 2, "B": 3, "S": 1}
PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04")
NOTHING = ET.Element("nothing")

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


def children(parent: ET.Element, *names: str) -> Iterator[ET.Element]:
    """The elements of *parent* with one of these *names*, whatever their namespace."""
    return (each for each in parent if each.tag.rpartition("}")[2] in names)


def child(parent: ET.Element, name: str) -> ET.Element:
    """The first of them; an empty element where there is none."""
    return next(children(parent, name), NOTHING)


def anywhere(root: ET.Element, name: str) -> ET.Element:
    """The first element *name* below *root*, however deep; an empty one where there is none."""
    return next((each for each in root.iter() if each.tag.rpartition("}")[2] == name), NOTHING)


def text_of(element: ET.Element) -> str:
    """The words of *element* itself."""
    return (element.text or "").strip()


def clean(where: str) -> str:
    """The name of a part, from the root of the package."""
    return posixpath.normpath(where.replace("\\", "/")).lstrip("/.").lstrip("/")


def numbers(text: str, count: int) -> tuple[float, ...]:
    """*count* numbers; what is missing is 0."""
    found = [float(each) for each in text.split()[:count]]
    return (*found, *([0.0] * (count - len(found))))


def area_of(element: ET.Element, otherwise: Box) -> Box:
    """Where a page begins, and how large it is."""
    text = text_of(child(element, "PhysicalBox"))
    x, y, width, height = numbers(text, 4)
    return (x, y, width, height) if width > 0 and height > 0 else otherwise


def plus(one: Point, other: Point) -> Point:
    """Two places added up."""
    return one[0] + other[0], one[1] + other[1]


def matrix_of(element: ET.Element, scale: float) -> Matrix:
    """How an object is stretched and moved within its boundary, on a page shown at *scale*."""
    text = element.get("CTM", "") or "1 0 0 1 0 0"
    a, b, c, d, e, f = (each * scale for each in numbers(text, 6))
    return a, b, c, d, e, f


def stretched(element: ET.Element, box: Box, scale: float) -> Box:
    """Where a picture is: its matrix says how large, where it has one, and *box* otherwise."""
    if not element.get("CTM"):
        return box
    a, _, _, d, e, f = matrix_of(element, scale)
    return box[0] + min(e, e + a), box[1] + min(f, f + d), abs(a), abs(d)


def through(matrix: Matrix, point: Point) -> Point:
    """Where *point* comes to."""
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def colour_of(element: ET.Element) -> str | None:
    """A colour as ``#rrggbb``: of grey, RGB or CMYK; None where none is given."""
    values = [float(each) for each in element.get("Value", "").split() if not each.startswith("#")]
    if len(values) == 1:
        values *= 3
    if len(values) == 4:
        *inks, black = (each / 255 for each in values)
        values = [255 * (1 - ink) * (1 - black) for ink in inks]
    if len(values) != 3:
        return None
    red, green, blue = (min(255, max(0, round(each))) for each in values)
    return f"#{red:02x}{green:02x}{blue:02x}"


def path_of(data: str, matrix: Matrix) -> str:
    """Abbreviated data as the path of a drawing, in steps of `FINE`."""
    words, made, at = data.split(), [], 0
    while at < len(words):
        step = words[at]
        at += 1
        if step not in STEPS:
            continue
        made.append(STEPS[step])
        if step == "A":
            across, down, turn, *flags = words[at : at + 5]
            grown = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
            made += [fine(float(across) * grown), fine(float(down) * grown), turn, *flags]
            at += 5
        for _ in range(POINTS.get(step, 1 if step == "A" else 0)):
            point = through(matrix, (float(words[at]), float(words[at + 1])))
            made += [fine(each) for each in point]
            at += 2
    return " ".join(made)


def fine(length: float) -> str:
    """A length in mm as steps of a path."""
    return str(round(length * FINE))


def steps_of(text: str, count: int) -> list[float]:
    """The *count* distances to the next character; ``g 3 2.5`` stands for three of 2.5.

    None where none is given.
    """
    found: list[float] = []
    words = text.split()
    while words and len(found) < count:
        word = words.pop(0)
        if word == "g" and len(words) >= 2:
            found += [float(words[1])] * min(int(words[0]), count)
            del words[:2]
        else:
            found.append(float(word))
    found += found[-1:] * (count - len(found))  # the last one holds for the rest
    return found[:count]


def narrow_of(font: str) -> float:
    """How wide a Latin letter of *font* is, in sizes, about."""
    return 0.6 if "courier" in font.lower() else 0.5


def runs_of(
    code: ET.Element, words: str, size: float, narrow: float
) -> Iterator[tuple[Point, str, float]]:
    """Parts of *words* that are set alike: where each begins, how much wider than by itself.

    *narrow* is how wide a Latin letter is, in sizes.
    """
    across = steps_of(code.get("DeltaX", ""), len(words) - 1)
    down = steps_of(code.get("DeltaY", ""), len(words) - 1)
    if not across and not down:
        yield (0.0, 0.0), words, 0.0
        return
    x = y = 0.0
    start: Point = (0.0, 0.0)
    run, step = "", None
    for number, letter in enumerate(words):
        own = across[number] if number < len(across) else None
        natural = size * (1 if WIDE.match(letter) else narrow)
        wider = None if own is None else own - natural
        falls = number < len(down) and bool(down[number])
        run += letter
        is_last_alike = wider is None or (step is not None and abs(wider - step) > FEW)
        if step is None and wider is not None:
            step = wider
        x += own or 0.0
        y += down[number] if number < len(down) else 0.0
        if falls or is_last_alike or number == len(words) - 1:
            yield start, run, step or 0.0
            run, step, start = "", None, (x, y)


def picture_in(signed: bytes) -> bytes:
    """The picture of the seal in the value of a signature; empty where none is found.

    It is an octet string among others; what comes after it does a reader of pictures no harm.
    """
    places = [at for mark in PICTURES if (at := signed.find(mark)) >= 0]
    return signed[min(places) :] if places else b""
