"""What the term sheet says about the public side's money: instalments, conditions, brackets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message
from guanzi.deal.terms import (
    Condition,
    EventHappened,
    Expression,
    Observable,
    TermSheet,
    TierInForce,
    Unknown,
    Value,
    owed_by,
    walk,
)
from guanzi.record.evidence import View

MILLION = 1e6
REGION = "region"
"""Subject of facts about the region of the case."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """An amount, or the bracket within which it lies, CNY m.

    Attributes:
        mid: The amount, or the middle of the bracket; None when nothing is known of it.
        low, high: The same as ``mid`` for a known amount.
    """

    low: float | None
    mid: float | None
    high: float | None

    @property
    def known(self) -> bool:
        """The amount is stated, not bracketed."""
        return self.mid is not None and self.low == self.high

    def times(self, factor: float) -> Bracket:
        """The same so many times."""
        return Bracket(*(None if end is None else end * factor for end in (self.low, self.mid, self.high)))

    def __add__(self, other: Bracket) -> Bracket:
        return Bracket(_sum(self.low, other.low), _sum(self.mid, other.mid), _sum(self.high, other.high))


def known_part(sheet: TermSheet | None) -> Message | None:
    """The mark of what a deal gives where clauses of it were not seen: the sum is what is known of it, and no whole."""
    if sheet is None or not sheet.only_gives or not sheet.unknown:
        return None
    return Message.of("appraisal.known_part")


@dataclass(frozen=True, slots=True)
class Instalment:
    """One planned payment of the public side.

    Attributes:
        conditional: It depends on more than the calendar and the closing of the deal.
        tiers: New tiers (not the baseline) that its condition names.
        clause: Id of the clause.
        cash: Money is paid; otherwise revenue is forgone.
        out: It was paid before the signing.
        untold: Whether it waits for anything was not seen.
        awaits: It waits for something that is no new tier, such as an event or a figure of the company.
        agreed: The deal sets its day; otherwise that is assumed.
        spread: What part of the whole falls on its day is assumed.
        called: What it is called.
    """

    id: str
    due: date
    amount: Bracket
    conditional: bool
    tiers: tuple[str, ...]
    clause: str
    by_party: tuple[tuple[str, Bracket], ...]
    cash: bool = True
    out: bool = False
    untold: bool = False
    awaits: bool = False
    agreed: bool = True
    spread: bool = False
    called: str = ""

    @property
    def tied(self) -> bool | None:
        """Whether it waits for a new tier; None: that was not seen. What is out at the signing waits for nothing."""
        return None if self.untold and not self.out else bool(self.tiers)


def add(amounts: Iterable[Bracket]) -> Bracket:
    """The sum of amounts; unknown when a part of it is unknown."""
    total = Bracket(0.0, 0.0, 0.0)
    for amount in amounts:
        total = total + amount
    return total


def bracket(value: Value, scale: float = 1.0) -> Bracket:
    """A value of the sheet as a bracket; a value for which one number is assumed counts as that number."""
    number = value.assumed if isinstance(value, Unknown) else value
    if number is not None:
        return Bracket(number * scale, number * scale, number * scale)
    assert isinstance(value, Unknown)
    if value.low is None or value.high is None:
        return Bracket(None, None, None)
    return Bracket(value.low * scale, (value.low + value.high) / 2 * scale, value.high * scale)


def tiers_in(condition: Condition | None) -> Iterator[str]:
    """Ids of the tiers that a condition names."""
    for part in _parts(condition):
        if isinstance(part, TierInForce):
            yield part.tier


def events_in(condition: Condition | None) -> Iterator[str]:
    """Ids of the events that a condition names."""
    for part in _parts(condition):
        if isinstance(part, EventHappened):
            yield part.event


def depends_on_more_than_events(condition: Condition | None) -> bool:
    """Whether a condition looks at the company's state or binding, beyond the calendar and declared events."""
    return any(isinstance(part, TierInForce | Observable) for part in _parts(condition))


def budget_party(sheet: TermSheet, view: View) -> str | None:
    """The public party whose budget is examined: the one that pays from the region's, else the first; None: nobody."""
    own = (party for party in sheet.public if budget_of(sheet, view, party) == REGION)
    return next(own, sheet.public[0] if sheet.public else None)


def budget_parties(sheet: TermSheet, view: View) -> tuple[str, ...]:
    """All public parties that pay from the budget that is examined: what burdens one budget is one sum."""
    own = budget_party(sheet, view)
    if own is None:
        return ()
    same = budget_of(sheet, view, own)
    return own, *(party for party in sheet.public if party != own and budget_of(sheet, view, party) == same)


def budget_of(sheet: TermSheet, view: View, party: str) -> str:
    """Subject of the facts on the budget that a party pays from: as stated, the region it is named after, or its own.

    No party is taken to pay from the region's budget because it is the only one, or the first: a federation does not.
    """
    told = next(one for one in sheet.parties if one.id == party)
    names = {told.budget} if told.budget else {party, told.name}
    return REGION if names & {REGION, view.region.id, view.region.name} else (told.budget or party).replace("_", "-")


def examined_budget(sheet: TermSheet | None, view: View) -> str:
    """Subject of the facts on the budget that is examined: the region's where there is no deal."""
    party = None if sheet is None else budget_party(sheet, view)
    return REGION if sheet is None or party is None else budget_of(sheet, view, party)


def no_revenue(sheet: TermSheet | None, view: View) -> Message:
    """Why shares of the budget that is examined cannot be told: its revenue was not held."""
    party = None if sheet is None else budget_party(sheet, view)
    if sheet is None or party is None or budget_of(sheet, view, party) == REGION:
        return Message.of("appraisal.gap.budget")
    own = "" if states_budget(sheet, party) else ".own"
    return Message.of(f"appraisal.gap.budget_of{own}", party=party_name(sheet, party))


def states_budget(sheet: TermSheet, party: str) -> bool:
    """Whether the sheet says from which budget a party pays: that of an authority is another's, its government's."""
    return any(one.budget for one in sheet.parties if one.id == party)


def party_name(sheet: TermSheet, party: str) -> str:
    """What a party is called; its id where it has no name."""
    return next((p.name for p in sheet.parties if p.id == party and p.name), party)


def party_names(sheet: TermSheet, parties: Collection[str]) -> str | tuple[str, ...]:
    """What some parties are called, for a sentence that names them together."""
    names = tuple(party_name(sheet, party) for party in parties)
    return names[0] if len(names) == 1 else names


def others_pay(sheet: TermSheet, view: View) -> bool:
    """Whether a public party pays, gives or answers for something from another budget than the one examined."""
    return bool({flow.payer for flow in owed_by(sheet, *sheet.public)} - {*budget_parties(sheet, view)})


def _parts(condition: Condition | None) -> tuple[Expression, ...]:
    return () if condition is None else walk(condition.tree)


def _sum(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left + right
