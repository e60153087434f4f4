"""Published base rates on classes of companies, each with its source and the day from which it may be used.

The entries lie in ``library/priors``; the README there says how each was seen. A view that is older than an entry does
not see it: what was published later would be hindsight.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from guanzi.base.core import sha256_of
from guanzi.base.reading import Format, load_shipped

PRIOR = "prior."
"""What the id of a base rate begins with among the parents of a figure."""


class PriorSource(Format):
    """Where a base rate was published; ``date`` as it was seen."""

    publisher: str
    title: str
    date: date | str
    place: str = ""


class GrowthClass(Format):
    """Companies of a size and how many of them grew how fast, by horizon in years.

    Attributes:
        sales: From and to, millions of dollars of 2015; None: no limit.
        years_1, years_3, years_5, years_10: Percent of companies between the edges of growth.
    """

    sales: tuple[float, float | None]
    years_1: tuple[float, ...]
    years_3: tuple[float, ...]
    years_5: tuple[float, ...]
    years_10: tuple[float, ...]


class Prior(Format):
    """One base rate.

    Attributes:
        id: Its name; parents of figures name it as ``prior.<id>``.
        quantity, unit, population: What is counted, in what, among whom.
        known_on: First day on which it may be used.
        seen: How it was read: ``abstract``, ``quoted`` (``through`` what) or ``computed``.
        value: Named numbers, or
        columns, rows: a table, or
        growth_edges, classes: histograms of growth.
    """

    id: str
    quantity: str
    unit: str
    population: str
    source: PriorSource
    known_on: date
    known_on_is: str = ""
    seen: Literal["abstract", "quoted", "computed"]
    through: str = ""
    value: Mapping[str, float] = {}
    columns: Mapping[str, tuple[float | str, ...]] = {}
    rows: Mapping[str, tuple[float, ...]] = {}
    growth_edges: tuple[float, ...] = ()
    classes: tuple[GrowthClass, ...] = ()
    remark: str = ""


class PriorFile(Format):
    """A file of base rates."""

    format: Literal[1]
    priors: tuple[Prior, ...]


@cache
def priors() -> Mapping[str, Prior]:
    """All base rates of the library, by id."""
    folder = files("guanzi.library").joinpath("priors")
    found: dict[str, Prior] = {}
    for file in sorted(folder.iterdir(), key=lambda x: x.name):
        if file.name.endswith(".yaml"):
            for prior in load_shipped(PriorFile, "priors", file.name).priors:
                found[prior.id] = prior
    return found


def prior_of(parent: str) -> Prior | None:
    """The base rate that a parent of a figure names; None when it names none."""
    return priors().get(parent.removeprefix(PRIOR)) if parent.startswith(PRIOR) else None


def priors_on(day: date) -> Mapping[str, Prior]:
    """The base rates that were published by a day."""
    return {id: prior for id, prior in priors().items() if prior.known_on <= day}


def priors_sha256() -> str:
    """Hash of all base rates: they are part of the method."""
    return sha256_of({id: prior.model_dump(mode="json") for id, prior in priors().items()})
