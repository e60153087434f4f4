"""Actions: everything that changes the office. Each file holds those of one subject; :func:`perform` does them."""

from guanzi.office.actions.framework import ACTIONS, Action, Forbidden, NotThere, Performed, authorise, may, perform
from guanzi.office.actions.loading import load_actions

__all__ = [
    "ACTIONS",
    "Action",
    "Forbidden",
    "NotThere",
    "Performed",
    "authorise",
    "load_actions",
    "may",
    "perform",
]
