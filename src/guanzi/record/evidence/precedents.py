"""Precedents: decided cases with their outcome, as data that later analyses may use.

They are derived from outcomes by ``scripts/precedents.py`` and shipped as a file. A precedent carries the day from
which its outcome was known; a view of an earlier day does not see it.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from guanzi.base.reading import Format, load_shipped
from guanzi.record.evidence.formats import Slug

FILE = "precedents.yaml"


class Precedent(Format):
    """One decided case.

    Attributes:
        case, company, region, country, industry, model: As in the case.
        instruments: Kinds of public money that the terms in force at the decision name; none: not known.
        decided: Day of the decision.
        settled: Day from which the outcome counts: the end of the company, or the end of the score horizon.
        success: 1 success, 0.5 partial, 0 failure.
    """

    case: Slug
    company: Slug
    region: Slug
    country: str
    industry: Slug
    model: Slug
    instruments: tuple[str, ...] = ()
    decided: date
    settled: date
    success: Annotated[float, Field(ge=0.0, le=1.0)]


class PrecedentFile(Format):
    """The shipped precedents, with the day on which they were derived."""

    format: Literal[1]
    made_on: date
    precedents: tuple[Precedent, ...]


@cache
def builtin_precedents() -> tuple[Precedent, ...]:
    """The shipped precedents, in the order of their cases."""
    return load_shipped(PrecedentFile, "precedents", FILE).precedents
