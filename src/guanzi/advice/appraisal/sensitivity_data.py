"""What an assumption does to a result, as the appraisal holds it."""

from __future__ import annotations

from guanzi.advice.appraisal.data import Text
from guanzi.base.reading import Data


class TornadoSpanData(Data):
    """What one assumption does to the result.

    Attributes:
        parameter: Id of the parameter, ``parameter.<name>``; empty for chance.
        total: Total-order Sobol' index: at most this share of the variance goes if the assumption becomes known.
        first: First-order index: this share goes if only it becomes known.
        low, high: Its values at the 10 % and 90 % quantiles; None for chance.
        at_low, at_high: The mean result there; None for chance.
        error: Standard error of ``total``; None in an earlier appraisal.
    """

    parameter: str
    label: Text
    unit: str
    total: float
    first: float
    low: float | None
    high: float | None
    at_low: float | None
    at_high: float | None
    error: float | None = None


class SensitivityData(Data):
    """Which assumption moves the result, largest share first; ``mean`` is the result over the same paths.

    Attributes:
        leading: Assumptions that move it most and cannot be told apart among themselves; none: too many cannot.
    """

    result: Text
    mean: float
    paths: int
    swings: tuple[TornadoSpanData, ...]
    sentence: Text
    leading: tuple[Text, ...] = ()
