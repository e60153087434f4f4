"""Tiered binding: the signed deal with its public money bound to steps of the company, by one fixed transformation.

What Hefei calls tiered binding is put into rules that look at the sheet and at what was known of the company, never at
what became of it:

1. The same parties, instruments, prices and rights, and the same sum.
2. A single payment (instalment, loan, note, grant) becomes four equal parts, a year apart, the first on its day.
   Instalments that are agreed keep their amounts and days; yearly grants keep their years.
3. From the second part on, each part waits for a step of binding, the later part for the later step, beside what it
   waits for anyway. Covenants that can be tested must be kept, too.
4. What is not earned two years after its day is not paid; a part of a grant that is not earned on its day lapses.
5. Money that waits for the company's state already stays as it is. A guarantee has no instalments and stays as it is.

The steps of binding are those of the kind of company (see :func:`ladder`). Bracketed values are taken at their middle
in both deals, so that both move the same sum on every path.

All numbers are judgements, made before any result was looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from guanzi.advice.structuring.changes import years_later
from guanzi.advice.structuring.fixes import GROWTH, PARTS
from guanzi.advice.structuring.trees import ADDED, FIXED, both, condition, number, tier, truth
from guanzi.base.core import Place
from guanzi.deal.terms import (
    Condition,
    ConvertibleNote,
    Equity,
    Expression,
    Grant,
    Held,
    Loan,
    Observable,
    Relation,
    TermSheet,
    Tier,
    TierInForce,
    Total,
    Tranche,
    Type,
    Unknown,
    observables,
    payments,
    scale_value,
    walk,
)
from guanzi.engine.company import CapacityCycleFab, CompanyModel, PreRevenueDeepTech, ScaleUpManufacturer

STEPS = PARTS - 1
LONG_STOP = 2
"""Years after its day until which an unearned instalment can still be earned."""
PART_OF_PLAN = 0.25
"""Each step of a fab asks for one more such part of its planned capacity."""


@dataclass(frozen=True, slots=True)
class TieredForm:
    """A deal and its tiered form, both with bracketed values at their middle.

    Attributes:
        signed: The deal as signed.
        bound: The same with its money bound to steps.
        changed: Ids of the payments that were bound.
        kept: Ids of those that stay as they are: they wait for the company already, or cannot be bound.
    """

    signed: TermSheet
    bound: TermSheet
    changed: tuple[str, ...]
    kept: tuple[str, ...]


def ladder(model: CompanyModel) -> tuple[Expression, ...]:
    """The steps of binding for a kind of company, from what was believed of it at signing.

    A maker must deliver in twelve months what it delivered at signing, then a quarter more, then a quarter more again.
    A fab must stand for a quarter, half and three quarters of its planned capacity. Deep tech must be certified, and
    have been so for one year and for two. Of any other company it is asked that its plant stands in the region, as
    of a fab that plans nothing.
    """
    if isinstance(model, PreRevenueDeepTech):
        held = [Held(truth("certified"), float(n), ADDED) for n in range(1, STEPS)]
        return (truth("certified"), *held)
    if isinstance(model, ScaleUpManufacturer):
        year = 4.0 * model.parameters["units"].distribution.median
        return tuple(_at_least(Total(_seen("units"), 12, ADDED), year * GROWTH**n) for n in range(STEPS))
    plan = (
        4.0 * model.parameters["project_capacity"].distribution.median if isinstance(model, CapacityCycleFab) else 0.0
    )
    if plan <= 0.0:
        return (truth("plant_local"),) * STEPS
    return tuple(_at_least(_seen("capacity_local"), PART_OF_PLAN * n * plan) for n in range(1, STEPS + 1))


def bind_to_tiers(sheet: TermSheet, model: CompanyModel) -> TieredForm:
    """The tiered form of a deal, and the deal itself with bracketed values at their middle."""
    signed: TermSheet = _middled(sheet)
    tiers = tuple(
        Tier(f"bound-{n}", condition(tree), FIXED, name=f"bound-{n}") for n, tree in enumerate(ladder(model), start=1)
    )
    binder = _Binder(signed, tiers)
    lent = signed.changed(Equity, binder.equity).changed(Loan, binder.debt).changed(ConvertibleNote, binder.debt)
    bound = replace(lent.changed(Grant, binder.grant), tiers=(*signed.tiers, *tiers))
    paid = dict.fromkeys(one.asked for one in payments(signed) if one.nature != "works")
    kept = (*binder.kept, *(id for id in paid if id not in (*binder.changed, *binder.kept)))
    return TieredForm(signed, bound if binder.changed else signed, tuple(binder.changed), kept)


class _Binder:
    """Divides payments and lets their parts wait for steps."""

    def __init__(self, sheet: TermSheet, tiers: tuple[Tier, ...]) -> None:
        self.public = frozenset(sheet.public)
        self.tiers = tiers
        self.covenants = tuple(c.require.tree for c in sheet.covenants if c.require is not None and c.start is None)
        self.changed: list[str] = []
        self.kept: list[str] = []

    def equity(self, equity: Equity) -> Equity:
        """Its public instalments bound; a single one divided."""
        ahead = [t for t in equity.tranches if t.already is None and self.public & set(t.amounts)]
        ours, others = sorted(ahead, key=lambda t: (t.due, t.id)), [t for t in equity.tranches if t not in ahead]
        free = [t for t in ours if not _waits(t.condition)]
        if not free:
            self.kept += [t.id for t in ours]
            return equity
        self.changed += [t.id for t in free]
        self.kept += [t.id for t in ours if t not in free]
        parts = self._divided(free[0]) if len(ours) == 1 else [self._bind_tranche(t, n) for n, t in enumerate(ours)]
        return replace(equity, tranches=(*others, *parts))

    def _divided(self, tranche: Tranche) -> list[Tranche]:
        found = []
        for n in range(PARTS):
            part = replace(
                tranche,
                id=_id(tranche.id, n),
                amounts={payer: scale_value(value, 1 / PARTS) for payer, value in tranche.amounts.items()},
                due=years_later(tranche.due, n) if n else tranche.due,
            )
            found.append(self._bind_tranche(part, n))
        return found

    def _bind_tranche(self, tranche: Tranche, n: int) -> Tranche:
        if not n or _waits(tranche.condition):
            return tranche
        expires = tranche.expires or years_later(tranche.due, LONG_STOP)
        return replace(tranche, condition=self._asked(tranche.condition, n), expires=expires)

    def debt[D: (Loan, ConvertibleNote)](self, debt: D) -> tuple[D, ...]:
        """A loan or note of a public lender in four parts."""
        if debt.lender not in self.public or _waits(debt.condition):
            self.kept.append(debt.id)
            return (debt,)
        self.changed.append(debt.id)
        parts: list[D] = [replace(debt, amount=scale_value(debt.amount, 1 / PARTS))]
        for n in range(1, PARTS):
            drawn = years_later(debt.drawn, n)
            asked = self._asked(debt.condition, n)
            expires = years_later(drawn, LONG_STOP)
            parts.append(replace(parts[0], id=_id(debt.id, n), drawn=drawn, condition=asked, expires=expires))
        return tuple(parts)

    def grant(self, grant: Grant) -> tuple[Grant, ...]:
        """A single grant in four parts; a yearly one year by year."""
        if _waits(grant.condition):
            self.kept.append(grant.id)
            return (grant,)
        self.changed.append(grant.id)
        single = grant.years == 1
        amount = scale_value(grant.amount, 1 / PARTS) if single else grant.amount
        first = replace(grant, amount=amount, years=1)
        later = (
            replace(
                first, id=_id(grant.id, n), start=years_later(grant.start, n), condition=self._asked(grant.condition, n)
            )
            for n in range(1, PARTS if single else grant.years)
        )
        return (first, *later)

    def _asked(self, now: Condition | None, n: int) -> Condition:
        step = tier(self.tiers[min(n, len(self.tiers)) - 1].id)
        tree = both(now.tree if now is not None else None, step, *self.covenants)
        assert tree is not None
        return condition(tree)


def _id(id: str, n: int) -> str:
    return id if not n else f"{id}-{n + 1}"


def _waits(now: Condition | None) -> bool:
    """Whether a condition looks at the company: its state, or a step of binding."""
    return now is not None and (
        bool(set(observables(now.tree))) or any(isinstance(x, TierInForce) for x in walk(now.tree))
    )


def _seen(name: str) -> Expression:
    return Observable(name, Type.NUMBER, "", ADDED)


def _at_least(tree: Expression, least: float) -> Expression:
    return Relation(">=", tree, number(least), ADDED)


def _middled(value: Any) -> Any:
    """A sheet, or a part of it, with the middle of every bracket in its place."""
    if isinstance(value, Unknown):
        if value.assumed is not None or value.low is None or value.high is None:
            return value
        return (value.low + value.high) / 2
    if isinstance(value, tuple):
        return tuple(map(_middled, value))
    if isinstance(value, dict):
        return {key: _middled(part) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type | Place | Condition):
        return replace(value, **{f.name: _middled(getattr(value, f.name)) for f in fields(value) if f.init})
    return value
