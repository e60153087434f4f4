"""All indices of one year at once, scaled as the literature reports them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import DTypeLike

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.industries import IndustryPanel
from guanzi.study.tracks.arrays import Counts, Flags, Floats, Numbers, as_presence, as_values, not_carried
from guanzi.study.tracks.complexity import Disconnected, complexity
from guanzi.study.tracks.outlook import opportunity_gain, opportunity_outlook
from guanzi.study.tracks.proximity import continuous_proximity, proximity
from guanzi.study.tracks.relatedness import relatedness_density
from guanzi.study.tracks.specialization import location_quotient, per_head_quotient
from guanzi.study.tracks.specialization import presence as held_at

type Test = Literal["rca", "rpop", "both", "manual"]


@dataclass(frozen=True, slots=True, eq=False)
class HoldingTest:
    """When an industry counts as held by a region.

    Attributes:
        test: By what: quotient, quotient per head, both at once, or given.
        threshold: From which quotient on.
        population: Heads of each region, for ``rpop`` and ``both``.
    """

    test: Test = "rca"
    threshold: float = 1.0
    population: Any = None

    def among(self, rows: Flags) -> HoldingTest:
        """The test for some of the regions."""
        if self.population is None:
            return self
        heads = np.asarray(self.population, dtype=np.float64)
        return replace(self, population=heads[rows] if heads.shape == rows.shape else heads)


BY_QUOTIENT = HoldingTest()
"""Held from a location quotient of one on."""


@dataclass(frozen=True, slots=True)
class Indices:
    """Indices of one year; regions x industries, or one value each.

    A region or an industry without any value has NaN everywhere, and takes no part.

    Attributes:
        quotient: Location quotient (RCA); with ``manual`` the given presence.
        per_head: Quotient per head (RPOP); None where no population was given.
        presence: Who holds what.
        diversity: Industries that a region holds.
        ubiquity: Regions that hold an industry.
        eci: Complexity of regions, mean 0 and standard deviation 1.
        pci: Complexity of industries on the scale of ``eci``: a region's is the mean over what it holds.
        proximity: Industries x industries.
        density: Relatedness density.
        coi: Complexity outlook, mean 0 and standard deviation 1.
        cog: Complexity outlook gain, in standard deviations of the unscaled ECI.
        second, third: Eigenvalues behind ``eci``: the gap between them says how firm it is.
    """

    quotient: Numbers
    per_head: Floats | None
    presence: Flags
    diversity: Counts
    ubiquity: Counts
    eci: Floats
    pci: Floats
    proximity: Numbers
    density: Numbers
    coi: Floats
    cog: Numbers
    second: float
    third: float

    @property
    def distance(self) -> Numbers:
        """``1 - density``."""
        return np.asarray(1 - self.density)


def indices(
    values: Any,
    holding: HoldingTest = BY_QUOTIENT,
    *,
    continuous: bool = False,
    asymmetric: bool = False,
    neighbours: int | None = None,
    disconnected: Disconnected = "refuse",
    dtype: DTypeLike = np.float64,
) -> Indices:
    """Specialization, complexity, relatedness and outlook of one year.

    Args:
        values: Regions x industries, not below nought; with ``manual`` presence, 0 and 1.
        holding: When an industry counts as held.
        continuous: Proximity by correlation of quotients instead of by meetings; density is then of quotients.
        asymmetric: Proximity as P(column is held | row is held).
        neighbours: Density over the k nearest other industries alone.
        disconnected: When the data fall apart: refuse, or measure complexity in the largest part.
        dtype: Precision of quotient, proximity, density and gain. Single precision halves memory and agrees to 1e-6.

    Raises:
        NotCarried: The data carry no complexity.
        InvalidInput: Values or population cannot be used.
    """
    x = as_values(values)
    rows, columns = x.sum(axis=1) > 0, x.sum(axis=0) > 0
    if not rows.any():
        raise not_carried("nothing_held")
    whole = bool(rows.all() and columns.all())
    inner = x if whole else x[np.ix_(rows, columns)]
    found = _inner(inner, holding.among(rows), continuous, asymmetric, neighbours, disconnected, np.dtype(dtype))
    return found if whole else _spread(found, rows, columns)


def _inner(
    x: Floats,
    holding: HoldingTest,
    continuous: bool,
    asymmetric: bool,
    neighbours: int | None,
    disconnected: Disconnected,
    dtype: np.dtype[Any],
) -> Indices:
    test = holding.test
    quotient: Numbers = x if test == "manual" else location_quotient(x)
    per_head = None
    if test in ("rpop", "both"):
        if holding.population is None:
            cause, fix = Message.of("tracks.population", regions=len(x)), Message.of("tracks.population.mend")
            raise InvalidInput(Problem(cause, Place(""), fix))
        per_head = per_head_quotient(x, holding.population)
    if test == "manual":
        held = as_presence(x)
    elif test == "rca":
        held = held_at(quotient, holding.threshold)
    else:
        held = held_at(per_head, holding.threshold)
        held &= held_at(quotient, holding.threshold) if test == "both" else True
    quotient = quotient.astype(dtype, copy=False)
    found = complexity(held, disconnected)
    strength = per_head if test == "rpop" and per_head is not None else quotient
    if continuous:
        near: Numbers = continuous_proximity(strength).astype(dtype, copy=False)
        density = relatedness_density(strength.astype(dtype, copy=False), near, neighbours)
    else:
        near = proximity(held, asymmetric=asymmetric, dtype=dtype)
        density = relatedness_density(held, near, neighbours)
    eci, pci = found.regions, found.industries
    mean, spread = np.nanmean(eci), np.nanstd(eci)
    coi, cog = opportunity_outlook(held, density, pci), opportunity_gain(held, near, pci)
    cog /= spread
    coi_spread = coi.std()
    return Indices(
        quotient,
        per_head,
        held,
        held.sum(axis=1),
        held.sum(axis=0),
        (eci - mean) / spread,
        (pci - mean) / spread,
        near,
        density,
        (coi - coi.mean()) / coi_spread if coi_spread else np.zeros_like(coi),
        cog,
        found.second,
        found.third,
    )


def _spread(found: Indices, rows: Flags, columns: Flags) -> Indices:
    """Indices of the regions and industries that have a value, put back among all."""

    def wide(part: Any, *kept: Flags, empty: Any = np.nan) -> Any:
        out = np.full([len(k) for k in kept], empty, dtype=part.dtype)
        out[np.ix_(*kept)] = part
        return out

    return Indices(
        wide(found.quotient, rows, columns),
        None if found.per_head is None else wide(found.per_head, rows, columns),
        wide(found.presence, rows, columns, empty=False),
        wide(found.diversity, rows, empty=0),
        wide(found.ubiquity, columns, empty=0),
        wide(found.eci, rows),
        wide(found.pci, columns),
        wide(found.proximity, columns, columns),
        wide(found.density, rows, columns),
        wide(found.coi, rows),
        wide(found.cog, rows, columns),
        found.second,
        found.third,
    )


def scan_years(panel: IndustryPanel, measure: str | None = None, **options: Any) -> Iterator[tuple[int, Indices]]:
    """The indices of a panel, one year after the other, so that no more than one needs memory.

    Args:
        panel: Region x industry x year.
        measure: One of its measures; None: the first.
        options: Those of :func:`indices`.
    """
    for year in panel.years:
        yield year, indices(panel.matrix(year, measure), **options)
