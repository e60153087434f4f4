"""Forecasts that a method must beat: base rate, always yes, always no, Zmijewski, and a reader with one rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from guanzi.advice.backtest.odds import Floats
from guanzi.advice.backtest.replay import Replay
from guanzi.record.evidence import Precedent
from guanzi.study.precedents import class_rate, outside_view

type Comparator = Callable[[Sequence[Replay], Sequence[Precedent]], Floats]


def base_rate(replays: Sequence[Replay], precedents: Sequence[Precedent]) -> Floats:
    """For each bet how often the bets of other cities came out well, whatever they were."""
    return np.array([outside_view(r.profile, precedents).nested[0].rate for r in replays])


def base_rate_of_others(replays: Sequence[Replay], precedents: Sequence[Precedent]) -> Floats:
    """For each bet how often all others came out well, those of its own city too; only its own company is left out."""
    return np.array([outside_view(r.profile, precedents, hold_out="company").nested[0].rate for r in replays])


def base_rate_on_the_day(replays: Sequence[Replay], precedents: Sequence[Precedent]) -> Floats:
    """The base rate from bets of other cities that were settled on the day of the decision."""
    return np.array([outside_view(r.profile, precedents, as_of=r.decided).nested[0].rate for r in replays])


def base_rate_in_hindsight(replays: Sequence[Replay], precedents: Sequence[Precedent]) -> Floats:
    """One rate for all: that of the scored bets themselves. Nobody could know it, so it is hard to beat.

    A rate from which each bet's own city is left out moves against its outcome: where the own city did well, the others
    did worse. That makes the fair base rate look worse than ignorance; this one does not have that fault.
    """
    return np.full(len(replays), np.mean([p.success for p in precedents]) if precedents else 0.5)


def always_yes(replays: Sequence[Replay], precedents: Sequence[Precedent]) -> Floats:
    """Everything succeeds."""
    return np.ones(len(replays))


def always_no(replays: Sequence[Replay], precedents: Sequence[Precedent]) -> Floats:
    """Nothing succeeds."""
    return np.zeros(len(replays))


def zmijewski(replays: Sequence[Replay], precedents: Sequence[Precedent]) -> Floats:
    """One less Zmijewski's probability of distress; the base rate where a figure is missing."""
    base = base_rate(replays, precedents)
    return np.array([b if r.distress is None else 1.0 - r.distress for r, b in zip(replays, base, strict=True)])


def one_rule(replays: Sequence[Replay], precedents: Sequence[Precedent]) -> Floats:
    """A reader who asks one thing: has the company sold anything? The rate of those who had, or had not, elsewhere."""
    sold = {r.profile.case: r.has_sold for r in replays}
    out = []
    for replay in replays:
        others = [p for p in precedents if p.region != replay.profile.region and p.company != replay.profile.company]
        alike = [p for p in others if sold.get(p.case) == replay.has_sold]
        whole = class_rate("all", "", others, 0.5).rate
        out.append(class_rate("rule", "", alike, whole).rate)
    return np.array(out)


COMPARATORS: Mapping[str, Comparator] = {
    "base_rate": base_rate,
    "base_rate_of_others": base_rate_of_others,
    "base_rate_on_the_day": base_rate_on_the_day,
    "base_rate_in_hindsight": base_rate_in_hindsight,
    "always_yes": always_yes,
    "always_no": always_no,
    "zmijewski": zmijewski,
    "one_rule": one_rule,
}
"""Name to forecast of every bet, from bets of other cities."""
