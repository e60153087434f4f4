"""Screening: people and companies, whether names match, who is on a list, who is behind whom."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.screening import lists, names, ownership
    from guanzi.study.screening import THRESHOLD, probability, scores
else:
    __all__, __getattr__ = late_names(__name__)
