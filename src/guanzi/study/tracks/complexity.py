"""Complexity of regions and industries by who holds what: eigenvectors, and fitness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.linalg import eigh
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import eigsh

from guanzi.study.tracks.arrays import Counts, Flags, Floats, as_presence, not_carried

_DENSE = 400
"""Up to so many rows all of a symmetric matrix is solved; beyond, its largest eigenvalues alone."""
_SAME = 1e-10

type Disconnected = Literal["refuse", "largest"]


@dataclass(frozen=True, slots=True)
class Complexity:
    """Complexity by the second eigenvector, unscaled.

    Attributes:
        regions: Of each region; NaN where it holds nothing, or lies outside the part that is measured.
        industries: Of each industry, likewise.
        second, third: Eigenvalues. The first is 1; when the second is 1 too the data fall apart, and when second and
            third are near to one another the order of regions is arbitrary.
        parts: Into how many unconnected parts the data fall.
        measured: Regions that were measured.
    """

    regions: Floats
    industries: Floats
    second: float
    third: float
    parts: int
    measured: Flags


def parts_of(presence: Any) -> tuple[int, Counts, Counts]:
    """Unconnected parts: their number, and the part of each region and industry; -1 where nothing is held."""
    held = as_presence(presence)
    rows, columns = held.any(axis=1), held.any(axis=0)
    if rows.any() and _reached(held)[rows].all():  # the usual case, and quick to see
        return 1, np.where(rows, 0, -1), np.where(columns, 0, -1)
    regions, industries = held.shape
    r, i = np.nonzero(held)
    graph = csr_matrix((np.ones(len(r), dtype=np.int8), (r, i + regions)), shape=(regions + industries,) * 2)
    _, label = connected_components(graph, directed=False)
    used = np.concatenate([rows, columns])
    kept, number = np.unique(label[used], return_inverse=True)
    out = np.full(len(label), -1, dtype=np.int64)
    out[used] = number
    return len(kept), out[:regions], out[regions:]


def _reached(held: Flags) -> Flags:
    """Regions that are connected with the most diverse one."""
    reached = np.zeros(len(held), dtype=np.bool_)
    fresh = np.array([int(held.sum(axis=1).argmax())])
    seen = np.zeros(held.shape[1], dtype=np.bool_)
    while len(fresh):
        reached[fresh] = True
        new = held[fresh].any(axis=0) & ~seen
        seen |= new
        fresh = np.flatnonzero(held[:, new].any(axis=1) & ~reached)
    return reached


def complexity(presence: Any, disconnected: Disconnected = "refuse") -> Complexity:
    """Economic complexity of regions (ECI) and of industries (PCI).

    ``PCI`` is the eigenvector of the second largest eigenvalue of ``U⁻¹ Mᵀ D⁻¹ M`` (D: diversity, U: ubiquity) and
    ``ECI = D⁻¹ M PCI``; the sign is such that diverse regions come out complex. What holds nothing is left out, and is
    NaN.

    Args:
        presence: Regions x industries, 0 and 1.
        disconnected: What to do when the data fall into parts with nothing in common: refuse, or measure the largest.

    Raises:
        NotCarried: The data fall apart, are too small, or all regions hold the same: there is no second eigenvector.

    References:
        C. A. Hidalgo and R. Hausmann, *The Building Blocks of Economic Complexity*, PNAS 106 (2009); R. Hausmann et
        al., *The Atlas of Economic Complexity*, MIT Press (2014); P. Mealy, J. D. Farmer and A. Teytelboym,
        *Interpreting Economic Complexity*, Science Advances 5 (2019).
    """
    held = as_presence(presence)
    parts, region_part, industry_part = parts_of(held)
    if parts == 0:
        raise not_carried("nothing_held")
    rows, columns = region_part >= 0, industry_part >= 0
    if parts > 1:
        sizes = np.bincount(region_part[rows], minlength=parts)
        if disconnected == "refuse":
            raise not_carried("falls_apart", parts=parts, largest=int(sizes.max()), regions=int(rows.sum()))
        rows, columns = region_part == sizes.argmax(), industry_part == sizes.argmax()
    if rows.sum() < 3 or columns.sum() < 3:
        raise not_carried("too_small", regions=int(rows.sum()), industries=int(columns.sum()))
    inner = held if rows.all() and columns.all() else held[np.ix_(rows, columns)]
    d, u = inner.sum(axis=1).astype(np.float64), inner.sum(axis=0).astype(np.float64)
    a = inner.astype(np.float64)  # D^-1/2 M U^-1/2, of which all else is made
    a /= np.sqrt(d)[:, None]
    a /= np.sqrt(u)[None]
    vector, second, third = _second(a, d, u)
    if second < _SAME:
        raise not_carried("all_alike")
    wide = len(a) <= a.shape[1]
    of_industries = (a.T @ vector if wide else vector) / np.sqrt(u)
    of_industries = of_industries / np.linalg.norm(of_industries)
    of_regions = (a @ (np.sqrt(u) * of_industries)) / np.sqrt(d)
    spread = d - d.mean()
    sign = 1.0 if spread @ (of_regions - of_regions.mean()) >= 0 else -1.0
    regions, industries = np.full(len(held), np.nan), np.full(held.shape[1], np.nan)
    regions[rows], industries[columns] = sign * of_regions, sign * of_industries
    return Complexity(regions, industries, second, third, parts, rows)


def _second(a: Floats, d: Floats, u: Floats) -> tuple[Floats, float, float]:
    """Second eigenvector of the symmetric form, on the smaller side, with its eigenvalue and the next."""
    if len(a) <= a.shape[1]:
        s, first = a @ a.T, np.sqrt(d / d.sum())
    else:
        s, first = a.T @ a, np.sqrt(u / u.sum())
    s -= np.outer(first, first)  # takes the first eigenvalue, 1, away
    n = len(s)
    if n <= _DENSE:
        values, vectors = eigh(s, subset_by_index=[n - 2, n - 1])
    else:
        values, vectors = eigsh(s, k=2, which="LA", v0=np.linspace(-1, 1, n), tol=1e-12)
        order = np.argsort(values)
        values, vectors = values[order], vectors[:, order]
    return np.asarray(vectors[:, -1]), float(min(max(values[-1], 0.0), 1.0)), float(min(max(values[-2], 0.0), 1.0))


@dataclass(frozen=True, slots=True)
class Fitness:
    """Fitness of regions and complexity of industries by the non-linear iteration.

    Attributes:
        regions: Fitness, mean 1 over regions that hold something; NaN for the others.
        industries: Complexity, mean 1; NaN where nobody holds it.
        rounds: How many rounds it took.
        settled: Whether the order of regions had stopped to change.
    """

    regions: Floats
    industries: Floats
    rounds: int
    settled: bool


def fitness(weights: Any, rounds: int = 1000, still: int = 20) -> Fitness:
    """Fitness and complexity: an industry is only as complex as its least fit holder lets it be.

    ``F = Σ M Q`` and ``Q = 1 / Σ (M / F)``, each scaled to mean 1 in every round. Values of the least fit go to nought
    in many data, their order settles; so it is the order that is watched.

    Args:
        weights: Regions x industries: presence, or any weights not below nought.
        rounds: Most rounds.
        still: Rounds in which the order of regions must not change.

    References:
        A. Tacchella et al., *A New Metrics for Countries' Fitness and Products' Complexity*, Scientific Reports 2
        (2012); E. Pugliese, A. Zaccaria and L. Pietronero, *On the convergence of the Fitness-Complexity Algorithm*,
        EPJ Special Topics 225 (2016).
    """
    m = np.asarray(weights, dtype=np.float64)
    rows, columns = m.sum(axis=1) > 0, m.sum(axis=0) > 0
    if not rows.any():
        raise not_carried("nothing_held")
    inner = m[np.ix_(rows, columns)]
    f, q = np.ones(len(inner)), np.ones(inner.shape[1])
    order, unchanged, done = np.argsort(f, kind="stable"), 0, 0
    while done < rounds and unchanged < still:
        done += 1
        f, q = inner @ q, 1 / (inner.T @ (1 / f))
        f, q = np.maximum(f / f.mean(), 1e-300), np.maximum(q / q.mean(), 1e-300)
        new = np.argsort(f, kind="stable")
        unchanged = unchanged + 1 if (new == order).all() else 0
        order = new
    regions, industries = np.full(len(m), np.nan), np.full(m.shape[1], np.nan)
    regions[rows], industries[columns] = f, q
    return Fitness(regions, industries, done, unchanged >= still)
