"""The paths of a deal as it was signed, and what was reported of the company since, on the same grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from guanzi.advice.appraisal import Prepared, foresee, prepare
from guanzi.base.core import InvalidInput, Message, Period, Place, Problem
from guanzi.deal.program import grid_of
from guanzi.deal.terms import OBSERVABLES, STOCK, Grid, TermSheet
from guanzi.engine.company import CompanyModel, Policy
from guanzi.engine.simulation import Running, Watcher, watchable
from guanzi.record.evidence import Case, View
from guanzi.record.playbooks import Playbook
from guanzi.study.forecasting import Actual, Floats
from guanzi.study.monitoring import figure

PATHS = 65_536
"""Paths that are weighed: as many as weights for the prices of the day are learnt on."""
WATCHED = ("units", "revenue", "cash")
"""Quantities by which paths are weighed and which are shown, as far as the model provides them."""
MONEY = frozenset({"revenue", "cash", "value"})
OF_PUBLIC = ("flow", "given", "let_off", "stake")


@dataclass(frozen=True, slots=True)
class Signed:
    """A deal as it was signed, with the forecast that stood then.

    Attributes:
        sheet, model, policy: Of the day of signing.
        view: What was known on that day.
        grid: Steps of the sheet.
        paths: Quantity to its values, (steps, paths): as far as the deal is watched.
        weights: Weights that agree with the prices of that day; they sum to 1.
        seed: Key of the random numbers.
    """

    sheet: TermSheet
    model: CompanyModel
    policy: Policy
    view: View
    grid: Grid
    paths: Mapping[str, Floats]
    weights: Floats
    seed: int

    @property
    def quantities(self) -> tuple[str, ...]:
        """What is followed of the company."""
        return tuple(name for name in WATCHED if name in self.paths)

    @property
    def scale(self) -> float:
        """Millions of money in a unit of the sheet."""
        return self.sheet.unit / 1e6

    def period(self, step: int) -> Period:
        """The quarter of the calendar that a step stands for."""
        return Period.of("quarter", self.grid.first_day(step))

    def step_of(self, day: date) -> int:
        """The step in which a day lies."""
        return self.grid.step_of(day)


def sign(case: Case, playbook: Playbook, paths: int = PATHS, seed: int = 1, threads: int | None = None) -> Signed:
    """Draw the paths of a deal as of the day on which it was signed.

    Args:
        case: The case.
        playbook: The governance model.
        paths: Number of paths.
        seed: Key of the random numbers.
        threads: Number of threads; it does not change the result.

    Raises:
        InvalidInput: The case holds no deal that can be simulated.
    """
    prepared = prepare(case, case.decision_date, playbook)
    sheet, model, policy = _whole(case, prepared)
    names = tuple(name for name in (*WATCHED, *OF_PUBLIC) if name in watchable(model))
    watcher = Watcher(sheet, model, policy, names)
    drawn = watcher.values(paths=paths, seed=seed, threads=threads)
    found = foresee(prepared, paths, seed, Running(threads))
    weights = None if found is None else found.coherent.weights
    even = np.full(paths, 1.0 / paths) if weights is None or len(weights) != paths else weights
    return Signed(sheet, model, policy, prepared.view, grid_of(sheet), drawn, even, seed)


def _whole(case: Case, prepared: Prepared) -> tuple[TermSheet, CompanyModel, Policy]:
    sheet, model, policy = prepared.sheet, prepared.model, prepared.policy
    if sheet is None or model is None or policy is None:
        cause = Message.of("following.no_deal", case=case.id, day=case.decision_date.isoformat())
        raise InvalidInput(Problem(cause, Place(str(case.folder)), Message.of("following.no_deal.mend")))
    return sheet, model, policy


def actuals(signed: Signed, view: View) -> tuple[Actual, ...]:
    """What was reported of the followed quantities since signing, as known on the day of a view."""
    found: list[Actual] = []
    for step in range(signed.grid.count):
        period = signed.period(step)
        if period.end > view.as_of:
            break
        if step + 1 < signed.grid.count and signed.period(step + 1) == period:
            continue
        for name in signed.quantities:
            told = figure(view, name, period, stock=OBSERVABLES[name].kind == STOCK)
            if told is not None:
                scale = signed.scale if name in MONEY else 1.0
                found.append(Actual(name, step, told.value / scale, told.facts))
    return tuple(found)
