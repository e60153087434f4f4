"""Backtest: what happened against what was predicted, opened only after the appraisal is finished."""

from guanzi.backtest.hindsight import Hindsight, OutcomeFact, Point, Series, hindsight
from guanzi.backtest.scores import crps, in_band

__all__ = ["Hindsight", "OutcomeFact", "Point", "Series", "crps", "hindsight", "in_band"]
