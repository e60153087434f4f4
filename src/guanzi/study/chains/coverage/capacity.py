"""Covering with sites that serve only so much."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from guanzi.study.chains.coverage.exact import exact_served, linear_bound, linear_served
from guanzi.study.chains.coverage.plans import NO_LIMIT, SitePlan, cover_most
from guanzi.study.chains.coverage.reach import Floats, Ints, SiteReach

SMALL, LINEAR = 4_000, 80_000
"""Pairs up to which HiGHS is asked for the optimum, and up to which for the bound of the linear program."""


def cover_with_capacity(
    reach: SiteReach,
    weight: Floats,
    capacity: Floats,
    cost: Floats | None = None,
    most: int | None = None,
    budget: float = NO_LIMIT,
    existing: Sequence[int] | Ints = (),
) -> SitePlan:
    """Serve the most weight with a number of sites or a budget, where each site serves its capacity at most.

    A point may be shared between sites. Sites are chosen by what they can still serve; who is served by whom is then
    solved exactly. The bound is the least of that without capacities, of what the largest sites hold together, and,
    for smaller problems, of the linear or the integer program.

    Args:
        reach: Which site reaches which point.
        weight: Of points, in the unit of the capacity.
        capacity: Of sites, from nought up; infinite where it is not limited.
        cost: Of sites; None: 1 each.
        most: Number of sites that may be added; None: as many as the budget pays.
        budget: Money.
        existing: Sites that stand already; their capacity counts.
    """
    price = np.ones(reach.sites) if cost is None else cost
    number = reach.sites if most is None else most
    fixed = np.zeros(reach.sites, np.int64)
    fixed[np.asarray(existing, dtype=np.int64)] = 1
    held = np.minimum(capacity, float(weight.sum()))
    chosen = _greedy(reach, weight, held, price, fixed, number, budget)
    open_bound = cover_most(reach, weight, price, number, budget, existing).bound
    bound = min(open_bound, float(held[fixed == 1].sum()) + _largest(held, price, fixed, number, budget))
    exact = False
    if len(reach.point) <= SMALL:
        solved = exact_served(reach, weight, held, price, budget, number, fixed)
        if solved is not None:
            proposed, upper, exact = solved
            bound = min(bound, upper)
            better = linear_served(reach, weight, held, proposed) > linear_served(reach, weight, held, chosen) + 1e-9
            chosen = proposed if better else chosen
    elif len(reach.point) <= LINEAR:
        bound = min(bound, linear_bound(reach, weight, held, price, budget, number, fixed))
    value = linear_served(reach, weight, held, chosen)
    new = np.flatnonzero(chosen & (1 - fixed))
    whole = float(weight.sum())
    part = value / whole if whole > 0.0 else 1.0
    return SitePlan(new, value, max(bound, value), part, float(price[new].sum()), exact)


def _greedy(
    reach: SiteReach, weight: Floats, capacity: Floats, cost: Floats, fixed: Ints, most: int, budget: float
) -> Ints:
    left, chosen = weight.copy(), fixed.copy()

    def rows(i: int) -> Ints:
        return reach.point[reach.of_site[i] : reach.of_site[i + 1]]

    def serve(i: int) -> None:
        room = capacity[i]
        near = rows(i)
        # Points that few sites reach are served first: others find somebody else.
        for j in near[np.argsort(np.diff(reach.of_point)[near], kind="stable")]:
            taken = min(left[j], room)
            left[j] -= taken
            room -= taken

    for i in np.flatnonzero(fixed):
        serve(int(i))
    for _ in range(most):
        gain = np.array([min(capacity[i], float(left[rows(i)].sum())) for i in range(reach.sites)])
        gain[(chosen == 1) | (cost > budget + 1e-9)] = 0.0
        worth = gain / np.maximum(cost, 1e-12)
        best = int(np.argmax(worth))
        if worth[best] <= 0.0:
            break
        chosen[best] = 1
        budget -= float(cost[best])
        serve(best)
    return chosen


def _largest(capacity: Floats, cost: Floats, fixed: Ints, most: int, budget: float) -> float:
    """What the largest sites within the means hold together: by number, and by money in a fractional knapsack."""
    free = fixed == 0
    by_number = float(np.sort(capacity[free])[::-1][:most].sum())
    order = np.argsort(-(capacity / np.maximum(cost, 1e-12))[free], kind="stable")
    prices, held = cost[free][order], capacity[free][order]
    before = np.concatenate([[0.0], np.cumsum(prices)[:-1]])
    share = np.clip((budget - before) / np.maximum(prices, 1e-12), 0.0, 1.0)
    return min(by_number, float((share * held).sum()))
