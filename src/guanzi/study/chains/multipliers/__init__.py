"""Hybrid input-output: what a plant sets off in a region, gross and net, with every choice as an interval."""

from guanzi.study.chains.multipliers.anchor import AnchorPart, Split, check_sectors, split
from guanzi.study.chains.multipliers.economy import MEASURES, Economy, home_part, national, regional
from guanzi.study.chains.multipliers.effects import Effect, effects
from guanzi.study.chains.multipliers.gras import Balanced, CannotBalance, balance
from guanzi.study.chains.multipliers.leontief import (
    Closed,
    Leontief,
    Linkages,
    NotProductive,
    coefficients,
    extraction,
    factor,
    linkages,
    with_households,
)
from guanzi.study.chains.multipliers.regional import (
    DELTA,
    METHODS,
    Method,
    charm,
    cross_hauling,
    cross_industry,
    location_quotients,
    size_factor,
    trade_coefficients,
)
from guanzi.study.chains.multipliers.study import Multiplier, Study, study

__all__ = [
    "DELTA",
    "MEASURES",
    "METHODS",
    "AnchorPart",
    "Balanced",
    "CannotBalance",
    "Closed",
    "Economy",
    "Effect",
    "Leontief",
    "Linkages",
    "Method",
    "Multiplier",
    "NotProductive",
    "Split",
    "Study",
    "balance",
    "charm",
    "check_sectors",
    "coefficients",
    "cross_hauling",
    "cross_industry",
    "effects",
    "extraction",
    "factor",
    "home_part",
    "linkages",
    "location_quotients",
    "national",
    "regional",
    "size_factor",
    "split",
    "study",
    "trade_coefficients",
    "with_households",
]
