"""What a document proposes, as a person confirms it: written as into a form, beside what a case holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import render
from guanzi.intake.reading import FoundFact, read_document
from guanzi.jobs.evidence.proposals import ReadDocument, reason_text, stated_unit
from guanzi.record.evidence import Box, PlacedPage, label_of, quote_stands, read_placed

_SAME = 5e-4
"""Share of a value within which a figure is that of a fact, which may be less rounded."""


@dataclass(frozen=True, slots=True)
class StatedProposal:
    """A proposal with its fields as they are written into a form.

    Attributes:
        at: Its number among those of the document.
        name: Name of its fact.
        label: What it is called.
        value: A number, ``yes`` or words; empty for a range.
        low: The least of a range.
        high: The most of it.
        unit: The unit in which facts of this name are stated.
        period: Its period.
        page: Number of the page or sheet.
        box: Where it stands on the page.
        text: The words around it.
        figure: The figure as it stands.
        confidence: From 0 to 1.
        reason: What the confidence rests on.
    """

    at: int
    name: str
    label: str
    value: str
    low: str
    high: str
    unit: str
    period: str
    page: int
    box: Box | None
    text: str
    figure: str
    confidence: float
    reason: str

    def says_the_same(self, value: Any) -> bool:
        """Whether a value of a fact in the same unit is the one proposed, as exactly as either is rounded."""
        low, high = (value[0], value[1]) if isinstance(value, list | tuple) else (value, value)
        if isinstance(value, bool | str) or value is None:
            return self.value == ("yes" if value is True else "no" if value is False else value)
        try:
            pairs = [(float(self.low or self.value), float(low)), (float(self.high or self.value), float(high))]
        except ValueError:
            return False
        return all(abs(ours - theirs) <= _SAME * max(abs(theirs), 1e-12) for ours, theirs in pairs)

    def quote_on(self, words: str) -> str:
        """The words around the figure, or the figure alone, as far as they stand in the text of the page."""
        return next((quote for quote in (self.text, self.figure) if quote_stands(quote, words)), "")


def read_pages(path: Path, name: str, cache: Path, watch: Callable[[int], None]) -> ReadDocument:
    """What a document states; its pages are kept.

    Args:
        path: The file.
        name: How places should call it.
        cache: Where pages lie once they were read.
        watch: Given the number of each page that was read.

    Raises:
        InvalidInput: It is refused.
    """

    def counted(pages: Iterator[PlacedPage]) -> Iterator[PlacedPage]:
        for page in pages:
            watch(page.number)
            yield page

    return ReadDocument(name, read_document(counted(read_placed(path, name, 1, cache))))


def stated_proposals(document: ReadDocument, lang: str) -> Iterator[StatedProposal]:
    """The proposals of a document in the order of its pages, in a language."""
    for at, found in enumerate(document.reading.found):
        unit, factor = stated_unit(found.fact, found.unit)
        label, spot = label_of(found.fact), found.spot
        yield StatedProposal(
            at, found.fact, render(label, lang) if label is not None else found.fact, *_written(found, factor), unit,
            str(found.period), spot.page, spot.box, spot.text, found.figure, found.confidence,
            reason_text(document, found, lang),
        )  # fmt: skip


def day_of_document(document: ReadDocument) -> date | None:
    """The day that a document says of itself; None where it says none."""
    known = document.reading.known_on
    return known.day if known.is_own else None


def _written(found: FoundFact, factor: float) -> tuple[str, str, str]:
    """Value, least and most as they are written into a form."""
    value = found.value
    if isinstance(value, tuple):
        return "", _number(value[0] * factor), _number(value[1] * factor)
    if isinstance(value, bool):
        return ("yes" if value else "no"), "", ""
    return (value if isinstance(value, str) else _number(value * factor)), "", ""


def _number(value: float) -> str:
    return f"{value:.12g}" if abs(value) < 1e12 else f"{value:.0f}"
