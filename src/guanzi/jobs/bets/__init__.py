"""Bets: how often public bets of a kind work out, how good such odds have been, and a city's record against them."""

from guanzi.base.core import late_names

__all__ = [
    "forecast",
    "learning",
    "record",
    "register",
    "score",
]

_LATE: dict[str, tuple[str, ...]] = {}
__getattr__ = late_names(__name__, _LATE, ("forecast", "learning", "record", "register", "score"))
