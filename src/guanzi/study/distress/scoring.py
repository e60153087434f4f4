"""Scoring firms with a fitted model: probability, interval, what may happen, and which columns say so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from guanzi.study.distress.card import Card
from guanzi.study.distress.horizon import at_horizon
from guanzi.study.distress.intervals import LEVEL, conformal_outcomes, probability_intervals
from guanzi.study.distress.model import DistressModel
from guanzi.study.distress.shift import prior_shift

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """What a column adds to the log-odds of failure, against a firm of which nothing is known.

    Attributes:
        column: Its name.
        value: What the firm has; None when it is missing.
        log_odds: Above 0 it speaks for failure.
    """

    column: str
    value: float | None
    log_odds: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A firm's score.

    Attributes:
        probability: Of failing within the horizon, at the base rate.
        interval: Venn-Abers interval of it.
        may_fail, may_survive: The conformal set, at the training rate and the horizon of the training labels.
        held: How many of the model's columns the firm has.
        parts: The columns with the largest contributions, the largest first (Shapley values, see ``members``).
    """

    probability: float
    interval: tuple[float, float]
    may_fail: bool
    may_survive: bool
    held: int
    parts: tuple[Part, ...]


def score(
    model: DistressModel,
    card: Card,
    values: Floats,
    base_rate: float | None = None,
    horizon: int | None = None,
    most: int = 5,
    level: float = LEVEL,
) -> tuple[Scored, ...]:
    """Score firms.

    Args:
        model: A fitted model.
        card: Its card.
        values: The card's columns, shape (rows, columns); NaN where nothing is held.
        base_rate: Share of failures within ``horizon`` years where the firms come from; None: the training rate.
        horizon: Years; None: those of the training labels.
        most: Parts that are told.
        level: Of the conformal sets.
    """
    years = horizon or card.horizon
    rows = np.where(np.isfinite(values), values, np.nan)
    probability = _at(np.asarray(expit(model.training_log_odds(rows))), model, card, base_rate, years)
    plain = _at(probability_intervals(model, rows), model, card, base_rate, years)
    sets = conformal_outcomes(model, rows, level)
    shares = model.contributions(rows)[:, :-1]
    return tuple(
        Scored(
            probability=float(probability[i]),
            interval=(float(min(plain[i, 0], probability[i])), float(max(plain[i, 1], probability[i]))),
            may_fail=bool(sets.may_fail[i]),
            may_survive=bool(sets.may_survive[i]),
            held=int(np.isfinite(rows[i]).sum()),
            parts=_parts(card, rows[i], shares[i], most),
        )
        for i in range(len(rows))
    )


def _at(probability: Floats, model: DistressModel, card: Card, base_rate: float | None, years: int) -> Floats:
    out = at_horizon(np.clip(probability, 0, 1 - 1e-12), card.horizon, years)
    if base_rate is None:
        return out
    rate = float(at_horizon(model.training_rate_, card.horizon, years))
    return prior_shift(np.clip(out, 1e-12, 1 - 1e-12), rate, base_rate)


def _parts(card: Card, row: Floats, shares: Floats, most: int) -> tuple[Part, ...]:
    order = np.argsort(-np.abs(shares), kind="stable")[:most]
    return tuple(Part(card.columns[i], float(row[i]) if np.isfinite(row[i]) else None, float(shares[i])) for i in order)
