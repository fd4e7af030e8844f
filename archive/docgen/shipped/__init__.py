"""The templates that come with the product: ordinary Word files.

A company may edit a copy in Word and upload it as its own. They are made by ``tools/templates``,
outside the product.
"""

from dataclasses import dataclass
from pathlib import Path

from archive.terms import N_

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class ShippedTemplate:
    """A template of ours: `slug` names its file, `name` is what people see."""

    slug: str
    name: str

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.slug}.docx"

    def read(self) -> bytes:
        return self.path.read_bytes()


ROUTINE_CONTRACT = ShippedTemplate("routine-contract", N_("常规货物运输合同"))
SPECIAL_CONTRACT = ShippedTemplate("special-contract", N_("特殊服务运输合同"))
WAYBILL_CONTRACT = ShippedTemplate("waybill-contract", N_("货物运单（格式合同）"))
CHANGE_AGREEMENT = ShippedTemplate("change-agreement", N_("合同变更协议"))
TERMINATION_AGREEMENT = ShippedTemplate("termination-agreement", N_("合同解除协议"))
SUPPLEMENT_AGREEMENT = ShippedTemplate("supplementary-agreement", N_("补充协议"))
FEEDBACK_LETTER = ShippedTemplate("feedback-letter", N_("业务反馈函"))
CONTRACT_LEDGER = ShippedTemplate("contract-ledger", N_("合同管理台账"))
CUSTOMER_CARD = ShippedTemplate("customer-card", N_("客户档案表"))
DEVELOPMENT_REPORT = ShippedTemplate("development-report", N_("客户开拓报告"))
COOPERATION_SCHEME = ShippedTemplate("cooperation-scheme", N_("合作方案"))
CHURN_ANALYSIS = ShippedTemplate("churn-analysis", N_("客户流失分析"))
YEAR_SHEET = ShippedTemplate("year-sheet", N_("客户业绩分析"))
HANDOVER_LIST = ShippedTemplate("handover-list", N_("客户交接清单"))
DISPOSAL_LIST = ShippedTemplate("disposal-list", N_("附件销毁清单"))

SHIPPED = (
    ROUTINE_CONTRACT,
    SPECIAL_CONTRACT,
    WAYBILL_CONTRACT,
    CHANGE_AGREEMENT,
    TERMINATION_AGREEMENT,
    SUPPLEMENT_AGREEMENT,
    FEEDBACK_LETTER,
    CONTRACT_LEDGER,
    CUSTOMER_CARD,
)
"""Those of which a company keeps versions of its own."""
REPORTS = (
    DEVELOPMENT_REPORT,
    COOPERATION_SCHEME,
    CHURN_ANALYSIS,
    YEAR_SHEET,
    HANDOVER_LIST,
    DISPOSAL_LIST,
)
"""Those that are used as they come."""
