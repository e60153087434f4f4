"""Many signed deals on a day: money exposed against binding, calls of cash, what comes back, and concentration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from guanzi.advice.appraisal import Instalment, commitments, contingent
from guanzi.advice.following.course import answered_inside, flows_of, position_of, value_day
from guanzi.advice.following.debts import public_debts, sentence_parts
from guanzi.advice.following.fund_data import (
    CityReturns,
    Fund,
    FundDeal,
    FundRow,
    FundShares,
    NewTier,
    PlannedPayment,
    QuarterCall,
)
from guanzi.advice.following.fund_tail import fund_tail
from guanzi.advice.following.learnt import Signed, actuals
from guanzi.advice.structuring import herfindahl
from guanzi.base.core import Message, Period
from guanzi.engine.simulation import Sampler
from guanzi.record.playbooks import Playbook
from guanzi.study.forecasting import Floats, condition, quantiles_of
from guanzi.study.monitoring import Realised, realised

ENDS = np.array([0.05, 0.95])
MONEY_BY = ("company", "industry", "region")
"""By what the money of a fund is concentrated."""


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """A simulated deal: weights of its paths; money called and come back, (steps, paths); loss, worth at the end."""

    weights: Floats
    learnt: bool
    calls: Floats
    back: Floats
    stake: Floats
    loss: Floats
    today: int


def fund(deals: Sequence[FundDeal], currency: str, playbook: Playbook, threads: int | None = None) -> Fund:
    """Add many signed deals up on the day of their views.

    Args:
        deals: The deals, at least one; all views are of one day.
        currency: Currency of the fund.
        playbook: What a sale of shares costs.
        threads: Number of threads; it does not change the result.

    Raises:
        InvalidInput: A sheet cannot be simulated.
    """
    tried = [None if deal.signed is None else _draw(deal, deal.signed, threads) for deal in deals]
    drawn = [x if isinstance(x, _Drawn) else None for x in tried]
    deals = [
        replace(deal, signed=None, why=(x,)) if isinstance(x, Message) else deal
        for deal, x in zip(deals, tried, strict=True)
    ]
    rows = tuple(_row(deal, draw, playbook) for deal, draw in zip(deals, drawn, strict=True))
    held = [(d.signed, x, row.id) for d, x, row in zip(deals, drawn, rows, strict=True) if d.signed and x]
    markets = {(d.view.industry, d.signed.period(0), d.signed.grid.months) for d in deals if d.signed is not None}
    tail = fund_tail(
        [id for _, _, id in held],
        [x.loss for _, x, _ in held],
        [x.weights for _, x, _ in held],
        shared=len(markets) == 1,
        seed=held[0][0].seed if held else 0,
    )
    outside = sum((row.planned for row in rows if row.expected_calls is None), 0.0)
    common = tail is None or tail.alone or tail.common is not None
    notes = _notes(deals, rows, currency, shared=len(markets) <= 1, common=common)
    shares = tuple(_shares(by, rows) for by in MONEY_BY)
    counted = [deal for deal, row in zip(deals, rows, strict=True) if row.realised is not None]
    came, cities = _realised(counted, playbook), tuple(_by_city(counted, playbook))
    return Fund(currency, rows, _calls(deals, drawn), shares, tail, outside, notes, came, cities)


def _by_city(deals: Sequence[FundDeal], playbook: Playbook) -> Iterator[CityReturns]:
    """What came back by city, of deals of which that is known."""
    for region in sorted({deal.view.region.id for deal in deals}):
        own = [deal for deal in deals if deal.view.region.id == region]
        if (came := _realised(own, playbook)) is not None:
            yield CityReturns(region, len(own), came)


def _realised(deals: Sequence[FundDeal], playbook: Playbook) -> Realised | None:
    """What came back of the money of deals of which that is known, on the days on which it came."""
    if not deals:
        return None
    flows = [replace(f, amount=f.amount * d.rate) for d in deals for f in flows_of(d.sheet, d.view)]
    stands = [position_of(deal.sheet, deal.view, playbook) for deal in deals]
    sales = [0.0 if s.share == 0.0 else None if s.proceeds is None else s.proceeds[1] for s in stands]
    whole = None if None in sales else sum((s or 0.0) * d.rate for s, d in zip(sales, deals, strict=True))
    return realised(flows, deals[0].view.as_of, whole)


def _draw(deal: FundDeal, signed: Signed, threads: int | None) -> _Drawn | Message:
    """The paths of a deal, weighed by what was reported; or why its money cannot be valued by them any more."""
    found = condition(
        signed.paths, actuals(signed, deal.view), signed.weights, per_year=12 // signed.grid.months
    )  # fmt: skip
    if found.refused is not None:
        return found.refused
    scale = signed.scale * deal.rate
    flow, given = signed.paths["flow"] * scale, signed.paths["given"] * scale
    cash = given - np.maximum(signed.paths["let_off"], 0.0) * scale
    sampler = Sampler(("fund.net",), paths=flow.shape[1], seed=signed.seed, threads=threads)
    net = sampler.draw(signed.sheet, signed.model, signed.policy)["fund.net"] * scale
    calls = np.maximum(-flow, 0.0) + np.maximum(cash, 0.0)
    today = signed.step_of(deal.view.as_of)
    return _Drawn(
        weights=found.weights,
        learnt=bool(found.used),
        calls=_not_twice(calls, today, _unpaid(deal)),
        back=np.maximum(flow, 0.0) + np.maximum(-cash, 0.0),
        stake=signed.paths["stake"][-1] * scale,
        loss=given.sum(axis=0) - net,
        today=today,
    )


def _unpaid(deal: FundDeal) -> float | None:
    """Planned money less what was paid; None: one of them is not known."""
    paid = [-flow.amount * deal.rate for flow in flows_of(deal.sheet, deal.view) if flow.amount < 0.0]
    if not paid or any(i.amount.mid is None for i in _planned(deal)):
        return None
    return max(_total(deal, _planned(deal)) - sum(paid), 0.0)


def _not_twice(calls: Floats, today: int, left: float | None) -> Floats:
    """Calls of which those after the day come to no more than is left, path by path: what was paid is called once."""
    if left is None:
        return calls
    ahead = np.minimum(np.cumsum(calls[today + 1 :], axis=0), left)
    return np.concatenate([calls[: today + 1], np.diff(ahead, axis=0, prepend=0.0)])


def _planned(deal: FundDeal) -> tuple[Instalment, ...]:
    return tuple(i for i in commitments(deal.sheet) if i.cash)


def _amount(deal: FundDeal, instalment: Instalment) -> float:
    return (instalment.amount.mid or 0.0) * deal.rate


def _seen(deal: FundDeal, instalment: Instalment) -> float | None:
    return None if instalment.amount.mid is None else _amount(deal, instalment)


def _total(deal: FundDeal, planned: Sequence[Instalment]) -> float:
    return sum((_amount(deal, i) for i in planned), 0.0)


def _row(deal: FundDeal, drawn: _Drawn | None, playbook: Playbook) -> FundRow:
    view, planned = deal.view, _planned(deal)
    come = [i for i in planned if i.due <= view.as_of]
    whole, due = _total(deal, planned), _total(deal, come)
    parts = {tied: _total(deal, [i for i in planned if i.tied is tied]) for tied in (False, True, None)}
    flows = flows_of(deal.sheet, view)
    stands = position_of(deal.sheet, view, playbook)
    paid = None if stands.paid is None else stands.paid * deal.rate
    left = max(due - (paid or 0.0), 0.0)
    ahead = None if drawn is None else slice(max(drawn.today, 0) + 1, None)
    return FundRow(
        id=view.id,
        title=view.title,
        company=view.company.id,
        industry=view.industry,
        region=view.region.id,
        planned=whole,
        least=sum(((i.amount.low or 0.0) * deal.rate for i in planned), 0.0),
        most=sum(((i.amount.high or 0.0) * deal.rate for i in planned), 0.0),
        unknown=tuple(i.id for i in planned if i.amount.mid is None),
        before=parts[False],
        awaits=_total(deal, [i for i in planned if i.awaits and i.tied is False]),
        bound=parts[True],
        untold=parts[None],
        due=due,
        open=left,
        guessed=min(left, _total(deal, [i for i in come if not (i.agreed or i.out)])),
        forgone=_total(deal, [i for i in commitments(deal.sheet) if not i.cash]),
        paid=paid,
        returned=None if stands.returned is None else stands.returned * deal.rate,
        sale=None if stands.proceeds is None else stands.proceeds[1] * deal.rate,
        tiers=tuple(_tier(deal, planned, t.id, t.name, t.now) for t in deal.examined.tiers if not t.baseline),
        binding=deal.sheet.status == "definitive",
        drawn=tuple(dict.fromkeys(i.called for i in planned if i.out)),
        expected_calls=None if drawn is None else float(drawn.calls[ahead].sum(axis=0) @ drawn.weights),
        expected_back=None if drawn is None else float(drawn.back[ahead].sum(axis=0) @ drawn.weights),
        expected_stake=None if drawn is None else float(drawn.stake @ drawn.weights),
        learnt=drawn is not None and drawn.learnt,
        why=deal.why,
        facts=tuple(f for flow in flows for f in flow.facts),
        payments=tuple(
            PlannedPayment(i.id, i.due, _seen(deal, i), i.tied, i.called, i.agreed or i.out) for i in planned
        ),
        realised=stands.realised,
        valued=value_day(view) if stands.realised is not None and stands.share != 0.0 else None,
    )


def _tier(deal: FundDeal, planned: Sequence[Instalment], id: str, name: str, now: bool | None) -> NewTier:
    waiting = [i for i in planned if id in i.tiers]
    first = min((i.due for i in waiting), default=None)
    earlier = [i for i in planned if id not in i.tiers and (first is None or i.due <= first)]
    return NewTier(id, name, _total(deal, waiting), _total(deal, earlier), now)


def _calls(deals: Sequence[FundDeal], drawn: Sequence[_Drawn | None]) -> tuple[QuarterCall, ...]:
    planned: dict[Period, float] = {}
    paid: dict[Period, float] = {}
    unseen: dict[Period, int] = {}
    ahead: dict[Period, tuple[float, float, float]] = {}
    today = Period.of("quarter", deals[0].view.as_of)
    for deal, draw in zip(deals, drawn, strict=True):
        for i in _planned(deal):
            quarter = Period.of("quarter", i.due)
            planned[quarter] = planned.get(quarter, 0.0) + _amount(deal, i)
            unseen[quarter] = unseen.get(quarter, 0) + (i.amount.mid is None)
        for flow in flows_of(deal.sheet, deal.view):
            if flow.amount < 0.0:
                quarter = Period.of("quarter", flow.day)
                paid[quarter] = paid.get(quarter, 0.0) - flow.amount * deal.rate
        if draw is not None and deal.signed is not None:
            for quarter, values in _by_quarter(deal.signed, draw.calls, today).items():
                low, high = (float(x) for x in quantiles_of(values, ENDS, draw.weights).values)
                _add(ahead, quarter, (float(values @ draw.weights), low, high))
    floor = 1e-4 * max((*planned.values(), *(x[0] for x in ahead.values())), default=0.0)
    kept = [*planned, *paid, *(q for q, x in ahead.items() if x[0] > floor)]
    if not kept:
        return ()
    first, last, rows = min(kept), max(kept), list[QuarterCall]()
    while first <= last:
        call = QuarterCall(first, planned.get(first, 0.0), paid.get(first), None, None, None, unseen.get(first, 0))
        if first > today and any(drawn):
            mean, low, high = ahead.get(first, (0.0, 0.0, 0.0))
            call = replace(call, mean=mean, low=low, high=high)
        rows.append(call)
        first = first.shift(1)
    return tuple(rows)


def _add(sums: dict[Period, tuple[float, float, float]], quarter: Period, more: tuple[float, float, float]) -> None:
    """Add a quarter's mean, 5 % and 95 % quantile, in millions, to those of the deals before."""
    mean, low, high = sums.get(quarter, (0.0, 0.0, 0.0))
    sums[quarter] = (mean + more[0], low + more[1], high + more[2])


def _by_quarter(signed: Signed, values: Floats, today: Period) -> dict[Period, Floats]:
    """Values of the steps of each quarter after that of the day, path by path."""
    found: dict[Period, Floats] = {}
    for t in range(len(values)):
        quarter = signed.period(t)
        if quarter > today:
            found[quarter] = found[quarter] + values[t] if quarter in found else values[t]
    return found


def _shares(by: str, rows: Sequence[FundRow]) -> FundShares:
    sums: dict[str, float] = {}
    for row in rows:
        name = str(getattr(row, by))
        sums[name] = sums.get(name, 0.0) + row.planned
    total = sum(sums.values())
    if not total > 0.0:
        return FundShares(by, (), None, None)
    shares = tuple(sorted(((n, x / total) for n, x in sums.items() if x > 0.0), key=lambda s: (-s[1], s[0])))
    index = herfindahl(tuple(x for _, x in shares))
    return FundShares(by, shares, index, 1.0 / index)


def _notes(
    deals: Sequence[FundDeal], rows: Sequence[FundRow], currency: str, *, shared: bool, common: bool
) -> tuple[Message, ...]:
    found = []
    if not shared:
        found.append(Message.of("following.fund.not_shared"))
    elif not common:
        found.append(Message.of(f"following.fund.{'too_few' if any(row.learnt for row in rows) else 'few_drawn'}"))
    for deal, row in zip(deals, rows, strict=True):
        if row.unknown:
            found.append(Message.of("following.fund.unknown", deal=row.title, n=len(row.unknown), names=row.unknown))
        if deal.sheet.unknown:
            found.append(Message.of("following.fund.clauses_unseen", deal=row.title, n=len(deal.sheet.unknown)))
        if any(not i.cash for i in commitments(deal.sheet)):
            kind = ".unsimulated" if row.expected_calls is None else ""
            found.append(Message.of(f"following.fund.forgone{kind}", deal=row.title))
        if lent := public_debts(deal.sheet):
            kind, told = sentence_parts(lent, currency, deal.rate)
            found.append(Message.of(f"following.fund.lent.{kind}", deal=row.title, **told))
        found += (
            Message.of("following.fund.inside", deal=row.title, told=(one,)) for one in answered_inside(deal.sheet)
        )
        called = [amount.high for _, amount in contingent(deal.sheet)]
        if called:
            most = None if None in called else sum(x * deal.rate for x in called if x is not None)
            kind = "guarantee_unseen" if most is None else "guarantee"
            told = {} if most is None else {"amount": round(most, 1)}
            found.append(Message.of(f"following.fund.{kind}", deal=row.title, currency=currency, **told))
        if deal.fact:
            found.append(Message.of("following.fund.rate", deal=row.title, rate=deal.rate, fact=deal.fact))
    return tuple(found)
