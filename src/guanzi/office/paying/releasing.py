"""The test of a payment by the office: that of the deal, with what the office has verified by documents."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.deal.terms import (
    Condition,
    EventHappened,
    MonthsSince,
    Payout,
    TermSheet,
    TierInForce,
    walk,
)
from guanzi.jobs.following import ConditionTest, Release, Verdict, payments_meant, payout_of, total_of
from guanzi.jobs.following import release as release_service
from guanzi.office.models import Verification
from guanzi.office.paying.afterwards import of_signed, watched_deal
from guanzi.office.paying.now import DealNow
from guanzi.office.paying.verifying import WrittenFigure, written_since
from guanzi.record.evidence import label_of
from guanzi.record.playbooks import load_playbook

MUST = ("two-people", "proof")
"""Demands that no words replace."""
CERTAIN = ("failed",)
"""Conditions that must be known to hold: nobody calls a guarantee in words alone."""
_MILLION = 1e6


@dataclass(frozen=True, slots=True)
class TrancheTest:
    """A payment tested on a day.

    Attributes:
        amount: In millions of the currency, of what is called the most; None: it was not seen.
        barred: Why it cannot be paid, whatever anybody says.
        open: What is not known or stands open, and must be answered in words.
        data: The whole test as plain data.
        figures: Those that decide it and were written since the committee decided.
        rests_on: What verifies them, and its milestones, by documents; the oldest first.
    """

    release: Release
    sheet: TermSheet
    amount: float | None
    barred: tuple[Message, ...]
    open: tuple[Message, ...]
    data: dict[str, Any]
    figures: tuple[WrittenFigure, ...]
    rests_on: tuple[Verification, ...]

    @property
    def writers(self) -> frozenset[int]:
        """Who wrote, since the decision, the figures that decide it; by their number."""
        return frozenset(number for figure in self.figures for number in figure.writers)

    @property
    def verdict(self) -> Verdict:
        """What is said first: nothing is payable while a covenant is breached, or anything bars it here."""
        found = self.release.verdict
        return "no" if self.barred and found != "breached" else found

    @property
    def payout(self) -> Payout:
        """The payment."""
        return self.release.payout

    @property
    def called(self) -> bool:
        """Whether it is paid only if it is called for, so that somebody must say how much is."""
        return self.payout.kind == "called"


def try_tranche(deal: DealNow, tranche: str, day: date) -> TrancheTest:
    """Test a payment of the signed deal on a day, of whichever instrument; nothing is simulated.

    Raises:
        InvalidInput: There is no such payment, the case is not signed, or facts after signing cannot be.
    """
    case, watched = deal.case, watched_deal(deal.case, day)
    sheet = watched.sheet
    if payout_of(sheet, tranche) is None:
        ids = payments_meant(sheet, tranche)
        fix = Message.of("core.near", near=ids[0]) if len(ids) == 1 else None
        kind = "office.refused.no_tranche" if ids else "office.refused.no_tranches"
        raise InvalidInput(Problem(Message.of(kind, id=tranche[:100], ids=ids), Place("tranche"), fix))
    result = of_signed(
        case,
        day,
        ("instalment", tranche),
        lambda folder: release_service.try_instalment(watched, tranche, load_playbook(case.playbook)),
    )
    tested = result.release
    unknown = [test for test in tested.conditions if test.holds is None]
    barred = [test.words for test in tested.conditions if test.holds is False]
    barred += [Message.of("office.release.not_known", what=t.words) if t.measured else t.words
               for t in unknown if _must_be_known(t)]  # fmt: skip
    opened = [test.words for test in unknown if not _must_be_known(test)]
    for demand in tested.demands:
        if demand.met:
            continue
        told = demand.open or (Message.of("office.release.demand", text=demand.demand.text),)
        (barred if demand.demand.id in MUST else opened).extend(told)
    deciding = {fact for test in tested.conditions for fact in test.figures}
    figures = tuple(written_since(deal, watched, deciding).values())
    given = [deal.standing.get((figure.fact.id, figure.digest)) for figure in figures]
    barred += [_unverified(figure) for figure, by in zip(figures, given, strict=True) if by is None]
    milestones = deal.verified
    lacking = _unverified_milestones(tested, milestones, deal.paid)
    barred += [Message.of("office.release.not_verified_here", name=sheet.called(f"event.{id}")) for id in lacking]
    given += [milestones.get(id) for id in _awaited(tested.payout.condition)]
    rests_on = tuple(sorted((one for one in given if one is not None), key=lambda one: one.pk))
    exact = total_of(tested.payout)
    amount = None if exact is None else exact * sheet.unit / _MILLION
    if amount is None and tested.payout.kind == "planned":
        barred.append(Message.of("office.refused.amount_unknown"))
    return TrancheTest(
        tested, sheet, amount, tuple(barred), tuple(opened), release_service.data(result), figures, rests_on
    )


def _must_be_known(test: ConditionTest) -> bool:
    """Whether a condition must be known to hold: nobody says in words what a figure is, or that somebody has failed."""
    return test.measured or test.id in CERTAIN


def _unverified_milestones(tested: Release, verified: Mapping[str, Verification], paid: Collection[str]) -> list[str]:
    """Milestones of the condition that nobody of the office has verified, whatever files say that came from outside."""
    condition = tested.payout.condition
    return [id for id in _awaited(condition) if id not in verified and id not in paid]


def _awaited(condition: Condition | None) -> tuple[str, ...]:
    """Events, instalments and tiers that a condition asks for."""
    awaited: list[str] = []
    for x in () if condition is None else walk(condition.tree):
        match x:
            case EventHappened(event=id) | MonthsSince(target=id) | TierInForce(tier=id):
                awaited.append(id)
    return tuple(dict.fromkeys(awaited))


def _unverified(figure: WrittenFigure) -> Message:
    fact = figure.fact
    name = label_of(fact.name) or fact.name
    return Message.of("office.release.figure_unverified", name=name, period=str(fact.period), fact=fact.id)
