"""Terms: a term sheet in words, and what is weak in it."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.terms.documents.lint import LintStudy, lint_document

__all__ = [
    "LintStudy",
    "counterexamples",
    "explanation",
    "lint_document",
    "linting",
    "sheetcheck",
]

_LATE = {
    "documents.lint": (
        "LintStudy",
        "lint_document",
    )
}
__getattr__ = late_names(__name__, _LATE, ("counterexamples", "explanation", "linting", "sheetcheck"))
