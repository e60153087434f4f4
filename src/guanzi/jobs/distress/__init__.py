"""Distress of firms: how well it is told, and scores of firms."""

from guanzi.base.core import late_names

__all__ = [
    "distress",
    "scores",
]

_LATE: dict[str, tuple[str, ...]] = {}
__getattr__ = late_names(__name__, _LATE, ("distress", "scores"))
