"""Whether somebody has looked at a customer's facts: edited them, or said that they are right."""

from datetime import datetime
from typing import Any, ClassVar, cast

from mongoengine import DateTimeField, StringField

from archive.customers import rules
from archive.customers.models.classes import Classed


class LookedAt(Classed):
    """What a customer's document holds of the last look at its facts (Art. 9)."""

    meta: ClassVar[dict[str, Any]] = {"abstract": True, "strict": False}
    derived = Classed.derived | frozenset(
        {"facts_confirmed_at", "facts_confirmed_by", "facts_confirmed_before"}
    )

    facts_confirmed_at = DateTimeField()
    facts_confirmed_by = StringField()  # the name
    facts_confirmed_before = DateTimeField()  # what a confirmation that is withdrawn leads back to

    @property
    def facts_looked_at(self) -> datetime:
        """When somebody last looked at the facts: confirmed, edited or first wrote them."""
        return cast(datetime, self.facts_confirmed_at or self.created_at)

    @classmethod
    def to_confirm(cls, now: datetime) -> dict[str, Any]:
        """The condition that nobody has looked at the facts for a year, as MongoDB takes it."""
        since = {"$lte": now - rules.CONFIRMED_FOR}
        never = {"facts_confirmed_at": None, "created_at": since}
        return {"$or": [{"facts_confirmed_at": since}, never]}
