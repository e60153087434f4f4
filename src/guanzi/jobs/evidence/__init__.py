"""Evidence: cases, their documents and statements, workbooks and notes, and where sources disagree."""

from guanzi.base.core import late_names

__all__ = [
    "cases",
    "conflicts",
    "factuse",
    "notes",
    "proposals",
    "review",
    "room",
    "statements",
    "workbooks",
]

_LATE: dict[str, tuple[str, ...]] = {}
__getattr__ = late_names(
    __name__,
    _LATE,
    ("cases", "conflicts", "factuse", "notes", "proposals", "review", "room", "statements", "workbooks"),
)
