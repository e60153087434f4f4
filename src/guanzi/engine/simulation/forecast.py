"""What a company model says of a company alone, without any deal: the values of its quantities, path by path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guanzi.base.core import without_collection
from guanzi.deal.program import CompanySlots, Emitter, Program
from guanzi.engine.company import WITHOUT, CompanyModel, lenders_get
from guanzi.engine.simulation.compose import BegunProgram, shape_of
from guanzi.engine.simulation.programs import ready
from guanzi.engine.simulation.run import LEAF, NO_INPUTS, ThreadRecords, path_numbers, run_numbered
from guanzi.engine.simulation.summaries import Floats

QUANTITIES = ("units", "revenue", "gross_margin", "cash", "solvent", "certified", "headcount", "jobs_local")
"""Observables that are forecast, as far as the model provides them; truths are 1 and 0."""
SHARES = ("value", "held", "distress")
"""Of the shares: the value of all of them; that of those held at signing, discounted to then; and 1 where in this step
no price cleared or the company failed."""
LENDERS = ("share_price", "lenders")
"""For whoever lent: the value of the shares held at signing, not discounted; and the part of a claim without security
that is got in a step of distress."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Values of a company's quantities.

    Attributes:
        values: Quantity to its values: (steps, paths). After a failure flows and cash are zero.
    """

    values: Mapping[str, Floats]


def forecast(
    model: CompanyModel,
    steps: int,
    *,
    paths: int = 10_000,
    seed: int = 1,
    ids: NDArray[np.uint64] | None = None,
    lenders: bool = False,
) -> Forecast:
    """Simulate a company that makes no deal.

    Args:
        model: The company with its parameters.
        steps: Quarters to simulate; the first is that of signing.
        paths: Number of paths.
        seed: Key of the random numbers.
        ids: Numbers of the paths, in place of the first ``paths``; see
            :func:`guanzi.engine.simulation.resampling.resample`.
        lenders: Also tell what lenders look at (:data:`LENDERS`).
    """
    program = ready(_begin_alone(model, steps, lenders=lenders))
    numbers = path_numbers(None, 0, paths) if ids is None else ids
    rows = {name: row for row, name in enumerate(program.outputs)}
    names = dict.fromkeys(name.split("@")[0] for name in program.outputs)
    values: dict[str, Floats] = {name: np.empty((steps, len(numbers))) for name in names}
    for i in range(0, len(numbers), LEAF):
        part = run_numbered(program, ThreadRecords(program), seed, numbers[i : i + LEAF], NO_INPUTS)
        for name in names:
            values[name][:, i : i + LEAF] = part[[rows[f"{name}@{t}"] for t in range(steps)]]
    return Forecast(values)


@without_collection()
def _begin_alone(model: CompanyModel, steps: int, *, lenders: bool) -> BegunProgram:
    e = Emitter(model.streams.own)
    model.declare(e)
    slots = model.declare_world(e, WITHOUT)
    told = (*_known(model), *SHARES, *(LENDERS if lenders else ()))
    for name in told:
        for t in range(steps):
            e.number(f"{name}@{t}")
    company = model.for_steps()

    @without_collection()
    def write() -> Program:
        for t in range(steps):
            _step_alone(e, company, slots, t, lenders=lenders)
            e.end_step()
        for name in told:
            for t in range(steps):
                e.output(f"{name}@{t}", f"{name}@{t}")
        e.end_step()
        return e.program

    return BegunProgram(e, ("alone", steps, lenders, slots, *shape_of(model)), write)


def _step_alone(e: Emitter, model: CompanyModel, slots: CompanySlots, t: int, *, lenders: bool) -> None:
    model.market(e, t)
    model.move(e, WITHOUT, slots, t, bound=None)
    model.mark(e, WITHOUT, slots)
    before = (e("COPY", slots.debt), e("COPY", slots.mark)) if lenders else None
    failed = model.solvency(e, WITHOUT, slots, t)
    if before is not None:
        e.do("COPY", f"lenders@{t}", lenders_get(e, WITHOUT, slots, failed, *before))
    model.liquidate(e, WITHOUT, slots, failed)
    model.close(e, WITHOUT, slots, failed)
    for name in _known(model):
        slot = slots.observables[name]
        if name == "cash":
            e.do("COPY", f"{name}@{t}", slots.cash)
        elif slot in e.program.truths:
            e.do("MSK", f"{name}@{t}", slot, e("SET", k=1.0))
        else:
            e.do("COPY", f"{name}@{t}", slot)
    for name, slot in (("value", slots.mark), ("held", slots.held)):
        e.do("COPY", f"{name}@{t}", slot)
    if lenders:
        e.do("DIV", f"share_price@{t}", slots.held, "m.discounted")
    e.do("MSK", f"distress@{t}", e("OR", slots.distress, failed), e("SET", k=1.0))


def _known(model: CompanyModel) -> tuple[str, ...]:
    return tuple(name for name in QUANTITIES if name in model.provides())
