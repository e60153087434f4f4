"""How good odds were on bets of a file of which is known what became of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from guanzi.advice.odds import odds_without
from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.bets import outcomes_hash, read_outcomes
from guanzi.jobs.bets.declared import ScoreRequest
from guanzi.jobs.bets.forecast import Request as Asked
from guanzi.jobs.bets.forecast import forecast_bets, forecast_data
from guanzi.study.bets import QUESTIONS, BetForecast, SkillMeasure, SkillScores, scores

if TYPE_CHECKING:
    from guanzi.render import Document

COVERED = 0.95
FEW, RARE = 30, 5
"""Bets, and bets of the rarer outcome, from which the interval of a mean over bets holds what it says it holds."""
MEANS = ("brier", "against_own", "against_pooled")


Request = ScoreRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The forecasts, the measures over those whose outcome is known, and the bets that could not be scored.

    Attributes:
        forecasts: Of all bets of the file.
        success: Of the bets that are scored, by id: 1, ½ or 0.
        scores: The measures; the rate against which ``against_pooled`` measures is ``pooled``.
        pooled: Chance of a bet of an unknown population of which nothing is answered, as the register gives it.
        unsettled: Ids of bets without an outcome, or with an open or unknown one.
        strangers: Ids of outcomes that belong to no bet of the file.
        warnings: What a reader should know of the file of bets.
    """

    forecasts: tuple[BetForecast, ...]
    success: dict[str, float]
    scores: SkillScores
    pooled: float
    unsettled: tuple[str, ...]
    strangers: tuple[str, ...]
    warnings: tuple[Problem, ...]


def score_bets(request: Request) -> Result:
    """Forecast the bets of a file and measure the forecasts against what came.

    Raises:
        InvalidInput: Everything that is wrong with either file, or no bet of the one has an outcome in the other.
    """
    problems: list[Problem] = []
    told: dict[str, float | None] = {}
    try:
        told = dict(read_outcomes(request.outcomes))
    except InvalidInput as refused:
        problems.extend(refused.problems)
    try:
        asked = forecast_bets(Asked(request.file, request.base_rate))
    except InvalidInput as refused:
        raise InvalidInput([*refused.problems, *problems]) from refused
    if problems:
        raise InvalidInput(problems)
    found = asked.forecasts
    success = {one.id: came for one in found if (came := told.get(one.id)) is not None}
    if not success:
        cause, fix = Message.of("desk.bets.no_outcome"), Message.of("desk.bets.no_outcome.mend")
        raise InvalidInput(Problem(cause, Place(str(request.outcomes)), fix))
    pooled = float(odds_without().forecast(np.zeros((1, len(QUESTIONS))), [""])[0, 0])
    chance = np.array([one.chance for one in found if one.id in success])
    measured = _held(scores(np.array(list(success.values())), chance, pooled, request.seed))
    unsettled = tuple(one.id for one in found if one.id not in success)
    strangers = tuple(id for id in told if id not in {one.id for one in found})
    return Result(found, success, measured, pooled, unsettled, strangers, asked.file.warnings)


def rarer(scored: SkillScores) -> float:
    """How many of the bets came out the rarer way; a partial success is half of each."""
    came = round(2 * scored.rate * scored.n) / 2
    return min(came, scored.n - came)


def _held(found: SkillScores) -> SkillScores:
    """The measures without the intervals of means over too few bets."""
    if found.n >= FEW and rarer(found) >= RARE:
        return found
    means = {name: replace(getattr(found, name), low=None, high=None) for name in MEANS}
    return replace(found, **means)


def data(result: Result) -> dict[str, Any]:
    """The forecasts and the measures as plain data; a measure that cannot be told is null."""
    s = result.scores
    bets = forecast_data(result.forecasts)
    return {
        "model": outcomes_hash(),
        "bets": [{**bet, "success": result.success.get(bet["id"])} for bet in bets],
        "scored": s.n,
        "unsettled": list(result.unsettled),
        "outcomes_without_bet": list(result.strangers),
        "interval": COVERED,
        "base_rate_own": s.rate,
        "base_rate_pooled": result.pooled,
        "auc": _measure(s.auc),
        "brier": _measure(s.brier),
        "brier_own_base_rate": s.brier.value + s.against_own.value,
        "brier_pooled_base_rate": s.brier.value + s.against_pooled.value,
        "brier_better_than_own": _measure(s.against_own),
        "brier_better_than_pooled": _measure(s.against_pooled),
        "calibration_slope": _measure(s.slope),
        "calibration_intercept": _measure(s.intercept),
    }


def _measure(measure: SkillMeasure | None) -> dict[str, float | None] | None:
    if measure is None:
        return None
    return {"value": measure.value, "low": measure.low, "high": measure.high, "p": measure.p}


def document_of(result: Result) -> Document:
    """The measures as a document."""
    from guanzi.jobs.bets.documents.score import score_document

    few = {"least": FEW, "rare": RARE, "rarer": f"{rarer(result.scores):g}"}
    return score_document(result.scores, result.pooled, few, len(result.unsettled), len(result.strangers))
