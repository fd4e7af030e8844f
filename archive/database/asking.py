"""What is asked for twice is done once: the key of a request is in the very write that it causes.

A form posted twice, or a program that asks again because no answer came, carries the same key. A
verb looks for the record that the key has made before (`Record.asked_before`); of two requests at
the same moment the unique index of the key lets one write. So a process that is killed between
the write and the answer leaves nothing that could be done a second time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from archive.errors import Conflict
from archive.terms import N_


class KeyReused(Conflict):
    """A request with the key of an earlier one and other content."""

    message = N_("这个请求此前已保存为“%(caption)s”；这次的内容与那次不同，没有保存。")
    remedy = N_("要更正，请打开已有的记录；要另建一条，请再提交一次（程序请换 Idempotency-Key）。")


@dataclass
class Asking:
    """A request that may come again: its key, and a digest of all that it sent."""

    key: str
    digest: str
    is_repeat: bool = False
    """Whether what it asks for was found done."""


_ASKING: ContextVar[Asking | None] = ContextVar("asking", default=None)


@contextmanager
def asking_as(key: str, digest: str) -> Iterator[Asking]:
    """Have what is written in the block carry *key*."""
    asking = Asking(key, digest)
    token = _ASKING.set(asking)
    try:
        yield asking
    finally:
        _ASKING.reset(token)


@contextmanager
def following_up() -> Iterator[None]:
    """Have what is written in the block carry no key: it follows from a record that carries it.

    A key is held by one record of a kind, so that many could not be written.
    """
    token = _ASKING.set(None)
    try:
        yield
    finally:
        _ASKING.reset(token)


def asking_now() -> Asking | None:
    """The request that is being answered, where it has a key."""
    return _ASKING.get()
