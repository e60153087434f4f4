"""The case as the register of bets prices it: its chance of success, the chance at which it pays, and what to ask.

Fixed, and hashed in ``benchmarks/priced-table.json``, before any case was read with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from guanzi.advice.appraisal.prepare import Prepared
from guanzi.advice.odds import CaseAnswer, PricedAnswer, PricedBet, case_says, odds_by, price_bet
from guanzi.base.core import Finding
from guanzi.engine.simulation import SimulationResult
from guanzi.record.playbooks import FigureTest, Playbook, leaves

SURPLUS = "odds.surplus"
"""The figure by which the table asks for the chance; its number is the margin."""


@dataclass(frozen=True, slots=True)
class PricedCase:
    """A case as the register prices it.

    Attributes:
        bet: Chance, break-even chance, and what each question does.
        answers: What the case answers, in the same order.
        learnt: Bets from which the odds are learnt.
        loss: What is lost on failure in millions by the account of the playbook; None where it is not forecast.
        cost: What waiting costs, as a part of what is lost on failure.
        ratio: Of loss to gain as the playbook assumes it; None where the account was forecast.
    """

    bet: PricedBet
    answers: tuple[CaseAnswer, ...]
    learnt: int
    loss: float | None
    cost: float
    ratio: float | None

    @property
    def waiting(self) -> float:
        """What the most telling answer is worth beyond the cost of waiting for it, as a part of what is lost."""
        return self.bet.worth - self.cost

    @property
    def unanswered(self) -> tuple[PricedAnswer, ...]:
        """What nobody has answered, the worthiest first."""
        return tuple(sorted((a for a in self.bet.answers if not a.known), key=lambda a: -a.worth))


def price_case(prepared: Prepared, result: SimulationResult | None, findings: Sequence[Finding]) -> PricedCase | None:
    """What the register says; None of a company that has ended, and where playbook or register price nothing."""
    pricing, view = prepared.playbook.pricing, prepared.view
    found = odds_by(view.as_of, view.id)
    if pricing is None or found is None or prepared.ended is not None:
        return None
    odds, learnt = found
    answers = case_says(view, findings)
    gain, loss = _account(prepared, result)
    ratio = None if gain is not None and loss is not None else pricing.loss_to_gain.value
    needed = _needed(gain, loss) if gain is not None and loss is not None else _needed(1.0, pricing.loss_to_gain.value)
    bet = price_bet(odds, {a.question: a.answer for a in answers}, needed, _margin(prepared.playbook))
    cost = prepared.playbook.hurdle_rate.value * pricing.waiting.value / 12
    return PricedCase(bet, answers, learnt, loss, cost, ratio)


def _account(prepared: Prepared, result: SimulationResult | None) -> tuple[float | None, float | None]:
    """Mean gain where the company lives and mean loss where it fails, in millions, of the account of the fund."""
    if result is None or prepared.sheet is None or prepared.sheet.only_gives:
        return None, None
    lives, dies = result.find_summary("fund.npv|survived"), result.find_summary("fund.npv|failed")
    if lives is None or dies is None or isnan(lives.mean) or isnan(dies.mean):
        return None, None
    scale = prepared.sheet.unit / 1e6
    return lives.mean * scale, -dies.mean * scale


def _needed(gain: float, loss: float) -> float:
    """The chance at which gain and loss cancel out: none suffices without a gain, any does without a loss."""
    return 1.0 if gain <= 0.0 else max(loss, 0.0) / (max(loss, 0.0) + gain)


def _margin(playbook: Playbook) -> float:
    """By how much the table asks for more than the break-even chance."""
    tests = (leaf for row in playbook.table for leaf in leaves(row.test))
    return next((t.value for t in tests if isinstance(t, FigureTest) and t.figure == SURPLUS), 0.0)
