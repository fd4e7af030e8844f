"""What keeps a Word file from being submitted for review: each thing with its place, in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from docx.oxml.ns import qn
from lxml import etree

from archive.docgen.opening import CHANGED, DELETED, INSERTED
from archive.docgen.places import Place, Region
from archive.redline.clauses import Written, written_in
from archive.redline.looks import Looks
from archive.redline.opened import Story, WordFile, open_word
from archive.redline.styles import is_on
from archive.terms import N_, Term

MOST = 200
"""More obstacles than this help nobody; the rest shows once these are gone."""
_LONGEST = 60
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_P, _R, _T, _TR, _ID = qn("w:p"), qn("w:r"), qn("w:t"), qn("w:tr"), qn("w:id")
_TEXTS = (_T, qn("w:delText"))
_MOVED = (qn("w:moveFrom"), qn("w:moveTo"))
_CELLS = tuple(qn(f"w:{name}") for name in ("cellIns", "cellDel", "cellMerge"))
_CONFLICTS = tuple(f"{_W14}conflict{name}" for name in ("Ins", "Del"))
_MARKS = (*INSERTED, *DELETED, *CHANGED, *_CELLS, *_CONFLICTS)
_COMMENTED = (qn("w:commentReference"), qn("w:commentRangeStart"))
_BLANK = re.compile(r"【\s*待填\s*[：:]?\s*([^】]*)】|(\{\{[^{}]{1,80}\}\})")


class ObstacleKind(Term):
    """What is in the way."""

    INSERTED = "inserted", N_("修订没有接受，这里插入了：%(subject)s")
    DELETED = "deleted", N_("修订没有接受，这里删去了：%(subject)s")
    MOVED = "moved", N_("修订没有接受，这里移动了：%(subject)s")
    LOOKS = "looks", N_("修订没有接受，这里改了格式：%(subject)s")
    ROWS = "rows", N_("修订没有接受，这里的表格行或单元格有增减：%(subject)s")
    COMMENT = "comment", N_("有批注：%(subject)s")
    TO_FILL = "to_fill", N_("还没有填写：%(subject)s")
    HIDDEN = "hidden", N_("有隐藏的文字：%(subject)s")
    WHITE = "white", N_("有白色的文字，纸上看不见：%(subject)s")


_ACCEPT = N_("请在 Word 的“审阅”中接受或拒绝这处修订，保存后重新上传。")
_REMEDIES = {
    ObstacleKind.COMMENT: N_("请在 Word 中删去这条批注，保存后重新上传。"),
    ObstacleKind.TO_FILL: N_("请补上这一项，生成新版本，或在 Word 中填好后重新上传。"),
    ObstacleKind.HIDDEN: N_("请在 Word 中选中这段文字，取消“隐藏”，或把它删去，再重新上传。"),
    ObstacleKind.WHITE: N_("请在 Word 中把文字颜色改为黑色，或把它删去，再重新上传。"),
}


@dataclass(frozen=True)
class Obstacle:
    """One thing in the way: what, about which words, where; `clause` is the heading above it."""

    kind: ObstacleKind
    subject: str
    place: Place
    clause: str = ""

    @property
    def message(self) -> str:
        """A msgid; its fact is `subject`."""
        return self.kind.label

    @property
    def remedy(self) -> str:
        """A msgid without facts."""
        return _REMEDIES.get(self.kind, _ACCEPT)


def find_obstacles(document: bytes) -> list[Obstacle]:
    """What of *document*, a .docx, a reviewer would not see, or must not be asked to agree to.

    Empty when it may be submitted. In the order of the file, at most `MOST`.

    Raises:
        WordFileUnreadable: it is no Word file that is opened here.
    """
    file = open_word(document)
    return list(islice(_Finder(file).find(), MOST))


class _Finder:
    """Looks through one Word file from its headers to its footers."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._looks = Looks(file.styles)
        self._comments = {
            each.get(_ID, ""): _text_in(each)
            for each in file.tree("comments").iter(qn("w:comment"))
        }

    def find(self) -> Iterator[Obstacle]:
        for story in self._file.stories:
            marks = _marks_by_paragraph(story)
            rows: set[etree._Element] = set()
            for written in written_in(self._file, story):
                for kind, subject in self._of_paragraph(written, marks, rows):
                    text = subject.strip()
                    yield Obstacle(kind, _cut(text) or "…", written.paragraph.place, written.clause)
        for left in self._comments.values():
            place = Place(Region.PACKAGE, part="word/comments.xml")
            yield Obstacle(ObstacleKind.COMMENT, _cut(left.strip()) or "…", place)

    def _of_paragraph(
        self,
        written: Written,
        marks: dict[etree._Element, list[etree._Element]],
        rows: set[etree._Element],
    ) -> Iterator[tuple[ObstacleKind, str]]:
        paragraph = written.paragraph.element
        row = written.paragraph.container("w:tr")
        if row is not None and row not in rows:
            rows.add(row)
            if is_on(row.find(f"{qn('w:trPr')}/{qn('w:hidden')}")):
                yield ObstacleKind.HIDDEN, _text_in(row)
        yield from _tracked(marks.get(paragraph, []), written)
        yield from self._commented(paragraph)
        runs = [
            (each, text)
            for each in paragraph.iter(_R)
            if (text := _text_in(each)) and _paragraph_of(each) is paragraph
        ]
        seen = "".join(text for run, text in runs if _is_there(run))
        for blank in _BLANK.finditer(seen):
            yield ObstacleKind.TO_FILL, blank[1] or blank[2] or blank[0]
        yield from self._unseen(runs, paragraph)

    def _commented(self, paragraph: etree._Element) -> Iterator[tuple[ObstacleKind, str]]:
        for reference in paragraph.iter(*_COMMENTED) if self._comments else ():
            comment = self._comments.pop(reference.get(_ID, ""), None)
            if comment is not None:
                yield ObstacleKind.COMMENT, comment

    def _unseen(
        self, runs: list[tuple[etree._Element, str]], paragraph: etree._Element
    ) -> Iterator[tuple[ObstacleKind, str]]:
        for kind, is_so in (
            (ObstacleKind.HIDDEN, self._looks.is_hidden),
            (ObstacleKind.WHITE, self._looks.is_white),
        ):
            found = "".join(text for run, text in runs if is_so(run, paragraph))
            if found.strip():
                yield kind, found


def _marks_by_paragraph(story: Story) -> dict[etree._Element, list[etree._Element]]:
    """The marks of changes, each with the paragraph that a person would look for it in."""
    found: dict[etree._Element, list[etree._Element]] = {}
    for mark in story.root.iter(*_MARKS):
        if mark.tag in (*INSERTED, *DELETED) and not len(mark) and _is_around_text(mark):
            continue  # nothing is in it: Word leaves such behind
        paragraph = _paragraph_of(mark)
        if paragraph is None:
            holder = next(mark.iterancestors(qn("w:tc"), _TR, qn("w:tbl")), story.root)
            inside = [*holder.iter(_P)]
            if not inside:
                continue
            paragraph = inside[-1] if holder is story.root else inside[0]
        found.setdefault(paragraph, []).append(mark)
    return found


def _tracked(marks: list[etree._Element], written: Written) -> Iterator[tuple[ObstacleKind, str]]:
    """What *marks* say of a paragraph: once for each kind, their words together."""
    said: dict[ObstacleKind, str] = {}
    for mark in marks:
        kind = _kind_of(mark)
        if kind is ObstacleKind.ROWS:
            row = next(mark.iterancestors(_TR), mark)
            said.setdefault(kind, _text_in(row))
        elif kind is ObstacleKind.LOOKS:
            said.setdefault(kind, written.paragraph.text)
        else:
            said[kind] = said.get(kind, "") + _text_in(mark)
    yield from said.items()


def _kind_of(mark: etree._Element) -> ObstacleKind:
    parent = mark.getparent()
    holder = "" if parent is None else parent.tag
    if mark.tag in _CELLS or holder == qn("w:trPr"):
        return ObstacleKind.LOOKS if mark.tag in CHANGED else ObstacleKind.ROWS
    if mark.tag in CHANGED or holder == qn("w:numPr"):
        return ObstacleKind.LOOKS
    if mark.tag in _MOVED:
        return ObstacleKind.MOVED
    is_new = mark.tag in INSERTED or mark.tag == _CONFLICTS[0]
    return ObstacleKind.INSERTED if is_new else ObstacleKind.DELETED


def _is_around_text(mark: etree._Element) -> bool:
    """Whether *mark* holds runs: others say it of the end of a paragraph, or of a row."""
    parent = mark.getparent()
    return parent is None or parent.tag not in (qn("w:rPr"), qn("w:trPr"), qn("w:numPr"))


def _is_there(run: etree._Element) -> bool:
    return next(run.iterancestors(*DELETED), None) is None


def _paragraph_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(_P), None)


def _text_in(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(*_TEXTS))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
