"""Due diligence: unit costs, patents, technology routes and users."""

from guanzi.base.core import late_names

__all__ = [
    "measures",
    "patents",
    "routes",
    "unitcost",
    "users",
]

_LATE: dict[str, tuple[str, ...]] = {}
__getattr__ = late_names(__name__, _LATE, ("measures", "patents", "routes", "unitcost", "users"))
