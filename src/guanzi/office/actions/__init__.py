"""Actions: everything that changes the office. Each file holds those of one subject; :func:`perform` does them."""

from guanzi.office.actions.framework import (
    ACTIONS,
    Action,
    ActionInput,
    Allowance,
    CaseInput,
    Doing,
    Forbidden,
    NotThere,
    Performed,
    action,
    authorise,
    may,
    perform,
)
from guanzi.office.actions.loading import load_actions

__all__ = [
    "ACTIONS",
    "Action",
    "ActionInput",
    "Allowance",
    "CaseInput",
    "Doing",
    "Forbidden",
    "NotThere",
    "Performed",
    "action",
    "authorise",
    "load_actions",
    "may",
    "perform",
]
