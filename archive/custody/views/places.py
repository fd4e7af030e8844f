"""The places of paper originals: which there are, and how many papers each holds."""

from flask import Blueprint, render_template

from archive.actor import Right
from archive.custody.service.places import shelves
from archive.web.guard import needs

blueprint = Blueprint("places", __name__, template_folder="../templates")


@blueprint.get("/places")
@needs(Right.FILE_DEPOSIT)
def list_page() -> str:
    return render_template("custody/places.html", places=shelves())
