"""What a paper is and says, as it was understood: plain data, in closed lists."""

from dataclasses import dataclass
from enum import StrEnum

from archive.recognition.pages import Box


class PaperKind(StrEnum):
    """The kinds of paper that are told apart by rules; the values are those of filing."""

    LICENCE = "licence"
    TAX_REGISTRATION = "tax_registration"
    TRANSPORT_PERMIT = "transport_permit"
    ACCOUNT_LICENCE = "account_licence"
    REPRESENTATIVE_ID = "representative_id"
    CONTRACT_COPY = "contract_copy"
    LETTER = "letter"
    STATEMENT = "statement"
    WAYBILL = "waybill"
    OTHER = "other"


class FieldName(StrEnum):
    """The facts that a paper states."""

    CREDIT_CODE = "credit_code"
    NAME = "name"
    COMPANY_TYPE = "company_type"
    REPRESENTATIVE = "representative"  # legal representative, operator, executing partner
    ADDRESS = "address"
    CAPITAL = "capital"
    FOUNDED_ON = "founded_on"  # ISO 8601
    VALID_FROM = "valid_from"  # ISO 8601
    VALID_UNTIL = "valid_until"  # ISO 8601, or "long" for 长期
    SCOPE = "scope"
    PERMIT_NUMBER = "permit_number"
    ISSUED_ON = "issued_on"  # ISO 8601
    ID_NUMBER = "id_number"
    ACCOUNT_NUMBER = "account_number"
    BANK = "bank"
    DOCUMENT_NUMBER = "document_number"  # of a contract, a letter, a waybill


@dataclass(frozen=True, slots=True)
class FieldRead:
    """One fact as it was read, how sure that is (0 to 1), and where it is written."""

    name: FieldName
    value: str
    confidence: float
    page: int  # from 1
    box: Box


@dataclass(frozen=True, slots=True)
class Understood:
    """What a paper is and says."""

    kind: PaperKind
    confidence: float
    fields: tuple[FieldRead, ...] = ()

    def value_of(self, name: FieldName) -> str:
        """The value of one field, or nothing."""
        return next((each.value for each in self.fields if each.name is name), "")
