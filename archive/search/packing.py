"""Texts as an index keeps them: Chinese in two bytes a character, then compressed."""

import zlib

_ENCODING = "gb18030"


def pack(text: str) -> bytes:
    """*text* in few bytes."""
    # A half of a pair has no form outside of Python; whatever was stored before must be stored.
    return zlib.compress(text.encode(_ENCODING, "replace"))


def unpack(packed: bytes) -> str:
    """The text of `pack`."""
    return zlib.decompress(packed).decode(_ENCODING)
