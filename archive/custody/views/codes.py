"""Where a QR code of ours leads when a telephone's camera opens it."""

from urllib.parse import quote

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from archive.actor import Right
from archive.errors import NotFound
from archive.filing.service.looking import open_attachment
from archive.recognition.codes import DraftCode, LabelCode, PlaceCode, SeparatorCode, parse
from archive.web.context import actor
from archive.web.guard import needs

blueprint = Blueprint("codes", __name__)


@blueprint.get("/q/<path:code>")
@needs(Right.LIST_ATTACHMENTS)
def follow(code: str) -> Response:
    """The page of what carries the code; that page asks for its rights, a paper's is asked here."""
    match parse(quote(code, safe="/")):  # as it is printed
        case LabelCode(attachment_key=key):
            paper, _ = open_attachment(key, actor=actor())
            return redirect(url_for("attachments.page", key=paper.key))
        case PlaceCode(place=place):
            return redirect(url_for("attachments.list_page", place=place))
        case DraftCode(number=number):
            return redirect(url_for("contracts.page", number=number))
        case SeparatorCode():
            return redirect(url_for("intake.list_page"))
        case None:
            raise NotFound()
