"""Labels with QR codes, for papers and for the places where they are kept."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext

from archive.actor import Right
from archive.custody.forms import SheetInput
from archive.custody.rules.places import tidied
from archive.custody.rules.sheets import MOST_LABELS, Label, laid_out
from archive.custody.service.places import label_of_paper, labels_of_places
from archive.errors import NotFound
from archive.filing.lists import PAPERS
from archive.filing.models import Attachment
from archive.filing.service.looking import open_attachment
from archive.web.chosen import address_with
from archive.web.context import actor, seams
from archive.web.forms import CORRECTABLE, Form
from archive.web.guard import needs
from archive.web.qr import qr_of

blueprint = Blueprint("labels", __name__, template_folder="../templates")


@blueprint.get("/attachments/labels")
@needs(Right.FILE_DEPOSIT)
def of_papers() -> str:
    """Labels of the papers that the address chooses."""
    listing, found = PAPERS.chosen_of(Attachment.listed_for(actor()))
    PAPERS.note_taken(listing)
    papers = Attachment.with_customers(found.limit(MOST_LABELS + 1))
    back = address_with(url_for("attachments.list_page"), request.query_string.decode())
    return _page([label_of_paper(each, _address()) for each in papers], (gettext("附件"), back))


@blueprint.get("/attachments/<key>/label")
@needs(Right.FILE_DEPOSIT)
def of_paper(key: str) -> str:
    """The label of one paper."""
    paper, _ = open_attachment(key, actor=actor())
    back = url_for("attachments.page", key=paper.key)
    return _page([label_of_paper(paper, _address())], (paper.title, back))


@blueprint.get("/places/labels")
@needs(Right.FILE_DEPOSIT)
def of_place() -> str:
    """Labels of a place and of every place inside of it."""
    place = tidied(request.args.get("place", ""))
    if place is None:
        raise NotFound()
    labels = labels_of_places(place, _address())
    return _page(labels, (gettext("存放位置"), url_for("places.list_page")))


def _address() -> str:
    """The address that people use: what a telephone opens."""
    return seams().settings.public_url or request.host_url


def _page(labels: Sequence[Label], back: tuple[str, str]) -> str:
    given = {name: request.args[name] for name in ("sheet", "first") if request.args.get(name)}
    try:
        wanted = SheetInput.read(given)
        form = Form(SheetInput, initial=wanted.model_dump())
    except CORRECTABLE as fault:
        wanted, form = SheetInput(), Form(SheetInput, request.args, fault=fault)
    shown = [(each, qr_of(each.code)) for each in labels[:MOST_LABELS]]
    kept = [pair for pair in request.args.items(multi=True) if pair[0] not in given]
    return render_template(
        "custody/labels.html",
        form=form,
        sheet=wanted.sheet,
        sheets=laid_out(shown, wanted.sheet, wanted.first),
        count=len(shown),
        has_more=len(labels) > MOST_LABELS,
        kept=kept,
        back=back,
    )
