"""`Record` loses no write: what was given is what is read, with one event that says so."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from bson import Decimal128, ObjectId
from bson.decimal128 import create_decimal128_context
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mongoengine import (
    BooleanField,
    DateField,
    DateTimeField,
    Document,
    EmbeddedDocument,
    EmbeddedDocumentField,
    EmbeddedDocumentListField,
    EnumField,
    IntField,
    ListField,
    ObjectIdField,
    StringField,
)
from pymongo.errors import (
    AutoReconnect,
    NetworkTimeout,
    PyMongoError,
    ServerSelectionTimeoutError,
    WTimeoutError,
)

from archive.actor import SYSTEM, Role
from archive.database import (
    EditedMeanwhile,
    ExactField,
    MoneyField,
    Record,
    Taken,
    durable,
    records,
)
from archive.database.connection import DatabaseAway, OutcomeUnknown, away
from archive.database.fields import exactly
from tests.conftest import NOW


class Piece(EmbeddedDocument):
    """A row of a sample."""

    name = StringField()
    amount = MoneyField()
    is_done = BooleanField(default=False)


class Sample(Record):
    """A record with a field of every type that the house uses."""

    meta = {
        "collection": "samples_of_a_test",
        "indexes": [{"fields": ["key_name"], "sparse": True, "unique": True}],
    }
    derived = frozenset({"length"})

    key_name = StringField()
    text = StringField()
    number = IntField()
    truth = BooleanField()
    truth_or_no = BooleanField(default=False)
    at = DateTimeField()
    on = DateField()
    role = EnumField(Role)
    other = ObjectIdField()
    amount = MoneyField()
    quantity = ExactField(places=3)
    words = ListField(StringField())
    roles = ListField(EnumField(Role))
    piece = EmbeddedDocumentField(Piece)
    pieces = EmbeddedDocumentListField(Piece)
    length = IntField()

    # Called like arguments of the verb.
    reason = StringField()
    action = StringField()
    seen = BooleanField()
    actor = StringField()
    now = StringField()

    def derive(self) -> dict[str, Any]:
        return {"length": len(self.text or "")}


DECIMAL128 = create_decimal128_context()
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
INSTANT = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001  # aware below
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000, tzinfo=UTC)
)
MONEY = st.decimals(-(10**14) + 1, 10**14 - 1, places=2)
PIECE = st.builds(Piece, name=st.none() | TEXT, amount=st.none() | MONEY, is_done=st.booleans())
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXT,
    "number": st.integers(-(2**63), 2**63 - 1),
    "truth": st.booleans(),
    "truth_or_no": st.booleans(),
    "at": INSTANT,
    "on": st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    "role": st.sampled_from(Role),
    "other": st.binary(min_size=12, max_size=12).map(ObjectId),
    "amount": MONEY,
    "quantity": st.decimals(-(10**10), 10**10, places=3),
    "words": st.lists(TEXT, max_size=3),
    "roles": st.lists(st.sampled_from(Role), max_size=3),
    "piece": PIECE,
    "pieces": st.lists(PIECE, max_size=3),
    "reason": TEXT,
    "action": TEXT,
    "seen": st.booleans(),
    "actor": TEXT,
    "now": TEXT,
}
NEVER_NONE = {"truth_or_no", "words", "roles", "pieces"}  # absence is read as their default
FACTS = st.fixed_dictionaries(
    {},
    optional={
        name: values if name in NEVER_NONE else st.none() | values
        for name, values in FIELDS.items()
    },
)


@pytest.fixture(scope="module")
def samples(site: Flask) -> Iterator[Callable[[], None]]:
    """Empties the collection of samples."""

    def empty() -> None:
        durable(Sample).delete_many({})

    Sample.ensure_indexes()
    yield empty
    durable(Sample).drop()


def read(sample: Sample) -> Sample:
    """The sample as MongoDB holds it now."""
    return Sample.find(sample.key)


def held(sample: Sample) -> dict[str, Any]:
    return {name: plain(getattr(sample, name)) for name in FIELDS}


def expected(facts: dict[str, Any]) -> dict[str, Any]:
    absent = {"truth_or_no": False, "words": [], "roles": [], "pieces": []}
    return {name: plain(facts.get(name, absent.get(name))) for name in FIELDS}


def as_mongoengine_makes(model: Any, stored: dict[str, Any]) -> Any:
    """The record that MongoEngine itself makes of what is stored."""
    return Document._from_son.__func__(model, stored)


def plain(value: Any) -> Any:
    """*value* with its type, so that 0 is not taken for False."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, Piece):
        return {name: plain(getattr(value, name)) for name in ("name", "amount", "is_done")}
    if value is None or isinstance(value, Decimal):
        return value
    return type(value).__name__ if value is None else (type(value).__name__, value)


patient = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@patient
@given(first=FACTS, second=FACTS)
def test_what_was_given_is_what_is_read_with_one_event_that_says_so(
    samples: Callable[[], None], first: dict[str, Any], second: dict[str, Any]
) -> None:
    samples()
    sample = read(Sample.open_new(SYSTEM, NOW, "opened", first))
    assert held(sample) == expected(first)
    assert sample.length == len(first.get("text") or "")

    sample.change(SYSTEM, NOW, "changed", second)
    now = read(sample)
    both = first | second
    assert held(now) == expected(both)
    assert now.length == len(both.get("text") or "")

    differing = {name for name in FIELDS if expected(first)[name] != expected(both)[name]}
    assert now.revision == (2 if differing else 1)
    assert len(now.pending) == now.revision
    if differing:
        assert {each["field"] for each in now.pending[-1].changes} == differing


@patient
@given(facts=FACTS)
def test_the_same_again_writes_nothing(samples: Callable[[], None], facts: dict[str, Any]) -> None:
    samples()
    sample = read(Sample.open_new(SYSTEM, NOW, "opened", facts))
    sample.change(SYSTEM, NOW + timedelta(hours=1), "changed", facts)
    now = read(sample)
    assert (now.revision, now.updated_at, len(now.pending)) == (1, NOW, 1)


@patient
@given(pieces=st.lists(PIECE, min_size=1, max_size=3), name=TEXT)
def test_a_value_changed_in_place_is_written(
    samples: Callable[[], None], pieces: list[Piece], name: str
) -> None:
    samples()
    sample = read(Sample.open_new(SYSTEM, NOW, "opened", {"pieces": pieces, "words": ["a"]}))
    sample.pieces[0].name = f"{name}!"
    sample.pieces[0].amount = Decimal("99999999999999.99")
    sample.words.append(name)
    sample.change(SYSTEM, NOW, "changed", {"number": 1})
    now = read(sample)
    assert now.pieces[0].name == f"{name}!"
    assert now.pieces[0].amount == Decimal("99999999999999.99")
    assert now.words == ["a", name]
    assert {"pieces", "words", "number"} == {c["field"] for c in now.pending[-1].changes}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"truth": None}, {"truth": False}),
        ({"truth": False}, {"truth": None}),
        ({"number": 0}, {"number": None}),
        ({"number": None}, {"number": 0}),
        ({"amount": Decimal("0.00")}, {"amount": None}),
        ({"text": ""}, {"text": None}),
        ({"text": None}, {"text": ""}),
        ({"seen": None}, {"seen": False}),
    ],
    ids=str,
)
def test_no_value_zero_no_and_the_empty_text_are_told_apart(
    samples: Callable[[], None], before: dict[str, Any], after: dict[str, Any]
) -> None:
    samples()
    sample = read(Sample.open_new(SYSTEM, NOW, "opened", before))
    sample.change(SYSTEM, NOW, "changed", after)
    now = read(sample)
    (name,) = after
    assert plain(getattr(now, name)) == plain(after[name])
    assert [each["field"] for each in now.pending[-1].changes] == [name]


def test_money_is_kept_exactly_and_rounded_as_an_invoice(samples: Callable[[], None]) -> None:
    samples()
    sample = Sample.open_new(SYSTEM, NOW, "opened", {"amount": Decimal("99999999999999.99")})
    stored = durable(Sample).find_one({"_id": sample.id})
    assert stored["amount"] == Decimal128("99999999999999.99")
    sample.change(SYSTEM, NOW, "changed", {"amount": Decimal("0.005")})
    assert read(sample).amount == Decimal("0.01")


def test_after_a_conflict_nothing_is_written_and_the_object_is_as_it_was(
    samples: Callable[[], None],
) -> None:
    samples()
    sample = Sample.open_new(SYSTEM, NOW, "opened", {"text": "one"})
    slower = read(sample)
    sample.change(SYSTEM, NOW, "changed", {"text": "two"})
    with pytest.raises(EditedMeanwhile) as meanwhile:
        slower.change(SYSTEM, NOW, "changed", {"text": "three"})
    assert slower.text == "one"
    assert slower.length == 3
    assert isinstance(meanwhile.value.record, Sample)
    assert meanwhile.value.record.text == "two"
    assert read(sample).text == "two"


def test_a_value_that_is_taken_is_not_written(samples: Callable[[], None]) -> None:
    samples()
    Sample.open_new(SYSTEM, NOW, "opened", {"key_name": "one"})
    other = Sample.open_new(SYSTEM, NOW, "opened", {"key_name": "two"})
    with pytest.raises(Taken):
        other.change(SYSTEM, NOW, "changed", {"key_name": "one"})
    assert read(other).key_name == "two"
    assert other.key_name == "two"


def test_of_many_opened_at_once_only_those_whose_value_is_held_are_refused(
    samples: Callable[[], None],
) -> None:
    samples()
    Sample.open_new(SYSTEM, NOW, "opened", {"key_name": "two"})
    names = ["one", "two", "three", "one"]
    outcomes = Sample.open_all(SYSTEM, NOW, "opened", [{"key_name": name} for name in names])
    assert [isinstance(each, Taken) for each in outcomes] == [False, True, False, True]
    opened = [read(each) for each in outcomes if isinstance(each, Sample)]
    assert [(each.key_name, each.revision) for each in opened] == [("one", 1), ("three", 1)]
    assert [event.action for each in opened for event in each.pending] == ["opened", "opened"]
    assert Sample.objects.count() == 3


def test_rows_that_are_given_as_stored_are_kept_told_and_stay_when_the_rest_is_changed(
    samples: Callable[[], None],
) -> None:
    samples()
    rows = [{"name": "one", "amount": Decimal128("1.50"), "is_done": False}]
    (opened,) = Sample.open_all(
        SYSTEM, NOW, "opened", [{"text": "ab", "pieces": rows}], as_stored=("pieces",)
    )
    assert isinstance(opened, Sample)
    kept = read(opened)
    assert (kept.length, [each.name for each in kept.pieces]) == (2, ["one"])
    assert kept.pieces[0].amount == Decimal("1.50")
    assert {"field": "pieces", "before": None, "after": rows} in kept.pending[0].changes
    opened.change(SYSTEM, NOW, "changed", {"text": "abc"})
    assert [each.name for each in read(opened).pieces] == ["one"]
    assert read(opened).revision == 2


@given(value=st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_is_kept_exactly_as_the_driver_keeps_it(value: Decimal) -> None:
    kept = DECIMAL128.plus(value)
    assert exactly(kept).bid == Decimal128(kept).bid


@pytest.mark.parametrize("name", ["nmae", "revision", "pending", "created_at"])
def test_a_fact_that_no_field_takes_is_a_mistake_of_the_program(
    samples: Callable[[], None], name: str
) -> None:
    samples()
    sample = Sample.open_new(SYSTEM, NOW, "opened", {})
    with pytest.raises(TypeError, match=name):
        sample.change(SYSTEM, NOW, "changed", {name: 1})
    with pytest.raises(TypeError, match=name):
        Sample.open_new(SYSTEM, NOW, "opened", {name: 1})


@patient
@given(facts=FACTS, kept=st.sets(st.sampled_from(sorted(FIELDS))))
def test_a_record_is_made_of_what_is_stored_or_of_a_part_of_it_as_the_library_makes_it(
    samples: Callable[[], None], facts: dict[str, Any], kept: set[str]
) -> None:
    whole = Sample(created_at=NOW, updated_at=NOW, **facts).to_mongo()
    for stored in (whole, {name: whole[name] for name in kept & whole.keys()}):
        ours, theirs = Sample.from_stored(stored), as_mongoengine_makes(Sample, stored)
        assert held(ours) == held(theirs)
        assert ours.to_mongo() == theirs.to_mongo()


def test_a_record_of_which_nothing_was_asked_for_has_its_defaults(site: Flask) -> None:
    for model in records():
        ours, theirs = model.from_stored({}), as_mongoengine_makes(model, {})
        assert ours.to_mongo() == theirs.to_mongo(), model.__name__
        for name in model._fields:
            assert getattr(ours, name) == getattr(theirs, name), f"{model.__name__}.{name}"


def test_no_record_keeps_a_number_as_a_double() -> None:
    inexact = [
        f"{model.__name__}.{name}"
        for model in records()
        for name, field in model._fields.items()
        if type(field).__name__ in {"FloatField", "DecimalField"}
    ]
    assert inexact == []


def test_what_a_record_derives_is_among_what_it_hides_from_its_events(site: Flask) -> None:
    for model in records():
        assert model().derive().keys() <= model.derived, model.__name__


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ServerSelectionTimeoutError("nobody is there"), DatabaseAway),
        (NetworkTimeout("no answer"), OutcomeUnknown),
        (AutoReconnect("broken off"), OutcomeUnknown),
        (WTimeoutError("not by the majority in time"), OutcomeUnknown),
    ],
)
def test_a_write_whose_outcome_is_unknown_is_not_said_to_be_lost(
    error: PyMongoError, kind: type[DatabaseAway]
) -> None:
    assert type(away(error)) is kind
