"""Milestones of a signed deal: what proves each, by when, and what is promised, reported and verified of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from guanzi.base.core import Message
from guanzi.deal.terms import Condition, Equity, TermSheet, Value, explain_condition, payouts
from guanzi.record.evidence import View
from guanzi.study.monitoring.claims import NOTHING, Claims, claims_of
from guanzi.study.monitoring.settlements import ImpliedEvent, Settlement, implied_events, settlements

type MilestoneKind = Literal["tier", "instalment", "payment", "event", "promise"]
type State = Literal["verified", "paid", "part", "implied", "refused", "reported", "late", "untold", "open"]
OF_MONEY = ("instalment", "payment")
"""Kinds of milestones that are payments of public money: instalments of shares, and all others."""
MET = ("verified", "paid", "implied")
"""States of a milestone that is reached by more than the word of the company."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that is to be reached after signing.

    Attributes:
        id: Its id in the term sheet.
        kind: A tier of binding, an instalment or another payment of public money, an event that the company or
            another party must bring about, or a promise of the public side.
        name: What it is called.
        by: Party that must bring it about; empty where the sheet names none.
        proof: What proves it, in words; empty where the sheet does not say.
        due: Day by which it is agreed or promised; None: no such day was seen.
        assumed: Day that the sheet assumes for it where the deal's own was not seen; nothing is late by it.
        condition: What must hold, as it stands in the sheet.
        words: The same in words; None without a condition.
        amounts: Payer to amount of an instalment, in the unit of the sheet.
        expires: Day after which an instalment lapses.
        claims: Promised, reported and verified.
        state: ``verified``; ``paid`` (by facts on money that reached the company), ``part`` (a part of it was);
            ``implied`` (a payment whose condition asks for it was made); ``refused`` (reported, and whoever verified it
            says no); ``reported`` (by the company alone); ``late`` (it is said not to be reached on or after its day);
            ``untold`` (its day has passed and nothing is held of it: that is no lateness); ``open``.
        days_past: Days since its day, where it is not known to be reached; 0: none.
        settled: What is known of the money of an instalment.
        implied: The payment by which it was taken for met.
    """

    id: str
    kind: MilestoneKind
    name: str
    by: str = ""
    proof: str = ""
    due: date | None = None
    assumed: date | None = None
    condition: str = ""
    words: Message | None = None
    amounts: Mapping[str, Value] | None = None
    expires: date | None = None
    claims: Claims = NOTHING
    state: State = "open"
    days_past: int = 0
    settled: Settlement | None = None
    implied: ImpliedEvent | None = None
    source: str = ""

    @property
    def met(self) -> bool:
        """Whether it is known to be reached by more than the word of the company."""
        return self.state in MET


def milestones(sheet: TermSheet, view: View) -> tuple[Milestone, ...]:
    """The milestones of a sheet on the day of a view: those with a day first, in its order.

    A payment that is made only if it is called for stands among them once something is said of it.
    """
    called = {one.id for one in payouts(sheet) if one.kind == "called"}
    settled = settlements(sheet, view)
    implied = implied_events(sheet, settled)
    held = (
        _on(view, replace(milestone, settled=settled.get(milestone.id), implied=implied.get(milestone.id)))
        for milestone in _of(sheet)
    )
    found = tuple(milestone for milestone in held if milestone.id not in called or milestone.claims != NOTHING)
    return tuple(sorted(found, key=lambda m: (m.due is None, m.due or date.max)))


def milestone_ids(sheet: TermSheet) -> tuple[str, ...]:
    """Ids of everything that facts about milestones can be about."""
    return tuple(milestone.id for milestone in _of(sheet))


def _of(sheet: TermSheet) -> Iterator[Milestone]:
    def outcome(condition: Condition | None) -> Message | None:
        return None if condition is None else explain_condition(condition.tree, sheet)

    for tier in sheet.tiers:
        if not tier.baseline:
            yield Milestone(
                tier.id, "tier", sheet.called(f"tier.{tier.id}"), proof=tier.proof, condition=tier.when.text,
                words=outcome(tier.when), source=tier.source,
            )  # fmt: skip
    tranches = {tranche.id: (tranche, equity) for equity in sheet.of(Equity) for tranche in equity.tranches}
    for tranche, equity in tranches.values():
        yield Milestone(
            tranche.id, "instalment", sheet.called(tranche.id), due=tranche.already or tranche.due,
            words=outcome(tranche.condition), condition=tranche.condition.text if tranche.condition else "",
            amounts=tranche.amounts, expires=tranche.expires, source=tranche.source or equity.source,
        )  # fmt: skip
    for one in payouts(sheet):
        if one.id not in tranches:
            day = (one.already or one.due) if one.dated and one.kind == "planned" else None
            yield Milestone(
                one.id, "payment", sheet.called(one.instrument),
                due=day if one.agreed else None, assumed=None if one.agreed else day, words=outcome(one.condition),
                condition=one.condition.text if one.condition else "", amounts=one.amounts, expires=one.expires,
                source=one.source,
            )  # fmt: skip
    for event in sheet.events:
        guessed = sheet.guessed(event.id)
        yield Milestone(
            event.id, "event", sheet.called(f"event.{event.id}"), by=event.by, due=None if guessed else event.due,
            assumed=event.due if guessed else None, source=event.source,
        )  # fmt: skip
    for promise in sheet.promises:
        due = None if promise.undated else promise.due
        yield Milestone(
            promise.id, "promise", sheet.called(f"promise.{promise.id}"), by=promise.party, due=due,
            source=promise.source,
        )  # fmt: skip


def _on(view: View, milestone: Milestone) -> Milestone:
    claims = claims_of(view, milestone.id)
    due = claims.promised.day if claims.promised is not None else milestone.due
    past = max((view.as_of - due).days, 0) if due is not None else 0
    found = replace(milestone, claims=claims, due=due)
    state = _state(found, past)
    return replace(found, state=state, days_past=0 if state in MET else past)


def _state(milestone: Milestone, past: int) -> State:
    claims, money, implied = milestone.claims, milestone.settled, milestone.implied
    if claims.verified is not None:
        return "verified"
    if money is not None and money.begun is not None:
        return "part" if money.completed is None else "paid"
    denied = claims.denied
    if implied is not None and (denied is None or denied.day < implied.day):
        return "implied"
    if claims.refused is not None:
        return "refused"
    if claims.reported is not None:
        return "reported"
    if denied is not None and milestone.due is not None and denied.day > milestone.due:
        return "late"
    return "untold" if past > 0 else "open"
