"""What the right to stop is worth: later instalments need not be paid, whatever has become of the company.

The deal is run once for each number of days on which the public side still pays, on the same draws. Before each day
but the first the company is looked at: its value, its sales, its cash, whether it lives. What is seen is that of the
company without the deal on the same draws, which is known no earlier than the real one; the right is that of the
public side alone, so its worth says what it should ask for, not what it has.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from guanzi.advice.appraisal.book import MONEY, FigureBook
from guanzi.advice.appraisal.prepare import Prepared
from guanzi.advice.appraisal.section import Material
from guanzi.advice.structuring import Stopping, gated_from, stopping
from guanzi.deal.terms import TermSheet
from guanzi.engine.simulation import Sampler, forecast

PATHS = 8_192
VALUE = "public.npv"
SEEN = ("value", "units", "cash", "solvent", "distress")
"""What is looked at, as far as the model computes it."""


def enter_staged(book: FigureBook, material: Material) -> tuple[str, ...]:
    """Enter what the staged bet is worth with the right to stop; no figure where there are no stages."""
    prepared, seen = material.prepared, material.seen
    days = _days(prepared.sheet) if prepared.sheet is not None else ()
    used = min(material.paths, PATHS)
    ids = None if seen is None else seen.ids(used)
    result = _value(prepared, days, used, material.seed, material.threads, ids) if len(days) > 1 else None
    if result is None or prepared.sheet is None:
        return ()
    scale = prepared.sheet.unit / 1e6
    clauses = tuple(f"terms.{e.id}.{t.id}" for e in prepared.sheet.equities for t in e.tranches if t.due > days[0])
    parents = ("simulation", "playbook", *clauses)
    for name, estimate in (("committed", result.committed), ("lower", result.lower), ("upper", result.upper)):
        half = 1.96 * estimate.se
        ends = ((estimate.mean - half) * scale, (estimate.mean + half) * scale)
        book.add(f"staged.{name}", estimate.mean * scale, MONEY, "simulated", parents, interval=ends)
    book.add("staged.right", result.right * scale, MONEY, "derived", ("staged.lower", "staged.committed"))
    return ("staged.committed", "staged.lower", "staged.right", "staged.upper")


def _days(sheet: TermSheet | None) -> tuple[date, ...]:
    """Days on which public money for shares is due, in order."""
    if sheet is None:
        return ()
    public = set(sheet.public)
    return tuple(sorted({t.due for e in sheet.equities for t in e.tranches if public & set(t.amounts)}))


def _value(
    prepared: Prepared,
    days: tuple[date, ...],
    paths: int,
    seed: int,
    threads: int | None,
    ids: NDArray[np.uint64] | None,
) -> Stopping | None:
    sheet, model, policy = prepared.sheet, prepared.model, prepared.policy
    if sheet is None or model is None or policy is None:
        return None
    sampler = Sampler((VALUE,), paths=paths, seed=seed, threads=threads, ids=ids)
    ended = [np.zeros(paths)]
    for n in range(1, len(days) + 1):
        gated = gated_from(sheet, model, days[1:], n - 1)
        if gated is None:
            return None
        ended.append(sampler.draw(gated, model, policy)[VALUE])
    steps = [_step(sheet, day) for day in days]
    seen = forecast(model, max(steps[-1], 1), paths=paths, seed=seed, ids=ids).values
    looked = [
        np.column_stack([seen[name][step - 1] for name in SEEN if name in seen]) if step else np.zeros((paths, 1))
        for step in steps
    ]
    return stopping(ended, looked)


def _step(sheet: TermSheet, day: date) -> int:
    """The step of the grid in which a day lies; that of signing is the first."""
    months = (day.year - sheet.signed.year) * 12 + day.month - sheet.signed.month
    return max(0, months // sheet.step)
