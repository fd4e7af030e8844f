"""Where a QR code of ours leads when a telephone's camera opens it."""

from urllib.parse import quote

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from archive.errors import NotFound
from archive.recognition.codes import DraftCode, LabelCode, PlaceCode, SeparatorCode, parse
from archive.web.guard import signed_in

blueprint = Blueprint("codes", __name__)


@blueprint.get("/q/<path:code>")
@signed_in
def follow(code: str) -> Response:
    """The page of what carries the code; that page asks for its rights."""
    match parse(quote(code, safe="/")):  # as it is printed
        case LabelCode(attachment_key=key):
            return redirect(url_for("attachments.page", key=key))
        case PlaceCode(place=place):
            return redirect(url_for("attachments.list_page", place=place))
        case DraftCode(number=number):
            return redirect(url_for("contracts.page", number=number))
        case SeparatorCode():
            return redirect(url_for("intake.list_page"))
        case None:
            raise NotFound()
