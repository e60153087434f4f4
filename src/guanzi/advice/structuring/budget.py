"""One year's budget and several candidates: which set to pay for, what each displaces, what waiting a year is worth.

Every candidate is simulated on the paths of the portfolio, so that two sets are compared path by path: the standard
error of their difference is that of one number per path.

What a later start is worth follows from the candidate alone. On a path on which the company fails within a year without
the deal, there is nothing left to sign; on the others the same deal is signed a year later, and its value is discounted
by a year at the hurdle rate. So waiting gains what would have been lost with companies that fail soon, and loses a
year of discount and what needs the money at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from guanzi.advice.structuring.choosing import RankedSet, best_sets
from guanzi.advice.structuring.measures import Estimate, Floats, tail
from guanzi.advice.structuring.portfolio import Holding
from guanzi.base.core import Message
from guanzi.engine.simulation import SharedProgramSampler

OUTPUTS = ("public.npv", "without.failed_step")
SETS = 6
"""Sets that are compared: the best and those that come after it."""
NEXT_YEAR: tuple[NextYear, ...] = ("nothing", "enough")
"""What the budget of the next year has for candidates that wait: the two ends of what it can have."""
type NextYear = Literal["nothing", "enough"]
type GainVerdict = Literal["same", "open", "better", "worse"]
"""A difference: none on any path, not told apart from zero, or above or below it (95 %)."""


@dataclass(frozen=True, slots=True)
class BudgetCandidate:
    """A deal that asks for money of the year.

    Attributes:
        holding: The deal with its model.
        cost: The most that falls due within twelve months of its signing, millions of the budget's currency.
        after: The most that falls due later, which binds later budgets; None: an amount is not known.
    """

    holding: Holding
    cost: float
    after: float | None


@dataclass(frozen=True, slots=True)
class WaitingWorth:
    """What signing a year later is worth; amounts in millions, discounted to today.

    Attributes:
        survives: Share of futures in which the company lives a year without the deal.
        later: Value of the deal signed a year later; zero where the company has failed by then.
        gain: What the better of signing later and never brings more than the better of signing now and never.
        verdict: Whether the gain differs from zero.
    """

    survives: float
    later: Estimate
    gain: Estimate
    verdict: GainVerdict


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A candidate by itself."""

    label: str
    cost: float
    after: float | None
    value: Estimate
    waiting: WaitingWorth


@dataclass(frozen=True, slots=True)
class Swap:
    """The best set that decides otherwise on one candidate, beside the best of all.

    Attributes:
        label: The candidate.
        chosen: Whether the best set holds it.
        possible: Whether there is such a set within the budget.
        added: What such a set takes in, beside the candidate.
        removed: What it leaves out, beside the candidate.
        difference: Its value less that of the best set, never above zero but for what is counted in rounding.
        verdict: Whether the two are told apart.
    """

    label: str
    chosen: bool
    possible: bool
    added: tuple[str, ...]
    removed: tuple[str, ...]
    difference: Estimate
    verdict: GainVerdict


@dataclass(frozen=True, slots=True)
class RivalSet:
    """A set that comes after the best, with what it brings less."""

    names: tuple[str, ...]
    cost: float
    difference: Estimate
    verdict: GainVerdict


@dataclass(frozen=True, slots=True)
class BudgetChoice:
    """What to pay for, if the next year has nothing, or enough, for what waits; amounts in millions.

    Attributes:
        next_year: What the budget of the next year is taken to have.
        names: The set of greatest expected value.
        waiting: Candidates that are signed a year later instead, where the next year has enough.
        cost: What the set asks of the year.
        value: Value of the set, and of what waits where the next year has enough.
        cvar: Mean loss of the same in the worst 5 % of futures.
        swaps: For every candidate, the best set that decides otherwise on it.
        rivals: The sets that come next.
    """

    next_year: NextYear
    names: tuple[str, ...]
    waiting: tuple[str, ...]
    cost: float
    value: Estimate
    cvar: Estimate
    swaps: tuple[Swap, ...]
    rivals: tuple[RivalSet, ...]


@dataclass(frozen=True, slots=True)
class BudgetStudy:
    """One budget and its candidates; ``notes``: what else must be known to read it."""

    currency: str
    budget: float
    candidates: tuple[CandidateRow, ...]
    choices: tuple[BudgetChoice, ...]
    notes: tuple[Message, ...]
    paths: int
    seed: int

    def data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        plain = asdict(self)
        return plain | {"notes": [note.as_dict() for note in self.notes]}


@dataclass(frozen=True, slots=True, eq=False)
class CandidateDraws:
    """A candidate on its paths: its value now, and the better of its value a year later and nothing."""

    now: Floats
    waiting: Floats


def study_budget(
    candidates: Sequence[BudgetCandidate],
    currency: str,
    budget: float,
    *,
    paths: int = 20_000,
    seed: int = 1,
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> BudgetStudy:
    """Simulate candidates on the same paths, and find the sets of greatest expected public value within a budget.

    Args:
        candidates: At least one, at most :data:`~guanzi.advice.structuring.choosing.MOST`; labels differ.
        currency: Currency of the results.
        budget: Money of the year, in millions of it.
        paths: Number of paths.
        seed: Key of the random numbers, the same for all deals.
        threads: Number of threads; it does not change the result.
        progress: Called with the number of paths done since the last call.

    Raises:
        InvalidInput: A sheet cannot be simulated.
    """
    sampler = SharedProgramSampler(OUTPUTS, paths=paths, seed=seed, threads=threads)
    rows, drawn = [], {}
    for one in sorted(candidates, key=lambda candidate: candidate.holding.label):
        held, setting = one.holding, one.holding.setting
        draws = sampler.draw(setting.sheet, setting.model, setting.policy, progress)
        year = setting.per_year
        failed = draws["without.failed_step"]
        now = draws["public.npv"] * held.scale
        later = np.where((failed >= 0.0) & (failed < year), 0.0, now / (1.0 + setting.policy.hurdle))
        alive = 1.0 - float(((failed >= 0.0) & (failed < year)).mean())
        rows.append(CandidateRow(held.label, one.cost, one.after, Estimate.of(now), waiting_worth(now, later, alive)))
        drawn[held.label] = CandidateDraws(now, later if later.mean() > 0.0 else np.zeros_like(later))
    costs = {one.holding.label: one.cost for one in candidates}
    choices = tuple(choose(which, drawn, costs, budget) for which in NEXT_YEAR)
    return BudgetStudy(currency, budget, tuple(rows), choices, (), paths, seed)


def waiting_worth(now: Floats, later: Floats, survives: float) -> WaitingWorth:
    """What waiting is worth: values now and a year later, path by path, and the share in which the company lives."""
    gain = Estimate.of((later if later.mean() > 0.0 else 0.0 * later) - (now if now.mean() > 0.0 else 0.0 * now))
    return WaitingWorth(survives, Estimate.of(later), gain, verdict_of(gain))


def verdict_of(difference: Estimate) -> GainVerdict:
    """Whether a paired difference is told apart from zero."""
    if difference.mean == 0.0 and difference.se == 0.0:
        return "same"
    if not difference.is_clear:
        return "open"
    return "better" if difference.mean > 0.0 else "worse"


def choose(
    next_year: NextYear, drawn: Mapping[str, CandidateDraws], costs: Mapping[str, float], budget: float
) -> BudgetChoice:
    """The set of greatest expected value within a budget, and how far it is ahead of others.

    Args:
        next_year: What the next year is taken to have for candidates that wait.
        drawn: The candidates on the common paths.
        costs: What each asks of the budget.
        budget: Money of the year, in millions.
    """
    waits = next_year == "enough"
    gains = {name: one.now - one.waiting if waits else one.now for name, one in sorted(drawn.items())}
    means = {name: float(x.mean()) for name, x in gains.items()}
    best, *others = best_sets(means, costs, budget, count=SETS)
    size = len(next(iter(gains.values())))
    kept = [one.waiting for _, one in sorted(drawn.items())] if waits else []
    whole = _sum([*kept, *(gains[name] for name in best.names)], size)
    return BudgetChoice(
        next_year=next_year,
        names=best.names,
        waiting=tuple(n for n, one in sorted(drawn.items()) if waits and n not in best.names and one.waiting.any()),
        cost=best.cost,
        value=Estimate.of(whole),
        cvar=Estimate.of(tail(-whole)),
        swaps=tuple(_swap(name, best, gains, means, costs, budget) for name in gains),
        rivals=tuple(RivalSet(one.names, one.cost, *_less(one, best, gains)) for one in others),
    )


def _swap(
    name: str,
    best: RankedSet,
    gains: Mapping[str, Floats],
    means: Mapping[str, float],
    costs: Mapping[str, float],
    budget: float,
) -> Swap:
    chosen = name in best.names
    held = (name,)
    found = best_sets(means, costs, budget, within=() if chosen else held, without=held if chosen else ())
    if not found:
        return Swap(name, chosen, False, (), (), Estimate(0.0, 0.0), "same")
    other = {*found[0].names}
    added = tuple(sorted(other - {*best.names, name}))
    removed = tuple(sorted({*best.names} - other - {name}))
    return Swap(name, chosen, True, added, removed, *_less(found[0], best, gains))


def _less(other: RankedSet, best: RankedSet, gains: Mapping[str, Floats]) -> tuple[Estimate, GainVerdict]:
    """What a set brings more than the best one, path by path; what both hold cancels exactly."""
    mine, theirs = {*other.names}, {*best.names}
    size = len(next(iter(gains.values())))
    more = _sum([gains[name] for name in sorted(mine - theirs)], size)
    difference = Estimate.of(more - _sum([gains[name] for name in sorted(theirs - mine)], size))
    return difference, verdict_of(difference)


def _sum(parts: Sequence[Floats], size: int) -> Floats:
    return np.sum(parts, axis=0) if parts else np.zeros(size)
