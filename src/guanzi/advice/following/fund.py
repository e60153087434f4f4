"""Many signed deals on a day: money exposed against binding, calls of cash, what comes back, and concentration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from guanzi.advice.appraisal import Instalment, commitments, contingent
from guanzi.advice.following.course import answered_inside, flows_of, position_of
from guanzi.advice.following.debts import public_debts, sentence_parts
from guanzi.advice.following.fund_tail import FundTail, fund_tail
from guanzi.advice.following.learnt import Signed, actuals
from guanzi.advice.structuring import herfindahl
from guanzi.base.core import Message, Period
from guanzi.deal.terms import TermSheet
from guanzi.engine.simulation import Sampler
from guanzi.record.evidence import View
from guanzi.record.playbooks import Playbook
from guanzi.study.forecasting import Floats, condition, quantiles_of
from guanzi.study.monitoring import Examined, Realised, realised

ENDS = np.array([0.05, 0.95])
MONEY_BY = ("company", "industry", "region")
"""By what the money of a fund is concentrated."""


@dataclass(frozen=True, slots=True, eq=False)
class FundDeal:
    """A signed deal of a fund.

    Attributes:
        view, sheet: What was known of it on the day; its newest term sheet.
        examined: Conditions of the sheet as they stand.
        signed, why: The forecast of its signing; None where it cannot be simulated, and why not.
        rate: Units of the currency of the fund for one of the sheet's.
        fact: Id of the fact that says so; empty where both are the same.
    """

    view: View
    sheet: TermSheet
    examined: Examined
    signed: Signed | None
    why: tuple[Message, ...] = ()
    rate: float = 1.0
    fact: str = ""


@dataclass(frozen=True, slots=True)
class NewTier:
    """A step of binding that a deal adds: planned money that waits for it, and whether it is in force (None: unknown).

    Attributes:
        ahead: Planned money that is due before any that waits for this tier.
    """

    id: str
    name: str
    waits: float
    ahead: float
    now: bool | None


@dataclass(frozen=True, slots=True)
class PlannedPayment:
    """A payment in cash by the term sheet, in millions of the fund's currency.

    Attributes:
        due, called: Its day, as planned; what the sheet calls it.
        amount: None: nobody has seen it.
        tied: It waits for a new step of binding; None: nobody has seen what it waits for.
        agreed: The deal sets its day, or it was paid; otherwise the day is assumed.
    """

    id: str
    due: date
    amount: float | None
    tied: bool | None
    called: str
    agreed: bool


_SUMMED = ("planned", "least", "most", "before", "bound", "awaits", "untold", "open", "guessed", "forgone")


@dataclass(frozen=True, slots=True)
class FundRow:
    """A deal in the fund; amounts in millions of the fund's currency.

    Attributes:
        planned: All payments in cash by the term sheet, as far as amounts are known; of brackets the middle.
        least, most: The same by the ends of the brackets.
        unknown: Planned payments whose amount nobody has seen, by id.
        before: Planned money that waits for no new step of binding.
        awaits: Of it, what waits for something else, such as an event or a figure of the company.
        bound, untold: Planned money that waits for one; that of which nobody has seen what it waits for.
        due, open: Planned money whose day has come; of it, what nothing says was paid and may still be called.
        guessed: Of it, the most that can stand on days which no deal sets.
        forgone: Revenue that is let off over all years, as far as amounts are known; it is in no other sum.
        paid, returned: By facts, or before the signing as the sheet states; None: not known.
        sale: What selling the stake brings today, loans and notes left out; None: share or value are not known.
        tiers, binding: New steps of binding; the sheet binds who signed it: it is no framework.
        drawn: Names of what was paid before the signing, as the sheet states.
        expected_calls: Still to be paid after the day, by simulation; None: not simulated.
        expected_back, expected_stake: To come back within the forecast; worth of what is still held at its end.
        learnt: The forecast was weighed by what was reported since; False: it is that of signing.
        why, facts: Why the deal is not simulated; facts behind ``paid`` and ``returned``.
        payments: What is planned, one by one.
        realised: What came back of what was paid, as ratios; None: one of them is not known.
    """

    id: str
    title: str
    company: str
    industry: str
    region: str
    planned: float
    least: float
    most: float
    unknown: tuple[str, ...]
    before: float
    awaits: float
    bound: float
    untold: float
    due: float
    open: float
    guessed: float
    forgone: float
    paid: float | None
    returned: float | None
    sale: float | None
    tiers: tuple[NewTier, ...]
    binding: bool
    drawn: tuple[str, ...]
    expected_calls: float | None
    expected_back: float | None
    expected_stake: float | None
    learnt: bool
    why: tuple[Message, ...]
    facts: tuple[str, ...]
    payments: tuple[PlannedPayment, ...]
    realised: Realised | None


@dataclass(frozen=True, slots=True)
class QuarterCall:
    """Money that is called in a quarter, in millions.

    Attributes:
        planned: By the term sheets.
        paid: By facts or the sheet; None: no payment of the quarter is known.
        mean, low, high: After the day, of the deals that are simulated: the mean, and the sums of their own 5 and 95 %
            ends; None: the quarter is past, or no deal is simulated.
        unknown: Planned payments of the quarter whose amount nobody has seen; they are in none of the sums.
    """

    period: Period
    planned: float
    paid: float | None
    mean: float | None
    low: float | None
    high: float | None
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class FundShares:
    """Shares of planned money by company, industry or region, greatest first; None: no amount is known."""

    by: str
    shares: tuple[tuple[str, float], ...]
    herfindahl: float | None
    effective: float | None


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund on a day; amounts in millions of its currency.

    Attributes:
        realised: What came back of what was paid, over the deals of which both are known; None: of none.
    """

    currency: str
    rows: tuple[FundRow, ...]
    calls: tuple[QuarterCall, ...]
    shares: tuple[FundShares, ...]
    tail: FundTail | None
    outside: float
    notes: tuple[Message, ...]
    realised: Realised | None

    @property
    def sums(self) -> dict[str, float]:
        """Over all deals: planned money with its ends, of it what waits for nothing or is untold, open and let off."""
        return {name: sum(getattr(row, name) for row in self.rows) for name in _SUMMED}

    @property
    def simulated(self) -> tuple[str, ...]:
        """Deals that are simulated."""
        return tuple(row.id for row in self.rows if row.expected_calls is not None)


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
    return Fund(currency, rows, _calls(deals, drawn), shares, tail, outside, notes, _realised(deals, rows, playbook))


def _realised(deals: Sequence[FundDeal], rows: Sequence[FundRow], playbook: Playbook) -> Realised | None:
    """What came back of the money of all deals of which that is known, on the days on which it came."""
    told = [deal for deal, row in zip(deals, rows, strict=True) if row.realised is not None]
    if not told:
        return None
    flows = [replace(f, amount=f.amount * d.rate) for d in told for f in flows_of(d.sheet, d.view)]
    stands = [position_of(deal.sheet, deal.view, playbook) for deal in told]
    sales = [0.0 if s.share == 0.0 else None if s.proceeds is None else s.proceeds[1] for s in stands]
    whole = None if None in sales else sum((s or 0.0) * d.rate for s, d in zip(sales, told, strict=True))
    return realised(flows, told[0].view.as_of, whole)


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
