"""Odds of bets of a file: for each a chance with its interval, at whose level, and what each answer did to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guanzi.advice.odds import odds_without
from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.bets import AskedBet, BetFile, outcomes_hash, read_bets, register
from guanzi.jobs.bets.declared import ForecastRequest
from guanzi.study.bets import REPLACED, BetForecast, forecast_bet

if TYPE_CHECKING:
    from guanzi.render import Document

COVERED = 0.9


Request = ForecastRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The forecasts in the order of the file, what was not read of it, and what the odds rest on."""

    file: BetFile
    forecasts: tuple[BetForecast, ...]
    request: Request

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What a reader should know of the file."""
        return self.file.warnings


def forecast_bets(request: Request) -> Result:
    """Forecast the bets of a file.

    Raises:
        InvalidInput: Everything that is wrong with the file, or the rate is none.
    """
    check_rate(request.base_rate)
    file = read_bets(request.file)
    return Result(file, tuple(_forecast(bet, request.base_rate) for bet in file.bets), request)


def check_rate(base_rate: float | None) -> None:
    """Refuse a share of successes that is none.

    Raises:
        InvalidInput: It is not between 0 and 1.
    """
    if base_rate is not None and not 0.0 < base_rate < 1.0:
        cause, fix = Message.of("desk.bets.base_rate", rate=f"{base_rate:g}"), Message.of("desk.bets.base_rate.mend")
        raise InvalidInput(Problem(cause, Place("--base-rate"), fix))


def _forecast(bet: AskedBet, base_rate: float | None) -> BetForecast:
    """Forecast one bet; a row of the register is forecast by all the others."""
    own = {row.id for row in register() if (row.id, row.population) == (bet.id, bet.population)}
    odds = odds_without(own)
    return forecast_bet(odds, (bet.id, bet.population), bet.answers, base_rate, held_out=bool(own))


def data(result: Result) -> list[dict[str, Any]]:
    """The forecasts as plain data, one object a bet in the order of the file."""
    return forecast_data(result.forecasts)


def forecast_data(forecasts: Sequence[BetForecast]) -> list[dict[str, Any]]:
    """Forecasts as plain data; each names the hash of what its odds were learnt from."""
    model = outcomes_hash()
    return [
        {
            "id": one.id,
            "population": one.population or None,
            "probability": one.chance,
            "low": one.low,
            "high": one.high,
            "interval": COVERED,
            "population_known": one.level == "population",
            "level": one.level,
            "probability_unanswered": one.unanswered,
            "answers": {
                effect.question: {
                    "answer": effect.answer,
                    "column": effect.column or None,
                    "log_odds": effect.log_odds,
                    "change": effect.change,
                }
                for effect in one.effects
            },
            "without_effect": {name: one.answers[name] for name in REPLACED if name in one.answers},
            "held_out": one.held_out,
            "model": model,
        }
        for one in forecasts
    ]


def document_of(result: Result) -> Document:
    """The forecasts as a document."""
    from guanzi.jobs.bets.documents.forecast import forecast_document

    return forecast_document(result.forecasts, result.request.base_rate)
