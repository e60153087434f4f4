"""Due diligence: unit costs, patents, technology routes and users."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.diligence import measures, patents, routes, unitcost, users
else:
    __all__, __getattr__ = late_names(__name__)
