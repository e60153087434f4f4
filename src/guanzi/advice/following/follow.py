"""A signed deal on a day: the forecast of signing beside what came, the forecast that has learnt, and a fresh one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from guanzi.advice.calibration import calibrate_company
from guanzi.advice.following.learnt import MONEY, Signed, actuals
from guanzi.advice.following.waiting import Leaving, Waiting, weigh_waiting
from guanzi.base.core import Period
from guanzi.deal.terms import Equity, Put, TermSheet, public_flows
from guanzi.engine.simulation import forecast, resample
from guanzi.record.evidence import Case, View, over, series
from guanzi.record.playbooks import Playbook
from guanzi.study.forecasting import Actual, Conditioned, Floats, condition, quantiles_of
from guanzi.study.monitoring import (
    Attribution,
    CashFlow,
    Examined,
    Position,
    Stated,
    Trigger,
    attribute,
    examine,
    observe,
    position,
    verdict,
)

ROUNDING = 1e-9
"""By what part what was paid may fall short of what was planned."""
BAND = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
AHEAD = 8
"""Quarters that are shown ahead."""
FRESH_PATHS = 8_192
PLANNED = {"units": "plan_deliveries", "revenue": "plan_revenue"}
CAME = {"units": "deliveries", "revenue": "revenue"}

type Band = tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class FollowedSeries:
    """One quantity of the company, quarter by quarter; amounts in millions.

    Attributes:
        quantity: What of.
        periods: Quarters, from that of signing on.
        came: What was reported in each, None where nothing was, with the facts behind it.
        signed: Quantiles (5, 25, 50, 75, 95 %) of the forecast of signing.
        learnt: The same, of the forecast that has learnt; None where it is refused.
        fresh: The same, of a forecast that starts from what is known today; None for quarters that have passed.
    """

    quantity: str
    periods: tuple[Period, ...]
    came: tuple[Stated | None, ...]
    signed: tuple[Band, ...]
    learnt: tuple[Band | None, ...]
    fresh: tuple[Band | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """A signed deal on a day.

    Attributes:
        as_of: The day.
        signed: The deal as it was signed, with its paths.
        today: The last step that has ended; −1: none has.
        conditioned: Weights after what was reported, with the surprise of each figure.
        series: Each quantity.
        examined: Conditions of the sheet as they stand.
        position: Where the public side stands; amounts in millions.
        waiting: What keeping the stake is worth; None where the forecast that has learnt is refused, or is over.
        triggers, course: What the rule of the playbook asks, and what it says.
        outcome: What came against what was promised and against the forecast without the deal.
        behind: The facts behind the position: ``paid``, ``returned``, ``share``, ``value``.
    """

    as_of: date
    signed: Signed
    today: int
    conditioned: Conditioned
    series: tuple[FollowedSeries, ...]
    examined: Examined
    position: Position
    waiting: Waiting | None
    triggers: tuple[Trigger, ...]
    course: str
    outcome: tuple[Attribution, ...]
    behind: Mapping[str, tuple[str, ...]]


def follow(signed: Signed, case: Case, playbook: Playbook, as_of: date, reporting_days: int = 60) -> Followed:
    """Follow a signed deal to a day; nothing that became known later is used.

    Args:
        signed: The deal as it was signed, with its paths.
        case: The case, with what was reported since signing among its facts.
        playbook: The governance model.
        as_of: The day.
        reporting_days: Days after the end of a quarter within which its figures are to be there.
    """
    view = case.view(as_of)
    told = actuals(signed, view)
    found = condition(signed.paths, told, signed.weights, per_year=12 // signed.grid.months)
    now = signed.step_of(as_of)
    today = now if signed.period(now).end == as_of else now - 1
    examined = examine(signed.sheet, observe(signed.sheet, view), as_of, reporting_days)
    stands = position_of(signed.sheet, view, playbook)
    triggers = _triggers(examined, signed, as_of)
    return Followed(
        as_of=as_of,
        signed=signed,
        today=today,
        conditioned=found,
        series=_series(signed, view, told, found, now),
        examined=examined,
        position=stands,
        waiting=_waiting(signed, found, today, playbook)
        if found.refused is None and today < signed.grid.count
        else None,
        triggers=triggers,
        course=verdict(triggers, owed=_owed(signed, stands)),
        outcome=_outcome(signed, view),
        behind=behind_of(view),
    )


def band_of(values: Floats, weights: Floats, scale: float = 1.0) -> Band:
    """Quantiles of weighted values: 5, 25, 50, 75 and 95 %."""
    a, b, c, d, e = (float(x) * scale for x in quantiles_of(values, BAND, weights).values)
    return a, b, c, d, e


def flows_of(view: View) -> tuple[CashFlow, ...]:
    """What the public side has paid and what came back to it, by the facts of a view; amounts in millions."""
    return tuple(
        CashFlow(r.period.end, way * r.value, r.facts)
        for name, way in (("public_cash_received", -1.0), ("public_cash_returned", 1.0))
        for r in series(view, name, kind="day")
    )


def _owed(signed: Signed, stands: Position) -> bool:
    """Whether instalments of the sheet are not yet paid; one whose amount was not seen counts as open."""
    amounts = [flow.amount for flow in public_flows(signed.sheet, "invested") if flow.shares]
    planned = sum(a for a in amounts if isinstance(a, float)) * signed.scale
    return any(not isinstance(a, float) for a in amounts) or stands.paid < planned * (1.0 - ROUNDING)


def position_of(sheet: TermSheet, view: View, playbook: Playbook) -> Position:
    """Where the public side stands by the facts of a view; amounts in millions.

    Args:
        sheet: The deal: its shares are held until a fact says otherwise.
        view: What was known.
        playbook: Its hurdle rate, and what a sale costs.
    """
    flows = flows_of(view)
    back = any(f.amount > 0.0 for f in flows)
    share = _last(view, "public_stake")
    if share is None and not back:
        shares = [e.share for e in sheet.of(Equity)]
        share = sum(x for x in shares if isinstance(x, float)) if all(isinstance(x, float) for x in shares) else None
    value = _last(view, "company_value_in_sale")
    triple = None if value is None else (value, value, value)
    hurdle, discount = playbook.hurdle_rate.value, playbook.exit.discount_on_sale.value
    return position(flows, view.as_of, hurdle, share, triple, discount)


def fresh_bands(signed: Signed, view: View, names: Sequence[str], quarters: int) -> Mapping[str, tuple[Band, ...]]:
    """A forecast of the company that starts in the quarter of the view's day, from what is known on it."""
    model = calibrate_company(view, view.as_of, signed.sheet.currency, signed.sheet.unit)
    values = forecast(model, quarters, paths=FRESH_PATHS, seed=signed.seed).values
    even = np.full(FRESH_PATHS, 1.0 / FRESH_PATHS)
    return {
        name: tuple(band_of(row, even, signed.scale if name in MONEY else 1.0) for row in values[name])
        for name in names
        if name in values
    }


def _series(
    signed: Signed, view: View, told: Sequence[Actual], found: Conditioned, now: int
) -> tuple[FollowedSeries, ...]:
    steps = range(min(now + AHEAD, signed.grid.count))
    came = {(a.quantity, a.step): a for a in told}
    fresh = fresh_bands(signed, view, signed.quantities, AHEAD)
    rows = []
    for name in signed.quantities:
        scale = signed.scale if name in MONEY else 1.0
        values = signed.paths[name]
        ahead = fresh.get(name, ())
        rows.append(
            FollowedSeries(
                name,
                tuple(signed.period(t) for t in steps),
                tuple(None if (a := came.get((name, t))) is None else Stated(a.value * scale, a.facts) for t in steps),
                tuple(band_of(values[t], signed.weights, scale) for t in steps),
                tuple(None if found.refused is not None else band_of(values[t], found.weights, scale) for t in steps),
                tuple(ahead[t - now] if 0 <= t - now < len(ahead) else None for t in steps),
            )
        )
    return tuple(rows)


def behind_of(view: View) -> dict[str, tuple[str, ...]]:
    """The facts behind a position: ``paid``, ``returned``, ``share`` and ``value``; empty where none is held."""
    last = {"share": "public_stake", "value": "company_value_in_sale"}
    found = {key: told[-1].facts for key, name in last.items() if (told := series(view, name, kind="day"))}
    for key, name in (("paid", "public_cash_received"), ("returned", "public_cash_returned")):
        found[key] = tuple(f for r in series(view, name, kind="day") for f in r.facts)
    return found


def _last(view: View, name: str) -> float | None:
    told = series(view, name, kind="day")
    return told[-1].value if told else None


def _waiting(signed: Signed, found: Conditioned, today: int, playbook: Playbook) -> Waiting | None:
    leave = playbook.exit
    told = weigh_waiting(
        signed.paths["flow"],
        signed.paths["stake"],
        found.weights,
        today,
        12 // signed.grid.months,
        Leaving(playbook.hurdle_rate.value, leave.discount_on_sale.value, 1.0 - leave.horizon_haircut.value),
    )
    return None if told is None else told.in_units_of(signed.scale)


def _triggers(examined: Examined, signed: Signed, as_of: date) -> tuple[Trigger, ...]:
    broken = tuple(c.id for c in examined.covenants if c.state == "breached")
    untold = tuple(c.id for c in examined.covenants if c.state == "unknown")
    puts = {p.id for p in signed.sheet.of(Put)}
    rights = [r for r in examined.rights if r.id.split(".")[0] in puts or r.id in puts]
    opened, open_untold = (tuple(r.id for r in rights if r.now is now) for now in (True, None))
    missed = tuple(
        t.id for t in examined.tiers if not t.baseline and any(v for v in t.verdict.truths) and t.now is False
    )
    horizon = signed.grid.first_day(signed.grid.count - 1)
    return (
        Trigger("breach", True if broken else None if untold else False, broken or untold),
        Trigger("put_open", True if opened else None if open_untold else False, opened or open_untold),
        Trigger("tier_missed", bool(missed), missed),
        Trigger("end", as_of >= horizon),
    )


def _outcome(signed: Signed, view: View) -> tuple[Attribution, ...]:
    """Calendar years; without the deal, those that lie wholly after its signing: of the first, a part is past."""
    begins, ends = signed.sheet.signed.year, signed.grid.first_day(signed.grid.count - 1).year
    years = [Period.parse(str(year)) for year in range(begins, ends + 1)]
    came: dict[tuple[str, Period], Stated] = {}
    promised: dict[tuple[str, Period], Stated] = {}
    for quantity in CAME:
        for year in years:
            told, plan = _year(view, CAME[quantity], year), _year(signed.view, PLANNED[quantity], year)
            if told is not None:
                came[quantity, year] = told
            if plan is not None:
                promised[quantity, year] = plan
    whole = [year for year in years if year.start >= signed.sheet.signed and any(year == p for _, p in came)]
    return attribute(years, came, promised, _without(signed, whole))


def _year(view: View, name: str, period: Period) -> Stated | None:
    told = over(view, name, period)
    return None if told is None else Stated(told.value, told.facts)


def _without(signed: Signed, years: Sequence[Period]) -> dict[tuple[str, Period], tuple[float, float, float]]:
    """Quantiles of calendar years, of the company that makes no deal, as foreseen at signing."""
    if not years or signed.grid.months != 3:
        return {}
    steps = signed.step_of(years[-1].end) + 1
    ids = resample(signed.weights, FRESH_PATHS)
    values = forecast(signed.model, steps, paths=FRESH_PATHS, seed=signed.seed, ids=ids).values
    found: dict[tuple[str, Period], tuple[float, float, float]] = {}
    for name in ("units", "revenue"):
        for year in years if name in values else ():
            rows = [t for t in range(steps) if year.contains(signed.period(t))]
            total = values[name][rows].sum(axis=0) * (signed.scale if name in MONEY else 1.0)
            low, middle, high = (float(x) for x in np.quantile(total, (0.05, 0.5, 0.95)))
            found[name, year] = (low, middle, high)
    return found
