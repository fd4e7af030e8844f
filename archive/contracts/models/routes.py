"""Routes of review, and who stands in for whom: settings of the company (Art. 20.2)."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self, cast

from mongoengine import (
    BooleanField,
    DateField,
    DateTimeField,
    EmbeddedDocument,
    EmbeddedDocumentListField,
    EnumField,
    IntField,
    ListField,
    StringField,
)

from archive.actor import Scope
from archive.contracts.rules import ContractKind
from archive.contracts.rules.reviewing import Case, SeatOf, StepMode, closeness, fits
from archive.customers.rules.classes import Contribution, Credit
from archive.database import MoneyField, Record


class RoutePlace(EmbeddedDocument):
    """Who is asked in a step of a route; places with the same `step` are asked side by side."""

    step = IntField(required=True)
    seat = EnumField(SeatOf, required=True)
    person_id = StringField()
    person_name = StringField()
    above = MoneyField()  # only of contracts over this amount
    mode = EnumField(StepMode, required=True, default=StepMode.ALL)
    checks_credit = BooleanField(default=False)
    days = IntField(required=True, default=2)


class ReviewRoute(Record):
    """评审路线: for which contracts it is made, and who decides in which order."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "review_routes",
        "indexes": [
            {"fields": ["name"], "unique": True},
            {"fields": ["slug"], "unique": True, "sparse": True},
            ("kind", "name"),
            ("name", "id"),
            ("updated_at", "id"),
        ],
    }

    name = StringField(required=True, max_length=60)
    slug = StringField()  # of a route that came with the product
    kind = EnumField(ContractKind, required=True)
    above = MoneyField()
    contributions = ListField(EnumField(Contribution))
    credits = ListField(EnumField(Credit))
    needs_trial = BooleanField(default=False)
    is_in_use = BooleanField(default=True)
    places = EmbeddedDocumentListField(RoutePlace, required=True)

    @property
    def caption(self) -> str:
        return cast(str, self.name)

    @property
    def steps(self) -> list[list[RoutePlace]]:
        """Its places, step by step."""
        found: dict[int, list[RoutePlace]] = {}
        for place in sorted(self.places, key=lambda each: each.step):
            found.setdefault(place.step, []).append(place)
        return list(found.values())

    @classmethod
    def shipped_as(cls, slug: str) -> Self | None:
        """The route that came with the product as *slug*, if it has been installed."""
        return cast("Self | None", cls.objects(slug=slug).first())

    @classmethod
    def made_for(cls, case: Case) -> Self | None:
        """The route in use that says the most of a contract such as *case*, if there is one."""
        fitting = [each for each in cls.objects(kind=case.kind, is_in_use=True) if fits(each, case)]
        return max(fitting, key=closeness, default=None)


class Absence(Record):
    """When a person is away, and who decides in their place."""

    meta: ClassVar[dict[str, Any]] = {
        "collection": "absences",
        "indexes": [("person_id", "-ends_on"), ("substitute_id", "-ends_on"), ("ends_on", "id")],
    }

    person_id = StringField(required=True)
    person_name = StringField(required=True)
    substitute_id = StringField(required=True)
    substitute_name = StringField(required=True)
    starts_on = DateField(required=True)
    ends_on = DateField(required=True)
    ended_at = DateTimeField()  # where the person was back before

    @property
    def caption(self) -> str:
        return f"{self.person_name} → {self.substitute_name}"

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        return scope in (Scope.ASKED, Scope.RECORDED) and self.person_id == actor_id

    @classmethod
    def of(cls, person_id: str, today: date) -> Any:
        """The absences of a person that are not over, the first first."""
        return cls.objects(person_id=person_id, ends_on__gte=today, ended_at=None).order_by(
            "starts_on"
        )

    @classmethod
    def substitutes_of(cls, people: Iterable[str], today: date) -> dict[str, str]:
        """Who of *people* is away on *today*, and who stands in for them: identities."""
        away = cls._on(today).filter(person_id__in=list(people)).order_by("created_at")
        return {each.person_id: each.substitute_id for each in away}

    @classmethod
    def stood_in_for(cls, substitute_id: str, today: date) -> dict[str, str]:
        """For whom a person stands in on *today*: identity and name."""
        away = cls._on(today).filter(substitute_id=substitute_id)
        return {each.person_id: each.person_name for each in away}

    @classmethod
    def _on(cls, today: date) -> Any:
        return cls.objects(starts_on__lte=today, ends_on__gte=today, ended_at=None)
