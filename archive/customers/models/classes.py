"""The classes of a customer (Art. 4), and the table of what is done for each (Art. 3)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self, cast

from bson import Decimal128
from mongoengine import (
    BooleanField,
    DateField,
    DictField,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    IntField,
    ListField,
    ObjectIdField,
    StringField,
)

from archive.customers.rules import Relationship
from archive.customers.rules.classes import (
    SHIPPED,
    TERMS,
    Contribution,
    Credit,
    Dimension,
    Extra,
    Maintenance,
    Measures,
    Row,
    Why,
    class_called,
    together,
)
from archive.database import Record
from archive.errors import NotFound
from archive.terms import Term


class Standing(EmbeddedDocument):
    """依据: what the figures say of one class, and since when the customer has had it."""

    dimension = EnumField(Dimension, required=True)
    since = DateField()
    found = StringField()  # the class that follows, or is proposed; none where nothing is known
    why = EnumField(Why)
    numbers = DictField()  # what fills the sentence of `why`
    answered = StringField()  # what was proposed when a person decided: not proposed again

    @property
    def written(self) -> dict[str, str]:
        """The numbers as they are written in the sentence of `why`."""
        return {name: _written(value) for name, value in self.numbers.items()}

    @property
    def sentence(self) -> str:
        """The sentence that says why, in Chinese; empty where nothing was computed."""
        return str(self.why.label) % self.written if self.why else ""


def _written(value: Any) -> str:
    if isinstance(value, Decimal128):
        value = value.to_decimal()
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


class Decision(EmbeddedDocument):
    """人工指定: a class that a person has set."""

    dimension = EnumField(Dimension, required=True)
    decided_on = DateField(required=True)
    until = DateField()
    by_name = StringField(required=True)
    reason = StringField(max_length=500)
    act = StringField()  # the act on many customers that it is part of


class Classed(Record):
    """What a customer's document holds of its classes; none where nothing was computed yet."""

    meta: ClassVar[dict[str, Any]] = {
        "abstract": True,
        "strict": False,
        "indexes": [
            ("relationship", "id"),
            ("contribution", "id"),
            ("maintenance", "id"),
            ("credit", "id"),
            {"fields": ["proposed"], "sparse": True},
        ],
    }
    derived = frozenset({"standings", "proposed"})

    relationship = EnumField(Relationship, default=Relationship.POTENTIAL)
    contribution = EnumField(Contribution)
    maintenance = EnumField(Maintenance)
    credit = EnumField(Credit)
    keeper_id = ObjectIdField()
    keeper_name = StringField()
    standings = EmbeddedDocumentListField(Standing)
    proposed = ListField(EnumField(Dimension))  # where a proposal waits for an answer
    decisions = EmbeddedDocumentListField(Decision)

    def class_in(self, dimension: Dimension) -> Term | None:
        """The customer's class in *dimension*."""
        return cast(Term | None, getattr(self, dimension.value))

    def standing_in(self, dimension: Dimension) -> Standing | None:
        """What the figures say in *dimension*; none before it was computed."""
        return next((each for each in self.standings if each.dimension is dimension), None)

    def decision_in(self, dimension: Dimension) -> Decision | None:
        """What a person has set in *dimension*."""
        return next((each for each in self.decisions if each.dimension is dimension), None)

    def found_in(self, dimension: Dimension) -> Term | None:
        """The class that follows from the figures, or that they propose."""
        standing = self.standing_in(dimension)
        return class_called(dimension, standing.found) if standing else None

    def since_in(self, dimension: Dimension) -> date | None:
        """Since when the customer has been in its class."""
        standing = self.standing_in(dimension)
        return cast(date | None, standing.since) if standing else None

    def standings_without(self, dimension: Dimension) -> list[Standing]:
        """The standings but that in *dimension*, which is to be computed again."""
        return [each for each in self.standings if each.dimension is not dimension]

    @property
    def states_relationship(self) -> bool:
        """Whether the relationship is what the archive says, for want of figures and dates."""
        standing = self.standing_in(Dimension.RELATIONSHIP)
        is_stated = standing is None or standing.why in (None, Why.STATED)
        return is_stated and self.decision_in(Dimension.RELATIONSHIP) is None


class ClassMeasures(Record):
    """分类管理措施: what the company does for the customers of one class."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "class_measures",
        "indexes": [{"fields": ["dimension", "value"], "unique": True}],
    }

    dimension = EnumField(Dimension, required=True)
    value = StringField(required=True)
    visit_days = IntField()
    letter_days = IntField()
    needs_keeper = BooleanField(default=False)
    extras = ListField(EnumField(Extra))
    papers = ListField(StringField())

    @property
    def caption(self) -> str:
        return f"{self.dimension.label}：{self.class_.label}"

    @property
    def class_(self) -> Term:
        """The class that it is about."""
        return next(each for each in TERMS[self.dimension] if each.value == self.value)

    @property
    def measures(self) -> Measures:
        """As the rules take them."""
        return Measures(
            visit_days=self.visit_days,
            letter_days=self.letter_days,
            needs_keeper=bool(self.needs_keeper),
            extras=tuple(self.extras),
            papers=tuple(self.papers),
        )

    @classmethod
    def of(cls, dimension: str, value: str) -> Self:
        """The row of a class.

        Raises:
            NotFound: there is no such class.
        """
        found = cls.objects(dimension=dimension, value=value).first()
        if found is None:
            raise NotFound()
        return found  # type: ignore[no-any-return]  # MongoEngine is untyped

    @classmethod
    def table(cls) -> dict[Row, Measures]:
        """The measures of every class, in one query."""
        written = {(each.dimension, each.class_): each.measures for each in cls.objects}
        return {**SHIPPED, **written}


def measures_for(customer: Classed, table: Mapping[Row, Measures] | None = None) -> Measures:
    """What the company does for *customer*, by all its classes (Art. 3).

    *table* is `ClassMeasures.table()`, where many customers are asked about.
    """
    table = ClassMeasures.table() if table is None else table
    return measures_of({each: customer.class_in(each) for each in Dimension}, table)


def measures_of(
    classes: Mapping[Dimension, Term | None], table: Mapping[Row, Measures]
) -> Measures:
    """What *table* says is done for a customer of these *classes*, one in each dimension."""
    rows = ((each, value) for each, value in classes.items() if value is not None)
    return together(table[row] for row in rows if row in table)
