"""What the price of the day says of the value of a company's shares later: return, volatility, jump to default.

In expectation the value grows at the required return. With the chance of the failure curve it has jumped to nothing by
then; survivors pay for that with a higher growth. Volatility fades from today's to a long-run level.

References:
    Merton: Option pricing when underlying stock returns are discontinuous. Journal of Financial Economics 3 (1976):
    the jump to ruin adds its intensity to the rate of growth of survivors.
    Hull: Options, Futures, and Other Derivatives, chapter on estimating volatilities: its term structure when the
    variance reverts to a long-run level.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from guanzi.study.forecasting.hazard import FailureCurve
from guanzi.study.forecasting.quantiles import LEVELS, Floats, Quantiles
from guanzi.study.forecasting.walk import normal_quantiles


@dataclass(frozen=True, slots=True)
class MarketView:
    """The value of the shares that are outstanding today, as their market sees it; new shares are not in it.

    Attributes:
        value: Today's, in any currency.
        required_return: Of a year, continuously compounded, as a fraction.
        volatility: Today's, of a year: from traded returns, or of the class where nothing is traded.
        long_volatility: To which it fades.
        fade: Years in which half of the distance between both variances is gone; above 0.
        failure: When the shares become worth nothing.
    """

    value: float
    required_return: float
    volatility: float
    long_volatility: float
    fade: float
    failure: FailureCurve

    def variance(self, years: float) -> float:
        """Of the logarithm of the value of a survivor, after so many years."""
        long, speed = self.long_volatility**2, math.log(2.0) / self.fade
        return long * years - (self.volatility**2 - long) * math.expm1(-speed * years) / speed

    def at(self, years: float, levels: Floats = LEVELS) -> Quantiles:
        """The value after so many years, 0 where the company has failed.

        >>> calm = MarketView(100.0, 0.05, 0.4, 0.4, 2.0, FailureCurve((1.0,), (0.0,)))
        >>> round(float(calm.at(2.0).at(0.5)), 2), round(100 * math.exp(0.10 - 0.16), 2)
        (94.18, 94.18)
        """
        failed = float(self.failure.at(years))
        if failed >= 1.0:
            return Quantiles(levels, np.zeros(len(levels)))
        v = self.variance(years)
        middle = math.log(self.value) + self.required_return * years - math.log1p(-failed) - v / 2.0
        inside = (levels - failed) / (1.0 - failed)
        alive = inside > 0.0
        z = normal_quantiles(np.where(alive, inside, 0.5))
        return Quantiles(levels, np.where(alive, np.exp(middle + math.sqrt(v) * z), 0.0))
