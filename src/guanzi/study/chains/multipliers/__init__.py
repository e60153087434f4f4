"""Hybrid input-output: what a plant sets off in a region, gross and net, with every choice as an interval."""

from guanzi.study.chains.multipliers.economy import MEASURES, home_part
from guanzi.study.chains.multipliers.effects import Effect, effects
from guanzi.study.chains.multipliers.leontief import coefficients, extraction, factor
from guanzi.study.chains.multipliers.regional import DELTA
from guanzi.study.chains.multipliers.study import Study, study
from guanzi.study.chains.multipliers.together import SPILL_MEASURES, Spill, Together, spill_over, together

__all__ = [
    "DELTA",
    "MEASURES",
    "SPILL_MEASURES",
    "Effect",
    "Spill",
    "Study",
    "Together",
    "coefficients",
    "effects",
    "extraction",
    "factor",
    "home_part",
    "spill_over",
    "study",
    "together",
]
