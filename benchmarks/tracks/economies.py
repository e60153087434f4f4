"""Economies that are made up: panels for the benchmarks, the size of real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
from numpy.typing import NDArray

type Floats = NDArray[np.float64]

_PATENTS = pa.schema([("metro", pa.string()), ("class", pa.string()), ("year", pa.int32()), ("patents", pa.float64())])
_FIRMS = pa.schema([("region", pa.string()), ("industry", pa.string()), ("year", pa.int16()), ("staff", pa.int32())])
_BATCH = 1_000_000


def economy(regions: int, industries: int, years: int, seed: int = 0) -> Floats:
    """Values of years x regions x industries: abilities against needs, a few dimensions of kinship, noise."""
    draws = np.random.default_rng(seed)
    able, need = draws.beta(1.2, 2, regions), draws.beta(1.5, 1.5, industries)
    kin = draws.normal(size=(regions, 8)) @ draws.normal(size=(industries, 8)).T / np.sqrt(8)
    base = 3 * (able[:, None] - need[None]) + 0.5 * kin
    scale = draws.lognormal(0, 1.5, regions)[:, None] * draws.lognormal(0, 1, industries)[None]
    out = np.empty((years, regions, industries))
    for year in range(years):
        x = base + draws.normal(size=base.shape)
        out[year] = np.where(x < -0.8, 0, np.exp(1.2 * x) * scale)
    return out


def write_patents(path: Path, regions: int = 2169, classes: int = 650, years: int = 30, noughts: bool = False) -> int:
    """A panel the size of the patents of American metropolitan areas; the number of its rows.

    Args:
        path: Parquet file.
        regions, classes, years: Its size.
        noughts: Whether cells without patents are rows, too.
    """
    draws = np.random.default_rng(1)
    able, need = draws.normal(size=(regions, 6)), draws.normal(size=(classes, 6))
    size, spread = draws.lognormal(2.0, 1.9, regions), draws.lognormal(0, 1.2, classes)
    metros, codes = _names("metro-{:04d}", regions), _names("T{:03d}", classes)
    rows = 0
    with parquet.ParquetWriter(path, _PATENTS) as writer:
        for year in range(years):
            able += 0.08 * draws.normal(size=able.shape)
            mean = np.exp(0.9 * able @ need.T / np.sqrt(6)) * spread[None]
            counts = draws.poisson(mean * (size * 1.02**year / mean.sum(axis=1))[:, None] * 8)
            r, i = np.nonzero(np.ones_like(counts) if noughts else counts)
            years_of_rows = pa.array(np.full(len(r), 1985 + year, dtype=np.int32))
            values = pa.array(counts[r, i].astype(float))
            columns = [metros.take(pa.array(r)), codes.take(pa.array(i)), years_of_rows, values]
            writer.write_table(pa.table(columns, schema=_PATENTS))
            rows += len(r)
    return rows


def write_register(path: Path, firms: int, regions: int = 350, industries: int = 1000) -> None:
    """A register of firms: one row for each firm and year, with region, industry and staff."""
    draws = np.random.default_rng(2)
    weights = economy(regions, industries, 1, 2)[0].ravel()
    edges = np.cumsum(weights) / weights.sum()
    codes = _names("{:06d}", regions), _names("{:04d}", industries)
    with parquet.ParquetWriter(path, _FIRMS) as writer:
        for first in range(0, firms, _BATCH):
            n = min(_BATCH, firms - first)
            cell = np.minimum(np.searchsorted(edges, draws.random(n)), regions * industries - 1)
            columns = [codes[0].take(pa.array(cell // industries)), codes[1].take(pa.array(cell % industries))]
            columns.append(pa.array(draws.integers(2004, 2024, n).astype(np.int16)))
            columns.append(pa.array(np.ceil(draws.lognormal(1.5, 1.2, n)).astype(np.int32)))
            writer.write_table(pa.table(columns, schema=_FIRMS))


def _names(form: str, number: int) -> pa.Array:
    return pa.array([form.format(i) for i in range(number)])
