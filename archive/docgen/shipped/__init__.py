"""The templates that come with the product, and the script that makes them.

``python -m archive.docgen.shipped`` writes them anew into `archive/docgen/templates/`. They are
ordinary Word files: a company may edit a copy in Word and upload it as its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document

from archive.docgen.shipped.card import write_card
from archive.docgen.shipped.contract import write_contract
from archive.terms import N_

FOLDER = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True)
class ShippedTemplate:
    """A template of ours: `slug` names its file, `name` is what people see."""

    slug: str
    name: str
    write: Callable[[], Document]

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.slug}.docx"

    def read(self) -> bytes:
        return self.path.read_bytes()


ROUTINE_CONTRACT = ShippedTemplate("routine-contract", N_("常规货物运输合同"), write_contract)
CUSTOMER_CARD = ShippedTemplate("customer-card", N_("客户档案表"), write_card)

SHIPPED = (ROUTINE_CONTRACT, CUSTOMER_CARD)
