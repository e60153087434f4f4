"""Backtest: decided cases replayed with what was known, and scored."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.backtest import backtest
else:
    __all__, __getattr__ = late_names(__name__)
