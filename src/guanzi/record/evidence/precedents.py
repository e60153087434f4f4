"""Precedents: decided cases with their outcome, as data that later analyses may use.

They are derived from outcomes by ``scripts/precedents.py`` and shipped as a file. A precedent carries the day from
which its outcome was known; a view of an earlier day does not see it.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Literal

from pydantic import Field

from guanzi.base.core import Message, nearest
from guanzi.base.reading import Format, load_shipped
from guanzi.record.evidence.formats import Slug
from guanzi.record.evidence.tracks import load_track, track_names

FILE = "precedents.yaml"
_SHORT = 3
"""Letters of a word that says nothing of an industry."""


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


@cache
def known_industries() -> tuple[str, ...]:
    """Industries of which decided cases or figures of a market are shipped, in alphabetical order."""
    tracks = (load_track(name) for name in track_names())
    return tuple(sorted({p.industry for p in builtin_precedents()} | {i for track in tracks for i in track.industries}))


def unknown_industry(industry: str) -> tuple[Message, Message] | None:
    """What follows from an industry of which nothing is shipped, and what could be meant; None for the others."""
    known = known_industries()
    if industry in known:
        return None
    words = {word for word in industry.split("-") if len(word) > _SHORT}
    near = nearest(industry, known) or next((k for k in known if words & set(k.split("-"))), None)
    cause = Message.of("evidence.industry.unknown", industry=industry)
    if near is not None:
        return cause, Message.of("evidence.industry.near", near=near, known=known)
    return cause, Message.of("evidence.industry.list", known=known)
