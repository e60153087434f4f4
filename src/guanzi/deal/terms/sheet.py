"""The term sheet as frozen data: what was agreed, by whom, and where it stands in the text.

A clause that is missing is absent. A clause that is known to exist, but not its value, is :class:`Unknown`; where the
simulation needs the value it uses the stated bracket, labelled as an assumption.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from guanzi.base.core import Place
from guanzi.deal.terms.data import Condition, DealParty, Unknown, Value
from guanzi.deal.terms.instruments import KINDS
from guanzi.deal.terms.instruments.call import Call
from guanzi.deal.terms.instruments.clawback import Recapture
from guanzi.deal.terms.instruments.convertible_note import ConvertibleNote
from guanzi.deal.terms.instruments.earn_out import EarnOut
from guanzi.deal.terms.instruments.equity import Contribution, Equity, Tranche
from guanzi.deal.terms.instruments.grant import Clawback, Grant
from guanzi.deal.terms.instruments.guarantee import Guarantee
from guanzi.deal.terms.instruments.kind import InstrumentKind
from guanzi.deal.terms.instruments.land import Land
from guanzi.deal.terms.instruments.loan import Loan
from guanzi.deal.terms.instruments.park import Park
from guanzi.deal.terms.instruments.preference import Preference
from guanzi.deal.terms.instruments.purchase import Purchase
from guanzi.deal.terms.instruments.put import Put
from guanzi.deal.terms.instruments.ratchet import Ratchet
from guanzi.deal.terms.instruments.revenue_share import RevenueShare
from guanzi.deal.terms.instruments.warrant import Warrant
from guanzi.deal.terms.parts import Covenant, Event, LeavingCosts, Promise, Tier, UnknownClause

__all__ = [
    "Call",
    "Clawback",
    "Condition",
    "Contribution",
    "ConvertibleNote",
    "Covenant",
    "DealParty",
    "EarnOut",
    "Equity",
    "Event",
    "Grant",
    "Guarantee",
    "Land",
    "LeavingCosts",
    "Loan",
    "Park",
    "Preference",
    "Promise",
    "Purchase",
    "Put",
    "Ratchet",
    "Recapture",
    "RevenueShare",
    "TermSheet",
    "Tier",
    "Tranche",
    "Unknown",
    "UnknownClause",
    "Value",
    "Warrant",
]


@dataclass(frozen=True, slots=True)
class TermSheet:
    """A deal.

    Attributes:
        status: ``draft`` (nobody has agreed; ``signed`` is planned), ``framework`` (not binding) or ``definitive``.
        currency: ISO 4217 code.
        unit: Amounts are in this many units of the currency (1e6: millions).
        known_on: Day from which the deal team held this version.
        signed: Day of signing; step 0 is its quarter.
        horizon: Years simulated.
        step: ``quarter`` or ``month``: months per step, 3 or 1.
    """

    deal: str
    status: str
    currency: str
    unit: float
    known_on: date
    signed: date
    horizon: int
    step: int
    parties: tuple[DealParty, ...]
    equities: tuple[Equity, ...]
    puts: tuple[Put, ...]
    calls: tuple[Call, ...]
    covenants: tuple[Covenant, ...]
    tiers: tuple[Tier, ...]
    events: tuple[Event, ...]
    unknown: tuple[UnknownClause, ...]
    place: Place
    title: str = ""
    source: str = ""
    loans: tuple[Loan, ...] = ()
    grants: tuple[Grant, ...] = ()
    lands: tuple[Land, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    promises: tuple[Promise, ...] = ()
    convertible_notes: tuple[ConvertibleNote, ...] = ()
    revenue_shares: tuple[RevenueShare, ...] = ()
    warrants: tuple[Warrant, ...] = ()
    ratchets: tuple[Ratchet, ...] = ()
    earn_outs: tuple[EarnOut, ...] = ()
    parks: tuple[Park, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    recaptures: tuple[Recapture, ...] = ()

    def items(self, *sections: str) -> Iterator[tuple[InstrumentKind[Any], Any]]:
        """Instruments with their kinds, in reading order; those of some sections only, where these are named."""
        for kind in KINDS:
            if not sections or kind.section in sections:
                for item in getattr(self, kind.field):
                    yield kind, item

    @property
    def moves_money(self) -> bool:
        """Whether any clause pays, lends, gives or guarantees something, so that there is a deal to simulate."""
        return any(kind.moves_money and getattr(item, "tranches", True) for kind, item in self.items())

    @property
    def only_gives(self) -> bool:
        """Whether the public side gives or answers for something, and neither buys shares nor lends."""
        return self.moves_money and not any(True for _ in self.items("instruments"))

    def issuer_of(self, equity: str) -> str:
        """Who issues an equity instrument; empty where there is none of that id."""
        return next((found.issuer for found in self.equities if found.id == equity), "")

    def is_loan(self, id: str) -> bool:
        """Whether a loan has this id."""
        return any(loan.id == id for loan in self.loans)

    @property
    def public(self) -> tuple[str, ...]:
        """Ids of the public parties, in the order of the text."""
        return tuple(p.id for p in self.parties if p.role == "public")
