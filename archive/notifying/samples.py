"""A notice for the walk of rights."""

import secrets

from archive.notifying.models import Notice
from archive.terms import N_
from archive.web.chapter import Sample, Sampling


def of_notices(given: Sampling) -> Sample:
    """Something that the owner was told."""
    key = secrets.token_hex(8)
    Notice.tell(
        [
            {
                "person_id": given.maker.id,
                "told_as": key,
                "label": N_("完成任务"),
                "address": "/",
                "created_at": given.now,
            }
        ]
    )
    return Sample({"key": Notice.of(given.maker.id).get(told_as=key).key})


SAMPLES = {"notices": of_notices, "notices_api": of_notices}
