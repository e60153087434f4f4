"""From what was known at a decision to a probability of success: the base rate of its kind, moved by few stated parts.

    log-odds = base rate + weight of the balance of findings * z + weight of survival * x,   moves within +-farthest

The *base rate* is how often bets on the same kind of company came out well, shrunk towards all bets; only bets on the
company itself are left out. The same with all bets of its city left out stands beside it: such a rate moves against the
outcome by construction. ``z`` is assets less risks found, in standard deviations from the other bets; ``x`` is the
log-odds of survival less the mean of the other bets. Weights, their errors and their reasons are stated in
``library/precedents/forecast.yaml``, which is hashed before outcomes are opened; nothing is learnt from the bets that
are scored.

The interval says how little is known: the error of the base rate (Beta posterior) and those of the weights, added as
variances of log-odds.

References:
    Kahneman, Lovallo: Timid choices and bold forecasts. Management Science 39 (1993).
    Green, Swets: Signal Detection Theory and Psychophysics (1966), on the binormal curve.
    Hanley, McNeil: The meaning and use of the area under a ROC curve. Radiology 143 (1982), on its error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guanzi.advice.backtest.replay import Replay
from guanzi.base.core import sha256_of
from guanzi.base.reading import Format, load_shipped
from guanzi.record.evidence import Precedent
from guanzi.study.precedents import ClassRate, HoldOut, outside_view

type Floats = NDArray[np.float64]

EDGE = 0.02
"""No probability of a model is taken to be nearer to 0 or 1 than this: thousands of simulated paths are no proof."""
KIND = 1
"""Of the nested classes the one of the same kind of company; the industry within it holds too few."""
BAND = 1.6448536269514722
"""Standard deviations on either side that hold nine in ten."""
LEAST_SPREAD = 1.0
"""The balance counts findings: bets that differ by less than one finding are not told apart."""


class Feature(Format):
    """One part that moves the base rate.

    Attributes:
        weight: By how much the log-odds move per unit.
        error: Standard deviation of the weight: how little is known of it.
        most: Units beyond which more of the same says nothing new.
        because: Where the weight comes from.
    """

    id: Literal["balance", "survival"]
    weight: float
    error: float
    most: float
    because: str


class Method(Format):
    """The frozen method; ``farthest``: how far all moves together may go, in log-odds."""

    format: Literal[2]
    method: str
    made_on: date
    features: tuple[Feature, ...]
    farthest: float

    @property
    def sha256(self) -> str:
        """Hash of everything that decides."""
        return sha256_of(self.model_dump(mode="json"))

    @property
    def weights(self) -> Floats:
        """The stated weights."""
        return np.array([feature.weight for feature in self.features])

    @property
    def errors(self) -> Floats:
        """Their standard deviations."""
        return np.array([feature.error for feature in self.features])


@cache
def method() -> Method:
    """The shipped method."""
    return load_shipped(Method, "precedents", "forecast.yaml")


@dataclass(frozen=True, slots=True)
class MethodParts:
    """Which parts of the method are used; all of them unless an ablation leaves one out."""

    kinds: bool = True
    survival: bool = True
    findings: bool = True
    terms: bool = True


WHOLE = MethodParts()


@dataclass(frozen=True, slots=True)
class BetForecasts:
    """Forecasts of bets.

    Attributes:
        probability: Of success.
        low, high: Nine in ten by what is known of base rate and weights.
        parts: (bets, 1 + features): log-odds of the base rate, and what each part adds to them.
    """

    probability: Floats
    low: Floats
    high: Floats
    parts: Floats


def forecast_odds(
    replays: Sequence[Replay],
    precedents: Sequence[Precedent],
    how: Method,
    use: MethodParts = WHOLE,
    hold_out: HoldOut = "company",
) -> BetForecasts:
    """The forecasts; with ``hold_out="city"`` no bet of the same city counts in a base rate."""
    rates = [_rate(replay, precedents, use, hold_out) for replay in replays]
    return _moved(rates, table(replays, how, use), how)


def on_the_day(replays: Sequence[Replay], precedents: Sequence[Precedent], how: Method) -> BetForecasts:
    """Forecasts that could have been made on the day: from bets that had been decided, and settled, by then.

    The other forecasts also use bets that came later: cross-validation, not a record of forecasts.
    """
    raw = _raw(replays, how, WHOLE)
    rates, moved = [], np.zeros_like(raw)
    for i, replay in enumerate(replays):
        rates.append(_rate(replay, precedents, WHOLE, "company", replay.decided))
        earlier = [j for j, other in enumerate(replays) if j != i and other.decided <= replay.decided]
        moved[i] = _apart(raw[i], raw[earlier], how)
    return _moved(rates, moved, how)


def table(replays: Sequence[Replay], how: Method, use: MethodParts = WHOLE) -> Floats:
    """(bets, features): how far each bet differs from the others, which needs no outcome; nought where unknown."""
    raw = _raw(replays, how, use)
    rows = [_apart(raw[i], np.delete(raw, i, axis=0), how) for i in range(len(raw))]
    return np.array(rows, np.float64).reshape(len(replays), len(how.features))


def _moved(rates: Sequence[ClassRate], moved: Floats, how: Method) -> BetForecasts:
    base = np.array([logit(rate.rate) for rate in rates])
    spread = np.array([(logit(rate.high) - logit(rate.low)) / (2.0 * BAND) for rate in rates])
    moves = moved * how.weights
    whole = np.abs(moves.sum(axis=1))
    moves = moves * np.minimum(1.0, how.farthest / np.maximum(whole, how.farthest))[:, None]
    odds = base + moves.sum(axis=1)
    error = np.sqrt(spread**2 + np.square(moved * how.errors).sum(axis=1))
    return BetForecasts(
        expit(odds), expit(odds - BAND * error), expit(odds + BAND * error), np.column_stack([base[:, None], moves])
    )


def _rate(
    replay: Replay, precedents: Sequence[Precedent], use: MethodParts, hold_out: HoldOut, as_of: date | None = None
) -> ClassRate:
    nested = outside_view(replay.profile, precedents, as_of=as_of, hold_out=hold_out).nested
    return nested[KIND if use.kinds else 0]


def _raw(replays: Sequence[Replay], how: Method, use: MethodParts) -> Floats:
    rows = [[_value(replay, feature, use) for feature in how.features] for replay in replays]
    return np.array(rows, np.float64).reshape(len(replays), len(how.features))


def _apart(mine: Floats, others: Floats, how: Method) -> Floats:
    """How far a bet differs from the mean of the others; the balance in their standard deviations."""
    out = np.zeros(len(how.features))
    for n, feature in enumerate(how.features):
        held = others[:, n][~np.isnan(others[:, n])]
        if np.isnan(mine[n]) or not len(held):
            continue
        unit = max(float(held.std()), LEAST_SPREAD) if feature.id == "balance" else 1.0
        out[n] = np.clip((mine[n] - held.mean()) / unit, -feature.most, feature.most)
    return out


def _value(replay: Replay, feature: Feature, use: MethodParts) -> float:
    if feature.id == "survival":
        return float("nan") if replay.survival is None or not use.survival else logit(replay.survival)
    if not use.findings:
        return float("nan")
    return float((replay.found if use.terms else replay.bare).balance)


def logit(p: float) -> float:
    """Log-odds of a probability, kept away from certainty."""
    q = min(max(p, EDGE), 1.0 - EDGE)
    return float(np.log(q / (1.0 - q)))


def expit(x: Floats) -> Floats:
    """Probabilities of log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-x)))
