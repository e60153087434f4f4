"""Backtest: decided cases replayed with what was known, and scored."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.backtest.documents.backtest import backtest_document

__all__ = [
    "backtest",
    "backtest_document",
]

_LATE = {"documents.backtest": ("backtest_document",)}
__getattr__ = late_names(__name__, _LATE, ("backtest",))
