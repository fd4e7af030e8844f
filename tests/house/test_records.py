"""Whatever happens to a record can be told: every action and every field has its words."""

import ast
from collections.abc import Iterator

import pytest
from flask import Flask
from mongoengine import Document
from mongoengine.base import get_document

from archive.database import BOOKKEEPING, Record, every, kind_of, records
from archive.web.wording import OF_ANY_KIND, RecordWords, known_words
from tests.house.source import ROOT, python_files, text_constants

# Where the name of what was done stands in a call of each of these.
VERBS = {
    "open_new": 2,
    "change": 2,
    "note": 0,
    "note_look": None,
    "_set_password": 3,
    "_note": 1,
    "note_about": 1,
}


def our_records() -> list[type[Record]]:
    """The records of the product; tests may declare others."""
    return [model for model in records() if model.__module__.startswith("archive.")]


def actions_in_source() -> Iterator[tuple[str, str]]:
    """Every action that the source writes down, and where."""
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            if name not in VERBS:
                continue
            given = [word.value for word in node.keywords if word.arg == "action"]
            place = VERBS[name]
            if place is not None and len(node.args) > place:
                given.append(node.args[place])
            for value in given:
                for each in ast.walk(value):
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield each.value, f"{path.relative_to(ROOT)}:{node.lineno}"


@pytest.fixture(scope="module")
def known(site: Flask) -> dict[str, RecordWords]:
    with site.app_context():
        return known_words()


def test_every_action_that_is_written_down_has_its_words(known: dict[str, RecordWords]) -> None:
    worded = {action for words in known.values() for action in words.actions} | set(OF_ANY_KIND)
    said = dict(actions_in_source())
    assert len(said) > 15
    assert {action: place for action, place in said.items() if action not in worded} == {}


def test_no_action_has_words_that_nobody_writes_down(known: dict[str, RecordWords]) -> None:
    said = {
        text
        for path in python_files()
        if "views" not in str(path.relative_to(ROOT))
        for text, _, _ in text_constants(path)
    }
    assert [a for words in known.values() for a in words.actions if a not in said] == []


def test_every_kind_of_record_has_its_words(known: dict[str, RecordWords]) -> None:
    assert {kind_of(model) for model in our_records()} == set(known)


def test_every_field_of_a_record_has_its_label(known: dict[str, RecordWords]) -> None:
    missing = []
    for model in our_records():
        words = known[kind_of(model)]
        kept = set(model._db_field_map.values()) - BOOKKEEPING - model.derived
        labelled = set(words.model.model_fields) | set(words.fields)
        missing += [f"{words.kind}.{name}" for name in sorted(kept - labelled)]
    assert missing == []


def test_no_label_is_for_a_field_that_is_not_kept(known: dict[str, RecordWords]) -> None:
    kept: dict[str, type[Record]] = {kind_of(model): model for model in our_records()}
    stale = [
        f"{kind}.{name}"
        for kind, words in known.items()
        for name in words.fields
        if name not in kept[kind]._db_field_map.values()
    ]
    assert stale == []


def test_no_two_documents_share_a_name() -> None:
    """MongoEngine knows documents by their class's name: of two, one would keep a closed client."""
    ours = [model for model in every(Document) if model.__module__.startswith("archive.")]
    assert [str(model) for model in ours if get_document(model._class_name) is not model] == []
