"""Merges for the walk of rights."""

from archive.customers.samples import a_customer
from archive.upkeep.service.merging import merge
from archive.web.chapter import Sample, Sampling


def of_merges(given: Sampling) -> Sample:
    """Two archives that became one, and two that may."""
    kept, other, third = (a_customer(given) for _ in range(3))
    done = merge(
        kept,
        other,
        actor=given.maker,
        now=given.now,
        reason="重复建档",
        seen=(kept.revision, other.revision),
        choices={},
        rows={},
    )
    body = {
        "kept": third.customer_code,
        "other": done.kept_number,
        "reason": "重复建档",
        "kept_revision": third.revision,
        "other_revision": kept.revision + 1,
    }
    return Sample(
        {"archive_number": third.archive_number, "number": done.number},
        sent={"merges_api.merge_archives": body},
    )


SAMPLES = {"merges": of_merges, "merges_api": of_merges}
