"""Four methods with different ideas of what is good, three of them computed by a library; and how far they agree.

The weighted sum adds up; TOPSIS looks at the distance from the best and the worst; VIKOR also at the worst single
criterion; PROMETHEE II compares pair by pair, so that a surplus far beyond what matters cannot outweigh anything.

References:
    Hwang, Yoon: Multiple Attribute Decision Making (Springer 1981) (TOPSIS).
    Opricovic, Tzeng: Compromise solution by MCDM methods. European J. of Operational Research 156 (2004) (VIKOR).
    Brans, Vincke: A preference ranking organisation method. Management Science 31 (1985) (PROMETHEE).
    Kizielewicz, Shekhovtsov, Sałabun: pymcdm, the universal library for solving multi-criteria decision-making
        problems. SoftwareX 22 (2023).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import kendalltau, rankdata

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.study.ranking.table import Floats, RankingTable

METHODS = ("weighted_sum", "topsis", "vikor", "promethee")
COMPROMISE = 0.5
"""Weight that VIKOR gives to the majority of criteria against the worst one."""
STEP = 1e-12
DIGITS = 10
"""Scores that are the same to so many digits are tied."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one method says.

    Attributes:
        method: One of :data:`METHODS`.
        scores: One for each alternative. VIKOR: less is better; the others: more is.
        ranks: 1 for the best; ties share the mean of their places.
    """

    method: str
    scores: tuple[float, ...]
    ranks: tuple[float, ...]

    @property
    def first(self) -> tuple[int, ...]:
        """Places of the alternatives that come first."""
        best = min(self.ranks)
        return tuple(i for i, rank in enumerate(self.ranks) if rank == best)


def rank(table: RankingTable) -> tuple[Ranked, ...]:
    """The rankings of all methods.

    Criteria by which the alternatives do not differ are left out: they cannot decide anything, and some methods would
    divide by nothing.

    Raises:
        InvalidInput: The library is not installed, or the alternatives do not differ at all.
    """
    if not table.distinguishing.any() or not table.weights[table.distinguishing].sum() > 0.0:
        raise InvalidInput(Problem(Message.of("diligence.ranking.all_alike"), Place("")))
    return tuple(_ranked(method, table) for method in METHODS)


def _ranked(method: str, table: RankingTable) -> Ranked:
    keep = table.distinguishing
    weights = table.weights[keep] / table.weights[keep].sum()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns of alternatives that are beaten in everything: no fault
        scores = np.round(_scores(method, table, keep, weights), DIGITS)
    ranks = rankdata(scores if method == "vikor" else -scores)
    return Ranked(method, tuple(map(float, scores)), tuple(map(float, ranks)))


def _scores(method: str, table: RankingTable, keep: Any, weights: Floats) -> Floats:
    library = _library()
    values, types = table.values[:, keep], table.types[keep]
    if method == "weighted_sum":
        return np.asarray(library.WSM(library.minmax)(values, weights, types))
    if method == "topsis":
        return np.asarray(library.TOPSIS(library.vector)(values, weights, types))
    if method == "vikor":
        return _vikor(values, weights, types)
    criteria = [c for c, kept in zip(table.criteria, keep, strict=True) if kept]
    low = [c.indifference or 0.0 for c in criteria]
    # without a preference threshold beyond indifference the preference is a step, here one of no visible width
    steps = STEP * np.ptp(values, axis=0)
    high = [max(c.preference or 0.0, q + step) for c, q, step in zip(criteria, low, steps, strict=True)]
    return np.asarray(library.PROMETHEE_II("vshape_2", p=high, q=low)(values, weights, types))


def _vikor(values: Floats, weights: Floats, types: Floats) -> Floats:
    """Q of VIKOR; where all alternatives have the same S or R, that part of Q is nothing instead of undefined.

    By its formula: the library tells S and R to itself alone.
    """
    gains = values * types
    best, worst = gains.max(axis=0), gains.min(axis=0)
    behind = weights * ((best - gains) / (best - worst))

    def spread(x: Floats) -> Floats:
        width = np.ptp(x)
        return (x - x.min()) / width if width > 0.0 else np.zeros_like(x)

    return np.asarray(COMPROMISE * spread(behind.sum(axis=1)) + (1.0 - COMPROMISE) * spread(behind.max(axis=1)))


class _Library:
    """The parts of the library that are used, imported when first asked for."""

    def __init__(self) -> None:
        from pymcdm import methods, normalizations  # type: ignore[import-untyped]

        self.WSM, self.TOPSIS = methods.WSM, methods.TOPSIS
        self.PROMETHEE_II = methods.PROMETHEE_II
        self.minmax = normalizations.minmax_normalization
        self.vector = normalizations.vector_normalization


def _library() -> _Library:
    try:
        return _Library()
    except ImportError as error:
        cause, fix = Message.of("diligence.ranking.no_library"), Message.of("diligence.ranking.no_library.mend")
        raise InvalidInput(Problem(cause, Place(""), fix)) from error


def agreement(rankings: tuple[Ranked, ...]) -> dict[tuple[str, str], float | None]:
    """Kendall's tau-b between the rankings of every two methods; None where one of them ties everything."""
    found: dict[tuple[str, str], float | None] = {}
    for i, one in enumerate(rankings):
        for two in rankings[i + 1 :]:
            tau = float(kendalltau(one.ranks, two.ranks).statistic)
            found[one.method, two.method] = tau if np.isfinite(tau) else None
    return found
