"""What of parcels waits for a person."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from archive.actor import Actor
from archive.web.waiting import Duty, Figure

from .models import Parcel


def duties_of(who: Actor, _: datetime) -> Iterator[Duty]:
    """Parcels to give back."""
    for parcel in Parcel.visible_to(who):
        address = url_for("parcels.page", number=parcel.number)
        yield Duty("归还寄存物", icon="archive", address=address, about=parcel.what)


def figures_of(who: Actor, _: datetime) -> Iterator[Figure]:
    """How many there are."""
    yield Figure("寄存物件数", Parcel.visible_to(who).count())
