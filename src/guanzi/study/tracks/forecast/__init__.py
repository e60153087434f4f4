"""Entry forecast: the probability that a region enters an industry, tested on the past of the same panel."""

from guanzi.study.tracks.forecast.evaluation import METHODS, Evaluation, Gain, MethodScores, RegionRow, evaluate, steps
from guanzi.study.tracks.forecast.forecasting import EntryForecast, forecast_entries
from guanzi.study.tracks.forecast.learning import Learnt, Settings
from guanzi.study.tracks.forecast.model import EntryModel
from guanzi.study.tracks.forecast.windows import Window

__all__ = [
    "METHODS",
    "EntryForecast",
    "EntryModel",
    "Evaluation",
    "Gain",
    "Learnt",
    "MethodScores",
    "RegionRow",
    "Settings",
    "Window",
    "evaluate",
    "forecast_entries",
    "steps",
]
