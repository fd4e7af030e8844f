"""What goes with pages that are cut out of a file: what was read of them, and on a sheet before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from archive.filing.models import Origin, StoredFile
from archive.filing.rules import AttachmentKind
from archive.filing.service.matching import with_number
from archive.reading import service
from archive.recognition import FileType
from archive.recognition.codes import SeparatorCode, parse
from archive.recognition.pages import PageText

KINDS = {each.value: each for each in AttachmentKind}


def carry_over(
    file: StoredFile, numbers: Sequence[int], read: Sequence[PageText], *, to: str, now: datetime
) -> None:
    """Let what was *read* of the pages *numbers* count for the PDF *to* that was made of them.

    The turns that the pages were shown with are those of the new file's own pages. Nothing is
    carried over unless all of them were read.
    """
    known = {each.number: each for each in read}
    if not all(each in known for each in numbers):
        return
    pages = [
        replace(known[old], number=new, turn=(known[old].turn - file.turn_of(old)) % 360)
        for new, old in enumerate(numbers, 1)
    ]
    service.know(to, pages, file_type=FileType.PDF, now=now)


def origin_of(
    origin: Origin | None, numbers: Sequence[int], read: Sequence[PageText]
) -> Origin | None:
    """What is known of a paper with the pages *numbers*: what the separator sheet before it says.

    A sheet that names a customer that there is not leaves nobody named.
    """
    sheet = next((each for each in reversed(read) if each.number == numbers[0] - 1), None)
    while sheet and sheet.is_blank:
        before = sheet.number - 1
        sheet = next((each for each in read if each.number == before), None)
    code = separator_on(sheet) if sheet else None
    if code is None or not (code.customer or code.kind):
        return origin
    said = Origin() if origin is None else Origin(**origin.to_mongo())
    if code.customer:
        customer = with_number(code.customer)
        said.customer_id = customer.id if customer else None
        said.is_on_sheet = customer is not None
    said.kind = KINDS.get(code.kind, said.kind)
    return said


def separator_on(page: PageText) -> SeparatorCode | None:
    """What a separator sheet says; None where *page* is none."""
    codes = (parse(each) for each in page.codes)
    return next((each for each in codes if isinstance(each, SeparatorCode)), None)
