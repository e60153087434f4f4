"""Compiled searches and bounds over which site reaches which point.

Shapes, for S sites, P points and R pairs of which one reaches the other: ``of_site`` (S + 1,) and ``point`` (R,) are
compressed rows, ``of_point`` (P + 1,) and ``site`` (R,) likewise; ``cost``, ``chosen``, ``fixed``, ``free`` and
``picked`` are (S,); ``weight``, ``count`` and ``scale`` are (P,).
"""

from __future__ import annotations

import numpy as np

from guanzi.base.core import compiled
from guanzi.study.chains.coverage.reach import Floats, Ints


@compiled(nogil=True)
def _gains(of_site: Ints, point: Ints, weight: Floats, count: Ints) -> Floats:
    """What each site would cover that no chosen site reaches."""
    gain = np.zeros(len(of_site) - 1)
    for i in range(len(gain)):
        for e in range(of_site[i], of_site[i + 1]):
            if count[point[e]] == 0:
                gain[i] += weight[point[e]]
    return gain


@compiled(nogil=True)
def add_sites(
    of_site: Ints,
    point: Ints,
    of_point: Ints,
    site: Ints,
    weight: Floats,
    cost: Floats,
    count: Ints,
    chosen: Ints,
    budget: float,
    most: int,
    by_cost: bool,
) -> float:
    """Add the site that gains most (per cost), again and again, while one gains and is within the means.

    Args:
        of_site, point: Points that each site reaches, in compressed rows.
        of_point, site: Sites that reach each point, likewise.
        weight: Of points.
        cost: Of sites.
        count: Changed: number of chosen sites that reach each point.
        chosen: Changed: 1 where a site is chosen.
        budget: Money that is left.
        most: Number of sites that may be added.
        by_cost: Gain per cost counts, not gain.

    Returns:
        Money that is left.
    """
    n = len(cost)
    gain = _gains(of_site, point, weight, count)
    for _ in range(most):
        best, value = -1, 0.0
        for i in range(n):
            if chosen[i] == 0 and gain[i] > 1e-12 and cost[i] <= budget + 1e-9:
                worth = gain[i] / max(cost[i], 1e-12) if by_cost else gain[i]
                if worth > value:
                    best, value = i, worth
        if best < 0:
            break
        chosen[best] = 1
        budget -= cost[best]
        for e in range(of_site[best], of_site[best + 1]):
            j = point[e]
            if count[j] == 0:
                for f in range(of_point[j], of_point[j + 1]):
                    gain[site[f]] -= weight[j]
            count[j] += 1
    return budget


@compiled(nogil=True)
def swap_sites(
    of_site: Ints,
    point: Ints,
    of_point: Ints,
    site: Ints,
    weight: Floats,
    cost: Floats,
    count: Ints,
    chosen: Ints,
    fixed: Ints,
    budget: float,
    passes: int,
) -> float:
    """Exchange a chosen site for another one while that covers more within the means; see :func:`add_sites`.

    Args:
        of_site, point, of_point, site, weight, cost, count, chosen: As there.
        fixed: 1 where a site stays.
        budget: Money that is left.
        passes: Over all chosen sites at most.

    Returns:
        Money that is left.
    """
    n = len(cost)
    gain = _gains(of_site, point, weight, count)
    for _ in range(passes):
        better = False
        for k in range(n):
            if chosen[k] == 0 or fixed[k] == 1:
                continue
            for e in range(of_site[k], of_site[k + 1]):
                j = point[e]
                count[j] -= 1
                if count[j] == 0:
                    for f in range(of_point[j], of_point[j + 1]):
                        gain[site[f]] += weight[j]
            best, value = k, gain[k] * (1.0 + 1e-12) + 1e-9
            for i in range(n):
                if chosen[i] == 0 and gain[i] > value and cost[i] <= budget + cost[k] + 1e-9:
                    best, value = i, gain[i]
            if best != k:
                better = True
                chosen[k], chosen[best] = 0, 1
                budget += cost[k] - cost[best]
            for e in range(of_site[best], of_site[best + 1]):
                j = point[e]
                if count[j] == 0:
                    for f in range(of_point[j], of_point[j + 1]):
                        gain[site[f]] -= weight[j]
                count[j] += 1
        if not better:
            break
    return budget


@compiled(nogil=True)
def cover_bound(
    of_site: Ints,
    point: Ints,
    of_point: Ints,
    weight: Floats,
    cost: Floats,
    free: Ints,
    means: float,
    by_cost: bool,
    found: float,
    rounds: int,
    scale: Floats,
    picked: Ints,
) -> float:
    """Upper bound of the weight that sites can cover: a Lagrangian dual, lowered by a subgradient.

    The demand that y ≤ Σ x holds at each point is priced at l·w, 0 ≤ l ≤ 1; sites are then chosen by what they would
    collect, in a fractional knapsack. Any prices give a bound.

    Args:
        of_site, point, of_point, weight, cost: As in :func:`add_sites`.
        free: 1 where a site can be chosen.
        means: Money where ``by_cost``, else number of sites. One of them binds at a time: each alone gives a bound.
        by_cost: Which.
        found: Weight that a plan covers: steps are measured by it.
        rounds: Of the subgradient.
        scale: Changed: prices l of the points; those of the best bound in the end.
        picked: Filled: 1 for sites of the best bound that are chosen whole.

    Returns:
        The bound.
    """
    n, m = len(cost), len(weight)
    best, step, still = 1e300, 1.0, 0
    price, value, times = scale.copy(), np.zeros(n), np.zeros(m)
    part = np.zeros(n)
    for _ in range(rounds):
        bound = 0.0
        for j in range(m):
            bound += weight[j] * (1.0 - price[j])
            times[j] = 0.0
        for i in range(n):
            value[i], part[i] = 0.0, 0.0
            if free[i] == 1:
                for e in range(of_site[i], of_site[i + 1]):
                    value[i] += weight[point[e]] * price[point[e]]
        if by_cost:
            order = np.argsort(-value / np.maximum(cost, 1e-12), kind="mergesort")
        else:
            order = np.argsort(-value, kind="mergesort")
        left = means
        for k in range(n):
            i = order[k]
            if free[i] == 0 or value[i] <= 0.0 or left <= 0.0:
                continue
            use = max(cost[i], 1e-12) if by_cost else 1.0
            share = min(1.0, left / use)
            part[i] = share
            bound += share * value[i]
            left -= share * use
            for e in range(of_site[i], of_site[i + 1]):
                times[point[e]] += share
        if bound < best - 1e-9 * abs(best):
            if bound < best * (1.0 - 1e-5):
                still = 0
            best = bound
            for j in range(m):
                scale[j] = price[j]
            for i in range(n):
                picked[i] = 1 if part[i] > 0.5 else 0
        else:
            still += 1
            if still >= 12:
                step, still = step * 0.6, 0
        norm = 0.0
        for j in range(m):
            slope = times[j] - 1.0
            if (slope > 0.0 and price[j] > 0.0) or (slope < 0.0 and price[j] < 1.0):
                norm += weight[j] * slope * slope
        if norm <= 1e-12 or step < 1e-3:
            break
        length = step * max(bound - found, 1e-6 * bound) / norm
        for j in range(m):
            price[j] = min(1.0, max(0.0, price[j] - length * (times[j] - 1.0)))
    return best


@compiled(nogil=True)
def cheapest_bound(
    of_site: Ints, point: Ints, cost: Floats, found: float, rounds: int, price: Floats, reduced: Floats
) -> float:
    """Lower bound of the cost of covering every point: a Lagrangian dual, raised by a subgradient.

    Args:
        of_site, point, cost: As in :func:`add_sites`.
        found: Cost of a plan.
        rounds: Of the subgradient.
        price: Changed: of each point; those of the best bound in the end.
        reduced: Filled: cost of each site less the prices of what it reaches.

    Returns:
        The bound.
    """
    n, m = len(cost), len(price)
    best, step, still = -1e300, 1.0, 0
    now, times, rest, way = price.copy(), np.zeros(m), np.zeros(n), np.zeros(m)
    for _ in range(rounds):
        bound = 0.0
        for j in range(m):
            bound += now[j]
            times[j] = 0.0
        for i in range(n):
            left = cost[i]
            for e in range(of_site[i], of_site[i + 1]):
                left -= now[point[e]]
            rest[i] = left
            if left < 0.0:
                bound += left
                for e in range(of_site[i], of_site[i + 1]):
                    times[point[e]] += 1.0
        if bound > best + 1e-9 * abs(bound):
            if bound > best + 1e-5 * abs(bound):
                still = 0
            best = bound
            for j in range(m):
                price[j] = now[j]
            for i in range(n):
                reduced[i] = rest[i]
        else:
            still += 1
            if still >= 20:  # back to the best prices, with smaller steps
                step, still = step * 0.7, 0
                for j in range(m):
                    now[j], way[j] = price[j], 0.0
                continue
        norm = 0.0
        for j in range(m):
            slope = 1.0 - times[j]
            if slope < 0.0 and now[j] <= 0.0:
                slope = 0.0
            way[j] = 0.7 * way[j] + 0.3 * slope  # the mean of the last slopes zigzags less
            norm += way[j] * way[j]
        if norm <= 1e-12 or step < 1e-4:
            break
        length = step * max(found - bound, 1e-6 * found) / norm
        for j in range(m):
            now[j] = max(0.0, now[j] + length * way[j])
    return best


@compiled(nogil=True)
def drop_needless(of_site: Ints, point: Ints, cost: Floats, count: Ints, chosen: Ints, fixed: Ints) -> None:
    """Give up sites, the dearest first, all of whose points another chosen site reaches; see :func:`add_sites`."""
    order = np.argsort(-cost, kind="mergesort")
    for k in range(len(order)):
        i = order[k]
        if chosen[i] == 0 or fixed[i] == 1:
            continue
        needed = False
        for e in range(of_site[i], of_site[i + 1]):
            if count[point[e]] == 1:
                needed = True
                break
        if not needed:
            chosen[i] = 0
            for e in range(of_site[i], of_site[i + 1]):
                count[point[e]] -= 1
