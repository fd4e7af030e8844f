"""A font without a drawn glyph: what is written in it is found, marked and copied, never seen.

It is a Type0 font over a TrueType program of the six tables that a CID font must have
(ISO 32000-1, 9.9). Wide characters are as wide as the font is high, all others half as wide.
"""

import struct
import unicodedata
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

UNITS = 1000  # to the em
ASCENT, DESCENT = 800, -200
WIDE, NARROW = UNITS, UNITS // 2
GLYPHS = {WIDE: 1, NARROW: 2}  # glyph 0 is the one for what is missing
SURROGATES = 0xD800
"""The first of the codes that are no character's: those beyond the first 65,536 have these."""
AT_ONCE = 100  # pairs, as the format allows
NAME = Name("/Glyphless")
MEANINGS = """/CIDInit /ProcSet findresource begin
12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{pairs}
endcmap CMapName currentdict /CMap defineresource pop end end"""


class Glyphless:
    """The font of one document, for the characters that are written in it."""

    def __init__(self, characters: str) -> None:
        distinct = sorted(set(characters))
        beyond = [each for each in distinct if ord(each) > 0xFFFF]
        self._codes = {each: ord(each) for each in distinct if ord(each) <= 0xFFFF}
        self._codes |= {each: SURROGATES + at for at, each in enumerate(beyond)}

    def encoded(self, text: str) -> str:
        """*text* as a string of a content stream."""
        return "<" + "".join(f"{self._codes[each]:04X}" for each in text) + ">"

    def added_to(self, document: pikepdf.Pdf) -> pikepdf.Object:
        """The font as an object of *document*."""
        program = font_program()
        narrow = [code for each, code in self._codes.items() if width_of(each) == NARROW]
        glyphs = bytearray(struct.pack(">H", GLYPHS[WIDE]) * 0x10000)
        for code in narrow:
            struct.pack_into(">H", glyphs, code * 2, GLYPHS[NARROW])
        described = Dictionary(
            Type=Name.FontDescriptor,
            FontName=NAME,
            Flags=4,  # its characters are of no Latin set
            FontBBox=[0, DESCENT, UNITS, ASCENT],
            ItalicAngle=0,
            Ascent=ASCENT,
            Descent=DESCENT,
            CapHeight=ASCENT,
            StemV=80,
            FontFile2=packed(document, program, Length1=len(program)),
        )
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=NAME,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=document.make_indirect(described),
            DW=WIDE,
            W=Array([part for code in narrow for part in (code, code, NARROW)]),
            CIDToGIDMap=packed(document, bytes(glyphs)),
        )
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=NAME,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([document.make_indirect(descendant)]),
            ToUnicode=packed(document, MEANINGS.format(pairs="\n".join(self._pairs())).encode()),
        )
        return document.make_indirect(font)

    def _pairs(self) -> Iterator[str]:
        """What each code means."""
        pairs = [
            f"<{code:04X}> <{each.encode('utf-16-be').hex()}>" for each, code in self._codes.items()
        ]
        for start in range(0, len(pairs), AT_ONCE):
            some = pairs[start : start + AT_ONCE]
            yield "\n".join([f"{len(some)} beginbfchar", *some, "endbfchar"])


def width_of(text: str) -> int:
    """How wide *text* is in this font."""
    return sum(WIDE if unicodedata.east_asian_width(each) in "WFA" else NARROW for each in text)


def packed(document: pikepdf.Pdf, content: bytes, **more: int) -> pikepdf.Stream:
    """*content* as a compressed stream of *document*."""
    return document.make_stream(zlib.compress(content), Filter=Name.FlateDecode, **more)


def font_program() -> bytes:
    """A TrueType font of three glyphs: the one for what is missing, a wide, a narrow.

    Each is a single stroke from corner to corner without an area: one that draws nothing, and by
    which readers know how high it is. What has no height they leave out of lines that run down.
    """
    widths = (WIDE, WIDE, NARROW)
    strokes = [stroke(each) for each in widths]
    box = (0, DESCENT, UNITS, ASCENT)
    version, magic = 0x10000, 0x5F0F3CF5
    lines = (ASCENT, DESCENT, 0, UNITS, 0, 0, UNITS, 1)
    tables = {
        b"glyf": b"".join(strokes),
        b"head": struct.pack(
            ">4L2H2q4h2H3h", version, version, 0, magic, 0, UNITS, 0, 0, *box, 0, 8, 2, 0, 0
        ),
        b"hhea": struct.pack(">L3hH11hH", version, *lines, *[0] * 7, len(widths)),
        b"hmtx": b"".join(struct.pack(">Hh", each, 0) for each in widths),
        b"loca": struct.pack(
            f">{len(widths) + 1}H", *[at * len(strokes[0]) // 2 for at in range(4)]
        ),
        b"maxp": struct.pack(">L14H", version, len(widths), 2, 1, 0, 0, 2, *[0] * 8),
    }
    at = 12 + 16 * len(tables)
    head, body = struct.pack(">L4H", version, len(tables), 64, 2, 32), b""
    for name, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        head += struct.pack(">4s3L", name, total, at + len(body), len(table))
        body += padded
    return head + body


def stroke(width: int) -> bytes:
    """A glyph of one contour with two points, the lower left corner and the upper right one."""
    outline = struct.pack(
        ">5h2H2B4h", 1, 0, DESCENT, width, ASCENT, 1, 0, 1, 1, 0, width, DESCENT, UNITS
    )
    return outline + bytes(-len(outline) % 4)
