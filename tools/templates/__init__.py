"""Makes the Word templates that come with the product, which are kept in the repository.

``python -m tools.templates`` writes them again into `archive/docgen/shipped/`.
"""

from collections.abc import Callable, Mapping

from docx.document import Document

from archive.docgen.shipped import (
    CHANGE_AGREEMENT,
    CHURN_ANALYSIS,
    CONTRACT_LEDGER,
    COOPERATION_SCHEME,
    CUSTOMER_CARD,
    DEVELOPMENT_REPORT,
    DISPOSAL_LIST,
    FEEDBACK_LETTER,
    HANDOVER_LIST,
    ROUTINE_CONTRACT,
    SPECIAL_CONTRACT,
    SUPPLEMENT_AGREEMENT,
    TERMINATION_AGREEMENT,
    WAYBILL_CONTRACT,
    YEAR_SHEET,
    ShippedTemplate,
)
from tools.templates.card import write_card
from tools.templates.changes import write_change, write_supplement, write_termination
from tools.templates.contract import write_contract
from tools.templates.letter import write_ledger, write_letter
from tools.templates.reports import (
    write_analysis,
    write_disposal,
    write_handover,
    write_report,
    write_scheme,
    write_year_sheet,
)
from tools.templates.special import write_special
from tools.templates.waybill import write_waybill

WRITERS: Mapping[ShippedTemplate, Callable[[], Document]] = {
    ROUTINE_CONTRACT: write_contract,
    SPECIAL_CONTRACT: write_special,
    WAYBILL_CONTRACT: write_waybill,
    CHANGE_AGREEMENT: write_change,
    TERMINATION_AGREEMENT: write_termination,
    SUPPLEMENT_AGREEMENT: write_supplement,
    FEEDBACK_LETTER: write_letter,
    CONTRACT_LEDGER: write_ledger,
    CUSTOMER_CARD: write_card,
    DEVELOPMENT_REPORT: write_report,
    COOPERATION_SCHEME: write_scheme,
    CHURN_ANALYSIS: write_analysis,
    YEAR_SHEET: write_year_sheet,
    HANDOVER_LIST: write_handover,
    DISPOSAL_LIST: write_disposal,
}
