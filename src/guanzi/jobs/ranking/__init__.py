"""Ranking: alternatives by several criteria."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.ranking import ranking
else:
    __all__, __getattr__ = late_names(__name__)
