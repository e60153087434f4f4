"""Forecasting: one forecast from several, coherent with the prices of the day, and how good it has been."""

from guanzi.study.forecasting.bootstrap import (
    LEAST_CLUSTERS,
    BootstrapEstimate,
    estimate,
    estimate_mean,
    estimate_pair,
    estimate_skill,
    permutation_p,
)
from guanzi.study.forecasting.coherence import (
    LEAST_ESS,
    Coherence,
    Constraint,
    coherent,
    effective_sample_size,
    relative_entropy,
)
from guanzi.study.forecasting.conditioning import (
    LEAST_PATHS,
    Actual,
    Conditioned,
    Surprise,
    condition,
)
from guanzi.study.forecasting.counts import count
from guanzi.study.forecasting.growth import GrowthHistogram, ReferenceGrowth
from guanzi.study.forecasting.hazard import YEARS, FailureCurve, FailurePool, pooled_failure
from guanzi.study.forecasting.market import MarketView
from guanzi.study.forecasting.pools import linear_pool, linear_probability, log_odds_probability, quantile_pool
from guanzi.study.forecasting.quantiles import LEVELS, Floats, Quantiles, quantiles_of
from guanzi.study.forecasting.replayed import REPLAYED
from guanzi.study.forecasting.scores import (
    Bin,
    auc,
    brier,
    calibration,
    crps,
    crps_of_quantiles,
    in_band,
    in_band_of_quantiles,
    log_score,
    pinball,
)
from guanzi.study.forecasting.stacking import PRIOR, LinearLosses, LogOddsLosses, QuantileLosses, Stacked, stack
from guanzi.study.forecasting.walk import GrowthCell, Walk, cells_for, naive_walk

__all__ = [
    "LEAST_CLUSTERS",
    "LEAST_ESS",
    "LEAST_PATHS",
    "LEVELS",
    "PRIOR",
    "REPLAYED",
    "YEARS",
    "Actual",
    "Bin",
    "BootstrapEstimate",
    "Coherence",
    "Conditioned",
    "Constraint",
    "FailureCurve",
    "FailurePool",
    "Floats",
    "GrowthCell",
    "GrowthHistogram",
    "LinearLosses",
    "LogOddsLosses",
    "MarketView",
    "QuantileLosses",
    "Quantiles",
    "ReferenceGrowth",
    "Stacked",
    "Surprise",
    "Walk",
    "auc",
    "brier",
    "calibration",
    "cells_for",
    "coherent",
    "condition",
    "count",
    "crps",
    "crps_of_quantiles",
    "effective_sample_size",
    "estimate",
    "estimate_mean",
    "estimate_pair",
    "estimate_skill",
    "in_band",
    "in_band_of_quantiles",
    "linear_pool",
    "linear_probability",
    "log_odds_probability",
    "log_score",
    "naive_walk",
    "permutation_p",
    "pinball",
    "pooled_failure",
    "quantile_pool",
    "quantiles_of",
    "relative_entropy",
    "stack",
]
