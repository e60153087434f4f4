"""Corrected deals: for a finding of the linter, the sheet in which the clause is as its fix says.

A flaw costs what the corrected deal would have saved, on the same draws. Each fix changes one thing and leaves the rest
of the deal alone. Whoever stands behind a right in a corrected deal can pay. Findings that only more knowledge can fix
have none, and neither have those about sums, whose fix is a smaller deal.

Every number here is a judgement, made before any result was looked at; the fixes of the linter name the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from guanzi.advice.structuring.changes import years_later
from guanzi.advice.structuring.trees import (
    ADDED,
    FIXED,
    both,
    condition,
    either,
    negation,
    number,
    tier,
    truth,
    with_number,
)
from guanzi.deal.lint import Diagnostic
from guanzi.deal.terms import (
    Call,
    Clawback,
    ConvertibleNote,
    DateTest,
    DealParty,
    Equity,
    Expression,
    Grant,
    Guarantee,
    Held,
    Land,
    Loan,
    MonthsSince,
    Put,
    Relation,
    TermSheet,
    Tier,
    Tranche,
    scale_value,
    unparse,
)

GUARANTOR = "guarantor"
"""Party of corrected deals that does not fall with the company."""
MEANS = 1e12
PARTS = 4
"""Payments into which one that is paid at once is divided, a year apart."""
PATIENCE = 36.0
"""Months after the first payment from which a stake that is not listed can be put, and a grant for no plant is owed."""
RATE = 0.08
GROWTH = 1.25
"""A threshold that does not bite is raised to this multiple of the last actual."""
SHARED = 0.8
SECURED = 0.4
GUARANTEED_YEARS = 5
ENFORCED = 0.5

type Released = Tranche | Loan | ConvertibleNote
type Fix = Callable[[TermSheet, Diagnostic], TermSheet | None]


def fix_sheet(sheet: TermSheet, diagnostic: Diagnostic) -> TermSheet | None:
    """The deal without the flaw; None when there is no such deal, or nobody can say which."""
    fix = FIXES.get(diagnostic.code)
    return None if fix is None else fix(sheet, diagnostic)


def _param(diagnostic: Diagnostic, name: str) -> Any:
    return dict(diagnostic.found).get(name)


# -- what releases money -----------------------------------------------------------------------------------------


def _gates(sheet: TermSheet) -> tuple[Expression, ...]:
    """New tiers in the order of the sheet; without any, the plant."""
    new = tuple(tier(t.id) for t in sheet.tiers if not t.baseline)
    return new or (truth("plant_local"),)


def _released(sheet: TermSheet, change: Callable[[str, Released, int], Released | None]) -> TermSheet:
    """The sheet with each public instalment, loan and note changed; None leaves one out."""
    order = [(t.due, t.id) for e in sheet.of(Equity) for t in e.tranches]
    order += [(x.drawn, x.id) for x in sheet.of(Loan)] + [(x.drawn, x.id) for x in sheet.of(ConvertibleNote)]
    order.sort()
    rank = {id: n for n, (_, id) in enumerate(order)}

    def instalment(item: Tranche) -> Tranche | None:
        made = change(item.id, item, rank[item.id])
        return made if isinstance(made, Tranche) else None

    def paid(equity: Equity) -> Equity:
        return equity.moved(instalment)

    def lent(item: Any) -> Any:
        return change(item.id, item, rank[item.id])

    return sheet.changed(Equity, paid).changed(Loan, lent).changed(ConvertibleNote, lent)


def _bind(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    """Each payment that is meant waits for a tier as well, a later one for a later tier."""
    gates = _gates(sheet)
    ids = set(_param(found, "ids") or (_param(found, "id"),))

    def change(id: str, item: Released, rank: int) -> Released:
        if id not in ids:
            return item
        gate = gates[min(rank, len(gates) - 1)]
        named = item.condition is not None and unparse(gate) in item.condition.text
        # a tier that is asked for already must have held for a year
        tree = both(item.condition.tree if item.condition else None, Held(gate, 1.0, ADDED) if named else gate)
        return item if tree is None else replace(item, condition=condition(tree))

    return _released(sheet, change)


def _bound(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    """A step of binding, and all money waits for it."""
    step = Tier("plant", condition(truth("plant_local")), FIXED, proof="acceptance certificate")
    with_tier = replace(sheet, tiers=(*sheet.tiers, step))

    def change(id: str, item: Released, rank: int) -> Released:
        tree = both(item.condition.tree if item.condition else None, tier(step.id))
        return item if tree is None else replace(item, condition=condition(tree))

    return _released(with_tier, change)


def _require_covenants(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    """Later payments ask that covenants are kept and the put is closed."""
    ids = set(_param(found, "ids") or ())
    kept = [c.require.tree for c in sheet.covenants if c.require is not None]
    closed = [negation(put.when.tree) for put in sheet.of(Put)]

    def change(id: str, item: Released, rank: int) -> Released:
        tree = both(item.condition.tree if item.condition else None, *kept, *closed)
        return replace(item, condition=condition(tree)) if id in ids and tree is not None else item

    return _released(sheet, change)


def _tied(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    """All money waits for the plant."""

    def change(id: str, item: Released, rank: int) -> Released:
        tree = both(item.condition.tree if item.condition else None, truth("plant_local"))
        return item if tree is None else replace(item, condition=condition(tree))

    return _released(sheet, change)


def _left_out(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    """The payment is not automatic."""
    id = _param(found, "id")
    return _released(sheet, lambda name, item, rank: None if name == id else item)


def _spread(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    """Payments a year apart; one that is paid at once is divided."""
    single = sum(len(e.tranches) for e in sheet.of(Equity)) == 1

    def spread(equity: Equity) -> Equity:
        out = tuple(t for t in equity.tranches if t.already is not None)
        ahead = [t for t in equity.tranches if t.already is None]
        parts = [p for t in ahead for p in _divided(t)] if single else ahead
        due = min((p.due for p in parts), default=sheet.signed)
        later = tuple(replace(p, due=max(p.due, years_later(due, n)), expires=None) for n, p in enumerate(parts))
        return replace(equity, tranches=(*out, *later))

    return sheet.changed(Equity, spread)


def _divided(tranche: Tranche) -> list[Tranche]:
    amounts = {payer: scale_value(value, 1 / PARTS) for payer, value in tranche.amounts.items()}
    ids = (tranche.id, *(f"{tranche.id}-{n}" for n in range(2, PARTS + 1)))
    return [replace(tranche, id=id, amounts=amounts) for id in ids]


# -- rights ------------------------------------------------------------------------------------------------------


def _guaranteed(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    """Somebody who can pay stands behind the put."""
    id = _param(found, "remedy") or found.clause
    known = {p.id for p in sheet.parties if p.role == "issuer" or "total" in p.limits}

    def backed(put: Put) -> tuple[str, ...]:
        return (*(o for o in put.obligors or () if o in known), GUARANTOR)

    return _with_guarantor(sheet).changed(Put, lambda p: replace(p, obligors=backed(p)) if p.id == id else p)


def _with_guarantor(sheet: TermSheet) -> TermSheet:
    return replace(sheet, parties=(*sheet.parties, DealParty(GUARANTOR, "holder", GUARANTOR, FIXED, {"total": MEANS})))


def _paying(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    rate = max(RATE, _param(found, "hurdle") or 0.0)
    return _the(Put, found.clause, sheet, rate=rate, basis="compound")


def _opening(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    """The put opens when control changes, and after some years without a listing."""

    def opening(put: Put) -> Put:
        equity = next(e for e in sheet.of(Equity) if e.id == put.on)
        tree = either(put.when.tree, _patience(equity)) if put.id == found.clause else None
        return put if tree is None else replace(put, when=condition(tree))

    return sheet.changed(Put, opening)


def _patience(equity: Equity) -> Expression | None:
    if not equity.tranches:
        return truth("control_changed")
    first = min(equity.tranches, key=lambda t: t.due)
    since = Relation(">", MonthsSince(first.id, ADDED), number(PATIENCE), ADDED)
    return either(both(since, negation(truth("listed"))), truth("control_changed"))


def _put_added(sheet: TermSheet, found: Diagnostic) -> TermSheet | None:
    """A put, with somebody behind it who can pay."""
    equity = next((e for e in sheet.of(Equity) if e.id == found.clause), None)
    tree = None if equity is None else _patience(equity)
    if equity is None or tree is None or not equity.tranches:
        return None
    holders = tuple(h for h in equity.holders if h in sheet.public)
    put = Put("put-back", equity.id, holders, (equity.issuer, GUARANTOR), RATE, "compound", condition(tree), FIXED)
    return _with_guarantor(sheet).holding(put)


def _half_called(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    return _the(Call, found.clause, sheet, portion=0.5)


def _dear_call(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    rate = _param(found, "put_rate")
    return _the(Call, found.clause, sheet, rate=rate, basis="compound")


def _the(kind: type[Any], id: str, sheet: TermSheet, **changes: Any) -> TermSheet:
    """The sheet in which one instrument is otherwise."""
    return sheet.changed(kind, lambda item: replace(item, **changes) if item.id == id else item)


def _guarantees(**changes: Any) -> Fix:
    def fix(sheet: TermSheet, found: Diagnostic) -> TermSheet:
        return _the(Guarantee, _param(found, "id"), sheet, **changes)

    return fix


def _guarantee_ends(sheet: TermSheet, found: Diagnostic) -> TermSheet | None:
    return _guarantees(until=years_later(sheet.signed, GUARANTEED_YEARS))(sheet, found)


def _secured(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    """A loan or note has a part of the assets as security."""

    def change(id: str, item: Released, rank: int) -> Released:
        if id != found.clause or isinstance(item, Tranche):
            return item
        return replace(item, rank="secured", security=SECURED)

    return _released(sheet, change)


def _backed(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    """Somebody who can pay stands behind a loan or note."""

    def change(id: str, item: Released, rank: int) -> Released:
        if id != found.clause or isinstance(item, Tranche):
            return item
        return replace(item, obligors=(*item.obligors, GUARANTOR))

    return _released(_with_guarantor(sheet), change)


# -- covenants ---------------------------------------------------------------------------------------------------


def _with_remedy(sheet: TermSheet, found: Diagnostic) -> TermSheet | None:
    """A breach opens the put, and stops what has not been paid; without a put it stops payments only."""
    id = _param(found, "id")
    broken = next((c for c in sheet.covenants if c.id == id), None)
    if broken is None or broken.require is None:
        return None
    kept, remedy = broken.require.tree, sheet.of(Put)[0].id if sheet.of(Put) else None
    start = broken.start or sheet.signed

    def change(name: str, item: Released, rank: int) -> Released:
        day = item.due if isinstance(item, Tranche) else item.drawn
        tree = both(item.condition.tree if item.condition else None, kept)
        return replace(item, condition=condition(tree)) if day >= start and tree is not None else item

    covenants = tuple(replace(c, remedy=remedy) if c.id == id else c for c in sheet.covenants)
    return replace(_released(sheet, change), covenants=covenants)


def _tested_early(sheet: TermSheet, found: Diagnostic) -> TermSheet | None:
    """The last payment waits for the day of the test, and for what the covenant asks."""
    covenant = next((c for c in sheet.covenants if c.id == _param(found, "id")), None)
    if covenant is None or covenant.require is None or covenant.start is None:
        return None
    kept, start = covenant.require.tree, covenant.start
    count = sum(len(e.tranches) for e in sheet.of(Equity)) + len(sheet.of(Loan)) + len(sheet.of(ConvertibleNote))

    def change(name: str, item: Released, rank: int) -> Released:
        tree = both(item.condition.tree if item.condition else None, kept)
        if rank < count - 1 or tree is None:
            return item
        expires = None if item.expires is None else max(item.expires, years_later(start, 1))
        later = replace(item, condition=condition(tree), expires=expires)
        return replace(later, due=start) if isinstance(later, Tranche) else replace(later, drawn=start)

    return _released(sheet, change)


def _biting(sheet: TermSheet, found: Diagnostic) -> TermSheet | None:
    """The trigger on the path of growth."""
    old, actual = _param(found, "threshold"), _param(found, "actual")
    if not any(p.id == found.clause for p in sheet.of(Put)):
        return None

    def biting(put: Put) -> Put:
        if put.id != found.clause:
            return put
        return replace(put, when=condition(with_number(put.when.tree, old, GROWTH * actual)))

    return sheet.changed(Put, biting)


# -- incentives --------------------------------------------------------------------------------------------------


def _grants(change: Callable[[TermSheet, Any], Any]) -> Fix:
    def fix(sheet: TermSheet, found: Diagnostic) -> TermSheet:
        id = _param(found, "id")
        return sheet.changed(Grant, lambda grant: change(sheet, grant) if grant.id == id else grant)

    return fix


def _clawed(sheet: TermSheet, grant: Any) -> Any:
    """Given back when there is no plant after some years, or control changes."""
    patient = DateTest("after", years_later(grant.start, int(PATIENCE) // 12).isoformat(), ADDED)
    tree = either(both(patient, negation(truth("plant_local"))), truth("control_changed"))
    assert tree is not None
    return replace(grant, clawback=Clawback(condition(tree), 1.0, ENFORCED, FIXED))


def _earned(sheet: TermSheet, grant: Any) -> Any:
    """Paid once the first tier is in force; a single grant in yearly parts, so that late is not too late."""
    asked = condition(_gates(sheet)[0])
    if grant.years > 1:
        return replace(grant, condition=asked)
    start, part = years_later(grant.start, 1), scale_value(grant.amount, 1 / PARTS)
    return replace(grant, condition=asked, amount=part, years=PARTS, start=start)


def _recovered(sheet: TermSheet, grant: Any) -> Any:
    return replace(grant, clawback=replace(grant.clawback, recover=1.0))


def _bought_back(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    return _the(Land, _param(found, "id"), sheet, buy_back=1.0)


# -- sides -------------------------------------------------------------------------------------------------------


def _half_each(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    """The partner pays half of the cash, on the same days."""

    def shared(equity: Equity) -> Equity:
        kind = [p for p in equity.contributions if p.assets is not None]
        if not kind or not found.clause.startswith(f"{equity.id}."):
            return equity
        halved = equity.moved(lambda t: replace(t, amounts={p: scale_value(v, 0.5) for p, v in t.amounts.items()}))
        cash = tuple((t.due, v) for t in halved.tranches if t.already is None for v in t.amounts.values())
        others = tuple(replace(p, cash=cash) if p is kind[0] else p for p in equity.contributions)
        return replace(halved, contributions=others)

    return sheet.changed(Equity, shared)


def _pays_first(sheet: TermSheet, found: Diagnostic) -> TermSheet:
    """The partner's cash comes on the day of the public side's first money."""

    def first_pays(equity: Equity) -> Equity:
        first = min((t.due for t in equity.tranches), default=sheet.signed)
        parts = tuple(
            replace(p, cash=tuple((min(due, first), value) for due, value in p.cash)) for p in equity.contributions
        )
        return replace(equity, contributions=parts)

    return sheet.changed(Equity, first_pays)


FIXES: Mapping[str, Fix] = {
    **dict.fromkeys(("GZ101", "GZ102", "GZ109", "GZ110", "GZ111", "GZ409"), _bind),
    "GZ103": _bound,
    **dict.fromkeys(("GZ104", "GZ105"), _spread),
    "GZ107": _left_out,
    "GZ108": _require_covenants,
    **dict.fromkeys(("GZ201", "GZ202", "GZ205", "GZ206", "GZ306"), _guaranteed),
    **dict.fromkeys(("GZ203", "GZ204"), _paying),
    "GZ207": _half_called,
    "GZ208": _dear_call,
    **dict.fromkeys(("GZ209", "GZ210"), _put_added),
    "GZ211": _opening,
    "GZ212": _guarantees(share=SHARED),
    "GZ214": _guarantee_ends,
    "GZ215": _secured,
    "GZ218": _backed,
    **dict.fromkeys(("GZ301", "GZ302"), _with_remedy),
    "GZ303": _tested_early,
    "GZ308": _tied,
    "GZ407": _biting,
    "GZ501": _grants(_clawed),
    "GZ502": _grants(_earned),
    "GZ504": _grants(_recovered),
    "GZ506": _bought_back,
    "GZ601": _half_each,
    "GZ602": _pays_first,
}
"""Code of a rule to how its finding is fixed."""
