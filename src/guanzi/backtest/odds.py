"""From what was known at a decision to a probability of success: outside view, moved by few stated features.

    logit p = logit(outside view) + sum over features of weight * (value - mean of the other bets)

Weights are judgements (``library/precedents/forecast.yaml``), fixed and hashed before outcomes are opened. *Learnt*
weights are the posterior mode of a logistic regression with the outside view as offset and normal priors around the
judgements, on bets of other cities only: for every city that is held out, both the weights and the outside views of the
bets that they are learnt from are made without it.

References:
    Gelman et al.: A weakly informative default prior distribution for logistic and other regression models. Annals of
    Applied Statistics 2 (2008).
    Varma, Simon: Bias in error estimation when using cross-validation for model selection. BMC Bioinformatics 7 (2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from guanzi.backtest.replay import Replay
from guanzi.core import sha256_of
from guanzi.evidence import Precedent
from guanzi.precedents import outside_view

type Floats = NDArray[np.float64]

EDGE = 0.02
"""No probability of a model is taken to be nearer to 0 or 1 than this: thousands of simulated paths are no proof."""
STEPS = 50


class Feature(BaseModel):
    """One feature, with the weight that was judged before any case was scored."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: Literal["survival", "critical", "high", "strengths"]
    weight: float
    most: float
    because: str


class Spread(BaseModel):
    """How far learning may move a weight: a share of it, and at least so much (standard deviation of the prior)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    share: float
    least: float


class Method(BaseModel):
    """The frozen method."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1]
    method: str
    made_on: date
    features: tuple[Feature, ...]
    spread: Spread

    @property
    def sha256(self) -> str:
        """Hash of everything that decides."""
        return sha256_of(self.model_dump(mode="json"))

    @property
    def weights(self) -> Floats:
        """The judged weights."""
        return np.array([feature.weight for feature in self.features])


@cache
def method() -> Method:
    """The shipped method."""
    text = files("guanzi.library").joinpath("precedents", "forecast.yaml").read_text("utf-8")
    return Method.model_validate(yaml.safe_load(text))


@dataclass(frozen=True, slots=True)
class Use:
    """Which parts of the method are used; all of them unless an ablation leaves one out."""

    outside: bool = True
    survival: bool = True
    findings: bool = True
    terms: bool = True


WHOLE = Use()


def table(replays: Sequence[Replay], how: Method, use: Use = WHOLE) -> Floats:
    """(bets, features): each less the mean of the other bets, which needs no outcome."""
    raw = _raw(replays, how, use)
    if len(raw) < 2:
        return np.zeros_like(raw)
    others = (np.nansum(raw, axis=0) - np.nan_to_num(raw)) / np.maximum((~np.isnan(raw)).sum(axis=0) - 1, 1)
    return np.asarray(np.nan_to_num(raw - others))


def _raw(replays: Sequence[Replay], how: Method, use: Use) -> Floats:
    rows = [[_value(replay, feature, use) for feature in how.features] for replay in replays]
    return np.array(rows, np.float64).reshape(len(replays), len(how.features))


def outside(replay: Replay, precedents: Sequence[Precedent], use: Use, without: str = "") -> float:
    """Log-odds of the outside view, without the bet's own city and without one more."""
    if not use.outside:
        return 0.0
    return logit(outside_view(replay.profile, [p for p in precedents if p.region != without]).rate)


def stated(replays: Sequence[Replay], precedents: Sequence[Precedent], how: Method, use: Use = WHOLE) -> Floats:
    """Probabilities by the judged weights."""
    base = np.array([outside(replay, precedents, use) for replay in replays])
    return expit(base + table(replays, how, use) @ how.weights)


def on_the_day(replays: Sequence[Replay], precedents: Sequence[Precedent], how: Method) -> Floats:
    """Probabilities that could have been told on the day: judged weights, and bets decided and settled by then.

    The other forecasts also use bets of other cities that came later: cross-validation, not a record of forecasts.
    """
    raw = _raw(replays, how, WHOLE)
    out = np.empty(len(replays))
    for i, replay in enumerate(replays):
        base = logit(outside_view(replay.profile, precedents, as_of=replay.decided).rate)
        earlier = [j for j, other in enumerate(replays) if j != i and other.decided <= replay.decided]
        out[i] = expit(np.array([base + float(_apart(raw[i], raw[earlier]) @ how.weights)]))[0]
    return out


def _apart(mine: Floats, others: Floats) -> Floats:
    """Each feature less the mean of the others that have it; nought where none has."""
    known = ~np.isnan(others)
    counts = known.sum(axis=0)
    mean = np.nan_to_num(others).sum(axis=0) / np.maximum(counts, 1)
    return np.asarray(np.where(counts > 0, np.nan_to_num(mine - mean), 0.0))


def learnt(replays: Sequence[Replay], precedents: Sequence[Precedent], how: Method, use: Use = WHOLE) -> Floats:
    """Probabilities by weights that are learnt from bets of other cities."""
    return expit(parts(replays, precedents, how, use).sum(axis=1))


def parts(replays: Sequence[Replay], precedents: Sequence[Precedent], how: Method, use: Use = WHOLE) -> Floats:
    """(bets, 1 + features): what the outside view and each feature add to the log-odds of :func:`learnt`."""
    success = {p.case: p.success for p in precedents}
    x = table(replays, how, use)
    out = np.empty((len(replays), 1 + len(how.features)))
    for city in sorted({replay.profile.region for replay in replays}):
        train = [i for i, r in enumerate(replays) if r.profile.region != city and r.profile.case in success]
        base = np.array([outside(replays[i], precedents, use, without=city) for i in train])
        y = np.array([success[replays[i].profile.case] for i in train])
        weights = posterior_mode(x[train], y, base, how) if train else how.weights
        for i, replay in enumerate(replays):
            if replay.profile.region == city:
                out[i, 0] = outside(replay, precedents, use)
                out[i, 1:] = x[i] * weights
    return out


def posterior_mode(x: Floats, y: Floats, offset: Floats, how: Method) -> Floats:
    """Weights of a logistic regression with an offset and normal priors around the judged weights, by Newton's method.

    Args:
        x: (bets, features).
        y: (bets,): success between 0 and 1.
        offset: (bets,): log-odds before the features.
        how: The method.
    """
    centre = how.weights
    precision = 1.0 / np.square(np.maximum(how.spread.share * np.abs(centre), how.spread.least))
    weights = centre.copy()
    for _ in range(STEPS):
        p = expit(offset + x @ weights)
        gradient = x.T @ (y - p) - precision * (weights - centre)
        curvature = (x.T * (p * (1.0 - p))) @ x + np.diag(precision)
        step = np.linalg.solve(curvature, gradient)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-12:
            break
    return np.asarray(weights)


def logit(p: float) -> float:
    """Log-odds of a probability, kept away from certainty."""
    q = min(max(p, EDGE), 1.0 - EDGE)
    return float(np.log(q / (1.0 - q)))


def expit(x: Floats) -> Floats:
    """Probabilities of log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-x)))


def _value(replay: Replay, feature: Feature, use: Use) -> float:
    if feature.id == "survival":
        if replay.survival is None or not use.survival:
            return float("nan")
        return min(max(logit(replay.survival), -feature.most), feature.most)
    if not use.findings:
        return float("nan")
    found = replay.found if use.terms else replay.bare
    counts = {"critical": found.critical, "high": found.high, "strengths": found.strengths}
    return min(float(counts[feature.id]), feature.most)
