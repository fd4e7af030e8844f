"""What is kept on a customer's document for lists to sort and filter by. It follows: no events."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

from pymongo import UpdateOne


class FollowsFromAll:
    """What follows from a customer's whole archive: from its facts, and from records of any kind.

    It is made again whenever the customer changes, or one of the records that count for it.
    """

    keeps: ClassVar[frozenset[str]]  # fields of the customer

    @classmethod
    def kept_for(cls, customers: Sequence[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """The fields `keeps` of each of *customers*, as MongoDB keeps them."""
        raise NotImplementedError


def write_kept(
    stored: Any,
    customers: Collection[Any],
    keeps: Collection[str],
    made: Mapping[Any, Mapping[str, Any]],
) -> int:
    """Write what was *made* of the fields *keeps* on *customers*; how many were not so before.

    *stored* is the collection of customers. What nothing makes any more is taken away.
    """
    writes = []
    for each in stored.find({"_id": {"$in": list(customers)}}, dict.fromkeys(keeps, True)):
        wanted = made.get(each["_id"], {})
        given = {name: wanted[name] for name in keeps if wanted.get(name) is not None}
        gone = {name: "" for name in keeps if name in each and name not in given}
        if gone or any(each.get(name) != value for name, value in given.items()):
            update = {"$set": given, "$unset": gone}
            change = {sign: fields for sign, fields in update.items() if fields}
            writes.append(UpdateOne({"_id": each["_id"]}, change))
    if writes:
        stored.bulk_write(writes, ordered=False)
    return len(writes)


_LATER: ContextVar[set[Any] | None] = ContextVar("followed together", default=None)


def follow_all(stored: Any, customers: Collection[Any]) -> int:
    """Write on *customers* what follows from their whole archives; how many were not so before.

    Within `followed_together` it is done at the end, once for all.
    """
    known = [each for each in customers if each]
    later = _LATER.get()
    if later is not None:
        later.update(known)
        return 0
    return sum(
        write_kept(stored, known, each.keeps, each.kept_for(known))
        for each in FollowsFromAll.__subclasses__()
        if known
    )


@contextmanager
def followed_together(stored: Any) -> Iterator[None]:
    """Let what follows from many changes of customers be written in a few queries, at the end."""
    later: set[Any] = set()
    token = _LATER.set(later)
    try:
        yield
    finally:
        _LATER.reset(token)
        follow_all(stored, later)
