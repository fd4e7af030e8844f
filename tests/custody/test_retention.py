"""How long papers are kept: the rules, without a store."""

from datetime import date

import pytest

from archive.custody.rules.retention import SHIPPED, Basis, Retention, years_after, years_before
from archive.filing.rules import AttachmentKind

FILED, ENDED, WRITTEN = date(2015, 6, 1), date(2020, 2, 29), date(2014, 3, 15)


@pytest.mark.parametrize(
    ("rule", "end"),
    [
        (Retention(10, Basis.DOCUMENT), date(2024, 3, 15)),
        (Retention(10, Basis.FILED), date(2025, 6, 1)),
        (Retention(5, Basis.ENDED), date(2025, 2, 28)),
        (Retention(None, Basis.FILED), None),
    ],
)
def test_the_years_count_from_what_the_rule_names(rule: Retention, end: date | None) -> None:
    assert rule.ends_on(document_on=WRITTEN, filed_on=FILED, ended_on=ENDED) == end


def test_without_a_date_it_counts_from_filing_and_what_goes_on_never_ends() -> None:
    by_date, by_end = Retention(10, Basis.DOCUMENT), Retention(5, Basis.ENDED)
    assert by_date.ends_on(document_on=None, filed_on=FILED, ended_on=None) == date(2025, 6, 1)
    assert by_end.ends_on(document_on=WRITTEN, filed_on=FILED, ended_on=None) is None


def test_every_kind_of_paper_has_its_rule_and_none_is_shorter_than_three_years() -> None:
    assert set(SHIPPED) == set(AttachmentKind)
    assert all(rule.years is None or rule.years >= 3 for rule in SHIPPED.values())


def test_a_leap_day_ends_on_the_28th() -> None:
    assert years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
