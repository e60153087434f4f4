"""What the term sheet says about the public side's money: instalments, conditions, brackets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.advice.appraisal.promises import not_held
from guanzi.base.core import without_stop
from guanzi.deal.terms import Condition, Expression, Observable, TermSheet, TierInForce, Unknown, Value, walk
from guanzi.record.evidence import View
from guanzi.study.diligence import DealFacts

MILLION = 1e6


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

    def __add__(self, other: Bracket) -> Bracket:
        return Bracket(_sum(self.low, other.low), _sum(self.mid, other.mid), _sum(self.high, other.high))


@dataclass(frozen=True, slots=True)
class Instalment:
    """One planned payment of the public side.

    Attributes:
        conditional: It depends on more than the calendar and the closing of the deal.
        tiers: New tiers (not the baseline) that its condition names.
        clause: Id of the clause.
        cash: Money is paid; otherwise revenue is forgone.
    """

    id: str
    due: date
    amount: Bracket
    conditional: bool
    tiers: tuple[str, ...]
    clause: str
    by_party: tuple[tuple[str, Bracket], ...]
    cash: bool = True


def instalments(sheet: TermSheet) -> tuple[Instalment, ...]:
    """All instalments that public parties are to pay, by due date."""
    public, new_tiers = set(sheet.public), {tier.id for tier in sheet.tiers if not tier.baseline}
    scale = sheet.unit / MILLION
    found: list[Instalment] = []
    for equity in sheet.equities:
        for tranche in equity.tranches:
            parts = tuple((p, bracket(v, scale)) for p, v in sorted(tranche.amounts.items()) if p in public)
            if not parts:
                continue
            named = tuple(sorted(set(tiers_in(tranche.condition)) & new_tiers))
            found.append(
                Instalment(
                    id=tranche.id,
                    due=tranche.due,
                    amount=add(amount for _, amount in parts),
                    conditional=depends_on_more_than_events(tranche.condition),
                    tiers=named,
                    clause=f"terms.{equity.id}.{tranche.id}",
                    by_party=parts,
                )
            )
    return tuple(sorted(found, key=lambda i: (i.due, i.id)))


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


def depends_on_more_than_events(condition: Condition | None) -> bool:
    """Whether a condition looks at the company's state or binding, beyond the calendar and declared events."""
    return any(isinstance(part, TierInForce | Observable) for part in _parts(condition))


def budget_party(sheet: TermSheet, view: View) -> str | None:
    """The public party whose payments burden the region's budget: the one named after it, else the first."""
    if not sheet.public:
        return None
    return view.region.id if view.region.id in sheet.public else sheet.public[0]


def deal_facts(sheet: TermSheet, view: View) -> DealFacts:
    """The deal as far as the checks of diligence ask for it."""
    planned = instalments(sheet)
    names = {party.id: party.name or party.id for party in sheet.parties}
    issuers = {party.id for party in sheet.parties if party.role == "issuer"}
    own = budget_party(sheet, view)
    obligors = [put.obligors for put in sheet.puts]
    named = tuple(dict.fromkeys(o for some in obligors if some is not None for o in some))
    seen = bool(obligors) and None not in obligors
    scale = sheet.unit / MILLION
    cash = [bracket(amount, scale) for e in sheet.equities for c in e.contributions for _, amount in c.cash]
    return DealFacts(
        public_amount=add(i.amount for i in planned).mid if planned else None,
        city_amount=add(a for i in planned for p, a in i.by_party if p == own).mid if planned else None,
        company_cash_contribution=add(cash).mid if cash else None,
        instalments=len(planned),
        conditional_instalments=sum(i.conditional for i in planned),
        buys_shares=bool(sheet.equities) or not sheet.moves_money,
        only_gives=sheet.only_gives,
        has_put=bool(sheet.puts),
        put_obligors=tuple(names.get(o, o) for o in named) if seen else None,
        put_on_company_only=set(named) <= issuers if seen else None,
        has_call=bool(sheet.calls),
        co_investors=tuple(names[p] for p in sheet.public if p != own),
        covenants_without_remedy=tuple(c.called for c in sheet.covenants if c.remedy is None),
        covenants_remedy_unknown=tuple(c.called for c in sheet.covenants if isinstance(c.remedy, Unknown)),
        baseline_tiers=tuple(tier.name or tier.id for tier in sheet.tiers if tier.baseline),
        uncounted=not_held(sheet, view),
        unknown_clauses=tuple(without_stop(c.text or c.id.replace("_", " ")) for c in sheet.unknown),
    )


def _parts(condition: Condition | None) -> tuple[Expression, ...]:
    return () if condition is None else walk(condition.tree)


def _sum(left: float | None, right: float | None) -> float | None:
    return None if left is None or right is None else left + right
