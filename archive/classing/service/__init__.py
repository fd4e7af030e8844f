"""The verbs of classing."""

from archive.classing.service.computing import (
    ask_for_computing,
    compute_classes,
    is_due,
    survey,
)
from archive.classing.service.deciding import (
    accept_proposal,
    decide_class,
    edit_measures,
    install_shipped,
    withdraw_decision,
)

__all__ = [
    "accept_proposal",
    "ask_for_computing",
    "compute_classes",
    "decide_class",
    "edit_measures",
    "install_shipped",
    "is_due",
    "survey",
    "withdraw_decision",
]
