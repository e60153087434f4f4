"""Distress of firms: how well it is told, and scores of firms."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.distress import distress, scores
else:
    __all__, __getattr__ = late_names(__name__)
