"""Rules: packs of public rules, and a deal judged by them."""

from guanzi.base.core import late_names

__all__ = [
    "court",
    "judgement",
    "rules",
]

_LATE: dict[str, tuple[str, ...]] = {}
__getattr__ = late_names(__name__, _LATE, ("court", "judgement", "rules"))
