"""Deals of many companies on common paths: deals of like terms share one program, whoever the company is.

A program names the streams of its company and of its track. Composed for a company that stands for any, it is kept for
all deals of its kind; then only the addresses of the random numbers change, and the values are those of the program of
the company itself, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from guanzi.deal.terms import TermSheet
from guanzi.engine.company import CompanyModel, Policy, Streams
from guanzi.engine.machine import lanes_of
from guanzi.engine.simulation.run import NO_INPUTS, NOTHING_HELD, Scratch, run_lanes
from guanzi.engine.simulation.sampling import Sampler
from guanzi.engine.simulation.summaries import Floats

ANY = Streams("p0", "p3")
"""Stands for any company and track: both blocks of its streams are larger than any other word of lane code."""


class SharedProgramSampler(Sampler):
    """Draws outputs of deals of many companies path by path; the values are those of :class:`Sampler`."""

    def draw(
        self,
        sheet: TermSheet,
        model: CompanyModel,
        policy: Policy,
        progress: Callable[[int], None] | None = None,
    ) -> Mapping[str, Floats]:
        """Output to its values, one per path; see :meth:`Sampler.draw`."""
        from guanzi.engine.machine import with_streams  # compiled code loads late

        program = self.program(sheet, type(model)(model.parameters, ANY), policy)
        own = model.streams
        code = with_streams(lanes_of(program), {ANY.own: own.own, ANY.shared: own.shared})

        def leaf(first: int) -> Floats:
            ids = self.numbers(first)
            out: Floats = np.empty((max(len(program.outputs), 1), len(ids)))
            run_lanes(program, Scratch(code, program), self.seed, ids, NO_INPUTS, NOTHING_HELD, out)
            return out

        return self.gather(leaf, progress)
