"""The money of the public side under a term sheet: every sum of it is a fold over the flows of the clauses.

=============  ==================================================================================================
planned        All natures but ``contingent``: what is paid, lent, given, forgone, bought, built or brought in kind.
contingent     What is paid only if somebody calls for it or a right is used.
at most        Both together: whoever asks how much public money there is asks for this.
paid out       Planned and contingent in cash, payment by payment, without works: a promise is kept, not paid out.
=============  ==================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from guanzi.base.core import Place
from guanzi.deal.terms.data import Value
from guanzi.deal.terms.flow import NATURES, Flow, Nature, added, least_and_most
from guanzi.deal.terms.sheet import SameSheet, TermSheet

type PayoutKind = Literal["planned", "called"]


@dataclass(frozen=True, slots=True)
class Payout(Flow):
    """What public parties pay or give on one day under one clause: flows that differ in their payers alone, as one.

    Attributes:
        amounts: Payer to amount; ``amount`` is the whole, and ``payer`` the first of them.
    """

    amounts: Mapping[str, Value] = field(default_factory=dict)

    @classmethod
    def of(cls, flows: Sequence[Flow]) -> Payout:
        """Flows of one payment together."""
        shared = {name: getattr(flows[0], name) for name in Flow.__dataclass_fields__}
        return cls(**shared | {"amount": whole(flows), "amounts": {flow.payer: flow.amount for flow in flows}})

    @property
    def kind(self) -> PayoutKind:
        """``planned``, or ``called``: it is paid only if somebody calls for it or a right is used."""
        return "called" if self.nature == "contingent" else "planned"


def public_flows(sheet: TermSheet, *natures: Nature) -> tuple[Flow, ...]:
    """What leaves the public side, by some natures or by all; what one public party pays another stays in it."""
    public, asked = frozenset(sheet.public), natures or NATURES
    return tuple(f for f in sheet.flows() if f.payer in public and f.payee not in public and f.nature in asked)


def in_a_year(flows: Iterable[Flow]) -> tuple[Flow, ...]:
    """Flows as they weigh on a year's revenue: of tax that is let off those of the heaviest year, and all others.

    A tax that is let off comes out of its own year's revenue: twenty years of it never meet one budget.
    """
    found, years = tuple(flows), dict[int, list[Flow]]()
    for flow in found:
        if flow.nature == "forgone":
            years.setdefault(flow.due.year, []).append(flow)
    heaviest = max(years.values(), key=lambda year: least_and_most(whole(year))[1] or 0.0, default=[])
    return (*(flow for flow in found if flow.nature != "forgone"), *heaviest)


def owed_by(sheet: TermSheet, *payers: str) -> tuple[Flow, ...]:
    """What public parties pay, give or answer for: of some alone also to other public parties, of all nothing twice."""
    public = public_flows(sheet)
    return public if not payers else tuple(f for f in sheet.flows() if f.payer in payers)


def whole(flows: Iterable[Flow]) -> Value:
    """The sum of flows, in the unit of the sheet."""
    found = tuple(flows)
    return added((flow.amount for flow in found), found[0].place if found else Place(""))


def payments(sheet: TermSheet, *natures: Nature) -> tuple[Payout, ...]:
    """Everything that public parties pay or give, by some natures or by all: what is planned, then what is called."""
    return _payments(SameSheet(sheet), natures or NATURES)


@lru_cache(maxsize=32)
def _payments(one: SameSheet, asked: tuple[Nature, ...]) -> tuple[Payout, ...]:
    sheet, public = one.sheet, frozenset(one.sheet.public)
    grouped: dict[str, list[Flow]] = {}
    for flow in sheet.flows():
        if flow.payer in public and flow.nature in asked:
            grouped.setdefault(flow.id, []).append(flow)
    return tuple(sorted((Payout.of(flows) for flows in grouped.values()), key=lambda one: one.kind == "called"))


def payouts(sheet: TermSheet) -> tuple[Payout, ...]:
    """Payments in money that somebody asks for; works are none: a promise is kept, and what it costs paid to others."""
    return tuple(one for one in payments(sheet) if one.cash and one.nature != "works")
