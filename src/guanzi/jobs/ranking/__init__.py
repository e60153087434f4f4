"""Ranking: alternatives by several criteria."""

from guanzi.base.core import late_names

__all__ = [
    "ranking",
]

_LATE: dict[str, tuple[str, ...]] = {}
__getattr__ = late_names(__name__, _LATE, ("ranking",))
