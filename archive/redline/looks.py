"""Which text of a Word file nobody sees: hidden by a property or a style, or white on white."""

from functools import lru_cache

from docx.oxml.ns import qn
from lxml import etree

from archive.redline.styles import Styles, is_on

_VAL, _RUN, _OWN, _PARAGRAPH = qn("w:val"), qn("w:rPr"), qn("w:pPr"), qn("w:p")
_VANISH, _COLOUR, _SHADING, _HIGHLIGHT = (
    qn("w:vanish"), qn("w:color"), qn("w:shd"), qn("w:highlight"),
)  # fmt: skip
_FILL = qn("w:fill")
_CELL, _TABLE = qn("w:tc"), qn("w:tbl")
_BOXES = (qn("w:txbxContent"), "{urn:schemas-microsoft-com:vml}textbox")
_NO_FILL = ("auto", "", "FFFFFF")
_FAINTEST = 0xF6  # of 255: lighter than this in all three colours nobody reads on white


class Looks:
    """How the runs of one Word file look."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._vanishes = lru_cache(maxsize=None)(self._style_vanishes)
        self._colour = lru_cache(maxsize=None)(self._colour_of_style)

    def is_hidden(self, run: etree._Element, paragraph: etree._Element) -> bool:
        """Whether Word keeps *run* from being seen and printed."""
        said = is_on(run.find(f"{_RUN}/{_VANISH}"))
        if said is not None:
            return said
        # A property that styles toggle: set by both, it is off again (17.7.3 of the standard).
        return self._vanishes(self._styles.of(paragraph)) != self._vanishes(_style_of(run))

    def is_white(self, run: etree._Element, paragraph: etree._Element) -> bool:
        """Whether *run* is white on the paper itself, with nothing that may be behind it."""
        colour = run.find(f"{_RUN}/{_COLOUR}")
        value = (
            colour.get(_VAL, "")
            if colour is not None
            else self._colour(_style_of(run)) or self._colour(self._styles.of(paragraph))
        )
        return _is_white(value) and not self._has_ground(run, paragraph)

    def _style_vanishes(self, name: str) -> bool:
        return bool(name and is_on(self._styles.find(name, f"{_RUN}/{_VANISH}")))

    def _colour_of_style(self, name: str) -> str:
        found = self._styles.find(name, f"{_RUN}/{_COLOUR}") if name else None
        return "" if found is None else found.get(_VAL, "")

    def _has_ground(self, run: etree._Element, paragraph: etree._Element) -> bool:
        """Whether something else than the paper may be behind *run*."""
        grounds = [run.find(f"{_RUN}/{_SHADING}"), paragraph.find(f"{_OWN}/{_SHADING}")]
        grounds += [
            self._styles.find(name, f"{path}/{_SHADING}")
            for name in (_style_of(run), self._styles.of(paragraph))
            for path in (_RUN, _OWN)
            if name
        ]
        for around in paragraph.iterancestors(_CELL, _TABLE, *_BOXES):
            if around.tag in _BOXES:
                return True
            properties = around.find(qn("w:tcPr") if around.tag == _CELL else qn("w:tblPr"))
            if properties is not None:
                grounds.append(properties.find(_SHADING))
                if properties.find(qn("w:tblStyle")) is not None:
                    return True
        if run.find(f"{_RUN}/{_HIGHLIGHT}") is not None:
            return True
        return any(each is not None and each.get(_FILL, "auto") not in _NO_FILL for each in grounds)


def _style_of(run: etree._Element) -> str:
    named = run.find(f"{_RUN}/{qn('w:rStyle')}")
    return "" if named is None else named.get(_VAL, "")


def _is_white(colour: str) -> bool:
    try:
        parts = bytes.fromhex(colour)
    except ValueError:
        return False
    return len(parts) == 3 and all(each >= _FAINTEST for each in parts)
