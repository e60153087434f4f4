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

import yaml
from pydantic import BaseModel, ConfigDict

from guanzi.base.core import sha256_of

PRIOR = "prior."
"""What the id of a base rate begins with among the parents of a figure."""


class PriorSource(BaseModel):
    """Where a base rate was published; ``date`` as it was seen."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    publisher: str
    title: str
    date: date | str
    place: str = ""


class GrowthClass(BaseModel):
    """Companies of a size and how many of them grew how fast, by horizon in years.

    Attributes:
        sales: From and to, millions of dollars of 2015; None: no limit.
        years_1, years_3, years_5, years_10: Percent of companies between the edges of growth.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    sales: tuple[float, float | None]
    years_1: tuple[float, ...]
    years_3: tuple[float, ...]
    years_5: tuple[float, ...]
    years_10: tuple[float, ...]


class Prior(BaseModel):
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

    model_config = ConfigDict(frozen=True, extra="forbid")
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


@cache
def priors() -> Mapping[str, Prior]:
    """All base rates of the library, by id."""
    folder = files("guanzi.library").joinpath("priors")
    found: dict[str, Prior] = {}
    for file in sorted(folder.iterdir(), key=lambda x: x.name):
        if file.name.endswith(".yaml"):
            for entry in yaml.safe_load(file.read_text("utf-8"))["priors"]:
                prior = Prior.model_validate(entry)
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
