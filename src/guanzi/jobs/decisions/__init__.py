"""Decisions: recorded in a ledger, exported, verified; the papers of a committee."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.decisions.documents.paper import DecisionTaken, memorandum, minutes
    from guanzi.jobs.decisions.documents.paper_book import DealMoney, money_book, money_document

__all__ = [
    "DealMoney",
    "DecisionTaken",
    "bundles",
    "decisions",
    "forgetting",
    "ledgers",
    "memorandum",
    "minutes",
    "money_book",
    "money_document",
    "papers",
    "standing",
]

_LATE = {
    "documents.paper": (
        "DecisionTaken",
        "memorandum",
        "minutes",
    ),
    "documents.paper_book": (
        "DealMoney",
        "money_book",
        "money_document",
    ),
}
__getattr__ = late_names(__name__, _LATE, ("bundles", "decisions", "forgetting", "ledgers", "papers", "standing"))
