"""Every clause of a deal in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guanzi.base.core import render
from guanzi.base.reading import read_yaml
from guanzi.deal.terms import Clause, Gap, explain, parse_sheet, unknowns
from guanzi.jobs.shared.deals import WORKBOOK, read_deal
from guanzi.jobs.terms.declared import ExplanationData, ExplanationRequest

Request = ExplanationRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The clauses in the order of the sheet, and what is assumed where a value is unknown."""

    clauses: tuple[Clause, ...]
    gaps: tuple[Gap, ...]


def explain_deal(request: Request) -> Result:
    """Say every clause in words.

    Raises:
        InvalidInput: There is no such term sheet, or it has errors.
    """
    path = Path(request.deal)
    alone = path.is_file() and path.suffix.lower() != WORKBOOK  # of a file nothing else is read
    sheet = parse_sheet(read_yaml(path, request.deal)) if alone else read_deal(request.deal, request.as_of)[0]
    return Result(explain(sheet), unknowns(sheet))


def data(result: Result, lang: str) -> ExplanationData:
    """Clauses and gaps as plain data, in a language."""
    return {
        "clauses": [
            {"clause": c.id, "group": c.group, "state": c.state, "text": render(c.message, lang)}
            for c in result.clauses
        ],
        "gaps": [
            {"clause": g.clause, "what": render(g.what, lang), "assumption": render(g.assumption, lang)}
            for g in result.gaps
        ],
    }
