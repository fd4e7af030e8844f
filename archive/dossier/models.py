"""How the company stood when it was last counted."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, cast

from mongoengine import DateTimeField, DictField, Document, ListField, StringField

from archive.panels import Panel


class Standing(Document):
    """The numbers of the dashboard, as they were counted. Not a record: it follows from them."""

    meta: ClassVar[dict[str, Any]] = {"collection": "standings", "auto_create_index": False}

    id = StringField(primary_key=True, default="company")
    counted_at = DateTimeField(required=True)
    panels = ListField(DictField())

    @classmethod
    def keep(cls, panels: Iterable[Panel], now: datetime) -> "Standing":
        """Keep *panels* as they are at *now*."""
        kept = [
            {
                "title": panel.title,
                "right": panel.right.value,
                "numbers": [
                    {
                        "label": each.label,
                        "value": str(each.value),
                        "before": None if each.before is None else str(each.before),
                        "is_exact": isinstance(each.value, Decimal),
                        "endpoint": each.endpoint,
                        "values": [
                            [name, str(value)]
                            for name, given in each.values.items()
                            for value in (given if isinstance(given, list) else [given])
                        ],
                    }
                    for each in panel.numbers
                ],
            }
            for panel in sorted(panels, key=lambda panel: panel.order)
        ]
        return cast(Standing, cls(counted_at=now, panels=kept).save())

    @classmethod
    def latest(cls) -> "Standing | None":
        """As it was counted last, if ever."""
        return cast("Standing | None", cls.objects(id="company").first())
