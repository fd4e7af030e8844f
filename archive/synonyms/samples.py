"""A group of words for the walk of rights."""

import secrets

from archive.synonyms.service import add_group
from archive.web.chapter import Sample, Sampling


def of_synonyms(given: Sampling) -> Sample:
    """A group of two words."""
    words = [f"样{secrets.token_hex(3)}", f"例{secrets.token_hex(3)}"]
    group = add_group(words, actor=given.maker, now=given.now)
    body = {"words": words}
    return Sample({"key": group.key}, sent={"synonyms_api.edit_group": body})


SAMPLES = {"synonyms": of_synonyms, "synonyms_api": of_synonyms}
