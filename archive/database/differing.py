"""What differs between two states of a document."""

from typing import Any

import bson

BOOKKEEPING = frozenset({"_id", "_cls", "revision", "pending", "asked", "created_at", "updated_at"})
NOTHING: tuple[Any, ...] = ([], {})  # a list or mapping that holds nothing is not kept


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """Each top-level field that differs, with both values; bookkeeping fields left out.

    Both as `to_mongo` gives them. No value and an empty list are the same, as they are read back
    as the same; False, 0 and an empty text are values.
    """
    names = [name for name in {**before, **after} if name not in BOOKKEEPING]
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return [
        {"field": name, "before": earlier, "after": later}
        for name, earlier, later in pairs
        if _encoded(earlier) != _encoded(later)
    ]


def _encoded(value: Any) -> bytes:
    """*value* as MongoDB keeps it: tells 0 from False, and 1.0 from 1.00."""
    return bson.encode({"": None if value in NOTHING else value})
