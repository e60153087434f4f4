"""What would be seen by ubiquity and diversity alone: holders are shuffled, or expected."""

from __future__ import annotations

from typing import Any

import numpy as np

from guanzi.base.core import compiled
from guanzi.study.tracks.arrays import Counts, Flags, Floats, as_presence

TRADES = 5
"""Trades for each region: enough to forget the data (Strona et al. use 5 n)."""


def shuffle_holders(presence: Any, seed: int = 1, trades: int | None = None) -> Flags:
    """Who holds what, at random, while every region keeps its diversity and every industry its ubiquity.

    Pairs of regions trade what only one of both holds (curveball).

    Args:
        presence: Regions x industries, 0 and 1.
        seed: Key of the random numbers.
        trades: Number of trades; None: five for each region.

    References:
        G. Strona et al., *A fast and unbiased procedure to randomize ecological binary matrices with fixed row and
        column totals*, Nature Communications 5 (2014).
    """
    held = as_presence(presence).copy()
    if len(held) > 1:
        _trade(held, np.int64(TRADES * len(held) if trades is None else trades), np.uint64(seed))
    return held


@compiled(nogil=True)
def _trade(held: Any, trades: Any, seed: Any) -> None:
    regions, industries = held.shape
    only = np.empty(industries, dtype=np.int64)
    state = seed * np.uint64(0x9E3779B97F4A7C15) + np.uint64(0x1234567)
    for _ in range(trades):
        state, one = _below(state, regions)
        state, shift = _below(state, regions - 1)
        other = (one + 1 + shift) % regions
        count, mine = 0, 0
        for i in range(industries):
            if held[one, i] != held[other, i]:
                only[count] = i
                count += 1
                mine += held[one, i]
        for k in range(mine):  # the first of a partial shuffle are those that this region gets
            state, step = _below(state, count - k)
            at = k + step
            only[k], only[at] = only[at], only[k]
        for k in range(count):
            held[one, only[k]] = k < mine
            held[other, only[k]] = k >= mine


@compiled(nogil=True)
def _below(state: Any, bound: Any) -> Any:
    """SplitMix64, and a whole number below a bound."""
    state = state + np.uint64(0x9E3779B97F4A7C15)
    z = state
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z = z ^ (z >> np.uint64(31))
    return state, np.int64((z >> np.uint64(32)) * np.uint64(bound) >> np.uint64(32))


def expected_presence(presence: Any, rounds: int = 500, tolerance: float = 1e-8) -> Floats:
    """Probability of each holding by diversity and ubiquity alone: the configuration model of two-sided networks.

    ``p = x y / (1 + x y)``, with x and y such that diversity and ubiquity are kept in expectation.

    Args:
        presence: Regions x industries, 0 and 1.
        rounds: Most rounds of the fixed point.
        tolerance: Largest change of x and y in the last round.
    """
    held = as_presence(presence)
    diversity, ubiquity = held.sum(axis=1), held.sum(axis=0)
    d, d_at, d_often = np.unique(diversity, return_inverse=True, return_counts=True)
    u, u_at, u_often = np.unique(ubiquity, return_inverse=True, return_counts=True)
    p = _solve(d, d_often, u, u_often, held.shape, rounds, tolerance)
    return np.asarray(p[d_at][:, u_at])


def _solve(
    d: Counts, d_often: Counts, u: Counts, u_often: Counts, shape: tuple[int, ...], rounds: int, tolerance: float
) -> Floats:
    """Probabilities by class of diversity and class of ubiquity; full and empty classes are certain."""
    root = np.sqrt(max(float((d * d_often).sum()), 1.0))
    x, y = d / root, u / root
    free_d, free_u = (d > 0) & (d < shape[1]), (u > 0) & (u < shape[0])
    sure_d, sure_u = float(d_often[d == shape[1]].sum()), float(u_often[u == shape[0]].sum())
    rest_d, rest_u = d - sure_u, u - sure_d
    weight_d, weight_u = np.where(free_d, d_often, 0), np.where(free_u, u_often, 0)
    for _ in range(rounds):
        inner = 1 + np.outer(x, y)
        new_x = np.maximum(rest_d, 0) / np.maximum((weight_u * y / inner).sum(axis=1), 1e-300)
        inner = 1 + np.outer(new_x, y)
        new_y = np.maximum(rest_u, 0) / np.maximum((weight_d[:, None] * new_x[:, None] / inner).sum(axis=0), 1e-300)
        change = max(
            np.abs(new_x - x)[free_d].max(initial=0) / max(x[free_d].max(initial=1), 1),
            np.abs(new_y - y)[free_u].max(initial=0) / max(y[free_u].max(initial=1), 1),
        )
        x, y = new_x, new_y
        if change < tolerance:
            break
    product = np.outer(x, y)
    p = product / (1 + product)
    p[d == 0] = 0
    p[:, u == 0] = 0
    p[d == shape[1]] = 1
    p[:, u == shape[0]] = 1
    return np.asarray(p)
