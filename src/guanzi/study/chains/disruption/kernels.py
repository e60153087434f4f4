"""Compiled walks of a shock through a network, firm by firm, by what is still to be passed on.

Shapes, for N firms, E sales and G groups of purchases: ``out`` and ``into`` (N + 1,); ``out_buyer``, ``out_group``,
``out_down``, ``into_supplier`` and ``into_up`` (E,); ``group_essential`` and ``group_buyer`` (G,); ``output``,
``weight``, ``lost_at_once``, ``d`` and ``u`` (N,); ``seeds``, ``loss``, ``left`` and ``touched`` (seeds,).
"""

from __future__ import annotations

import numpy as np

from guanzi.base.core import compiled
from guanzi.study.chains.disruption.network import Bools, Floats, Ints


@compiled(nogil=True)
def spread(
    seeds: Ints,
    out: Ints,
    out_buyer: Ints,
    out_group: Ints,
    out_down: Floats,
    group_essential: Bools,
    into: Ints,
    into_supplier: Ints,
    into_up: Floats,
    output: Floats,
    weight: Floats,
    residual: float,
    loss: Floats,
    left: Floats,
    touched: Ints,
) -> None:
    """Loss of all output where each seed fails alone, by firms whose loss grew by more than the residual.

    Downstream: a firm loses the most that any essential group of inputs loses, or what all its other inputs lose
    together. Upstream: a firm loses its sales to those that lose theirs; what goes to final demand stays. Passing on
    goes in rounds, and only what was added since a firm last passed on; a firm that has less than the residual to pass
    on waits.

    Args:
        seeds: Firms that fail, one at a time.
        out, out_buyer, out_group, out_down, group_essential, into, into_supplier, into_up: See ``Arrays``.
        output: Of each firm.
        weight: Of what is left unsaid at a firm, upstream.
        residual: Below which nothing is passed on.
        loss: Filled: output that is lost.
        left: Filled: upper bound of the loss upstream that was not passed on.
        touched: Filled: number of firms that lose something.
    """
    n, groups = len(output), len(group_essential)
    d, passed, linear, most = np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n)
    u, sent = np.zeros(n), np.zeros(n)
    share = np.zeros(groups)
    queued, seen = np.zeros(n, np.uint8), np.zeros(n, np.uint8)
    now, later, seen_firms = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n, np.int64)
    open_groups = np.empty(groups, np.int64)
    for s in range(len(seeds)):
        i = seeds[s]
        seen_firms[0], seen[i], count, opened = i, 1, 1, 0
        d[i], now[0], m = 1.0, i, 1
        while m > 0:
            k = 0
            for x in range(m):
                queued[now[x]] = 0
            for x in range(m):
                firm = now[x]
                added = d[firm] - passed[firm]
                passed[firm] = d[firm]
                for e in range(out[firm], out[firm + 1]):
                    buyer = out_buyer[e]
                    if buyer == i:
                        continue
                    g = out_group[e]
                    if share[g] == 0.0:
                        open_groups[opened] = g
                        opened += 1
                    step = out_down[e] * added
                    share[g] += step
                    if seen[buyer] == 0:
                        seen[buyer] = 1
                        seen_firms[count] = buyer
                        count += 1
                    if group_essential[g]:
                        most[buyer] = max(most[buyer], share[g])
                    else:
                        linear[buyer] += step
                    d[buyer] = min(1.0, max(most[buyer], linear[buyer]))
                    if d[buyer] - passed[buyer] > residual and queued[buyer] == 0:
                        queued[buyer] = 1
                        later[k] = buyer
                        k += 1
            now, later, m = later, now, k
        u[i], now[0], m = 1.0, i, 1
        while m > 0:
            k = 0
            for x in range(m):
                queued[now[x]] = 0
            for x in range(m):
                firm = now[x]
                added = u[firm] - sent[firm]
                sent[firm] = u[firm]
                for e in range(into[firm], into[firm + 1]):
                    supplier = into_supplier[e]
                    if supplier == i:
                        continue
                    if seen[supplier] == 0:
                        seen[supplier] = 1
                        seen_firms[count] = supplier
                        count += 1
                    u[supplier] = min(1.0, u[supplier] + into_up[e] * added)
                    if u[supplier] - sent[supplier] > residual and queued[supplier] == 0:
                        queued[supplier] = 1
                        later[k] = supplier
                        k += 1
            now, later, m = later, now, k
        total, unsaid = 0.0, 0.0
        for x in range(count):
            firm = seen_firms[x]
            total += output[firm] * max(d[firm], u[firm])
            unsaid += weight[firm] * (u[firm] - sent[firm])
            d[firm], passed[firm], linear[firm], most[firm] = 0.0, 0.0, 0.0, 0.0
            u[firm], sent[firm], seen[firm] = 0.0, 0.0, 0
        for x in range(opened):
            share[open_groups[x]] = 0.0
        loss[s], left[s], touched[s] = total, unsaid, count


@compiled(nogil=True)
def sweep(
    lost_at_once: Floats,
    out: Ints,
    out_buyer: Ints,
    out_group: Ints,
    out_down: Floats,
    group_essential: Bools,
    group_buyer: Ints,
    into: Ints,
    into_supplier: Ints,
    into_up: Floats,
    output: Floats,
    error: float,
    d: Floats,
    u: Floats,
) -> int:
    """Losses downstream and upstream of every firm where some lose output at once, by full sweeps until nothing moves.

    Args:
        lost_at_once: Part of its output that each firm loses to begin with.
        out, out_buyer, out_group, out_down, group_essential, group_buyer, into, into_supplier, into_up: See ``Arrays``.
        output: Of each firm.
        error: At which nothing counts as moving.
        d: Filled: part of output lost for want of inputs.
        u: Filled: part of output lost for want of buyers.

    Returns:
        Number of sweeps.
    """
    n, groups = len(output), len(group_essential)
    d[:], u[:] = lost_at_once, lost_at_once
    rounds, moved = 0, 1.0
    while moved > error:
        rounds += 1
        moved = 0.0
        share, linear, most, lost = np.zeros(groups), np.zeros(n), np.zeros(n), np.zeros(n)
        for firm in range(n):
            if d[firm] > 0.0:
                for e in range(out[firm], out[firm + 1]):
                    share[out_group[e]] += out_down[e] * d[firm]
            if u[firm] > 0.0:
                for e in range(into[firm], into[firm + 1]):
                    lost[into_supplier[e]] += into_up[e] * u[firm]
        for g in range(groups):
            buyer = group_buyer[g]
            if group_essential[g]:
                most[buyer] = max(most[buyer], share[g])
            else:
                linear[buyer] += share[g]
        for firm in range(n):
            down = max(lost_at_once[firm], min(1.0, max(most[firm], linear[firm])))
            up = max(lost_at_once[firm], min(1.0, lost[firm]))
            moved = max(moved, down - d[firm], up - u[firm])
            d[firm], u[firm] = down, up
    return rounds
