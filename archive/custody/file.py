"""What of custody is on the pages of others: holding papers, and that they are held."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask_babel import gettext

from archive.actor import Actor, Right
from archive.custody.models import LegalHold
from archive.filing.models import Attachment
from archive.terms import N_
from archive.web.chapter import Caution, FileAct

ACTS = (
    FileAct(
        N_("保全全部附件"),
        icon="lock",
        right=Right.HOLD_PAPERS,
        address=lambda customer: url_for("retention.new_hold", customer=customer.archive_number),
    ),
)


def cautions_about(record: Any, who: Actor) -> Iterator[Caution]:
    """That an attachment is held, by itself or with all papers of its customer."""
    if not isinstance(record, Attachment) or record.disposed_at:
        return
    for hold in LegalHold.in_force([record.id], [record.customer_id]):
        more = url_for("retention.hold", number=hold.number)
        yield Caution(
            gettext("这份附件已保全（%(number)s），解除前不能销毁。", number=hold.number),
            more if who.may(Right.SEE_DISPOSALS) else "",
        )
