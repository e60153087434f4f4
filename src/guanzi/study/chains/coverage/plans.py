"""Plans of sites: cover as much as the means allow, or everything at the least cost, each with a certified gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from guanzi.study.chains.coverage.exact import exact_cover, exact_most
from guanzi.study.chains.coverage.exchanges import exchange_cover
from guanzi.study.chains.coverage.kernels import (
    add_sites,
    cheapest_bound,
    cover_bound,
    drop_needless,
    swap_sites,
)
from guanzi.study.chains.coverage.reach import Floats, Ints, SiteReach

ROUNDS, COVER_ROUNDS = 600, 2_000
"""Of the subgradients: more move the bounds by less than a hundredth."""
STEPS, WORK, SEED = 20_000, 3_000_000.0, 1
"""Of the local search that lowers the cost of covering everything; fewer where a site reaches many points."""
PASSES = 40
SMALL = 8_000
"""Pairs up to which HiGHS is asked for the optimum, if the gap is open: seconds, not minutes."""
NO_LIMIT = float(2**40)


@dataclass(frozen=True, eq=False)
class SitePlan:
    """Sites that are chosen, and how much better any other choice could be.

    Attributes:
        chosen: Numbers of the sites, those that stand already left out.
        value: Weight that is covered, the cost, or the sum of distances.
        bound: No plan within the same means is better than this.
        covered: Weight that is covered, as a part of all.
        cost: Of the chosen sites.
        exact: HiGHS found it to be the best within the gap that it was given.
    """

    chosen: Ints
    value: float
    bound: float
    covered: float
    cost: float
    exact: bool = False

    @property
    def gap(self) -> float:
        """By which part of the bound the plan may be worse than the best one."""
        return abs(self.bound - self.value) / max(abs(self.bound), 1e-12)


def cover_most(
    reach: SiteReach,
    weight: Floats,
    cost: Floats | None = None,
    most: int | None = None,
    budget: float = NO_LIMIT,
    existing: Sequence[int] | Ints = (),
    rounds: int = ROUNDS,
) -> SitePlan:
    """Cover the most weight with a number of sites or with a budget (maximal covering; Church and ReVelle 1974).

    A greedy plan is improved by exchanges; so are those that the prices of the bound propose.

    Args:
        reach: Which site reaches which point.
        weight: Of points, from nought up.
        cost: Of sites; None: 1 each.
        most: Number of sites that may be added; None: as many as the budget pays.
        budget: Money.
        existing: Sites that stand already, at no cost.
        rounds: Of the subgradient.
    """
    price = np.ones(reach.sites) if cost is None else cost
    number = reach.sites if most is None else most
    fixed, count = _standing(reach, existing)
    open_weight = np.where(count > 0, 0.0, weight)
    already = float(weight[count > 0].sum())
    best: tuple[float, Ints] = (-1.0, np.zeros(reach.sites, np.int64))
    for by_cost in (False, True) if cost is not None else (False,):
        best = max(
            best, _improved(reach, open_weight, price, fixed, Means(budget, number, by_cost)), key=lambda one: one[0]
        )
    free, bound = 1 - fixed, float(open_weight.sum())
    step = max(rounds // 6, 1)
    means = [(float(number), False)] if number < reach.sites or budget >= NO_LIMIT else []
    means += [(budget, True)] if budget < NO_LIMIT else []
    for limit, by_cost in means:
        scale, picked = np.full(reach.points, 0.5), np.zeros(reach.sites, np.int64)
        for _ in range(6):
            found = cover_bound(
                reach.of_site, reach.point, reach.of_point, open_weight, price, free, limit, by_cost, best[0], step,
                scale, picked,
            )  # fmt: skip
            bound = min(bound, found)
            start = _within(picked * free, price, budget, number)
            tried = _improved(reach, open_weight, price, fixed, Means(budget, number), start)
            best = max(best, tried, key=lambda one: one[0])
            if best[0] >= bound * (1.0 - 1e-9):
                break
    exact = False
    if len(reach.point) <= SMALL and best[0] < bound * (1.0 - 1e-6):
        solved = exact_most(reach, open_weight, price, budget, number, free)
        if solved is not None:
            chosen, upper, exact = solved
            value = _covers(reach, open_weight, chosen)
            bound = min(bound, upper)
            if value > best[0]:
                best = (value, chosen)
    chosen = np.flatnonzero(best[1] & free)
    whole = float(weight.sum())
    value = already + best[0]
    part = value / whole if whole > 0.0 else 1.0
    return SitePlan(chosen, value, max(already + bound, value), part, float(price[chosen].sum()), exact)


def cover_all(
    reach: SiteReach, cost: Floats | None = None, existing: Sequence[int] | Ints = (), rounds: int = COVER_ROUNDS
) -> SitePlan:
    """Cover every point that a site reaches at the least cost (set covering; Toregas et al. 1971).

    Args:
        reach: Which site reaches which point.
        cost: Of sites; None: 1 each, and the number of sites counts.
        existing: Sites that stand already, at no cost.
        rounds: Of the subgradient.
    """
    price = np.ones(reach.sites) if cost is None else cost
    fixed, standing = _standing(reach, existing)
    needed = reach.reached & (standing == 0)
    part = float(reach.reached.mean()) if reach.points else 1.0
    if not needed.any():
        return SitePlan(np.zeros(0, np.int64), 0.0, 0.0, part, 0.0, True)
    small = _of_points(reach, np.flatnonzero(needed))
    free = (1 - fixed).astype(np.float64)
    best = _cheap(small, price, np.ones(small.points), free)
    best_cost = float(price[best == 1].sum())
    prices = np.array([price[small.site[a:b]].min() / (b - a) for a, b in _rows(small.of_point)])
    reduced = np.zeros(reach.sites)
    bound = cheapest_bound(small.of_site, small.point, price, best_cost, rounds, prices, reduced)
    whole = bool(np.allclose(price, np.round(price)))
    bound = float(np.ceil(bound - 1e-6)) if whole else bound
    rows = (small.of_site, small.point, small.of_point, small.site)
    steps = int(min(STEPS, WORK / max(len(small.point) / max(reach.sites, 1), 1.0)))
    best_cost = exchange_cover(*rows, price, (1 - fixed), best, steps, bound, SEED)
    exact = best_cost <= bound + 1e-9
    if not exact and len(small.point) <= SMALL:
        solved = exact_cover(small, price)
        if solved is not None:
            chosen, lower, exact = solved
            bound = max(bound, float(np.ceil(lower - 1e-6)) if whole else lower)
            if (total := float(price[chosen == 1].sum())) < best_cost - 1e-9:
                best, best_cost = chosen, total
    return SitePlan(np.flatnonzero(best), best_cost, min(bound, best_cost), part, best_cost, exact)


def cover_phases(
    reach: SiteReach,
    weight: Floats,
    numbers: Sequence[int],
    cost: Floats | None = None,
    existing: Sequence[int] | Ints = (),
) -> tuple[SitePlan, ...]:
    """Build in phases: each adds its number of sites to what stands, and is held against building all at once.

    The bound of each phase is that of the best plan with as many sites in all, free of what earlier phases built: the
    gap also tells what building in steps costs.
    """
    standing: list[int] = [int(i) for i in existing]
    plans: list[SitePlan] = []
    for k, number in enumerate(numbers):
        step = cover_most(reach, weight, cost, number, existing=standing)
        alone = cover_most(reach, weight, cost, sum(numbers[: k + 1]), existing=existing)
        bound = max(alone.bound, step.value)
        plans.append(SitePlan(step.chosen, step.value, bound, step.covered, step.cost))
        standing += [int(i) for i in step.chosen]
    return tuple(plans)


def _standing(reach: SiteReach, existing: Sequence[int] | Ints) -> tuple[Ints, Ints]:
    fixed, count = np.zeros(reach.sites, np.int64), np.zeros(reach.points, np.int64)
    for i in existing:
        fixed[int(i)] = 1
        count[reach.point[reach.of_site[int(i)] : reach.of_site[int(i) + 1]]] += 1
    return fixed, count


class Means(NamedTuple):
    """What a plan may spend, how many sites it may add, and whether a greedy plan looks at what one costs."""

    budget: float
    most: int
    by_cost: bool = False


def _improved(
    reach: SiteReach,
    weight: Floats,
    cost: Floats,
    fixed: Ints,
    means: Means,
    start: Ints | None = None,
) -> tuple[float, Ints]:
    """A greedy plan, or one that was proposed, filled up and improved by exchanges: what it covers, and the sites."""
    chosen = fixed.copy() if start is None else fixed | start
    count = np.zeros(reach.points, np.int64)
    for i in np.flatnonzero(chosen & (1 - fixed)):
        count[reach.point[reach.of_site[i] : reach.of_site[i + 1]]] += 1
    added = int((chosen & (1 - fixed)).sum())
    money = means.budget - float(cost[(chosen == 1) & (fixed == 0)].sum())
    rows = (reach.of_site, reach.point, reach.of_point, reach.site)
    money = add_sites(*rows, weight, cost, count, chosen, money, means.most - added, means.by_cost)
    swap_sites(*rows, weight, cost, count, chosen, fixed, money, PASSES)
    return float(weight[count > 0].sum()), chosen


def _within(picked: Ints, cost: Floats, budget: float, most: int) -> Ints:
    """As many of the picked sites as the means allow, the cheapest first."""
    kept = np.zeros_like(picked)
    for i in sorted(np.flatnonzero(picked), key=lambda i: (cost[i], i))[:most]:
        if cost[i] <= budget:
            kept[i] = 1
            budget -= float(cost[i])
    return kept


def _covers(reach: SiteReach, weight: Floats, chosen: Ints) -> float:
    covered = np.zeros(reach.points, bool)
    for i in np.flatnonzero(chosen):
        covered[reach.point[reach.of_site[i] : reach.of_site[i + 1]]] = True
    return float(weight[covered].sum())


def _cheap(reach: SiteReach, cost: Floats, weight: Floats, free: Floats) -> Ints:
    """A plan that covers everything: the most per cost first, then without what is not needed."""
    chosen, count = np.zeros(reach.sites, np.int64), np.zeros(reach.points, np.int64)
    rows = (reach.of_site, reach.point, reach.of_point, reach.site)
    add_sites(*rows, weight, np.where(free > 0.0, cost, np.inf), count, chosen, NO_LIMIT, reach.sites, True)
    drop_needless(reach.of_site, reach.point, cost, count, chosen, np.zeros(reach.sites, np.int64))
    return chosen


def _of_points(reach: SiteReach, kept: Ints) -> SiteReach:
    """The same sites with some of the points."""
    from guanzi.study.chains.coverage.reach import reach_of

    number = np.full(reach.points, -1, np.int64)
    number[kept] = np.arange(len(kept))
    site = np.repeat(np.arange(reach.sites), np.diff(reach.of_site))
    held = number[reach.point] >= 0
    return reach_of(reach.sites, len(kept), site[held], number[reach.point[held]])


def _rows(starts: Ints) -> list[tuple[int, int]]:
    return list(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True))
