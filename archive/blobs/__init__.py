"""The bytes that records name: kept in one way, compared when read, checked, and swept.

A record names bytes in a `BlobField`. What no such field of any kind of record names is removed
after a grace, so a chapter has nothing to register.
"""

from archive.blobs.errors import ContentLost, Infected, NotScannedYet
from archive.blobs.keeping import Blobs, thumbnail_key
from archive.blobs.models import BlobCheck, BlobField, Damage, naming

__all__ = [
    "BlobCheck",
    "BlobField",
    "Blobs",
    "ContentLost",
    "Damage",
    "Infected",
    "NotScannedYet",
    "naming",
    "thumbnail_key",
]
