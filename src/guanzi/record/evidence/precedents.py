"""Precedents: decided cases with their outcome, as data that later analyses may use.

They are derived from outcomes by ``scripts/precedents.py`` and shipped as a file. A precedent carries the day from
which its outcome was known; a view of an earlier day does not see it.
"""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from pydantic_core import ErrorDetails

from guanzi.base.core import InvalidInput, Message, Problem, catalogue, catalogue_languages
from guanzi.base.reading import Format, TextFile, load_shipped, parse_yaml, read_yaml, wrong_value
from guanzi.record.evidence.checking import validate
from guanzi.record.evidence.formats import Slug
from guanzi.record.evidence.tracks import load_track, track_names

FILE = "precedents.yaml"
"""Of the library; of a case: ended bets of its own house."""
_SHORT = 3
"""Letters of a word that says nothing of an industry."""
_OFFERED = 3
"""Of so many industries it is asked at the most whether they are meant."""


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


def own_precedents(folder: Path, problems: list[Problem]) -> tuple[Precedent, ...]:
    """Ended bets of the house of a case, in the order of their cases; what is wrong with the file is noted."""
    if not (folder / FILE).is_file():
        return ()
    try:
        document = read_yaml(folder / FILE, FILE)
        held = validate(PrecedentFile, document).precedents
    except InvalidInput as error:
        problems.extend(error.problems)
        return ()
    shipped = {one.case for one in builtin_precedents()}
    for n, one in enumerate(held):
        if one.case in shipped or one.case in {other.case for other in held[:n]}:
            cause, fix = (
                Message.of("evidence.precedent.twice", case=one.case),
                Message.of("evidence.precedent.twice.mend"),
            )
            problems.append(document.problem(("precedents", n, "case"), cause, fix))
    return tuple(sorted(held, key=lambda one: one.case))


def precedents_in(text: str) -> tuple[Precedent, ...]:
    """The bets of the text of a file of precedents.

    Raises:
        InvalidInput: It is none.
    """
    return validate(PrecedentFile, parse_yaml(TextFile(FILE, text, tuple(text.split("\n"))))).precedents


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
    return Message.of("evidence.industry.unknown", industry=industry), _meant(industry)


def industry_hint(field: str, error: ErrorDetails) -> tuple[Message, Message] | None:
    """What could be meant by an industry that is written as no id, such as words; None for other fields."""
    if field != "industry" or error["type"] != "string_pattern_mismatch":
        return None
    return wrong_value(field, error["input"]), _meant(str(error["input"]))


def _meant(text: str) -> Message:
    """The industries that are called alike or share a word with what was written, in any language; else all."""
    known = known_industries()
    written = " ".join(re.split(r"[-\s]+", text.casefold()))
    called = {name: id for id in known for name in _names(id)}
    words = {word for word in written.split() if len(word) > _SHORT}
    close = [called[name] for name in get_close_matches(written, called, n=_OFFERED, cutoff=0.6)]
    alike = [id for name, id in called.items() if words & set(name.split())]
    near = tuple(dict.fromkeys((*close, *alike)))[:_OFFERED]
    if called.get(written):
        near = (called[written],)
    if near:
        return Message.of("evidence.industry.near", near=near, known=known)
    return Message.of("evidence.industry.list", known=known)


def _names(industry: str) -> set[str]:
    """What people call an industry, in every language, and its id in words."""
    id = f"appraisal.outside.industry.{industry}"
    labels = {catalogue("appraisal", lang).get(id, "") for lang in catalogue_languages()}
    return {label.casefold().replace("-", " ") for label in (*labels, industry) if label}
