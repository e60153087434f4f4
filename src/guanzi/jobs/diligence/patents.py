"""A portfolio of patents from the export of an office or a data base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guanzi.base.core import render
from guanzi.base.reading import read_text
from guanzi.intake.inputs import read_records
from guanzi.jobs.diligence.declared import PatentsRequest
from guanzi.jobs.diligence.measures import FactRow, fact_rows
from guanzi.study import technology

Request = PatentsRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The portfolio, its figures as facts, and columns of the export that nobody read."""

    found: technology.PatentPortfolio
    facts: list[FactRow]
    unread: tuple[str, ...]


def read_patents(request: Request) -> Result:
    """Read a portfolio.

    Raises:
        InvalidInput: The file is no such export.
    """
    records, staff = read_records(request.file, "patents"), request.staff
    lines = read_text(staff, str(staff), legacy=True).lines if staff is not None else ()
    names = tuple(line.strip() for line in lines if line.strip())
    found = technology.portfolio(technology.patents_of(records), request.company, request.on, names)
    return Result(found, _patent_facts(found), tuple(records.unread))


def data(result: Result, lang: str) -> dict[str, Any]:
    """The portfolio as plain data, with its questions in a language."""
    found = result.found

    def numbers(families: tuple[technology.Family, ...]) -> list[str]:
        return [f.first.number for f in families]

    return {
        "families": len(found.own),
        "documents": found.documents,
        "abroad": found.abroad,
        "ended": found.ended,
        "expiring": found.expiring,
        "others": len(found.others),
        "classes": [
            {"class": c.name, "families": c.families, "claims": c.claims, "others": c.others} for c in found.classes
        ],
        "cited": [
            {"number": f.first.number, "title": f.first.title, "cited_by": f.cited_by, "a_year": round(rate, 4)}
            for f, rate in found.cited
        ],
        "inventors": [
            {"name": i.name, "families": i.families, "last": i.last, "left": i.left, "towards": i.towards or None}
            for i in found.inventors
        ],
        "left_share": found.left_share,
        "pledged": numbers(found.pledged),
        "licensed": numbers(found.licensed),
        "shared": numbers(found.shared),
        "blocking": numbers(found.blocking),
        "questions": [render(q, lang) for q in found.questions],
        "facts": fact_rows(result.facts),
    }


def _patent_facts(found: technology.PatentPortfolio) -> list[FactRow]:
    facts: list[FactRow] = [
        ("patents", float(found.documents), "count"),
        ("patent_families", float(len(found.own)), "count"),
        ("patent_families_abroad", float(found.abroad), "count"),
    ]
    if found.own:
        facts.append(("patents_pledged_share", len(found.pledged) / len(found.own), "ratio"))
    if found.left_share is not None:
        facts.append(("inventors_left_share", found.left_share, "ratio"))
    if found.others:
        facts.append(("blocking_families", float(len(found.blocking)), "count"))
    return facts
