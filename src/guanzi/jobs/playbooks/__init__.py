"""Playbooks: governance models as data, and whether a city can run one."""

from guanzi.base.core import late_names

__all__ = [
    "playbooks",
    "replicability",
]

_LATE: dict[str, tuple[str, ...]] = {}
__getattr__ = late_names(__name__, _LATE, ("playbooks", "replicability"))
