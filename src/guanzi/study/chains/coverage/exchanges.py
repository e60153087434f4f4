"""A compiled local search that lowers the cost of covering everything.

Shapes, for S sites and P points, beside those of :mod:`kernels`: ``free``, ``chosen``, ``now`` (1: in the plan),
``score`` (what is gained or missed with a site) and ``ready`` (1: it may come back) are (S,); ``count``, ``weight``,
``where`` (place among the open, -1: none) and ``open_points`` are (P,), of which the first ``opened`` are open.
``out`` and ``into``: a site.
"""

from __future__ import annotations

import numpy as np

from guanzi.base.core import compiled
from guanzi.study.chains.coverage.reach import Bytes, Floats, Ints


@compiled(nogil=True)
def _take_out(
    out: int,
    of_site: Ints,
    point: Ints,
    of_point: Ints,
    site: Ints,
    now: Ints,
    count: Ints,
    weight: Floats,
    score: Floats,
    ready: Bytes,
    where: Ints,
    open_points: Ints,
    opened: int,
) -> int:
    """Count what is open without a site that was just given up."""
    score[out] = 0.0
    for e in range(of_site[out], of_site[out + 1]):
        j = point[e]
        count[j] -= 1
        if count[j] == 0:
            where[j], open_points[opened] = opened, j
            opened += 1
            for f in range(of_point[j], of_point[j + 1]):
                score[site[f]] += weight[j]
                ready[site[f]] = 1
        elif count[j] == 1:
            for f in range(of_point[j], of_point[j + 1]):
                if now[site[f]] == 1:
                    score[site[f]] += weight[j]
                ready[site[f]] = 1
        else:
            for f in range(of_point[j], of_point[j + 1]):
                ready[site[f]] = 1
    ready[out] = 0
    return opened


@compiled(nogil=True)
def _put_in(
    into: int,
    of_site: Ints,
    point: Ints,
    of_point: Ints,
    site: Ints,
    now: Ints,
    count: Ints,
    weight: Floats,
    score: Floats,
    ready: Bytes,
    where: Ints,
    open_points: Ints,
    opened: int,
) -> int:
    """Count what is open with a site that was just chosen."""
    score[into] = 0.0
    for e in range(of_site[into], of_site[into + 1]):
        j = point[e]
        count[j] += 1
        if count[j] == 1:
            opened -= 1
            moved = open_points[opened]
            open_points[where[j]], where[moved] = moved, where[j]
            where[j] = -1
            for f in range(of_point[j], of_point[j + 1]):
                if site[f] != into:
                    score[site[f]] -= weight[j]
            score[into] += weight[j]
        elif count[j] == 2:
            for f in range(of_point[j], of_point[j + 1]):
                if now[site[f]] == 1 and site[f] != into:
                    score[site[f]] -= weight[j]
        for f in range(of_point[j], of_point[j + 1]):
            if site[f] != into:
                ready[site[f]] = 1
    return opened


@compiled(nogil=True)
def exchange_cover(
    of_site: Ints,
    point: Ints,
    of_point: Ints,
    site: Ints,
    cost: Floats,
    free: Ints,
    chosen: Ints,
    steps: int,
    target: float,
    seed: int,
) -> float:
    """Lower the cost of a plan that covers everything by exchanges; points that are hard to cover come to weigh more.

    A local search with weights of rows (Gao, Weise and Li 2015): give up the site that is missed least, cover an open
    point by the best site for it, let open points weigh more, and do not undo what was just done.

    Args:
        of_site, point, of_point, site, cost: As in :func:`add_sites`.
        free: 1 where a site can be chosen.
        chosen: Changed: a plan that covers every point.
        steps: Of the search.
        target: Cost at which to stop: no plan is cheaper.
        seed: Of the draws of open points.

    Returns:
        The cost.
    """
    n, m = len(cost), len(of_point) - 1
    np.random.seed(seed)
    weight, count = np.ones(m), np.zeros(m, np.int64)
    now, last = chosen.copy(), np.zeros(n, np.int64)
    ready = np.ones(n, np.uint8)
    score = np.zeros(n)  # of a chosen site: what would be open without it; of another: what it would cover
    where, open_points, opened = np.full(m, -1, np.int64), np.empty(m, np.int64), 0
    total = 0.0
    for i in range(n):
        if now[i] == 1:
            total += cost[i]
            for e in range(of_site[i], of_site[i + 1]):
                count[point[e]] += 1
    for i in range(n):
        for e in range(of_site[i], of_site[i + 1]):
            if now[i] == 1 and count[point[e]] == 1:
                score[i] += 1.0
    best = total
    tabu = -1
    for step in range(1, steps + 1):
        while opened == 0:
            if total < best - 1e-9:
                best = total
                chosen[:] = now
            if best <= target + 1e-9:
                return best
            out, least = -1, 1e300
            for i in range(n):
                if now[i] == 1:
                    loss = score[i] / cost[i]
                    if loss < least or (loss == least and out >= 0 and last[i] < last[out]):
                        out, least = i, loss
            if out < 0:
                return best
            total -= cost[out]
            now[out], last[out], ready[out] = 0, step, 0
            opened = _take_out(
                out, of_site, point, of_point, site, now, count, weight, score, ready, where, open_points, opened
            )
        out, least = -1, 1e300
        for i in range(n):
            if now[i] == 1 and i != tabu:
                loss = score[i] / cost[i]
                if loss < least or (loss == least and out >= 0 and last[i] < last[out]):
                    out, least = i, loss
        if out >= 0:
            total -= cost[out]
            now[out], last[out], ready[out] = 0, step, 0
            opened = _take_out(
                out, of_site, point, of_point, site, now, count, weight, score, ready, where, open_points, opened
            )
        j = open_points[np.random.randint(0, opened)]
        into, most = -1, -1.0
        for f in range(of_point[j], of_point[j + 1]):
            i = site[f]
            if free[i] == 1 and ready[i] == 1 and total + cost[i] < best - 1e-9:
                gain = score[i] / cost[i]
                if gain > most or (gain == most and into >= 0 and last[i] < last[into]):
                    into, most = i, gain
        if into >= 0:
            total += cost[into]
            now[into], last[into], tabu = 1, step, into
            opened = _put_in(
                into, of_site, point, of_point, site, now, count, weight, score, ready, where, open_points, opened
            )
            for x in range(opened):
                k = open_points[x]
                weight[k] += 1.0
                for f in range(of_point[k], of_point[k + 1]):
                    score[site[f]] += 1.0
    return best
