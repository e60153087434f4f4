"""Actual figures as known on a day, laid on the grid of the term sheet: what conditions are tested on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from guanzi.base.core import Period
from guanzi.deal.terms import OBSERVABLES, STOCK, Grid, TermSheet, Type, observables_of
from guanzi.record.evidence import ENDS, Reading, View, at, end_of, series
from guanzi.study.monitoring.happenings import happenings
from guanzi.study.monitoring.observations import Observations, step_end
from guanzi.study.monitoring.warning_rules import warning_rules

READ_FROM: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "units": ("deliveries",),
        "revenue": ("revenue",),
        "gross_margin": ("gross_margin",),
        "ebitda": ("ebitda",),
        "cash": ("cash_and_short_term_investments", "cash"),
        "debt": ("total_debt",),
        "equity_value": ("market_value", "post_money"),
        "headcount": ("headcount",),
        "jobs_local": ("jobs_local",),
        "tax_local": ("tax_local",),
        "capacity_local": ("local_plant_capacity",),
        "supplier_share_local": ("localisation_share",),
        "founder_share": ("founder_share",),
        "hq_local": ("headquarters_opened",),
        "rnd_local": ("research_local",),
        "plant_local": ("production_started",),
        "listing_filed": ("listing_filed",),
        "listed": ("listed",),
        "control_changed": ("control_changed",),
        "rescued": ("company_rescued",),
        "taken_over": ("company_taken_over",),
        "restructured": ("company_restructured",),
        "certified": ("type_certificate",),
        "solvent": ENDS,
    }
)
"""Observable of the condition language to the facts from which it is read; ``solvent`` is the opposite of its facts."""


QUARTERS_BACK = 12
"""Quarters before that of signing that windows can reach; beyond, they are not known."""
LASTING = frozenset({"hq_local", "rnd_local", "plant_local"})
"""What can end again without a word: a statement of it that is older than a fact may be says nothing."""
SLOW = frozenset({"founder_share", "capacity_local", "jobs_local", "headcount", "supplier_share_local"})
"""States that may be stated for any day of a quarter: they do not turn within weeks, as cash does."""


def observe(sheet: TermSheet, view: View, until: int | None = None) -> Observations:
    """What was known on the day of a view, on the grid of a sheet.

    A figure of a company is that of a calendar quarter: as reported, else the sum of its months, else what is left of
    a longer period. A state (cash) is that of the last day of the quarter, and a slow one (staff, a holding) that of
    its last day that was told; neither is carried into the next quarter. What changes once (a listing, a move of the
    headquarters) counts from the day on which it happened until a fact says otherwise, and where it can end again (a
    headquarters, a plant) no longer than a fact may be old; that it has not happened must be stated for the quarter.
    A company with figures for a quarter and no end known (insolvency, a stop of its work or project) is solvent in it.

    Args:
        sheet: The term sheet.
        view: What was known.
        until: The last step looked at; by default the last that has ended on the day of the view.
    """
    grid = Grid(sheet.signed, sheet.step, sheet.horizon * 12 // sheet.step)
    last = last_ended(grid, view.as_of) if until is None else until
    last = min(max(last, 0), grid.count - 1)
    numbers: dict[str, tuple[float | None, ...]] = {}
    truths: dict[str, tuple[bool | None, ...]] = {}
    before: dict[str, tuple[float | None, ...]] = {}
    facts: dict[tuple[str, int], tuple[str, ...]] = {}
    spans = [Period.of("quarter", grid.first_day(t)) for t in range(last + 1)]
    reported = {period for period in set(spans) if _anything(view, period)}
    for name in (*(x.name for x in observables_of(sheet)), "solvent"):
        term = OBSERVABLES[name]
        if term.type is Type.TRUTH:
            found = tuple(_state(view, name, grid, t, spans[t] in reported) for t in range(last + 1))
            truths[name] = tuple(value for value, _ in found)
            facts |= {(name, t): ids for t, (_, ids) in enumerate(found) if ids}
            continue
        money = 1e6 / sheet.unit if term.unit == "money" else 1.0
        read = {period: figure(view, name, period, stock=term.kind == STOCK) for period in dict.fromkeys(spans)}
        numbers[name] = tuple(None if (r := read[p]) is None else r.value * money for p in spans)
        facts |= {(name, t): r.facts for t, p in enumerate(spans) if (r := read[p]) is not None}
        if term.kind != STOCK:
            past = [figure(view, name, spans[0].shift(-n)) for n in range(1, QUARTERS_BACK + 1)]
            before[name] = tuple(None if r is None else r.value * money for r in past)
            facts |= {(name, -n): r.facts for n, r in enumerate(past, start=1) if r is not None}
    came = happenings(sheet, view, grid, last)
    facts |= {(id, t): ids for id, one in came.items() for t, ids in enumerate(one.facts) if ids}
    return Observations(
        grid,
        last,
        numbers,
        truths,
        before,
        happened={id: one.happened for id, one in came.items()},
        begun={id: one.begun for id, one in came.items()},
        steps={id: one.step for id, one in came.items() if one.step is not None},
        reported={id: one.reported for id, one in came.items() if one.reported is not None},
        facts=facts,
        stated={id: view.fact(id).period.end for ids in facts.values() for id in ids},
    )


def last_ended(grid: Grid, day: date) -> int:
    """The last step that has ended with its quarter on a day, that day included; -1: none.

    Figures of the company are of quarters: within one, a deal in steps of a month has nothing new to look at.
    """
    step = grid.step_of(day)
    step = step if step_end(grid, step) == day else step - 1
    while step >= 0 and not grid.closes(step):
        step -= 1
    return step


def figure(view: View, name: str, period: Period, *, stock: bool = False) -> Reading | None:
    """The value of an observable in a quarter: as stated, or derived from months or longer periods; None: not known."""
    for fact in READ_FROM[name]:
        found = _stock(view, fact, period, slow=name in SLOW) if stock else _flow(view, fact, period)
        if found is not None:
            return found
    return None


def _stock(view: View, fact: str, period: Period, *, slow: bool) -> Reading | None:
    found = at(view, fact, period.end)
    if found is None and slow:
        within = [r for r in series(view, fact, kind="day") if period.contains(r.period)]
        return within[-1] if within else None
    return found


def _flow(view: View, fact: str, period: Period) -> Reading | None:
    stated = {
        r.period: r for kind in ("quarter", "month", "half", "year", "span") for r in series(view, fact, kind=kind)
    }
    if period in stated:
        return stated[period]
    parts = [stated.get(Period.of("month", period.start).shift(i)) for i in range(3)]
    held = [part for part in parts if part is not None]
    if len(held) == len(parts):
        return _sum(period, held)
    for longer in (
        p for p in stated if p.contains(period) and p.kind in ("half", "year", "span") and p.months % 3 == 0
    ):
        others = [stated.get(q) for q in _quarters(longer) if q != period]
        rest = [other for other in others if other is not None]
        if len(rest) == len(others):
            whole = stated[longer]
            value = whole.value - sum(r.value for r in rest)
            if value < 0 <= min(whole.value, *(r.value for r in rest)):
                continue  # the parts are more than the whole: they do not belong together
            return Reading(value, period, (*whole.facts, *(f for r in rest for f in r.facts)))
    return None


def _quarters(longer: Period) -> Iterator[Period]:
    quarter = Period.of("quarter", longer.start)
    while quarter.start <= longer.end:
        yield quarter
        quarter = quarter.shift(1)


def _sum(period: Period, parts: list[Reading]) -> Reading:
    return Reading(sum(r.value for r in parts), period, tuple(f for r in parts for f in r.facts))


def _anything(view: View, period: Period) -> bool:
    """Whether any figure of the company for a quarter is held; what stands in the region others can say of it."""
    names = [name for name, term in OBSERVABLES.items() if term.type is Type.NUMBER and "local" not in name]
    return any(figure(view, name, period, stock=OBSERVABLES[name].kind == STOCK) is not None for name in names)


def _state(view: View, name: str, grid: Grid, t: int, reported: bool) -> tuple[bool | None, tuple[str, ...]]:
    """Whether something holds at the end of a step, and the facts that say so."""
    first = grid.first_day(t)
    ends = step_end(grid, t)
    told = sorted((r for fact in READ_FROM[name] for r in _flags(view, fact)), key=lambda r: r.period)
    oldest = Period.until(ends, warning_rules().counting.stale_months).start if name in LASTING else date.min
    until, later = ([r for r in told if (r.period.end > ends) is after] for after in (False, True))
    if name != "solvent":
        return _turned([r for r in until if r.period.end >= oldest], later, first)
    if (end := end_of(view, ends)) is not None:
        return False, (end.fact,)
    happened, facts = _turned([r for r in until if not r.value], later, first)
    return (True if reported else None, facts) if happened is None else (not happened, facts)


def _turned(until: Sequence[Reading], later: Sequence[Reading], first: date) -> tuple[bool | None, tuple[str, ...]]:
    """Whether a change had come about, by what was said of the time before the end of a step and of that after it."""
    if until and (until[-1].value or until[-1].period.end >= first):
        return bool(until[-1].value), until[-1].facts
    if later and (not later[0].value or later[0].period.kind == "day"):
        return False, later[0].facts
    return None, ()


def _flags(view: View, fact: str) -> Iterator[Reading]:
    periods = sorted({f.period for f in view.named(fact)})
    for period in periods:
        found = view.resolve(fact, period=period)
        if found is not None and isinstance(found.fact.value, bool):
            yield Reading(float(found.fact.value), period, (found.fact.id,))
