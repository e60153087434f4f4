"""The file of rivals: who else bids for a company, how far each is expected to go, and how sure anybody is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import Format, read_yaml
from guanzi.record.evidence import Number, Words, validate


class RivalEntry(Format):
    """Another bidder, and between which values of the term it is expected to stop; a share is written as 0.18."""

    name: Words
    low: Annotated[Number, Field(ge=0.0)]
    high: Annotated[Number, Field(ge=0.0)]
    source: Annotated[Words, Field(description="Where the bid was seen, or whose judgement it is")]


class RivalsFile(Format):
    """Rivals over one term of the deal."""

    format: Literal[1]
    term: Annotated[Words, Field(description="Address of the term, as `guanzi structure --list` shows it")]
    rivals: Annotated[tuple[RivalEntry, ...], Field(min_length=1)]
    error: Annotated[
        Number | None,
        Field(gt=0.0, description="Standard deviation by which an estimate of the deal's value is off, in its unit"),
    ] = None
    error_source: Words | None = None


def load_rivals(path: Path, name: str | None = None) -> RivalsFile:
    """Read the file of rivals: who else bids for the company, and between which values of the term each stops.

    Raises:
        InvalidInput: Everything that does not fit the format, and an interval whose ends are reversed.
    """
    file = validate(RivalsFile, read_yaml(path, name))
    fix = Message.of("evidence.rivals.reversed.mend")
    place = Place(name or str(path))
    reversed_ = [
        Problem(Message.of("evidence.rivals.reversed", name=rival.name), place, fix)
        for rival in file.rivals
        if rival.low > rival.high
    ]
    if reversed_:
        raise InvalidInput(reversed_)
    return file
