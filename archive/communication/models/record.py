"""What every record of communication shares: its number, its customer, who wrote it down."""

from typing import Any, ClassVar

from mongoengine import Q, StringField

from archive.actor import Scope
from archive.customers.models import OfCustomer
from archive.database import Numbered


class CommunicationRecord(Numbered, OfCustomer):
    """A numbered record of communication with a customer; moderately confidential (Art. 17)."""

    meta: ClassVar[dict[str, Any]] = {
        "abstract": True,
        "indexes": [{"fields": ["number"], "unique": True}],
    }

    number = StringField(required=True)
    recorded_by_id = StringField(required=True)
    recorded_by_name = StringField(required=True)

    def is_within(self, scope: Scope, actor_id: str) -> bool:
        if scope is Scope.RECORDED:
            return str(self.recorded_by_id) == actor_id
        return super().is_within(scope, actor_id)

    @classmethod
    def in_scope(cls, scope: Scope, actor_id: str) -> Q | None:
        if scope is Scope.RECORDED:
            return Q(recorded_by_id=actor_id)
        return super().in_scope(scope, actor_id)
