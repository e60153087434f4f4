"""Names of people and companies: whether two are the same, and how well that is told on labelled pairs."""

from __future__ import annotations

import math
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, render
from guanzi.intake.inputs import read_name_pairs
from guanzi.jobs.screening.declared import NamesRequest, PairsRequest
from guanzi.study import screening as entities

DIGITS = 4
SCHEMAS = ("Person", "Company", "Organization", "LegalEntity")


Request = NamesRequest


def compare_names(request: Request) -> entities.Match:
    """Compare two names.

    Raises:
        InvalidInput: We do not know that kind of bearer.
    """
    check_schema(request.schema)
    return entities.compare(request.first, request.second, request.schema)


def evaluate_matching(request: PairsRequest) -> entities.MatchEvaluation:
    """Measure name matching on labelled pairs.

    Raises:
        InvalidInput: The file is no table of pairs.
    """
    pairs = read_name_pairs(request.file)
    return entities.evaluate_pairs(
        [(pair.first, pair.second) for pair in pairs],
        [pair.schema for pair in pairs],
        [pair.is_match for pair in pairs],
        [pair.category for pair in pairs],
        request.run.seed,
    )


def check_schema(schema: str) -> None:
    """Refuse a kind of bearer that we do not know: its names would be compared as those of people."""
    if schema not in SCHEMAS:
        cause = Message.of("desk.screen.schema", schema=schema)
        raise InvalidInput(Problem(cause, Place("--schema"), Message.of("desk.screen.schema.mend", schemas=SCHEMAS)))


def data(match: entities.Match, lang: str) -> dict[str, Any]:
    """A match as plain data for JSON."""
    return {
        "score": round(match.score, DIGITS),
        "probability": round(match.probability, DIGITS),
        "matched": match.matched,
        "why": [{"text": render(part, lang), **part.as_dict()} for part in match.parts],
    }


def evaluation_data(found: entities.MatchEvaluation) -> dict[str, Any]:
    """The figures as plain data."""
    out: dict[str, Any] = {}
    for name in ("precision", "recall", "f1", "auc"):
        figure: entities.MatchFigure = getattr(found, name)
        out[name] = _number(figure.value)
        out[f"{name}_interval"] = [_number(figure.low), _number(figure.high)]
    return {
        **out,
        "brier": _number(found.brier),
        "ece": _number(found.ece),
        "pairs_per_second": round(found.pairs_per_second, 1),
        "pairs_per_second_first_pass": round(found.first_pass, 1),
        "n": found.n,
        "positives": found.positives,
        "threshold": found.threshold,
        "interval_level": 0.95,
        "categories": [
            {"category": kind, "n": n, "positives": positives, "shown": shown}
            for kind, n, positives, shown in found.categories
        ],
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, DIGITS)
