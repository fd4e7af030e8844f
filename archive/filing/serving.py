"""What pages, API and tasks give to the verbs of filing besides the request, and send of papers."""

from flask import Response

from archive import clock
from archive.customers.rules import folded_name
from archive.filing import rules
from archive.filing.service import looking, searchable
from archive.filing.service.learning import learned_guess
from archive.filing.service.matching import Aids
from archive.recognition import FileType
from archive.web.chapter import own_names, owner_of_number
from archive.web.context import actor, seams
from archive.web.serving import send_made, send_original


def aids_to_propose() -> Aids:
    """What the mounted chapters know of numbers and of ourselves, and what was learned of kinds."""
    own = list(filter(None, [seams().settings.company, *own_names()]))
    return Aids(
        numbers=owner_of_number,
        ourselves=frozenset([*own, *map(folded_name, own)]),
        guess=learned_guess(),
    )


def take_original(key: str, number: int | None) -> Response:
    """Version *number* of a paper as it came, to be saved under its title; it is recorded."""
    attachment, customer = looking.open_attachment(key, actor=actor())
    version, path = looking.take_original(
        attachment,
        customer,
        number=number,
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
    )
    name = rules.saved_name(attachment.title, version.file_type, version.original_name)
    return send_original(path, version.file_type.media_type, name)


def take_searchable_copy(key: str, number: int | None) -> Response:
    """Version *number* of a scan as a PDF that can be searched; it is recorded."""
    attachment, customer = looking.open_attachment(key, actor=actor())
    _, content = searchable.take_searchable(
        attachment,
        customer,
        number=number,
        actor=actor(),
        now=clock.now(),
        blobs=seams().blobs,
        recognition=seams().recognition,
    )
    name = rules.saved_name(attachment.title, FileType.PDF, "")
    return send_made(content, FileType.PDF.media_type, name)
