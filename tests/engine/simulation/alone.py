"""A company alone: any of its slots, step by step and path by path."""

import numpy as np
from numpy.typing import NDArray

from guanzi.deal.program import Emitter
from guanzi.engine.company import CompanyModel
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.simulation.run import ThreadRecords, run_leaf

WORLD = "without"


def slots_over_time(
    model: CompanyModel, steps: int, *slots: str, paths: int = 512, seed: int = 1
) -> dict[str, NDArray[np.float64]]:
    """Slot to its values (steps, paths) at the end of each step; truths are 1 and 0."""
    e = Emitter(model.streams.own)
    model.declare(e)
    world = model.declare_world(e, WORLD)
    for slot in slots:
        for t in range(steps):
            e.number(f"{slot}@{t}")
    for t in range(steps):
        model.market(e, t)
        model.move(e, WORLD, world, t, bound=None)
        model.mark(e, WORLD, world)
        failed = model.solvency(e, WORLD, world, t)
        model.liquidate(e, WORLD, world, failed)
        model.close(e, WORLD, world, failed)
        for slot in slots:
            truth = slot in e.program.truths
            e.do("COPY", f"{slot}@{t}", e("MSK", slot, e("SET", k=1.0)) if truth else e("COPY", slot))
        e.end_step()
    for slot in slots:
        for t in range(steps):
            e.output(f"{slot}@{t}", f"{slot}@{t}")
    e.end_step()
    program = assemble(e.program)
    out = dict(zip(program.outputs, run_leaf(program, ThreadRecords(program), seed, 0, paths), strict=True))
    return {slot: np.array([out[f"{slot}@{t}"] for t in range(steps)]) for slot in slots}
