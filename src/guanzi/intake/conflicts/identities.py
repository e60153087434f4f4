"""Identities of accounting that the readings of one company and period must fulfil, whoever states them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from guanzi.base.core import Message, Parameter
from guanzi.intake.conflicts.finding import Conflict, conflict
from guanzi.intake.conflicts.ratios import power_of_ten, rate_between
from guanzi.intake.conflicts.readings import SourceReading, agree

type Statement = Mapping[str, Sequence[SourceReading]]

#: How far an identity may be off, as a share of its largest member: sources round each member by itself.
_TOLERANCE = 0.01
#: Sums: the whole, and its parts with their signs.
_SUMS: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = (
    ("total_assets", (("total_liabilities", 1), ("shareholders_equity", 1))),
    ("gross_profit", (("revenue", 1), ("cost_of_goods_sold", -1))),
    ("free_cash_flow", (("operating_cash_flow", 1), ("capex", 1))),
    ("total_assets", (("current_assets", 1), ("noncurrent_assets", 1))),
    ("total_liabilities", (("current_liabilities", 1), ("noncurrent_liabilities", 1))),
)
#: A part, and the whole that cannot be less.
_PARTS = (
    ("cash", "current_assets"),
    ("short_term_investments", "current_assets"),
    ("current_assets", "total_assets"),
    ("current_liabilities", "total_liabilities"),
    ("gross_profit", "revenue"),
    ("inventory", "current_assets"),
)
#: How far a net income can be from what gross profit and expenses leave.
_FAR = 100.0
_SPENT = ("r_and_d", "sga")


def broken_identities(company: str, period: str, statement: Statement) -> Iterator[Conflict]:
    """Identities that no combination of the readings of a statement fulfils."""
    for whole, parts in _SUMS:
        yield from _sum(company, period, statement, whole, parts)
    for part, whole in _PARTS:
        yield from _part(company, period, statement, part, whole)
    yield from _result(company, period, statement)


def broken_rolls(company: str, before: str, now: str, earlier: Statement, later: Statement) -> Iterator[Conflict]:
    """Whether retained earnings changed by the result of the year between two balance sheets."""
    name = "retained_earnings"
    for old, new, income in product(earlier.get(name, ()), later.get(name, ()), later.get("net_income", ())):
        if len({old.currency, new.currency, income.currency}) > 1 or income.item.status:
            continue
        change = new.value - old.value
        off = abs(change - income.value)
        if off <= _TOLERANCE * abs(income.value) + old.half + new.half + income.half:
            continue
        params = {"company": company, "before": before, "period": now}
        if agree(change, -income.value, old.half + new.half + income.half):
            yield conflict("sign", Message.of("conflicts.roll.sign", **params), old, new, income)
        elif power := power_of_ten(change, income.value, old.half + new.half):
            yield conflict("scale", Message.of("conflicts.roll.scale", **params, power=abs(power)), old, new, income)
        else:
            share = off / abs(income.value) if income.value else 1.0
            cause = Message.of("conflicts.roll.other", **params, share=round(share, 4))
            yield conflict("preliminary", cause, old, new, income)


def _sum(
    company: str, period: str, statement: Statement, whole: str, parts: tuple[tuple[str, int], ...]
) -> Iterator[Conflict]:
    members = [statement.get(whole, ()), *(statement.get(name, ()) for name, _ in parts)]
    signs = [sign for _, sign in parts]
    worst: tuple[float, tuple[SourceReading, ...], float] | None = None
    for combination in product(*members):
        if len({reading.currency for reading in combination}) > 1:
            continue
        total, terms = combination[0], combination[1:]
        added = sum(
            sign * (-abs(term.value) if term.item.base == "capex" else term.value)
            for sign, term in zip(signs, terms, strict=True)
        )
        gap = total.value - added
        allowed = _TOLERANCE * max(abs(r.value) for r in combination) + sum(r.half for r in combination)
        if abs(gap) <= allowed:
            return
        if worst is None or abs(gap) < abs(worst[2]):
            worst = (allowed, combination, gap)
    if worst is not None:
        yield _broken_sum(company, period, whole, parts, worst[1], worst[2])


def _broken_sum(
    company: str,
    period: str,
    whole: str,
    parts: tuple[tuple[str, int], ...],
    combination: tuple[SourceReading, ...],
    gap: float,
) -> Conflict:
    params: dict[str, Parameter] = {"company": company, "period": period, "whole": whole}
    params["parts"] = tuple(name for name, _ in parts)
    for index, reading in enumerate(combination):
        # the value that this member would have to have for the sum to hold
        should = reading.value - gap if index == 0 else reading.value + parts[index - 1][1] * gap
        if agree(should, -reading.value, reading.half):
            return conflict("sign", Message.of("conflicts.sum.sign", **params, item=reading.item.base), *combination)
        if power := power_of_ten(should, reading.value, reading.half):
            cause = Message.of("conflicts.sum.scale", **params, item=reading.item.base, power=abs(power))
            return conflict("scale", cause, *combination)
    equity = next((r for r in combination if r.item.base == "shareholders_equity"), None)
    if equity is not None and gap > 0 and not rate_between(equity.value + gap, equity.value):
        # what belongs to minorities, or to holders of redeemable shares, stands between the two
        return conflict("definition", Message.of("conflicts.sum.equity", **params), *combination)
    return conflict("identity", Message.of("conflicts.sum.other", **params), *combination)


def _part(company: str, period: str, statement: Statement, part: str, whole: str) -> Iterator[Conflict]:
    pairs = [
        (small, large)
        for small, large in product(statement.get(part, ()), statement.get(whole, ()))
        if small.currency == large.currency
    ]
    if not pairs or any(
        small.value <= large.value + _TOLERANCE * abs(large.value) + small.half + large.half for small, large in pairs
    ):
        return
    small, large = pairs[0]
    cause = Message.of("conflicts.part", company=company, period=period, part=part, whole=whole)
    yield conflict("identity", cause, small, large)


def _result(company: str, period: str, statement: Statement) -> Iterator[Conflict]:
    """A net income that is the mirror image of what gross profit and expenses leave."""
    members = [statement.get(name, ()) for name in ("gross_profit", *_SPENT, "net_income")]
    for gross, research, selling, income in product(*members):
        if len({r.currency for r in (gross, research, selling, income)}) > 1:
            continue
        left = gross.value - abs(research.value) - abs(selling.value)
        if left < 0 < income.value and agree(income.value, -left, 0.25 * abs(left)):
            cause = Message.of("conflicts.result.sign", company=company, period=period)
            yield conflict("sign", cause, gross, research, selling, income)
            return
        if left and income.value and not 1 / _FAR < abs(income.value / left) < _FAR:
            power = abs(round(math.log10(abs(income.value / left))))
            cause = Message.of("conflicts.result.scale", company=company, period=period, power=power)
            yield conflict("scale", cause, gross, research, selling, income)
            return
