"""Parcels over REST."""

from typing import Any

from apiflask import APIBlueprint

from archive.actor import Right
from archive.web.context import actor
from archive.web.guard import needs

from .models import Parcel

api = APIBlueprint("parcels_api", __name__, url_prefix="/api/v1/parcels")


@api.get("")
@needs(Right.OPEN_VISIT)
def list_parcels() -> dict[str, Any]:
    return {"items": [parcel.number for parcel in Parcel.visible_to(actor())]}
