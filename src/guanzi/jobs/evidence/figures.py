"""What is known of a city, a market, a province or a case on a day, with its sources, and two figures compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from guanzi.base.core import plain_words
from guanzi.jobs.evidence.comparing import compare
from guanzi.jobs.evidence.declared import ComparisonData, FiguresData, FiguresRequest
from guanzi.jobs.evidence.onrecord import on_record
from guanzi.record.evidence import Fact, FigureComparison, OnRecord, Source

if TYPE_CHECKING:
    from guanzi.render import Document

Request = FiguresRequest


@dataclass(frozen=True, slots=True)
class Result:
    """What is on record by a day (None: all counts), and the comparison that was asked."""

    record: OnRecord
    as_of: date | None
    comparison: FigureComparison | None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The figures."""
        return self.record.facts

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the figures."""
        return self.record.sources


def known(request: Request) -> Result:
    """The figures, by what they are about, their name and their period.

    Raises:
        InvalidInput: Nothing of that name comes with Guanzi, or what is compared is not two figures.
    """
    record = on_record(request.of, request.as_of)
    compared = compare(record, request.compare, request.as_of) if request.compare else None
    return Result(record, request.as_of, compared)


def data(result: Result) -> FiguresData:
    """The figures as plain data."""
    publishers = {source.id: source.publisher for source in result.sources}
    compared = result.comparison
    return {
        "of": result.record.id,
        "name": plain_words(result.record.name),
        "as_of": None if result.as_of is None else result.as_of.isoformat(),
        "comparison": None if compared is None else _comparison(compared),
        "figures": [
            {
                "id": fact.id,
                "subject": plain_words(fact.subject),
                "name": plain_words(fact.name),
                "period": str(fact.period),
                "value": list(fact.value) if isinstance(fact.value, tuple) else _plain(fact.value),
                "unit": fact.unit,
                "known_on": fact.known_on.isoformat(),
                "publisher": plain_words(publishers[fact.source]),
                "note": plain_words(fact.note) or None,
            }
            for fact in result.facts
        ],
    }


def _plain(value: str | float) -> Any:
    return plain_words(value) if isinstance(value, str) else value


def _comparison(compared: FigureComparison) -> ComparisonData:
    return {
        "figures": [fact.id for fact in compared.facts],
        "units": [fact.unit for fact in compared.facts],
        "known_on": compared.known_on.isoformat(),
        "total": compared.total and list(compared.total),
        "difference": compared.difference and list(compared.difference),
        "ratio": compared.ratio and list(compared.ratio),
    }


def document_of(result: Result) -> Document:
    """The figures as a document."""
    from guanzi.jobs.evidence.documents.figures import figures_document

    return figures_document(result.record, result.as_of, result.comparison)
