"""Files that are not what was filed any more: which, since when, and what names them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from archive import jobs
from archive.actor import Right
from archive.blobs import BlobCheck, naming
from archive.database import kind_of
from archive.storage import blob_key
from archive.web.context import actor
from archive.web.guard import needs
from archive.web.wording import kind_words

blueprint = Blueprint("damaged", __name__, template_folder="../templates")

MOST_SHOWN = 100


@blueprint.get("/damaged")
@needs(Right.FILE_DEPOSIT, Right.MANAGE_PEOPLE)
def list_page() -> str:
    """What is damaged. Whoever does not file sees of what names it the kind alone."""
    found = list(BlobCheck.all_damaged().limit(MOST_SHOWN))
    return render_template(
        "filing/damaged.html",
        damaged=[(check, blob_key(check.id), _names_of(check.id)) for check in found],
        total=BlobCheck.damaged(),
    )


def _names_of(sha256: str) -> list[tuple[str, str]]:
    """Of each record that names the blob its kind and, for whoever files, its caption."""
    sees = actor().may(Right.FILE_DEPOSIT)
    return [
        (kind_words(kind_of(type(record))), record.caption if sees else "")
        for record in naming(sha256)
    ]


@blueprint.post("/damaged/check")
@needs(Right.FILE_DEPOSIT, Right.MANAGE_PEOPLE)
def check_again() -> Response:
    """Have them read again, after they were restored."""
    jobs.enqueue("filing.check_damaged")
    flash(gettext("正在重新检查，稍后刷新本页查看结果。"), "success")
    return redirect(url_for("damaged.list_page"))
