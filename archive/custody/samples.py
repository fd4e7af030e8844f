"""Papers on their shelves for the walk of rights."""

from itertools import count

from archive.custody.service.stocktaking import open_stock_take, scan
from archive.filing.models import Attachment
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


SAMPLES = {
    "codes": of_codes,
    "labels": of_labels,
    "stock_takes": of_stock_takes,
    "stock_takes_api": of_stock_takes,
}
