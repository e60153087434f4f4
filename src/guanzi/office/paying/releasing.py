"""The test of a payment by the office: that of the deal, with the figures and proofs that the office holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest
from guanzi.deal.terms import EventHappened, MonthsSince, Payout, TermSheet, TierInForce, payouts, walk
from guanzi.desk import release as desk_release
from guanzi.office.models import CaseVersion, MilestoneReport, OfficeCase, TrancheRelease
from guanzi.office.paying.afterwards import of_signed, watched_deal
from guanzi.record.evidence import WATCHED
from guanzi.record.playbooks import load_playbook
from guanzi.study.monitoring import Release, payout_of

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
    """

    release: Release
    sheet: TermSheet
    amount: float | None
    barred: tuple[Message, ...]
    open: tuple[Message, ...]
    data: dict[str, Any]

    @property
    def payout(self) -> Payout:
        """The payment."""
        return self.release.payout

    @property
    def called(self) -> bool:
        """Whether it is paid only if it is called for, so that somebody must say how much is."""
        return self.payout.kind == "called"


def try_tranche(case: OfficeCase, tranche: str, day: date) -> TrancheTest:
    """Test a payment of the signed deal on a day, of whichever instrument; nothing is simulated.

    Raises:
        InvalidInput: There is no such payment, the case is not signed, or facts after signing cannot be.
    """
    watched = watched_deal(case, day)
    sheet = watched.sheet
    if payout_of(sheet, tranche) is None:
        ids = tuple(one.id for one in payouts(sheet))
        near = nearest(tranche, ids)
        mend = None if near is None else Message.of("reading.format.did_you_mean", proposal=near)
        kind = "office.refused.no_tranche" if ids else "office.refused.no_tranches"
        raise InvalidInput(Problem(Message.of(kind, id=tranche[:100], ids=ids), Place("tranche"), mend))
    result = of_signed(
        case,
        day,
        ("instalment", tranche),
        lambda folder: desk_release.try_instalment(watched, tranche, load_playbook(case.playbook)),
    )
    tested = result.release
    unknown = [test for test in tested.conditions if test.holds is None]
    barred = [test.words for test in tested.conditions if test.holds is False]
    barred += [test.words for test in unknown if test.id in CERTAIN]
    opened = [test.words for test in unknown if test.id not in CERTAIN]
    for demand in tested.demands:
        if demand.met:
            continue
        told = demand.open or (Message.of("office.release.demand", text=demand.demand.text),)
        (barred if demand.demand.id in MUST else opened).extend(told)
    barred += _unverified_here(case, tested.payout)
    amount = None if tested.amount is None else tested.amount * sheet.unit / _MILLION
    if amount is None and tested.payout.kind == "planned":
        barred.append(Message.of("office.refused.amount_unknown"))
    return TrancheTest(tested, sheet, amount, tuple(barred), tuple(opened), desk_release.data(result))


def figured_by(tested: TrancheTest, case: OfficeCase, day: date) -> frozenset[int]:
    """Who wrote, since the deal is signed, the figures that decide a condition without a milestone; by their number."""
    figures = {fact for test in tested.release.conditions for fact in test.figures}
    paths = {fact.place.file for fact in watched_deal(case, day).case.facts if fact.id in figures}
    watched = {path for path in paths if path.startswith(f"{WATCHED}/")}
    made = CaseVersion.objects.filter(case=case) if paths else ()
    return frozenset(
        one.made_by_id for one in made if set(one.changed) & (paths if one.made_at > case.signing.at else watched)
    )


def _unverified_here(case: OfficeCase, payout: Payout) -> list[Message]:
    """Milestones of the condition that nobody of the office has verified, whatever files say that came from outside."""
    awaited: list[str] = []
    for x in () if payout.condition is None else walk(payout.condition.tree):
        match x:
            case EventHappened(event=id) | MonthsSince(target=id) | TierInForce(tier=id):
                awaited.append(id)
    seen = MilestoneReport.objects.filter(case=case).exclude(verified_by=None).values_list("milestone", flat=True)
    paid = TrancheRelease.objects.filter(case=case, state="released").values_list("tranche", flat=True)
    open_ = [id for id in dict.fromkeys(awaited) if id not in {*seen, *paid}]
    return [Message.of("office.release.not_verified_here", name=id) for id in open_]
