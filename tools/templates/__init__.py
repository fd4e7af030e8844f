"""Makes the Word templates that come with the product, which are kept in the repository.

``python -m tools.templates`` writes them again into `archive/docgen/shipped/`.
"""

from collections.abc import Callable, Mapping

from docx.document import Document

from archive.docgen.shipped import (
    CHURN_ANALYSIS,
    COOPERATION_SCHEME,
    CUSTOMER_CARD,
    DEVELOPMENT_REPORT,
    DISPOSAL_LIST,
    HANDOVER_LIST,
    ROUTINE_CONTRACT,
    YEAR_SHEET,
    ShippedTemplate,
)
from tools.templates.card import write_card
from tools.templates.contract import write_contract
from tools.templates.reports import (
    write_analysis,
    write_disposal,
    write_handover,
    write_report,
    write_scheme,
    write_year_sheet,
)

WRITERS: Mapping[ShippedTemplate, Callable[[], Document]] = {
    ROUTINE_CONTRACT: write_contract,
    CUSTOMER_CARD: write_card,
    DEVELOPMENT_REPORT: write_report,
    COOPERATION_SCHEME: write_scheme,
    CHURN_ANALYSIS: write_analysis,
    YEAR_SHEET: write_year_sheet,
    HANDOVER_LIST: write_handover,
    DISPOSAL_LIST: write_disposal,
}
