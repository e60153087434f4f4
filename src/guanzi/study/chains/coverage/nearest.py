"""The p-median: sites so that the weighted sum of distances to the nearest of them is least."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from guanzi.base.core import compiled
from guanzi.study.chains.coverage.plans import SitePlan
from guanzi.study.chains.coverage.reach import Floats, Ints, Points

MOST_PAIRS = 20_000_000
"""Sites times points that are held at once: some 160 MB."""
ROUNDS, PASSES = 300, 20


class TooManyPairs(ValueError):
    """More distances than are held at once."""


def place_nearest(
    distance: Points, weight: Floats, number: int, existing: Sequence[int] | Ints = (), rounds: int = ROUNDS
) -> SitePlan:
    """Place sites so that people have the shortest ways (p-median; Hakimi 1964).

    Greedy, then exchanges (Whitaker 1983); the bound is a Lagrangian dual of "each point goes to one site" (Cornuéjols,
    Fisher and Nemhauser 1977).

    Args:
        distance: From each site (row) to each point (column).
        weight: Of points.
        number: Of sites that are added.
        existing: Sites that stand already.
        rounds: Of the subgradient.

    Raises:
        TooManyPairs: More than :data:`MOST_PAIRS` distances.
        ValueError: There is no site to go to.
    """
    if distance.size > MOST_PAIRS:
        raise TooManyPairs(distance.size)
    n = len(distance)
    fixed = np.zeros(n, np.int64)
    fixed[np.asarray(existing, dtype=np.int64)] = 1
    if number + int(fixed.sum()) < 1 or n == 0:
        raise ValueError(number)
    number = min(number, n - int(fixed.sum()))
    far = distance * weight[None, :]
    chosen = fixed.copy()
    value = _place(far, chosen, fixed, number, PASSES)
    price = np.partition(far, min(1, n - 1), axis=0)[min(1, n - 1)].copy()
    picked = np.zeros(n, np.int64)
    bound, step = 0.0, max(rounds // 4, 1)
    for _ in range(4):
        bound = max(bound, _shortest_bound(far, fixed, number, value, step, price, picked))
        tried = picked | fixed
        found = _place(far, tried, fixed, number - int((tried & (1 - fixed)).sum()), PASSES)
        if found < value:
            value, chosen = found, tried
    new = np.flatnonzero(chosen & (1 - fixed))
    return SitePlan(new, value, min(bound, value), 1.0, float(len(new)), value <= bound * (1.0 + 1e-9))


@compiled(nogil=True)
def _look_around(far: Points, chosen: Ints, near: Floats, second: Floats, who: Ints) -> None:
    """Ways from each point to the nearest and the second chosen site, and which the nearest is."""
    n, m = far.shape
    for j in range(m):
        near[j], second[j], who[j] = 1e300, 1e300, -1
    for k in range(n):
        if chosen[k] == 1:
            for j in range(m):
                if far[k, j] < near[j]:
                    second[j], near[j], who[j] = near[j], far[k, j], k
                elif far[k, j] < second[j]:
                    second[j] = far[k, j]


@compiled(nogil=True)
def _place(far: Points, chosen: Ints, fixed: Ints, add: int, passes: int) -> float:
    """Add sites that shorten ways most, then exchange; ``chosen`` is changed, the sum of ways returned."""
    n, m = far.shape
    near, second, who = np.full(m, 1e300), np.full(m, 1e300), np.full(m, -1, np.int64)
    for i in range(n):
        if chosen[i] == 1:
            for j in range(m):
                near[j] = min(near[j], far[i, j])
    for _ in range(add):
        best, most = -1, -1.0
        for i in range(n):
            if chosen[i] == 0:
                gain = 0.0
                for j in range(m):
                    if far[i, j] < near[j]:
                        gain += min(near[j], 1e30) - far[i, j]
                if gain > most:
                    best, most = i, gain
        if best < 0:
            break
        chosen[best] = 1
        for j in range(m):
            near[j] = min(near[j], far[best, j])
    loss = np.zeros(n)
    for _ in range(passes):
        better = False
        for i in range(n):
            if chosen[i] == 1:
                continue
            _look_around(far, chosen, near, second, who)
            break
        for i in range(n):
            if chosen[i] == 1:
                continue
            gain = 0.0
            for k in range(n):
                loss[k] = 0.0
            for j in range(m):
                if far[i, j] < near[j]:
                    gain += near[j] - far[i, j]
                else:
                    loss[who[j]] += min(second[j], far[i, j]) - near[j]
            out, least = -1, 1e300
            for k in range(n):
                if chosen[k] == 1 and fixed[k] == 0 and loss[k] < least:
                    out, least = k, loss[k]
            if out >= 0 and gain - least > 1e-9:
                chosen[out], chosen[i] = 0, 1
                better = True
                _look_around(far, chosen, near, second, who)
        if not better:
            break
    total = 0.0
    for j in range(m):
        short = 1e300
        for k in range(n):
            if chosen[k] == 1:
                short = min(short, far[k, j])
        total += short
    return total


@compiled(nogil=True)
def _shortest_bound(
    far: Points, fixed: Ints, add: int, found: float, rounds: int, price: Floats, picked: Ints
) -> float:
    """Lower bound of the sum of ways by prices of the points; ``price`` is raised, ``picked`` the sites it chooses."""
    n, m = far.shape
    best, step, still = -1e300, 1.0, 0
    now, value, times = price.copy(), np.zeros(n), np.zeros(m)
    for _ in range(rounds):
        bound = 0.0
        for j in range(m):
            bound += now[j]
            times[j] = 0.0
        for i in range(n):
            value[i] = 0.0
            for j in range(m):
                if far[i, j] < now[j]:
                    value[i] += far[i, j] - now[j]
        order = np.argsort(value, kind="mergesort")
        left, taken = add, np.zeros(n, np.int64)
        for k in range(n):
            i = order[k]
            if fixed[i] == 1 or (left > 0 and value[i] < 0.0):
                taken[i] = 1
                if fixed[i] == 0:
                    left -= 1
                bound += value[i]
                for j in range(m):
                    if far[i, j] < now[j]:
                        times[j] += 1.0
        if bound > best + 1e-9 * abs(bound):
            if bound > best + 1e-5 * abs(bound):
                still = 0
            best = bound
            price[:], picked[:] = now, taken
            for i in range(n):
                if fixed[i] == 1:
                    picked[i] = 0
        else:
            still += 1
            if still >= 10:
                step, still = step * 0.6, 0
        norm = 0.0
        for j in range(m):
            norm += (1.0 - times[j]) ** 2
        if norm <= 1e-12 or step < 1e-3:
            break
        length = step * max(found - bound, 1e-6 * found) / norm
        for j in range(m):
            now[j] = max(0.0, now[j] + length * (1.0 - times[j]))
    return best
