"""What the right to stop is worth: later instalments need not be paid, whatever has become of the company.

The deal is run once for each number of days on which the public side still pays, on the same draws. Before each day
but the first the company is looked at: its value, its sales, its cash, whether it lives. What is seen is that of the
company without the deal on the same draws, which is known no earlier than the real one; the right is that of the
public side alone, so its worth says what it should ask for, not what it has.

Of the company without the deal the discounted value of the shares held at signing is worth on average what it was,
whatever has happened, so its quarters are the steps of the martingale of the upper bound. That holds on the paths as
they were run; so where paths are weighted, values are multiplied by the weights instead of numbers being repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from guanzi.advice.appraisal.book import MONEY, Estimated, FigureBook
from guanzi.advice.appraisal.prepare import Prepared
from guanzi.advice.appraisal.section import AppraisalContext
from guanzi.advice.structuring import FairStep, Stopping, gate_from, stopping
from guanzi.deal.program import grid_of
from guanzi.deal.terms import Flow, TermSheet, public_flows
from guanzi.engine.simulation import Z_95, Sampler, forecast
from guanzi.study.forecasting import Floats

PATHS = 8_192
VALUE = "public.npv"
HELD = "held"
QUARTER_MONTHS = 3
SEEN = ("value", "units", "cash", "solvent", "distress")
"""What is looked at, as far as the model computes it."""


def enter_staged(book: FigureBook, context: AppraisalContext) -> tuple[str, ...]:
    """Enter what the staged bet is worth with the right to stop; no figure where there are no stages."""
    prepared, seen = context.prepared, context.seen
    days = _days(prepared.sheet) if prepared.sheet is not None else ()
    used = min(context.paths, PATHS)
    weights = None if seen is None else seen.coherent.weights
    run = WeightedRun(used, context.seed, context.threads, np.ones(used) if weights is None else weights[:used])
    result = _value(prepared, days, run) if len(days) > 1 else None
    if result is None or prepared.sheet is None:
        return ()
    scale = prepared.sheet.unit / 1e6
    clauses = tuple(dict.fromkeys(f"terms.{f.clause}" for f in _for_shares(prepared.sheet) if f.due > days[0]))
    parents = ("simulation", "playbook", *clauses)
    for name, estimate in (("committed", result.committed), ("lower", result.lower), ("upper", result.upper)):
        half = Z_95 * estimate.se
        ends = ((estimate.mean - half) * scale, (estimate.mean + half) * scale)
        note = book.say(f"appraisal.note.staged_{result.bound}", foresight=result.foresight.mean * scale)
        shown = note if name == "upper" else None
        book.add(
            f"staged.{name}", Estimated(estimate.mean * scale, interval=ends), MONEY, "simulated", parents, note=shown
        )
    book.add("staged.right", result.right * scale, MONEY, "derived", ("staged.lower", "staged.committed"))
    return ("staged.committed", "staged.lower", "staged.right", "staged.upper")


def _days(sheet: TermSheet | None) -> tuple[date, ...]:
    """Days on which public money for shares is due, in order."""
    if sheet is None:
        return ()
    return tuple(sorted({flow.due for flow in _for_shares(sheet)}))


def _for_shares(sheet: TermSheet) -> Iterator[Flow]:
    """Instalments of the public side for shares."""
    return (flow for flow in public_flows(sheet, "invested") if flow.shares)


@dataclass(frozen=True, slots=True, eq=False)
class WeightedRun:
    """What is run, and the weights of its paths."""

    paths: int
    seed: int
    threads: int | None
    weights: Floats


def _value(prepared: Prepared, days: tuple[date, ...], run: WeightedRun) -> Stopping | None:
    sheet, model, policy = prepared.sheet, prepared.model, prepared.policy
    if sheet is None or model is None or policy is None or sheet.step != QUARTER_MONTHS:
        return None
    each = run.weights / run.weights.mean()
    sampler = Sampler((VALUE,), paths=run.paths, seed=run.seed, threads=run.threads)
    ended = [np.zeros(run.paths)]
    for n in range(1, len(days) + 1):
        gated = gate_from(sheet, model, days[1:], n - 1)
        if gated is None:
            return None
        ended.append(sampler.draw(gated, model, policy)[VALUE] * each)
    looks = [_step(sheet, day) for day in days]
    seen = forecast(model, grid_of(sheet).count, paths=run.paths, seed=run.seed).values
    looked = [_seen(seen, step) for step in looks]
    return stopping(ended, looked, fair_steps(seen, looks))


def _seen(rows: Mapping[str, Floats], step: int) -> Floats:
    """What has been seen when a step begins; nothing before the first."""
    if not step:
        return np.zeros((rows[HELD].shape[1], 1))
    return np.column_stack([rows[name][step - 1] for name in SEEN if name in rows])


def fair_steps(rows: Mapping[str, Floats], looks: Sequence[int]) -> list[FairStep]:
    """The quarters of what is worth on average what it was.

    Args:
        rows: Quantities of the company without a deal: (quarters, paths).
        looks: Steps before which one looks.
    """
    held = rows[HELD]
    gains = np.diff(held, axis=0)
    return [FairStep(sum(look <= t for look in looks), _seen(rows, t), gains[t - 1]) for t in range(1, len(held))]


def _step(sheet: TermSheet, day: date) -> int:
    """The quarter in which a day lies; that of signing is the first."""
    months = (day.year - sheet.signed.year) * 12 + day.month - sheet.signed.month
    return max(0, months // sheet.step)
