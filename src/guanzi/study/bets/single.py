"""The chance of one bet, at whose level, and what each of its answers did to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from guanzi.study.bets.answers import QUESTIONS, STAND_INS, Answers, coded, finance_of, stood_in
from guanzi.study.bets.model import BetOdds

type Level = Literal["population", "pooled", "base_rate"]
DECIMALS = 12
"""Of a chance: equal answers have equal chances, however the library of a machine rounds the rows of a product."""


@dataclass(frozen=True, slots=True)
class AnswerEffect:
    """What one answer did.

    Attributes:
        question: Which one.
        column: By which column it was answered; empty: it is unknown.
        answer: What stood there; None: it is unknown.
        log_odds: What it adds to the log-odds.
        change: What it adds to the chance, against the same bet with this answer unknown.
    """

    question: str
    column: str
    answer: str | float | None
    log_odds: float
    change: float


@dataclass(frozen=True, slots=True)
class BetForecast:
    """A bet with its chance.

    Attributes:
        id, population: As written.
        chance, low, high: Mean chance of success and its 90 % interval; a partial success is half of one.
        unanswered: The mean chance of the same bet if nothing were answered.
        level: Whose level it has: its population's, the pooled one of the register, or the user's.
        effects: What each answer did, in the order of the questions.
        answers: All that was answered, by column.
        held_out: It is a row of the register, and was left out of what forecasts it.
    """

    id: str
    population: str
    chance: float
    low: float
    high: float
    unanswered: float
    level: Level
    effects: tuple[AnswerEffect, ...]
    answers: Mapping[str, str | float]
    held_out: bool


def asked_answers(stated: Mapping[str, str | float]) -> tuple[Answers, Mapping[str, str]]:
    """Answers by column as answers to the questions of the odds, and by question the column that answered it.

    >>> asked_answers({"parent": "yes", "months_of_cash": 40.0})[1]
    {'in_business': 'parent', 'finance': 'months_of_cash'}
    """
    answers = stood_in(stated)
    answers["finance"] = finance_of(stated.get("months_of_cash"))
    columns = {name: name for name in QUESTIONS if stated.get(name) is not None}
    columns |= {name: STAND_INS[name] for name in STAND_INS if not stated.get(name) and answers.get(name)}
    return answers, columns | ({"finance": "months_of_cash"} if answers["finance"] is not None else {})


def forecast_bet(
    odds: BetOdds,
    bet: tuple[str, str],
    stated: Mapping[str, str | float],
    base_rate: float | None = None,
    *,
    held_out: bool = False,
) -> BetForecast:
    """Forecast one bet.

    Args:
        odds: What was learnt, without the bet itself.
        bet: Its id and its population.
        answers: What is answered, by column.
        base_rate: Share of successes in a population that was not learnt from; None: the pooled level with its spread.
        held_out: The bet was left out of what was learnt from.
    """
    id, population = bet
    answers, columns = asked_answers(stated)
    row = coded(answers)
    rows = np.vstack([row, np.where(np.eye(len(QUESTIONS), dtype=bool), 0.0, row), np.zeros(len(QUESTIONS))])
    found = np.round(odds.forecast(rows, [population] * len(rows), base_rate), DECIMALS)
    effects = tuple(
        AnswerEffect(
            name,
            columns.get(name, ""),
            stated[columns[name]] if name in columns else None,
            float(slope * x),
            float(found[0, 0] - without) if x else 0.0,
        )
        for name, slope, x, without in zip(QUESTIONS, odds.slopes[:, 0], row, found[1:-1, 0], strict=True)
    )
    level: Level = "pooled" if base_rate is None else "base_rate"
    if population in odds.populations:
        level = "population"
    chance, low, high = (float(x) for x in found[0])
    return BetForecast(id, population, chance, low, high, float(found[-1, 0]), level, effects, stated, held_out)
