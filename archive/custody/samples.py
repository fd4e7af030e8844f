"""Papers on their shelves for the walk of rights."""

from datetime import timedelta
from itertools import count

from archive.custody.service.disposing import propose
from archive.custody.service.retaining import furnish_rules, set_hold
from archive.custody.service.stocktaking import open_stock_take, scan
from archive.customers.samples import a_customer
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind
from archive.filing.samples import of_attachments
from archive.filing.service.deciding import put_at
from archive.recognition.codes import LabelCode
from archive.web.chapter import Sample, Sampling

_numbers = count(1)  # of cabinets: the stock of one is taken once at a time


def of_codes(given: Sampling) -> Sample:
    """The code on the label of a paper."""
    return Sample({"code": f"FJ/{of_attachments(given).values['key'].upper()}"})


def of_labels(given: Sampling) -> Sample:
    """A paper, and a place."""
    return Sample(of_attachments(given).values, sent={"labels.of_place": {"place": "03-2"}})


def of_stock_takes(given: Sampling) -> Sample:
    """A stock-take of a cabinet in which one paper is."""
    cabinet = f"样{given.maker.id[-8:]}{next(_numbers)}"
    paper = Attachment.find(of_attachments(given).values["key"])
    put_at(paper, f"{cabinet}-1-001", "", actor=given.maker, now=given.now)
    take = open_stock_take(cabinet, actor=given.maker, now=given.now)
    scan(take, str(LabelCode(paper.key)), actor=given.maker, now=given.now)
    entry = take.entries().first()
    return Sample(
        {"number": take.number, "entry": str(entry.id)},
        sent={
            "stock_takes_api.open_stock_take": {"place": cabinet},
            "stock_takes_api.scan_label": {"code": str(LabelCode(paper.key))},
        },
    )


def of_disposals(given: Sampling) -> Sample:
    """A disposal that waits to be decided about; who made it is nobody who asks."""
    paper = Attachment.find(of_attachments(given).values["key"])
    long_ago = given.now - timedelta(days=365 * 30)
    facts = {"kind": AttachmentKind.LETTER, "document_on": long_ago.date()}
    paper.change(given.maker, given.now, "attachment.corrected", facts)
    disposal = propose([paper.id], "保管期满", actor=given.maker, now=given.now)
    body = {"customer": a_customer(given).archive_number, "reason": "诉讼"}
    return Sample(
        {"number": disposal.number, "kind": "letter"},
        sent={
            "disposals_api.set_hold": body,
            "disposals_api.propose": {"papers": ["0" * 24], "reason": "保管期满"},
        },
    )


def of_retention(given: Sampling) -> Sample:
    """A hold, and the rule for a kind."""
    hold = set_hold(a_customer(given), None, "诉讼", actor=given.maker, now=given.now)
    furnish_rules(given.maker, given.now)
    return Sample({"number": hold.number, "kind": "letter"})


SAMPLES = {
    "disposals": of_disposals,
    "disposals_api": of_disposals,
    "disposals_api.lift_hold": of_retention,
    "retention": of_retention,
    "codes": of_codes,
    "labels": of_labels,
    "stock_takes": of_stock_takes,
    "stock_takes_api": of_stock_takes,
}
