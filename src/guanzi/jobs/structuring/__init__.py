"""Structuring: two deals compared, better terms searched, how far the public side may go, many deals together."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.advice.structuring import compare_clauses, herfindahl
    from guanzi.jobs.structuring.documents.difference import difference_document
    from guanzi.jobs.structuring.documents.portfolio import portfolio_document
    from guanzi.jobs.structuring.documents.structure import address_document, structure_document
    from guanzi.jobs.structuring.documents.walkaway import Contest, walkaway_document

__all__ = [
    "Contest",
    "address_document",
    "compare_clauses",
    "difference",
    "difference_document",
    "draft",
    "herfindahl",
    "portfolio",
    "portfolio_document",
    "structure_document",
    "structuring",
    "walkaway",
    "walkaway_document",
]

_LATE = {
    "guanzi.advice.structuring": (
        "compare_clauses",
        "herfindahl",
    ),
    "documents.difference": ("difference_document",),
    "documents.portfolio": ("portfolio_document",),
    "documents.structure": (
        "address_document",
        "structure_document",
    ),
    "documents.walkaway": (
        "Contest",
        "walkaway_document",
    ),
}
__getattr__ = late_names(__name__, _LATE, ("difference", "draft", "portfolio", "structuring", "walkaway"))
