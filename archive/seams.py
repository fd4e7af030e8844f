"""The outside parts in use, chosen once in `archive.app`."""

from dataclasses import dataclass

from archive.blobs import Blobs
from archive.channels import Channels
from archive.config import Settings
from archive.docgen import DraftWriter, PdfMaker
from archive.recognition import PageReader
from archive.search import SearchEngine


@dataclass(frozen=True)
class Seams:
    """What a view hands to a service verb, by keyword, where the verb needs it."""

    settings: Settings
    blobs: Blobs
    search: SearchEngine
    docgen: DraftWriter
    pdfs: PdfMaker
    recognition: PageReader
    channels: Channels
