"""The outside view of the register on a case: how often bets with such answers succeeded, under any playbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from guanzi.advice.odds.alike import AlikeBet, alike_bets
from guanzi.advice.odds.answers import CaseAnswer, case_says
from guanzi.advice.odds.learning import odds_by, settled_by
from guanzi.advice.odds.pricing import PricedBet, price_bet
from guanzi.base.core import Finding
from guanzi.record.evidence import View
from guanzi.study.bets import QUESTIONS, BetOdds


@dataclass(frozen=True, slots=True)
class RegisterView:
    """What the register says of a case.

    Attributes:
        bet: The chance, and what each answer does to it; nothing is priced, so knowing an answer is worth nothing.
        answers: What the case answers, in the order of the questions.
        learnt: Bets from which the odds are learnt.
        unanswered: The chance if nothing were answered.
        alike: The settled bets most like the case, the nearest first.
        odds: What was learnt.
    """

    bet: PricedBet
    answers: tuple[CaseAnswer, ...]
    learnt: int
    unanswered: float
    alike: tuple[AlikeBet, ...]
    odds: BetOdds

    def chance_with(self, question: str, answer: str | float) -> float:
        """The chance if a question were answered otherwise."""
        given = {one.question: one.answer for one in self.answers} | {question: answer}
        return price_bet(self.odds, given, 0.0, 0.0).chance


def register_view(view: View, findings: Iterable[Finding]) -> RegisterView | None:
    """The outside view as it could be had on the day of a view; None where no bet was settled by then."""
    found = odds_by(view.as_of, view.id)
    if found is None:
        return None
    odds, learnt = found
    answers = case_says(view, findings)
    given = {answer.question: answer.answer for answer in answers}
    unanswered = float(odds.forecast(np.zeros((1, len(QUESTIONS))), [""])[0, 0])
    alike = alike_bets(odds, given, settled_by(view.as_of, view.id))
    return RegisterView(price_bet(odds, given, 0.0, 0.0), answers, learnt, unanswered, alike, odds)
