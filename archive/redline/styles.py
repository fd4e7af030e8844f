"""The styles of a Word file: what a paragraph or a run is by the names that it gives."""

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

_VAL, _ID, _TYPE, _DEFAULT = qn("w:val"), qn("w:styleId"), qn("w:type"), qn("w:default")
_NAMED = f"{qn('w:pPr')}/{qn('w:pStyle')}"
_DEEPEST = 20  # styles that are based on each other; a circle ends here


class Styles:
    """The styles in the part *root*, found by their names."""

    def __init__(self, root: etree._Element) -> None:
        self._found: dict[str, etree._Element] = {}
        self._looked_up: dict[tuple[str, str], etree._Element | None] = {}
        self.usual = ""
        for style in root.iter(qn("w:style")):
            name = style.get(_ID, "")
            self._found[name] = style
            is_usual = style.get(_DEFAULT, "0").lower() in ("1", "true", "on")
            if is_usual and style.get(_TYPE) == "paragraph":
                self.usual = name

    def of(self, paragraph: etree._Element) -> str:
        """The name of the style of *paragraph*."""
        named = paragraph.find(_NAMED)
        return self.usual if named is None else named.get(_VAL, self.usual)

    def chain(self, name: str) -> Iterator[etree._Element]:
        """The style *name*, then what it is based on, and so on."""
        for _ in range(_DEEPEST):
            style = self._found.get(name)
            if style is None:
                return
            yield style
            based = style.find(qn("w:basedOn"))
            name = "" if based is None else based.get(_VAL, "")

    def find(self, name: str, path: str) -> etree._Element | None:
        """What the style *name*, or the nearest that it is based on, has at *path*."""
        if (name, path) not in self._looked_up:
            found = (style.find(path) for style in self.chain(name))
            self._looked_up[name, path] = next((each for each in found if each is not None), None)
        return self._looked_up[name, path]


def is_on(flag: etree._Element | None) -> bool | None:
    """What an element such as ``w:vanish`` says: on, off, or nothing at all."""
    if flag is None:
        return None
    return flag.get(_VAL, "true").lower() not in ("0", "false", "off")
