"""The forecast itself: who will enter what, beside the backtest on the window before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from guanzi.base.core import InvalidInput
from guanzi.intake.industries import IndustryPanel
from guanzi.study.tracks.arrays import Flags, Floats
from guanzi.study.tracks.forecast.evaluation import Evaluation, evaluate
from guanzi.study.tracks.forecast.features import features
from guanzi.study.tracks.forecast.learning import Learnt, Settings, learn


@dataclass(frozen=True, slots=True)
class EntryForecast:
    """Probability of entry, regions x industries.

    Attributes:
        origin: Year from which is looked ahead: the last of the panel.
        horizon: Years ahead.
        risk: Cells that can be entered; elsewhere the arrays are NaN.
        probability: Of entry within the horizon.
        low, high: Between which cells of such a score have been entered, had other regions been seen (90 %). Not
            whether the
            future is like the past: that the backtest shows.
        baseline: What size, diversity and ubiquity alone would say.
        learnt: From what.
        backtest: How the same method did in the window before; None where the panel is too short for one.
    """

    origin: int
    horizon: int
    risk: Flags
    probability: Floats
    low: Floats
    high: Floats
    baseline: Floats
    learnt: Learnt
    backtest: Evaluation | None


def forecast_entries(panel: IndustryPanel, settings: Settings) -> EntryForecast:
    """Forecast entries from the last year of a panel, and test the method on the window before.

    Args:
        panel: Region x industry x year.
        settings: What is forecast.

    Raises:
        InvalidInput: There is no window to learn from.
    """
    with threadpool_limits(1, "blas"):  # its threads would wait for those that learn the folds
        return _forecast(panel, settings)


def _forecast(panel: IndustryPanel, settings: Settings) -> EntryForecast:
    origin = panel.years[-1]
    learnt = learn(panel, origin, settings, settings.horizon)
    found = features(panel, origin, settings.horizon, settings.measure, learnt.names, settings.seed)
    x = found.matrix(learnt.names)
    low, high = learnt.model.interval(x)
    said = {
        "probability": learnt.model.predict_proba(x)[:, 1],
        "low": low,
        "high": high,
        "baseline": learnt.baseline.predict_proba(x[:, : learnt.baseline.n_features_in_])[:, 1],
    }
    wide = {name: _spread(learnt.stretched(p, settings.horizon), found.risk) for name, p in said.items()}
    try:
        backtest = evaluate(panel, settings)
    except InvalidInput:  # a panel of one transition can be learnt from, and not tested
        backtest = None
    return EntryForecast(origin, settings.horizon, found.risk, **wide, learnt=learnt, backtest=backtest)


def _spread(values: Floats, risk: Flags) -> Floats:
    out = np.full(risk.shape, np.nan)
    out[risk] = values
    return out
