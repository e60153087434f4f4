"""Screening: people and companies, whether names match, who is on a list, who is behind whom."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.study.screening import THRESHOLD, probability, scores

__all__ = [
    "THRESHOLD",
    "lists",
    "names",
    "ownership",
    "probability",
    "scores",
]

_LATE = {
    "guanzi.study.screening": (
        "THRESHOLD",
        "probability",
        "scores",
    ),
}
__getattr__ = late_names(__name__, _LATE, ("lists", "names", "ownership"))
