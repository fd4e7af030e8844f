"""The pages of parcels."""

from flask import Blueprint, render_template

from archive.actor import Right
from archive.errors import NotFound
from archive.web.context import actor
from archive.web.guard import needs

from .models import Parcel

blueprint = Blueprint("parcels", __name__, template_folder="templates")


@blueprint.get("/parcels")
@needs(Right.OPEN_VISIT)
def list_page() -> str:
    return render_template("parcels/list.html", parcels=Parcel.visible_to(actor()))


@blueprint.get("/parcels/<number>")
@needs(Right.OPEN_VISIT)
def page(number: str) -> str:
    parcel = Parcel.objects(number=number).first()
    if parcel is None:
        raise NotFound()
    actor().require(Right.OPEN_VISIT, parcel)
    return render_template("parcels/list.html", parcels=[parcel])
