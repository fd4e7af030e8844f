"""What the walk of rights needs of the ways in: nothing of theirs is anybody's own."""

from archive.arriving.rules import Way
from archive.web.chapter import Sample, Sampling


def of_ways(_: Sampling) -> Sample:
    """A way that the settings do not name."""
    return Sample({"way": Way.FOLDER.value})


SAMPLES = {"arriving": of_ways}
