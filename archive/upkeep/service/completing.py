"""What an archive has to hold for its customer, and what of it is there (Art. 5, 6, 8)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archive.customers.models import Customer, measures_for
from archive.customers.rules import Relationship
from archive.figures.models import YearFigures
from archive.figures.rules import months_before
from archive.filing.models import Attachment
from archive.filing.rules import AttachmentKind, Validity, validity
from archive.terms import N_, Term


class Mend(Term):
    """Where what is missing is filled in."""

    FACTS = "facts", N_("填写")
    PAPERS = "papers", N_("归档")
    FIGURES = "figures", N_("登记")
    KEEPER = "keeper", N_("指定")


@dataclass(frozen=True)
class Item:
    """One thing that an archive has to hold."""

    label: str
    """A msgid."""
    is_there: bool
    mend: Mend
    field: str = ""
    """Of a fact, its field in the form."""
    is_expired: bool = False
    """It is there and no longer good."""


FACTS: tuple[tuple[str, str], ...] = (
    ("credit_code", N_("统一社会信用代码")),
    ("region", N_("地区")),
    ("address", N_("地址")),
    ("legal_representative", N_("法定代表人")),
    ("nature", N_("公司性质")),
    ("industry", N_("行业")),
    ("main_goods", N_("主要货物")),
    ("flows", N_("主要流向")),
    ("transport_modes", N_("主要运输方式")),
    ("origin", N_("开拓方式")),
    ("salesperson_id", N_("跟进销售员")),
)
"""What Art. 6 asks of every archive."""

COOPERATING = (Relationship.COOPERATING_NEW, Relationship.COOPERATING_OLD)


def items_of(customer: Customer, today: date) -> list[Item]:
    """What the archive of *customer* has to hold, by its classes, in the order of the regulation.

    Papers are those that the measures of its classes ask for; one that ran out counts as missing.
    """
    measures = measures_for(customer)
    return [
        *_facts(customer, today),
        *_papers(customer, measures.papers, today),
        *(
            [Item(N_("专人"), bool(customer.keeper_name), Mend.KEEPER)]
            if measures.needs_keeper
            else []
        ),
        *_figures(customer, today),
    ]


def _facts(customer: Customer, today: date) -> Iterator[Item]:
    for name, label in FACTS:
        yield Item(label, bool(getattr(customer, name)), Mend.FACTS, name)
    contact = customer.responsible_contact
    is_reachable = bool(contact and (contact.phone or contact.email))
    yield Item(N_("主要联系人及联系方式"), is_reachable, Mend.FACTS, "contacts")
    has_run_out = validity(customer.licence_valid_until, today) is Validity.EXPIRED
    is_good = customer.licence_is_open_ended or bool(customer.licence_valid_until)
    yield Item(
        N_("营业执照有效期"),
        is_good and not has_run_out,
        Mend.FACTS,
        "licence_valid_until",
        is_expired=has_run_out,
    )


def _papers(customer: Customer, wanted: tuple[str, ...], today: date) -> Iterator[Item]:
    filed: dict[str, bool] = {}  # by kind, whether one is good
    for paper in Attachment.of_customer(customer.id):
        is_good = paper.validity(today) is not Validity.EXPIRED
        filed[paper.kind.value] = filed.get(paper.kind.value, False) or is_good
    kinds = {kind.value: kind for kind in AttachmentKind}
    for paper in dict.fromkeys(("licence", *wanted)):
        if kind := kinds.get(paper):
            is_expired = paper in filed and not filed[paper]
            yield Item(kind.label, filed.get(paper, False), Mend.PAPERS, is_expired=is_expired)


def closed_month(today: date) -> tuple[int, int]:
    """Year and month of the last month that is over."""
    return months_before(today, 2)[0]


def _figures(customer: Customer, today: date) -> Iterator[Item]:
    if customer.relationship not in COOPERATING:
        return
    year, month = closed_month(today)
    known = YearFigures.of_year(customer, year).known_month(month)
    yield Item(N_("上月业绩"), known is not None, Mend.FIGURES)
