"""What several jobs use: how a service is run, which deal is meant, and the words and tables of an appraisal."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.shared.documents.clauses import clause_table
    from guanzi.jobs.shared.documents.figures import format_figure, format_interval, format_value
    from guanzi.jobs.shared.documents.pages import plain_environment
    from guanzi.jobs.shared.documents.words import day, title
    from guanzi.jobs.shared.show import show_json

__all__ = [
    "clause_table",
    "day",
    "deals",
    "format_figure",
    "format_interval",
    "format_value",
    "plain_environment",
    "results",
    "run",
    "show",
    "show_json",
    "singlepage",
    "title",
    "unsimulated",
    "versions",
]

_LATE = {
    "documents.clauses": ("clause_table",),
    "documents.figures": (
        "format_figure",
        "format_interval",
        "format_value",
    ),
    "documents.pages": ("plain_environment",),
    "documents.words": (
        "day",
        "title",
    ),
    "show": ("show_json",),
}
__getattr__ = late_names(__name__, _LATE, ("deals", "results", "run", "show", "singlepage", "unsimulated", "versions"))
