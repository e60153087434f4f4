"""Scores of firms by a shipped model of distress: firms of a file, or the company of a case."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.panel import read_panel
from guanzi.jobs.distress.declared import CompanyRequest, ScoresRequest
from guanzi.jobs.distress.distress import DIGITS, check_rate, chosen
from guanzi.record.evidence import View, open_case
from guanzi.study import distress
from guanzi.study.diligence import Score, distress_scores

Request = ScoresRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The model, what was asked, and each firm with its score."""

    card: distress.Card
    request: Request
    firms: tuple[tuple[str, distress.Scored], ...]


@dataclass(frozen=True, slots=True)
class CompanyScores:
    """The classical scores, and ours where a statement and a model were known then."""

    view: View
    request: CompanyRequest
    classical: tuple[Score, ...]
    found: distress.CaseScore | None


def score_firms(request: Request) -> Result:
    """Score the firms of a file.

    Raises:
        InvalidInput: The file is none, no model fits, or the one that is named is too young.
    """
    check_rate(request.base_rate)
    rows, as_of = request.rows, request.as_of
    table = distress.read_unlabelled(chosen(read_panel(rows.file), rows.where, "--where"), rows.firm)
    fitted, card = distress.load_model(request.model or _fitting(table, as_of))
    if as_of is not None and card.known_on > as_of:
        cause = Message.of("desk.distress.too_young", model=card.id, day=card.known_on.isoformat())
        raise InvalidInput(Problem(cause, Place("--model"), Message.of("desk.distress.too_young.mend")))
    scored = distress.score(fitted, card, table.aligned(card.columns), request.base_rate, request.horizon)
    return Result(card, request, tuple((_firm(table, i), one) for i, one in enumerate(scored)))


def score_case(request: CompanyRequest) -> CompanyScores:
    """Score the company of a case with the model that was known then, beside the classical scores.

    Raises:
        InvalidInput: There is no such case, or the rate is none.
    """
    check_rate(request.base_rate)
    case = open_case(request.case)
    view = case.view(request.as_of or case.decision_date)
    found = distress.score_case(view, request.base_rate, request.horizon)
    return CompanyScores(view, request, tuple(distress_scores(view)), found)


def list_models() -> tuple[distress.Card, ...]:
    """The cards of the shipped models."""
    return tuple(distress.model_cards())


def model_data(cards: tuple[distress.Card, ...]) -> list[dict[str, Any]]:
    """Cards as plain data."""
    return [card.model_dump(mode="json") for card in cards]


def data(result: Result) -> dict[str, Any]:
    """The scores as plain data."""
    asked = result.request
    firms = [{"firm": firm, **_scored(one)} for firm, one in result.firms]
    return {**_about(result.card, asked.horizon), "base_rate": asked.base_rate, "firms": firms}


def case_data(result: CompanyScores) -> dict[str, Any]:
    """The scores of the company of a case as plain data."""
    view, found, asked = result.view, result.found, result.request
    ours = None
    if found is not None:
        held = {"closing": found.statement.closing, "facts": list(found.statement.facts)}
        about = {**_about(found.card, asked.horizon), "base_rate": asked.base_rate}
        ours = {**about, **held, **_scored(found.scored)}
    return {
        "case": view.id,
        "as_of": view.as_of.isoformat(),
        "classical": {s.id: {"value": s.value, "zone": s.zone, "missing": list(s.missing)} for s in result.classical},
        "ours": ours,
    }


def _number(value: float) -> float | None:
    return round(value, DIGITS) if math.isfinite(value) else None


def _about(card: distress.Card, horizon: int | None) -> dict[str, Any]:
    return {"model": card.id, "known_on": card.known_on.isoformat(), "horizon": horizon or card.horizon}


def _fitting(table: distress.FirmTable, as_of: date | None) -> str:
    held = [name for i, name in enumerate(table.names) if not all(map(math.isnan, table.values[:, i]))]
    card = distress.model_known_on(as_of or date.max, held)
    if card is None:
        cause, fix = Message.of("desk.distress.no_fitting"), Message.of("desk.distress.no_fitting.mend")
        raise InvalidInput(Problem(cause, Place(table.file), fix))
    return card.id


def _firm(table: distress.FirmTable, row: int) -> str:
    name = None if table.firms is None else table.firms[row]
    year = math.nan if table.years is None else float(table.years[row])
    parts = [str(name) if name is not None else f"#{row + 1}", f"{year:g}" if math.isfinite(year) else ""]
    return " ".join(part for part in parts if part)


def _scored(one: distress.Scored) -> dict[str, Any]:
    return {
        "probability": _number(one.probability),
        "interval": [_number(end) for end in one.interval],
        "may_fail": one.may_fail,
        "may_survive": one.may_survive,
        "columns_held": one.held,
        "parts": [
            {
                "column": part.column,
                "value": None if part.value is None else float(f"{part.value:.6g}"),
                "log_odds": _number(part.log_odds),
            }
            for part in one.parts
        ],
    }
