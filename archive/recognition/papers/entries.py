"""A form's labels and the values next to or below them, by their places on the page."""

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from archive.chinese.folding import HAN
from archive.recognition.papers.labels import ANY_LABEL, LABELS, Found, Label, nearest
from archive.recognition.papers.layout import Sheet, Word, rows_of

_LOST_MARK = re.compile(f"[）)]\\|[{HAN}]")
"""Between the lines of a scope: the small mark at the end of a line is the first to be lost."""
_WHOLE_NAME = re.compile(r"(?:公司|合作社|\((?:有限|普通|特殊普通)合伙\))$")
"""How a name ends: what follows it in one run with it, without a gap, is the next label."""
_COLON = ":;"
_MERGES = frozenset({
    Label.CODE, Label.NAME, Label.TYPE, Label.REPRESENTATIVE, Label.ADDRESS, Label.CAPITAL,
    Label.FOUNDED, Label.TERM, Label.TERM_START, Label.TERM_END, Label.SCOPE, Label.ISSUED,
    Label.PERSON, Label.HOME, Label.ID_NUMBER, Label.PERMIT, Label.BANK, Label.ACCOUNT,
})  # fmt: skip
"""Labels that are printed with nothing but a space before their value."""
_HALVES = {"名": Label.NAME, "类": Label.TYPE, "住": Label.ADDRESS}
"""First characters of labels spread over a column, whose last was lost under something."""
_SECOND_HALVES = {
    "称": Label.NAME, "型": Label.TYPE, "所": Label.ADDRESS, "者": Label.REPRESENTATIVE,
    "人": Label.REPRESENTATIVE, "责人": Label.REPRESENTATIVE, "表人": Label.REPRESENTATIVE,
    "伙人": Label.REPRESENTATIVE,
}  # fmt: skip
"""Last characters whose first were lost, in front of the value or on their own."""
_NUMBERED = frozenset({
    Label.CODE, Label.PERMIT, Label.NUMBER, Label.CONTRACT_NUMBER, Label.ACCOUNT,
})  # fmt: skip
"""Labels that a number follows without a gap."""
_BELOW = frozenset({Label.CODE, Label.NUMBER, Label.PERMIT, Label.ID_NUMBER, Label.ACCOUNT})
"""Labels whose value may be under them."""
_WIDEST_LABEL = 11  # letters between the characters of 名 称
_HALF_APART = 6.5  # letters from the beginning of a spread label to its last character, at most
_COLUMN = 1.3  # letters that labels of one column differ by
_TALLEST = 1.75  # letters that a value is high
_NEXT_LINE = 1.7  # letters between the lines of one value


@dataclass(slots=True)
class Entry:
    """A label on the page, with the words of its value in reading order."""

    label: Label
    words: tuple[Word, ...]
    is_exact: bool
    values: list[Word] = field(default_factory=list)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def top(self) -> float:
        return min(each.top for each in self.words)

    @property
    def bottom(self) -> float:
        return max(each.bottom for each in self.words)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def last_line(self) -> float:
        """Where the value, or the label without one, ends."""
        return max([self.bottom, *(each.bottom for each in self.values)])

    @property
    def value_left(self) -> float:
        """Where the lines of the value begin."""
        return min([each.left for each in self.values], default=self.right)

    @property
    def text(self) -> str:
        """The whole value, line after line."""
        mark = "；" if sum(each.text.count("；") for each in self.values) else "，"
        text = ""
        for line in self.lines:
            lost = self.label is Label.SCOPE and _LOST_MARK.search(text + "|" + line)
            text += (mark if lost else "") + line
        return text

    @property
    def lines(self) -> list[str]:
        """The lines of the value."""
        return [_in_one(row) for row in rows_of(self.values)]


@dataclass(frozen=True, slots=True)
class _Mark:
    """One character of a row, and where it comes from."""

    text: str
    word: int
    place: int


def entries_of(sheet: Sheet) -> list[Entry]:
    """Every label of *sheet* from top to bottom, each with its value."""
    rows = rows_of(sheet.words)
    sure = [found for row in rows for found in _labels_in(row, sheet.letter) if found.is_sure]
    columns = [each.left for each in sure]
    entries: list[Entry] = []
    rest: list[list[Word]] = []
    for row in rows:
        found = [
            each
            for each in _labels_in(row, sheet.letter)
            if each.is_sure or _is_in_column(each.left, columns, sheet.letter)
        ]
        found += list(_misread_in(row, found, columns, sheet.letter))
        entries += [each.entry for each in found]
        rest.append(_without(row, found))
    _climb(entries, rest, sheet.letter)
    for row in rest:
        for word in row:
            _give(word, entries, sheet.letter)
    return entries


@dataclass(frozen=True, slots=True)
class _Sighting:
    entry: Entry
    is_sure: bool
    taken: tuple[tuple[int, int, int], ...]  # word of the row, from, to

    @property
    def left(self) -> float:
        return self.entry.left


def _labels_in(row: Sequence[Word], letter: float) -> list[_Sighting]:
    marks = list(_marks_of(row))
    text = "".join(each.text for each in marks)
    found: list[_Sighting] = []
    end = 0
    for match in ANY_LABEL.finditer(text):
        start = match.start()
        begins = start == 0 or marks[start - 1].word != marks[start].word or start == end
        ends_name = len(match.group()) > 2 and bool(_WHOLE_NAME.search(text[end:start]))
        if not (begins or ends_name) and text[start - 1] not in _COLON + "|/":
            continue
        end = match.end()
        parts = _parts_of(marks[start:end])
        if not _are_near([row[word].cut(first, last) for word, first, last in parts], letter):
            continue
        closes = end == len(text) or marks[end].word != marks[end - 1].word
        label = LABELS[match.group()]
        is_long = len(match.group()) >= 4
        announces = closes or text[end] in _COLON + "("
        announces = announces or (label in _NUMBERED and text[end].isascii())
        if not announces and label not in _MERGES and not (label is Label.STOP and is_long):
            continue
        is_sure = announces or (is_long and label is not Label.STOP) or len(parts) > 1 or ends_name
        entry = Entry(label, tuple(row[word].cut(first, last) for word, first, last in parts), True)
        found.append(_Sighting(entry, is_sure, tuple(parts)))
    return found


def _misread_in(
    row: Sequence[Word], found: Sequence[_Sighting], columns: Sequence[float], letter: float
) -> Iterator[_Sighting]:
    taken = {word for each in found for word, _, _ in each.taken}
    for place, word in enumerate(row):
        if place in taken:
            continue
        if not _is_in_column(word.left, columns, letter):
            half = next((each for each in _SECOND_HALVES if word.text.startswith(each)), "")
            column = [each for each in columns if 0 < word.left - each < _HALF_APART * letter]
            has_label = any(
                min(column, default=0) - letter < each.left < word.left for each in found
            )
            if half and column and not has_label:
                end = len(half)
                entry = Entry(_SECOND_HALVES[half], (word.cut(0, end),), is_exact=False)
                yield _Sighting(entry, is_sure=False, taken=((place, 0, end),))
            continue
        if (run := _damaged_label(row, place, taken)) is not None:
            label, last = run
            words = tuple(row[place : last + 1])
            whole = tuple((at, 0, len(row[at].text)) for at in range(place, last + 1))
            yield _Sighting(Entry(label, words, is_exact=False), is_sure=False, taken=whole)
            continue
        if word.text in _HALVES:
            entry = Entry(_HALVES[word.text], (word,), is_exact=False)
            yield _Sighting(entry, is_sure=False, taken=((place, 0, 1),))
            continue
        near: Found | None = nearest(unicodedata.normalize("NFKC", word.text))
        if near is not None and near.label in _MERGES:
            entry = Entry(near.label, (word.cut(0, near.end),), is_exact=False)
            yield _Sighting(entry, is_sure=False, taken=((place, 0, near.end),))


def _damaged_label(
    row: Sequence[Word], place: int, taken: Container[int]
) -> tuple[Label, int] | None:
    """A label of four and more whose pieces begin at *place*, one character too many in them."""
    text = ""
    for last in range(place, min(place + 4, len(row))):
        if last in taken or len(row[last].text) > 4:
            return None
        text += row[last].text
        if last > place and len(text) >= 5:
            for skipped in range(len(text)):
                label = LABELS.get(text[:skipped] + text[skipped + 1 :])
                if label in _MERGES:
                    return label, last
    return None


def _marks_of(row: Sequence[Word]) -> Iterator[_Mark]:
    for place, word in enumerate(row):
        for index, character in enumerate(word.text):
            if not character.isspace():
                plain = unicodedata.normalize("NFKC", character)
                yield _Mark(plain if len(plain) == 1 else character, place, index)


def _parts_of(marks: Sequence[_Mark]) -> list[tuple[int, int, int]]:
    parts: list[tuple[int, int, int]] = []
    for mark in marks:
        if parts and parts[-1][0] == mark.word:
            parts[-1] = (mark.word, parts[-1][1], mark.place + 1)
        else:
            parts.append((mark.word, mark.place, mark.place + 1))
    return parts


def _are_near(words: Sequence[Word], letter: float) -> bool:
    gaps = (after.left - before.right for before, after in pairwise(words))
    return all(gap < _WIDEST_LABEL * letter for gap in gaps)


def _is_in_column(left: float, columns: Sequence[float], letter: float) -> bool:
    return any(abs(left - each) < _COLUMN * letter for each in columns)


def _without(row: Sequence[Word], found: Sequence[_Sighting]) -> list[Word]:
    """What is left of *row* between its labels."""
    rest: list[Word] = []
    for place, word in enumerate(row):
        cuts = sorted(
            (first, last) for each in found for at, first, last in each.taken if at == place
        )
        start = 0
        for first, last in [*cuts, (len(word.text), len(word.text))]:
            piece = word.text[start:first]
            bare = piece.lstrip(" :：;；.．、")
            if bare.strip():
                begin = start + len(piece) - len(bare)
                rest.append(word.cut(begin, begin + len(bare.rstrip())))
            start = last
    return rest


def _climb(entries: Sequence[Entry], rest: Sequence[list[Word]], letter: float) -> None:
    """Take the lines above a label that is half way down its value, as in the cells of a table."""
    free = [word for row in rest for word in row]
    for entry in entries:
        first = next((each for each in free if _is_next_to(each, entry, entries, letter)), None)
        while first is not None:
            above = [
                each
                for each in free
                if each.bottom <= first.middle and each.right > first.left < first.right
            ]
            if not above:
                break
            near = max(above, key=lambda each: each.bottom)
            higher = [each.bottom for each in above if each.bottom < near.middle]
            higher += [
                each.bottom for each in entries if each.bottom < near.middle and each is not entry
            ]
            is_line = (
                abs(near.left - first.left) < letter
                and not any(_is_next_to(near, each, entries, letter) for each in entries)
                and first.top - near.bottom < 0.6 * (near.top - max(higher, default=0.0))
                and first.top - near.bottom < letter
            )
            if not is_line:
                break
            entry.values.append(near)
            for row in rest:
                if near in row:
                    row.remove(near)
            free.remove(near)
            first = near


def _is_next_to(word: Word, entry: Entry, entries: Sequence[Entry], letter: float) -> bool:
    """Whether *entry* is the last label in front of *word*, in the same row."""
    if word.left < entry.right - letter or not _is_level(word, entry):
        return False
    return not any(
        entry.left < other.left <= word.left + 0.2 * letter and _is_level(word, other)
        for other in entries
    )


def _is_level(word: Word, entry: Entry) -> bool:
    lower = max(word.top, entry.top)
    return min(word.bottom, entry.bottom) - lower > 0.4 * min(word.height, entry.bottom - entry.top)


def _give(word: Word, entries: Sequence[Entry], letter: float) -> None:
    """Put *word* to the label that it belongs to, or to none."""
    if word.height > _TALLEST * letter and len(word.text) <= 6:
        return  # of a seal or a watermark
    level = next((each for each in entries if _is_next_to(word, each, entries, letter)), None)
    above = _above(word, entries, letter)
    if level is not None:
        same_row = [each.right for each in level.values if _is_level(each, level)]
        is_apart = bool(same_row) and word.left - max(same_row) > 3 * letter
        lines_up = above is not None and abs(word.left - above.value_left) < 1.5 * letter
        if is_apart and lines_up and above is not None and above.left > level.left:
            level = above
        level.values.append(word)
    elif above is not None:
        above.values.append(word)
    else:
        under = [
            each
            for each in entries
            if each.label in _BELOW
            and not each.values
            and -0.3 * letter < word.top - each.bottom < 1.6 * letter
            and word.left < each.right
            and word.right > each.left
        ]
        if under:
            max(under, key=lambda each: each.bottom).values.append(word)


def _above(word: Word, entries: Sequence[Entry], letter: float) -> Entry | None:
    """The label whose value *word* goes on with, on a line of its own."""
    fitting = []
    for each in entries:
        begins = -2.5 * letter <= word.left - each.value_left <= 4 * letter
        begins = begins or any(_is_beside(word, other) for other in each.values)
        is_right = word.left >= each.right - letter and begins
        gap = word.top - each.last_line
        if is_right and each.values and -0.8 * letter < gap < _NEXT_LINE * max(letter, word.height):
            fitting.append(each)
    if not fitting:
        return None
    column = max(each.right for each in fitting)
    nearest_column = [each for each in fitting if column - each.right < 6 * letter]
    return max(nearest_column, key=lambda each: (each.last_line, each.right))


def _is_beside(word: Word, other: Word) -> bool:
    """Whether *word* goes on where *other* ends, on the same line."""
    is_level = abs(word.middle - other.middle) < 0.5 * min(word.height, other.height)
    return is_level and -word.height < word.left - other.right < 3 * word.height


def _in_one(row: Sequence[Word]) -> str:
    text = ""
    for word in row:
        needs_space = (
            text
            and text[-1].isascii()
            and word.text[0].isascii()
            and (text[-1].isalpha() and word.text[0].isalpha())
        )
        text += (" " if needs_space else "") + word.text
    return text
