"""Fields of Word's: which of them show something else than the text that is written in the file.

Word works out the text of a field again: when the file is opened, printed, or looked at on another
day. What is filled in there is overwritten; what a contract says must not depend on it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

from archive.docgen.places import Place

_RUN, _P, _T = qn("w:r"), qn("w:p"), qn("w:t")
_MARK, _MARK_KIND, _CODE = qn("w:fldChar"), qn("w:fldCharType"), qn("w:instrText")
_SIMPLE, _SIMPLE_CODE = qn("w:fldSimple"), qn("w:instr")
_ID = qn("w:id")
_BOOKMARK, _BOOKMARK_END = qn("w:bookmarkStart"), qn("w:bookmarkEnd")

TAGS = re.compile(r"\{\{|\{%|\{#")
_NUMBER_OF_BOOKMARK = re.compile(r"\\[nrwpfNRWPF]\b")

CHANGING = frozenset(
    {
        *("DATE", "TIME", "PRINTDATE", "SAVEDATE", "CREATEDATE", "EDITTIME"),
        *("MERGEFIELD", "MERGEREC", "MERGESEQ", "NEXT", "NEXTIF", "SKIPIF"),
        *("ADDRESSBLOCK", "GREETINGLINE", "ASK", "FILLIN", "SET", "IF", "COMPARE", "="),
        *("AUTOTEXT", "AUTOTEXTLIST", "GLOSSARY", "USERNAME", "USERINITIALS", "USERADDRESS"),
        *("FILENAME", "FILESIZE", "TEMPLATE", "REVNUM", "NUMCHARS", "NUMWORDS"),
        *("LASTSAVEDBY", "AUTHOR"),
    }
)
"""Their text becomes another one by itself, or stays what it was while the figures change."""
FIXED = frozenset(
    {"DOCPROPERTY", "DOCVARIABLE", "TITLE", "SUBJECT", "KEYWORDS", "COMMENTS", "INFO", "QUOTE"}
)
"""They repeat a property of the template's; a draft says what the template shows."""
INSTEAD = {
    "DATE": "{{ 文件.日期 }}",
    "TIME": "{{ 文件.日期 }}",
    "CREATEDATE": "{{ 文件.日期 }}",
    "SAVEDATE": "{{ 文件.日期 }}",
    "PRINTDATE": "{{ 文件.日期 }}",
    "AUTHOR": "{{ 文件.起草人 }}",
    "LASTSAVEDBY": "{{ 文件.起草人 }}",
    "USERNAME": "{{ 文件.起草人 }}",
    "FILENAME": "{{ 文件.编号 }}",
    "REVNUM": "{{ 文件.版本 }}",
}
# Their result may hold tags: it is made of text that is filled elsewhere, or never made again.
_MAY_HOLD_TAGS = ("HYPERLINK", "TOC", "INDEX", "TOA")


@dataclass
class WordField:
    """One field: its instruction, and the elements that its two halves are made of."""

    start: etree._Element
    marks: list[etree._Element] = field(default_factory=list)
    code: list[etree._Element] = field(default_factory=list)
    shown: list[etree._Element] = field(default_factory=list)
    is_shown: bool = False
    simple: str | None = None

    @property
    def instruction(self) -> str:
        if self.simple is not None:
            return self.simple.strip()
        return "".join(each.text or "" for each in self.code if each.tag == _CODE).strip()

    @property
    def name(self) -> str:
        """``DATE``, ``REF``; ``=`` of a formula."""
        words = self.instruction.split(maxsplit=1)
        return "=" if self.instruction.startswith("=") else words[0].upper() if words else ""

    @property
    def text(self) -> str:
        """What the file shows for it."""
        return "".join(each.text or "" for each in self.shown if each.tag == _T)

    def place_in(self, places: Mapping[etree._Element, Place]) -> Place | None:
        """Where it begins, of the *places* of paragraphs."""
        paragraph = next(self.start.iterancestors(_P), None)
        return places.get(paragraph) if paragraph is not None else None


def fields_of(root: etree._Element) -> Iterator[WordField]:
    """The fields of a story that are whole, inner ones before the ones around them."""
    for simple in root.iter(_SIMPLE):
        found = WordField(simple, simple=simple.get(_SIMPLE_CODE, ""))
        found.shown = [each for run in simple.iter(_RUN) for each in run]
        yield found
    open_: list[WordField] = []
    for run in root.iter(_RUN):
        for child in run:
            kind = child.get(_MARK_KIND) if child.tag == _MARK else None
            if kind == "begin":
                open_.append(WordField(child))
            for each in open_[:-1] if kind else open_:
                (each.shown if each.is_shown else each.code).append(child)
            if kind and open_:
                open_[-1].marks.append(child)
                open_[-1].is_shown = True if kind == "separate" else open_[-1].is_shown
                if kind == "end":
                    yield open_.pop()


def changes_by_itself(found: WordField) -> bool:
    """Would Word show another text for it than the draft was made with?"""
    return found.name in CHANGING


def fix_fields(root: etree._Element) -> None:
    """Leave of each field that holds a tag, or repeats a property, the text that it shows.

    A field that repeats a passage in which tags are gets the tags themselves.
    """
    bookmarks = _bookmarks_with_tags(root)
    for found in [*fields_of(root)]:
        repeated = bookmarks.get(_bookmark_of(found))
        if repeated and found.shown and not TAGS.search(found.text):
            _write(found, repeated)
            _unlink(found)
        elif found.name in FIXED or (TAGS.search(found.text) and found.name not in _MAY_HOLD_TAGS):
            _unlink(found)


def _bookmark_of(found: WordField) -> str:
    """The bookmark whose text *found* repeats, or nothing."""
    words = found.instruction.split()
    if found.name != "REF" or len(words) < 2 or _NUMBER_OF_BOOKMARK.search(found.instruction):
        return ""
    return words[1]


def _bookmarks_with_tags(root: etree._Element) -> dict[str, str]:
    """The text of each bookmark that has tags in it and is within one paragraph."""
    texts: dict[str, str] = {}
    for start in root.iter(_BOOKMARK):
        paragraph = next(start.iterancestors(_P), None)
        if paragraph is None:
            continue
        text, inside = "", False
        for each in paragraph.iter(_BOOKMARK, _BOOKMARK_END, _T):
            if each is start:
                inside = True
            elif inside and each.tag == _T:
                text += each.text or ""
            elif inside and each.tag == _BOOKMARK_END and each.get(_ID) == start.get(_ID):
                if TAGS.search(text):
                    texts[start.get(qn("w:name"), "")] = text
                break
    return texts


def _write(found: WordField, text: str) -> None:
    texts = [each for each in found.shown if each.tag == _T]
    for each in texts:
        each.text = ""
    if texts:
        texts[0].text = text


def _unlink(found: WordField) -> None:
    """Take *found* away; what it shows stays as ordinary text."""
    if found.simple is not None:
        for child in [*found.start]:
            found.start.addprevious(child)
        _remove(found.start)
        return
    for element in (*found.marks, *found.code):
        _remove(element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
