"""Two languages, both whole: Chinese in the source, English in the catalogues."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from flask import Flask

from archive.web.wording import OF_ANY_KIND, known_words
from tests.house.source import (
    HAN,
    PRODUCT,
    ROOT,
    catalogues,
    python_files,
    templates,
    text_constants,
    words_in_source,
)

PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])|%%")
WIDTH = re.compile(r"\{% block width %\}.*?\{% endblock %\}")
TAG = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[!/]?\w[^<>]*>", re.DOTALL)
ATTRIBUTE = re.compile(r"""\s[a-z-]+=("[^"]*"|'[^']*')|\s(required|checked|selected|multiple)\b""")
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SPOKEN_ATTRIBUTE = re.compile(r"""\s(?:title|alt|placeholder|aria-label)=["']([^"'{]+)["']""")
PAGES = ("views", "api", "forms", "errors")

# No words of a language: formats, digests, keys of the keyboard.
SAME_IN_BOTH = frozenset({"API", "CSV", "Enter", "Esc", "Excel", "PDF", "SHA", "Word"})


def forms_of(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The msgids of *message* and its translations: one of each, or one for each number."""

    def as_tuple(value: object) -> tuple[str, ...]:
        return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value or ""),)

    return as_tuple(message.id), as_tuple(message.string)


def test_every_msgid_has_an_english_translation() -> None:
    known = {
        message.id
        for catalogue in catalogues().values()
        for message in catalogue
        if message.id and message.string and not message.fuzzy
    }
    known |= {each for msgid in known if isinstance(msgid, tuple) for each in msgid}
    known |= {word.msgid for word in words_in_source() if not HAN.search(word.msgid)}
    missing = sorted(
        {f"{word.place} {word.msgid}" for word in words_in_source() if word.msgid not in known}
    )
    assert missing == [], f"{len(missing)} without English:\n" + "\n".join(missing)


def test_no_catalogue_holds_a_stale_an_empty_or_a_doubtful_entry() -> None:
    used = {word.msgid for word in words_in_source()}
    faults = []
    for path, catalogue in catalogues().items():
        for message in catalogue:
            if not message.id:
                continue
            msgids, strings = forms_of(message)
            place = f"{path.relative_to(ROOT)}: {msgids[0]}"
            if not used & set(msgids):
                faults.append(f"stale  {place}")
            if not all(strings):
                faults.append(f"empty  {place}")
            if message.fuzzy:
                faults.append(f"fuzzy  {place}")
    assert faults == [], "\n".join(faults)


def test_one_msgid_has_one_english_translation() -> None:
    said = defaultdict(set)
    for catalogue in catalogues().values():
        for message in catalogue:
            if message.id:
                said[message.id].add(message.string)
    assert {msgid: strings for msgid, strings in said.items() if len(strings) > 1} == {}


def test_what_was_done_is_said_in_the_past_in_both_languages(site: Flask) -> None:
    """Else a history mixes "viewed" with "create"."""
    english = {
        each.id: each.string for catalogue in catalogues().values() for each in catalogue if each.id
    }
    with site.app_context():
        acts = [text for words in known_words().values() for text in words.actions.values()]
    past = re.compile(r"(\w+ed|Made|Put|Took|Reset|Undid|Gave|Sent|Lent|Began|Chose|Withdrew)\b")
    wrong = [text for text in (*acts, *OF_ANY_KIND.values())
             if "了" not in text or not past.match(str(english[text]))]  # fmt: skip
    assert wrong == []


def test_the_placeholders_of_a_translation_are_those_of_its_msgid() -> None:
    faults = []
    for catalogue in catalogues().values():
        for message in catalogue:
            msgids, strings = forms_of(message)
            asked = set(PLACEHOLDER.findall(msgids[0]))
            faults += [
                f"{msgids[0]} / {string}"
                for string in strings
                if set(PLACEHOLDER.findall(string)) != asked
            ]
    assert faults == [], "\n".join(faults)


def test_the_msgids_are_chinese() -> None:
    foreign = sorted(
        f"{word.place} {word.msgid!r}"
        for word in words_in_source()
        if not HAN.search(word.msgid)
        and word.msgid not in SAME_IN_BOTH
        and re.search(r"[^\W\d_]", PLACEHOLDER.sub("", word.msgid))
    )
    assert foreign == []


def test_no_english_translation_holds_chinese() -> None:
    left = [
        f"{message.id} / {message.string}"
        for catalogue in catalogues().values()
        for message in catalogue
        if message.id and HAN.search("".join(forms_of(message)[1]))
    ]
    assert left == [], "\n".join(left)


@pytest.mark.parametrize(
    "template", templates(), ids=lambda path: str(Path(path).relative_to(PRODUCT))
)
def test_no_template_says_a_word_that_is_not_marked_for_translation(template: Path) -> None:
    source = template.read_text()
    spoken = [text for text in SPOKEN_ATTRIBUTE.findall(source) if re.search(r"[^\W\d_]", text)]
    bare = ATTRIBUTE.sub(" ", TAG.sub(" ", JINJA.sub(" ", WIDTH.sub("", source))))
    spoken += re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", bare))
    assert [word for word in spoken if word not in SAME_IN_BOTH] == []


def test_no_module_of_the_pages_says_a_word_that_is_not_marked_for_translation() -> None:
    said = []
    for path in python_files():
        room = path.relative_to(PRODUCT).parts
        if len(room) < 2 or not any(part.removesuffix(".py") in PAGES for part in room[1:]):
            continue
        said += [
            f"{path.relative_to(ROOT)}:{line} {text!r}"
            for text, line, call in text_constants(path)
            if HAN.search(text) and call not in ("N_", "gettext", "ngettext", "docstring")
        ]
    assert said == [], "\n".join(said)
