"""Outputs path by path, for many variants of a deal on the same draws.

Term values are arrays: variants that differ only in numbers share one assembled program, whose constants are
exchanged; where dates or conditions change, the program is assembled anew, and kept for the next variant of its kind.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from guanzi.deal.program import Program
from guanzi.deal.terms import TermSheet
from guanzi.engine.company import CompanyModel, Policy
from guanzi.engine.machine import Assembled, with_constants
from guanzi.engine.simulation.compose import begin
from guanzi.engine.simulation.programs import assembled_of, ready, structure_of
from guanzi.engine.simulation.run import LEAF, NO_INPUTS, ThreadRecords, path_numbers, run_numbered
from guanzi.engine.simulation.summaries import Floats

KEPT = 64
"""Assembled programs that are kept, one for each structure of a deal."""


class Sampler:
    """Draws outputs of deals path by path; the same path number means the same draws in every variant.

    Args:
        outputs: Names of outputs of the program, such as ``fund.npv`` or ``with.failed_step``.
        paths: Number of paths.
        seed: Key of the random numbers.
        threads: Number of threads; None: one per processor. It does not change the result.
        ids: Numbers of the paths, in place of the first ``paths``; see
            :func:`guanzi.engine.simulation.resampling.resample`.

    Attributes:
        assembled: How many programs have been assembled so far.
        reused: How often one was used again with other numbers.
    """

    def __init__(
        self,
        outputs: tuple[str, ...],
        *,
        paths: int,
        seed: int,
        threads: int | None = None,
        ids: NDArray[np.uint64] | None = None,
    ) -> None:
        self.outputs, self.seed, self.ids = outputs, seed, ids
        self.paths = paths if ids is None else len(ids)
        self.threads = threads or os.cpu_count() or 1
        self.assembled = self.reused = 0
        self._programs: dict[int, Assembled] = {}

    def draw(
        self,
        sheet: TermSheet,
        model: CompanyModel,
        policy: Policy,
        progress: Callable[[int], None] | None = None,
    ) -> Mapping[str, Floats]:
        """Output to its values, one per path.

        Args:
            sheet: The term sheet.
            model: The company model.
            policy: Exit and discounting.
            progress: Called with the number of paths done since the last call.

        Raises:
            InvalidInput: The sheet cannot be simulated.
        """
        return self.run(self.program(sheet, model, policy), progress)

    def program(self, sheet: TermSheet, model: CompanyModel, policy: Policy) -> Assembled:
        """The program of a deal, ready to run.

        Raises:
            InvalidInput: The sheet cannot be simulated.
        """
        return ready(begin(sheet, model, policy), self.outputs, lambda whole, _: self.kept(whole))

    def run(self, program: Assembled, progress: Callable[[int], None] | None = None) -> Mapping[str, Floats]:
        """Output to its values, one per path, of a program that :meth:`kept` gave."""
        return self.gather(lambda first: self.leaf(program, first), progress)

    def numbers(self, first: int) -> NDArray[np.uint64]:
        """Numbers of the paths of the leaf that begins at place ``first``."""
        return path_numbers(self.ids, first, min(LEAF, self.paths - first))

    def leaf(self, program: Assembled, first: int) -> Floats:
        """Outputs of a leaf: (outputs, paths)."""
        return run_numbered(program, ThreadRecords(program), self.seed, self.numbers(first), NO_INPUTS)

    def gather(
        self, work: Callable[[int], Floats], progress: Callable[[int], None] | None = None
    ) -> Mapping[str, Floats]:
        """Output to its values, one per path, from what is done for each leaf: (outputs, paths)."""
        return dict(zip(self.outputs, self.gather_rows(work, len(self.outputs), progress), strict=True))

    def gather_rows(
        self, work: Callable[[int], Floats], rows: int, progress: Callable[[int], None] | None = None
    ) -> Floats:
        """(rows, paths), from what is done for each leaf: (rows, paths of it)."""
        firsts = range(0, self.paths, LEAF)
        values: Floats = np.empty((rows, self.paths))
        with ThreadPoolExecutor(min(self.threads, len(firsts))) as pool:
            for first, part in zip(firsts, pool.map(work, firsts), strict=True):
                values[:, first : first + part.shape[1]] = part
                if progress is not None:
                    progress(part.shape[1])
        return values

    def kept(self, program: Program) -> Assembled:
        """A composed program ready to run: assembled, or an assembled one of its structure with its constants."""
        key = structure_of(program)
        if key in self._programs:
            self.reused += 1
            found = self._programs.pop(key)
        else:
            self.assembled += 1
            found = assembled_of(program, self.outputs)
        self._programs[key] = found
        if len(self._programs) > KEPT:
            del self._programs[next(iter(self._programs))]
        return with_constants(found, program)


def outputs_of(sheet: TermSheet, model: CompanyModel, policy: Policy) -> tuple[str, ...]:
    """Names of the outputs that a simulation of a deal has for each path.

    Raises:
        InvalidInput: The sheet cannot be simulated.
    """
    return ready(begin(sheet, model, policy)).outputs
