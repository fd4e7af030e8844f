"""The verbs of classing."""

from archive.classing.service.deciding import (
    accept_proposal,
    decide_class,
    edit_measures,
    install_shipped,
    withdraw_decision,
)

__all__ = [
    "accept_proposal",
    "decide_class",
    "edit_measures",
    "install_shipped",
    "withdraw_decision",
]
