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
from archive.classing.service.several import (
    accept_proposals,
    classes_before,
    is_decided_by,
    take_back_proposals,
)

__all__ = [
    "accept_proposal",
    "accept_proposals",
    "ask_for_computing",
    "classes_before",
    "compute_classes",
    "decide_class",
    "edit_measures",
    "install_shipped",
    "is_decided_by",
    "is_due",
    "survey",
    "take_back_proposals",
    "withdraw_decision",
]
