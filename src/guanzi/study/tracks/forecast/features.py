"""What is known of a cell at the origin of a window: nothing later than that year is read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

from guanzi.intake.industries import IndustryPanel
from guanzi.study.tracks.arrays import Flags, Floats
from guanzi.study.tracks.forecast.windows import at_risk, previous
from guanzi.study.tracks.nullmodel import shuffle_holders
from guanzi.study.tracks.proximity import proximity
from guanzi.study.tracks.relatedness import nearest_only, relatedness_density
from guanzi.study.tracks.specialization import expected, location_quotient, presence

type Singles = NDArray[np.float32]

PLAIN = ("region_size", "industry_size", "diversity", "ubiquity")
"""What the baseline sees: how large a region and an industry are, and how widely they are spread."""
ALWAYS = (
    *PLAIN,
    "quotient",
    "expected",
    "density",
    "density_within",
    "neighbours",
    "peers",
    "patterns",
)
PAST = ("past_quotient", "industry_growth")
NULLS = 5
_NEIGHBOURS = 30
_PATTERNS = 30
_SHARPNESS = 4


@dataclass(frozen=True, slots=True)
class Features:
    """What is known at an origin.

    Attributes:
        origin: The year.
        risk: Cells that could be entered, regions x industries.
        columns: Feature to its values over the cells at risk, in their order.
        scores: What simple methods say of them: density, ubiquity, rca, null.
    """

    origin: int
    risk: Flags
    columns: dict[str, Singles]
    scores: dict[str, Singles]

    def matrix(self, names: tuple[str, ...], rows: NDArray[np.int64] | None = None) -> Singles:
        """Some features side by side, of some rows or of all."""
        return np.column_stack([self.columns[n] if rows is None else self.columns[n][rows] for n in names])


def names_of(panel: IndustryPanel, origins: tuple[int, ...], horizon: int) -> tuple[str, ...]:
    """Features that can be had at all these origins: those of the past need a year about one horizon before."""
    return (*ALWAYS, *PAST) if all(previous(panel, origin, horizon) for origin in origins) else ALWAYS


def features(
    panel: IndustryPanel,
    origin: int,
    horizon: int,
    measure: str | None,
    names: tuple[str, ...],
    seed: int = 1,
    extras: bool = False,
) -> Features:
    """What is known of every cell that could be entered.

    Args:
        panel: Years after the origin are not looked at.
        origin: The year from which is looked ahead.
        horizon: Years ahead; the years of one horizon up to the origin are pooled, where the panel has them.
        measure: Of the panel; None: its first.
        names: Features that are wanted.
        seed: Key of the random numbers of the null.
        extras: Whether the scores of simple methods are wanted too.
    """
    seen = panel.until(origin)
    values = seen.matrix(origin, measure)
    risk = at_risk(values, seen.unknown(origin, measure))
    pooled = values.copy()
    for year in seen.years:
        if origin - horizon < year < origin:
            pooled += seen.matrix(year, measure)
    columns = _columns(values, pooled, risk)
    before = previous(seen, origin, horizon)
    if "past_quotient" in names and before is not None:
        columns |= _past(values, seen.matrix(before, measure), risk)
    held = presence(location_quotient(values))
    scores = _scores(values, held, risk, seed) if extras else {}
    return Features(origin, risk, columns, scores)


def _columns(values: Floats, pooled: Floats, risk: Flags) -> dict[str, Singles]:
    quotient = np.nan_to_num(location_quotient(values))
    smooth = np.nan_to_num(location_quotient(pooled))
    held = smooth >= 1
    strength = np.log1p(smooth).astype(np.float32)
    near = proximity(held, dtype=np.float32)
    density = np.nan_to_num(relatedness_density(held, near))
    rows, columns = pooled.sum(axis=1), pooled.sum(axis=0)
    with np.errstate(divide="ignore"):
        chance = np.log(np.maximum(expected(values), 1e-12))
        sizes = np.log(np.maximum(rows, 1e-12)), np.log(np.maximum(columns, 1e-12))
    k = min(_NEIGHBOURS, held.shape[1] - 1)

    def cells(matrix: NDArray[np.floating]) -> Singles:
        return np.asarray(matrix[risk], dtype=np.float32)

    def along(vector: NDArray[np.floating], axis: int) -> Singles:
        return cells(np.broadcast_to(vector[:, None] if axis == 0 else vector[None], risk.shape))

    return {
        "region_size": along(sizes[0], 0),
        "industry_size": along(sizes[1], 1),
        "diversity": along(held.mean(axis=1), 0),
        "ubiquity": along(held.mean(axis=0), 1),
        "quotient": cells(np.log1p(quotient) if pooled is values else 0.5 * (np.log1p(quotient) + strength)),
        "expected": cells(chance),
        "density": cells(density),
        "density_within": cells(density - density.mean(axis=1, keepdims=True)),
        "neighbours": cells(np.nan_to_num(relatedness_density(strength, nearest_only(near, k)))),
        "peers": cells(_peers(held, strength)),
        "patterns": cells(_patterns(strength)),
    }


def _peers(held: Flags, strength: Singles) -> Singles:
    """Mean strength in other regions, weighed by how like they are: what regions of this kind tend to have."""
    m = held.astype(np.float32)
    norm = np.sqrt(np.maximum(m.sum(axis=1), 1))
    alike = (m @ m.T) / np.outer(norm, norm)
    np.fill_diagonal(alike, 0)
    alike **= _SHARPNESS
    return np.asarray((alike @ strength) / np.maximum(alike.sum(axis=1, keepdims=True), np.float32(1e-12)))


def _patterns(strength: Singles) -> Singles:
    """Strength as a few patterns that run through all regions would have it (principal components)."""
    mean = strength.mean(axis=0)
    centred = (strength - mean).astype(np.float64)
    rows, columns = centred.shape
    k = max(1, min(_PATTERNS, min(rows, columns) // 4))
    wide = rows <= columns
    square = centred @ centred.T if wide else centred.T @ centred
    _, vectors = eigh(square, subset_by_index=[len(square) - k, len(square) - 1])
    found = vectors @ (vectors.T @ centred) if wide else (centred @ vectors) @ vectors.T
    return np.asarray(found + mean, dtype=np.float32)


def _past(values: Floats, before: Floats, risk: Flags) -> dict[str, Singles]:
    quotient = np.log1p(np.nan_to_num(location_quotient(before)))
    now, then = values.sum(axis=0) / values.sum(), before.sum(axis=0) / max(before.sum(), 1e-300)
    growth = np.log((now + 1e-6) / (then + 1e-6))
    return {
        "past_quotient": np.asarray(quotient[risk], dtype=np.float32),
        "industry_growth": np.asarray(np.broadcast_to(growth[None], risk.shape)[risk], dtype=np.float32),
    }


def _scores(values: Floats, held: Flags, risk: Flags, seed: int) -> dict[str, Singles]:
    """What simple methods say; the null takes proximities from holders that were shuffled."""
    ubiquity = np.broadcast_to(held.sum(axis=0)[None], risk.shape)
    null = np.zeros(risk.shape, dtype=np.float32)
    for draw in range(NULLS):
        near = proximity(shuffle_holders(held, seed + draw), dtype=np.float32)
        null += np.nan_to_num(relatedness_density(held, near))
    scores = {
        "density": np.nan_to_num(relatedness_density(held, proximity(held))),
        "ubiquity": ubiquity,
        "rca": np.nan_to_num(location_quotient(values)),
        "null": null / NULLS,
    }
    return {name: np.asarray(score[risk], dtype=np.float32) for name, score in scores.items()}
