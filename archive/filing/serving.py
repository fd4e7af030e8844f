"""What pages, API and tasks give to the verbs of filing besides the request."""

from archive.customers.rules import folded_name
from archive.filing.service.learning import learned_guess
from archive.filing.service.matching import Aids
from archive.web.chapter import own_names, owner_of_number


def aids_to_propose() -> Aids:
    """What the mounted chapters know of numbers and of ourselves, and what was learned of kinds."""
    own = own_names()
    return Aids(
        numbers=owner_of_number,
        ourselves=frozenset([*own, *map(folded_name, own)]),
        guess=learned_guess(),
    )
