"""Entry forecast: the probability that a region enters an industry, tested on the past of the same panel."""

from guanzi.study.tracks.forecast.evaluation import METHODS, Evaluation, MethodScores, RegionRow, evaluate, steps
from guanzi.study.tracks.forecast.forecasting import EntryForecast, forecast_entries
from guanzi.study.tracks.forecast.learning import Settings
from guanzi.study.tracks.forecast.model import EntryModel

__all__ = [
    "METHODS",
    "EntryForecast",
    "EntryModel",
    "Evaluation",
    "MethodScores",
    "RegionRow",
    "Settings",
    "evaluate",
    "forecast_entries",
    "steps",
]
