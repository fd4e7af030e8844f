"""From what somebody types to a `Query`. Any text gives one; nothing raises."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from archive.chinese.folding import HAN, fold
from archive.chinese.spellings import other_spellings
from archive.search.dates import read_days
from archive.search.query import (
    During,
    Either,
    Every,
    Node,
    Note,
    Pattern,
    Phrase,
    Place,
    Query,
    Within,
    Without,
    Words,
)

LONGEST = 300
"""Characters of a query; what follows is left out."""
MOST_WORDS = 40
DEEPEST = 12
"""Parentheses inside parentheses; deeper ones count for nothing."""

PLACES = {
    "标题": Place.TITLE, "title": Place.TITLE,
    "客户": Place.CUSTOMER, "customer": Place.CUSTOMER,
    "人员": Place.PERSON, "人": Place.PERSON, "person": Place.PERSON,
    "编号": Place.NUMBER, "单号": Place.NUMBER, "number": Place.NUMBER,
    "类型": Place.KIND, "kind": Place.KIND, "type": Place.KIND,
    "状态": Place.STATUS, "status": Place.STATUS,
}  # fmt: skip
DATES = {
    "日期": "on",
    "date": "on",
    "自": "since",
    "from": "since",
    "至": "until",
    "to": "until",
}
OPERATORS = {
    "AND": "and",
    "OR": "or",
    "NOT": "not",
    "与": "and",
    "或": "or",
    "非": "not",
}

_QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」", "『": "』", "《": "》"}
_MINUS = str.maketrans(dict.fromkeys("−–", "-"))
_TRADITIONAL = str.maketrans("標題員編號單類狀態戶與", "标题员编号单类状态户与")
_COLD = r"-[0-9]+(?:\.[0-9]+)?\s?(?:°[CFcf]?|度|摄氏度|%)"  # a sign that is a part of what is said
_LETTER = rf"""(?:(?!(?<=[{HAN}]){_COLD})[^\s()"“”「『])"""
# Brackets right behind Chinese belong to a name: 嘉禾(上海)货运. Others put words together.
_WORD_SHAPE = rf"{_LETTER}+(?:(?<=[{HAN}])\([^\s()\"“”「『]*\){_LETTER}*)*"
_WORD = re.compile(_WORD_SHAPE)
_DIGITS = re.compile(r"[0-9]{2,5}")
_SHORTEST_GROUPED = 7
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
      | (?P<quote>["“”「『])
      | (?P<open>\()
      | (?P<close>\))
      | (?P<place>[^\s()"“”「『:]{{1,10}}):(?=[^\s)])
      | (?P<cold>{_COLD})
      | (?P<minus>-)(?=[^\s()\-])
      | (?P<word>{_WORD_SHAPE})
    """,
    re.VERBOSE,
)


class _Token(NamedTuple):
    sort: str  # and or not open close place word phrase
    text: str = ""


def parse_query(typed: str) -> Query:
    """The query that *typed* means, with notes on what could not be understood as written."""
    notes: list[Note] = []
    text = unicodedata.normalize("NFKC", typed).translate(_MINUS).strip()
    if len(text) > LONGEST:
        notes.append(Note.TOO_LONG)
    tokens = _with_numbers_together(_read_tokens(text[:LONGEST], notes))
    root = _Reader(tokens, notes).read()
    if text and root is None:
        notes.append(Note.NOTHING_TO_FIND)
    return Query(root, tuple(dict.fromkeys(notes)))


def _read_tokens(text: str, notes: list[Note]) -> list[_Token]:
    tokens: list[_Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:  # cannot be: every character starts some token
            position += 1
            continue
        position = match.end()
        sort, found = str(match.lastgroup), match.group()
        if sort == "quote":
            found, position = _read_quoted(text, found, position, notes)
            tokens.append(_Token("phrase", found))
        elif sort == "place":
            name = match["place"].translate(_TRADITIONAL).lower()
            if name in PLACES or name in DATES:
                tokens.append(_Token("place", name))
            else:
                position = _WORD.match(text, match.start()).end()  # type: ignore[union-attr]  # a place is a word too
                tokens.append(_Token("word", text[match.start() : position]))
        elif sort == "minus":
            follows_text = tokens and text[match.start() - 1] not in " ("
            tokens.append(_Token("word", "-") if follows_text else _Token("not"))
        elif sort == "cold":
            tokens.append(_Token("phrase", found.replace(" ", "")))
        elif sort == "word":
            tokens.append(_Token(OPERATORS.get(found, "word"), found))
        elif sort != "space":
            tokens.append(_Token(sort))
    return tokens


def _with_numbers_together(tokens: list[_Token]) -> list[_Token]:
    """A number in groups is one: 139 0123 4567. What only says what not to find, says what to."""
    together: list[_Token] = []
    for token in tokens:
        last = together[-1] if together else None
        if last and _is_digits(last) and _is_digits(token):
            together[-1] = _Token("word", f"{last.text} {token.text}")
        else:
            together.append(token)
    if [each.sort for each in together] == ["not", "word"] and together[1].text[0].isdigit():
        return together[1:]
    found: list[_Token] = []
    for token in together:
        if " " in token.text and token.sort == "word" and not _is_long_enough(token.text):
            found += [_Token("word", each) for each in token.text.split()]
        else:
            found.append(token)
    return found


def _is_digits(token: _Token) -> bool:
    return token.sort == "word" and all(map(_DIGITS.fullmatch, token.text.split()))


def _is_long_enough(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= _SHORTEST_GROUPED


def _read_quoted(text: str, quote: str, position: int, notes: list[Note]) -> tuple[str, int]:
    end = text.find(_QUOTES[quote], position)
    if end < 0:
        notes.append(Note.UNCLOSED_QUOTE)
        end = len(text)
    return text[position:end], end + 1


class _Reader:
    """Reads: either := every (OR every)* ; every := (AND? NOT* one)* ; one := ( either ) | text."""

    def __init__(self, tokens: list[_Token], notes: list[Note]) -> None:
        self._tokens = tokens
        self._notes = notes
        self._at = 0
        self._words = 0
        self._depth = 0

    def read(self) -> Node | None:
        parts: list[Node] = []
        while self._at < len(self._tokens):
            if (node := self._either()) is not None:
                parts.append(node)
            if self._next_is("close"):  # one too many
                self._notes.append(Note.UNPAIRED_PARENTHESIS)
                self._at += 1
        return _combined(Every, parts)

    def _next_is(self, *sorts: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].sort in sorts

    def _either(self) -> Node | None:
        parts: list[Node] = []
        first = True
        while first or self._next_is("or"):
            self._at += not first
            part = self._every()
            if part is not None:
                parts.append(part)
            elif not first or self._next_is("or"):
                self._notes.append(Note.LOOSE_OPERATOR)
            first = False
        return _combined(Either, parts)

    def _every(self) -> Node | None:
        parts: list[Node] = []
        loose = False
        while self._at < len(self._tokens) and not self._next_is("or", "close"):
            if self._next_is("and"):
                loose = loose or not parts
                self._at += 1
                loose = loose or self._at == len(self._tokens) or self._next_is("or", "close")
            elif (node := self._one()) is not None:
                parts.append(node)
        if loose:
            self._notes.append(Note.LOOSE_OPERATOR)
        return _combined(Every, parts)

    def _one(self) -> Node | None:
        negated = False
        while self._next_is("not"):
            negated = not negated
            self._at += 1
        if self._at == len(self._tokens) or self._next_is("and", "or", "close"):
            self._notes.append(Note.LOOSE_OPERATOR)
            return None
        token = self._tokens[self._at]
        self._at += 1
        if token.sort == "open":
            node = self._parenthesis()
        elif token.sort == "place":
            node = self._in_place(token.text)
        else:
            node = self._text(token)
        return Without(node) if negated and node is not None else node

    def _parenthesis(self) -> Node | None:
        if self._depth >= DEEPEST:
            self._notes.append(Note.TOO_LONG)
            self._at = len(self._tokens)
            return None
        self._depth += 1
        node = self._either()
        self._depth -= 1
        if self._next_is("close"):
            self._at += 1
        else:
            self._notes.append(Note.UNPAIRED_PARENTHESIS)
        return node

    def _in_place(self, name: str) -> Node | None:
        if not self._next_is("word", "phrase", "and", "or", "not"):
            return self._text(_Token("word", name))
        value = self._tokens[self._at].text
        self._at += 1
        if name in PLACES:
            return self._counted(Within(PLACES[name], value))
        days = read_days(value)
        if days is None:
            self._notes.append(Note.BAD_DATE)
            return None
        since = None if DATES[name] == "until" else days[0]
        until = None if DATES[name] == "since" else days[1]
        return During(since, until)

    def _text(self, token: _Token) -> Node | None:
        if not any(map(str.isalnum, token.text)) and not _has_rare(token.text):
            return None
        if token.sort == "phrase":
            return self._counted(Phrase(token.text))
        if "*" in token.text or "?" in token.text:
            return self._counted(self._pattern(token.text))
        return self._counted(Words(token.text))

    def _pattern(self, text: str) -> Pattern | Words:
        text = text.strip("?") if not text.isascii() else text
        if re.fullmatch(r"[A-Za-z0-9]{2}[A-Za-z0-9\-*?]*", text) and re.search(r"[*?]", text):
            return Pattern(text)
        if re.search(r"[A-Za-z0-9][*?]|^[*?]", text):
            self._notes.append(Note.BROAD_WILDCARD)
        return Words(re.sub(r"[*?]+", " ", text))

    def _counted(self, node: Words | Phrase | Pattern | Within) -> Node | None:
        self._words += 1
        if self._words > MOST_WORDS:
            self._notes.append(Note.TOO_LONG)
            return None
        return _in_all_spellings(node)


def _has_rare(text: str) -> bool:
    """Private-use characters are no letters to Unicode, yet stand for rare ones in names."""
    return any(unicodedata.category(character) == "Co" for character in text)


def _in_all_spellings(node: Words | Phrase | Pattern | Within) -> Node:
    if isinstance(node, Pattern):
        return node
    others = (replace(node, text=text) for text in other_spellings(fold(node.text)))
    return _combined(Either, [node, *others]) or node


def _combined(kind: Callable[[tuple[Node, ...]], Node], parts: list[Node]) -> Node | None:
    return kind(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
