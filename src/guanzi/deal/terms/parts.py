"""The parts of a term sheet beside its instruments: promises, covenants, tiers, events, and what was not seen.

:class:`Head` is what a clause needs to know of the sheet in which it stands, to say itself in words. Instruments
know the head alone, and the whole sheet knows the instruments.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from guanzi.base.core import Place
from guanzi.deal.terms.data import Condition, DealParty, Unknown, Value
from guanzi.deal.terms.flow import Flow
from guanzi.deal.terms.values import scale_value


@dataclass(frozen=True, slots=True)
class Promise:
    """What the public side promises; it can be late or broken. Conditions ask for it by ``event('<id>')``.

    Attributes:
        party: The public party.
        what: In words.
        due: Day on which it is due.
        probability: Chance that it is kept on time, and then in each later step.
        cost: What keeping it costs the public party, on top of the instruments.
        undated: No day is stated; ``due`` is the day of signing by assumption.
        broken: Chance that it is never kept; drawn once per path.
        penalty: What the party owes the company for a year of delay, paid step by step while it is late.
        suspends: Covenants of the company that are not tested while it is late.
    """

    id: str
    party: str
    what: str
    due: date
    probability: Value
    place: Place
    cost: Value = 0.0
    source: str = ""
    undated: bool = False
    broken: Value = 0.0
    penalty: Value = 0.0
    suspends: tuple[str, ...] = ()

    def flows(self, sheet: Head) -> Iterator[Flow]:
        """What keeping it costs, and what is owed for delay, at most from its day to the end of the horizon."""
        clause, dated = f"promise.{self.id}", not self.undated
        if self.cost != 0.0:
            yield Flow(
                self.id, self.id, clause, "promise", self.party, "", self.cost, self.due, "works", self.place,
                dated=dated, source=self.source,
            )  # fmt: skip
        if self.penalty != 0.0:
            passed = 12 * (self.due.year - sheet.signed.year) + self.due.month - sheet.signed.month
            owed = scale_value(self.penalty, (12 * sheet.horizon - passed + sheet.step) / 12)
            yield Flow(
                f"{self.id}.delay", self.id, clause, "promise", self.party, sheet.issuer, owed, self.due, "contingent",
                self.place, dated=dated, source=self.source,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Covenant:
    """A promise of the company.

    Attributes:
        require: What must hold; None when its text is unknown.
        start: Day from which it is tested.
        until: It ends once this holds.
        remedy: Id of the right that a breach opens; None: no remedy; Unknown: not seen.
        cure: Months in which a failure can be cured before it is a breach; None: not seen whether there are any.
    """

    id: str
    require: Condition | None
    place: Place
    start: date | None = None
    until: Condition | None = None
    remedy: str | Unknown | None = None
    text: str = ""
    source: str = ""
    name: str = ""
    cure: int | None = 0


@dataclass(frozen=True, slots=True)
class LeavingCosts:
    """What leaving would cost the company once a tier is in force: an interval and where it comes from."""

    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of binding, as the analyst sees it; ``baseline`` tiers are in force at signing."""

    id: str
    when: Condition
    place: Place
    proof: str = ""
    leaving_costs: LeavingCosts | None = None
    baseline: bool = False
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that someone must bring about: it happens in the step of ``due``, or each later step.

    Attributes:
        probability: Chance that it happens on time, and then in each later step; with its origin.
    """

    id: str
    due: date
    probability: Value
    place: Place
    by: str = ""
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class UnknownClause:
    """A clause that is known to exist and whose text was not seen.

    ``of``: the types of instrument of which it is; empty: it moves no money. None: nobody says.
    """

    id: str
    text: str
    place: Place
    source: str = ""
    of: tuple[str, ...] | None = None


class Head(Protocol):
    """What a clause needs of its sheet; see :class:`guanzi.deal.terms.TermSheet`."""

    @property
    def currency(self) -> str:
        """ISO 4217 code."""

    @property
    def unit(self) -> float:
        """Amounts are in this many units of the currency."""

    @property
    def product(self) -> str:
        """What the company delivers, as facts count it; empty: not known."""

    @property
    def step(self) -> int:
        """Months a step."""

    @property
    def parties(self) -> tuple[DealParty, ...]:
        """In the order of the text."""

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Of the public side."""

    @property
    def covenants(self) -> tuple[Covenant, ...]:
        """Of the company."""

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """Steps of binding."""

    @property
    def events(self) -> tuple[Event, ...]:
        """What someone must bring about."""

    @property
    def signed(self) -> date:
        """Day of signing."""

    @property
    def horizon(self) -> int:
        """Years looked at."""

    @property
    def issuer(self) -> str:
        """Id of the company; empty where the sheet names none."""

    def of[T](self, kind: type[T]) -> tuple[T, ...]:
        """The instruments of one kind, in the order of the text."""

    def issuer_of(self, equity: str) -> str:
        """Who issues an equity instrument; empty where there is none of that id."""

    def claimed_back(self, id: str) -> bool | None:
        """Whether a clause claims a part of an instrument back; None: not known."""

    def unseen(self, id: str, field: str) -> bool:
        """Whether a field of a clause exists and was not seen."""

    def called(self, id: str) -> str:
        """What a part of the deal is called, by its id."""

    def is_loan(self, id: str) -> bool:
        """Whether a loan has this id."""
