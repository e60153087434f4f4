"""Bets: how often public bets of a kind work out, how good such odds have been, and a city's record against them."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.bets import answers, declared, finding, forecast, record, register, score
else:
    __all__, __getattr__ = late_names(__name__)
