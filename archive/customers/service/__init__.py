"""The verbs of the customer's archive; those of contact persons are in `contacts`."""

from archive.customers.service.archives import (
    confirm_facts,
    edit_archive,
    has_records,
    open_archive,
    open_file,
    reveal_phones,
    take_back_archive,
    withdraw_confirmation,
)
from archive.customers.service.assigning import (
    assign_salesperson,
    finish_hand_over,
    finish_hand_overs,
    salesperson_called,
)
from archive.customers.service.finding import (
    find,
    find_alike,
    find_perhaps,
)
from archive.customers.service.making_up import (
    make_up,
    make_up_of,
)

__all__ = [
    "assign_salesperson",
    "confirm_facts",
    "edit_archive",
    "find",
    "find_alike",
    "find_perhaps",
    "finish_hand_over",
    "finish_hand_overs",
    "has_records",
    "make_up",
    "make_up_of",
    "open_archive",
    "open_file",
    "reveal_phones",
    "salesperson_called",
    "take_back_archive",
    "withdraw_confirmation",
]
