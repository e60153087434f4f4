"""Effects on one place: what it would have done without an event, as a mixture of places without it."""

from guanzi.study.effects.synthetic import FEWEST_BEFORE, FEWEST_DONORS, PlaceEffect, judge_effect, mixture

__all__ = [
    "FEWEST_BEFORE",
    "FEWEST_DONORS",
    "PlaceEffect",
    "judge_effect",
    "mixture",
]
