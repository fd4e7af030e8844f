"""How recognition does: can what it proposes be trusted?"""

from flask import Blueprint, render_template
from flask_babel import gettext

from archive import clock
from archive.actor import Right
from archive.filing.rules import AttachmentKind
from archive.filing.service import trusting
from archive.filing.service.trusting import Trust
from archive.reading import LearnedKinds
from archive.recognition.learning import LEAST, LEAST_OF_KIND
from archive.web.context import actor
from archive.web.guard import needs

blueprint = Blueprint("recognition", __name__, template_folder="../templates")


@blueprint.get("/recognition")
@needs(Right.FILE_DEPOSIT, Right.SEE_DASHBOARD)
def page() -> str:
    now = clock.now()
    rows = trusting.by_kind(now)
    latest = LearnedKinds.latest()
    learned = latest.learned.measured if latest else None
    words = {each.value: each.label for each in AttachmentKind}
    kinds = [gettext(words[each]) for each in learned.kinds] if learned else []
    return render_template(
        "filing/recognition.html",
        today=trusting.today(now),
        rows=rows,
        total=trusting.total_of(rows),
        labels=[label for label, _ in row_values(trusting.total_of(rows))],
        row_values=row_values,
        learned=learned,
        learned_at=latest.made_at if latest else None,
        learned_kinds=gettext("、").join(kinds),
        least=LEAST,
        least_of_kind=LEAST_OF_KIND,
        may_file=actor().may(Right.FILE_DEPOSIT),
    )


def row_values(row: Trust) -> list[tuple[str, object]]:
    """What the table says of a kind, in its order."""
    return [
        (gettext("归档"), row.filed),
        (gettext("有把握"), row.sure),
        (gettext("一键归档"), f"{row.unchanged}（{row.share}%）"),
        (gettext("建议错客户"), row.customer),
        (gettext("改了类别"), row.kind_corrected),
        (gettext("改了题名"), row.title),
        (gettext("改了日期"), row.days),
    ]
