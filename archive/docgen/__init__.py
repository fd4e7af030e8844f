"""Word documents from the company's templates: checked, filled, stamped, read back.

The front door is `DraftWriter`; what templates may name is the `Catalogue` that it is given.
"""

from archive.docgen.catalogue import Catalogue, Placeholder, ValueKind
from archive.docgen.errors import TemplateRefused
from archive.docgen.faults import CheckReport, Fault, FaultKind
from archive.docgen.package import DOCX
from archive.docgen.pdf import PdfMaker
from archive.docgen.places import Place
from archive.docgen.values import Missing
from archive.docgen.writer import DraftWriter, Filled

__all__ = [
    "DOCX",
    "Catalogue",
    "CheckReport",
    "DraftWriter",
    "Fault",
    "FaultKind",
    "Filled",
    "Missing",
    "PdfMaker",
    "Place",
    "Placeholder",
    "TemplateRefused",
    "ValueKind",
]
