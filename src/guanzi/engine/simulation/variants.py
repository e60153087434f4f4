"""Variants of a program on the same draws: what the exchanged constants do not reach is computed once and kept."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from guanzi.engine.machine import Assembled
from guanzi.engine.simulation.run import LEAF, NO_INPUTS, Scratch, run_lanes
from guanzi.engine.simulation.sampling import Sampler
from guanzi.engine.simulation.summaries import Floats


class Variants:
    """Runs variants of a program that differ in some of its constants.

    The bits are those of the whole program. Where there is no room to keep a leaf, a single variant is computed whole.

    Args:
        sampler: On which draws.
        program: One of the variants, as :meth:`Sampler.kept` gave it.
        varying: For each constant, whether it differs between variants.
        room: Bytes that may be kept.

    Attributes:
        held: Bytes that are kept once all leaves have run.
    """

    def __init__(self, sampler: Sampler, program: Assembled, varying: NDArray[np.bool_], room: int) -> None:
        from guanzi.engine.machine import LANES, halves_of  # compiled code loads late

        self._sampler, self._program, self._varying = sampler, program, varying
        self._split = halves_of(program, varying)
        leaf = self._split.rows * LEAF * 8
        self._most = min(-(-sampler.paths // LEAF), room // max(leaf, 1))
        self._shape = self._split.rows, LANES
        self._leaves: dict[int, NDArray[np.uint64]] = {}
        self._lock = threading.Lock()
        self.held = self._most * leaf

    def run(self, program: Assembled) -> Mapping[str, Floats]:
        """Output to its values, one per path.

        Raises:
            ValueError: The program is none of the variants.
        """
        return self.run_all((program,))[0]

    def run_all(self, programs: Sequence[Assembled]) -> tuple[Mapping[str, Floats], ...]:
        """For each of several programs, output to its values, one per path.

        They share what is the same in all, also where there is no room to keep it.

        Raises:
            ValueError: A program is none of the variants.
        """
        for program in programs:
            self._check(program)

        def work(first: int) -> Floats:
            if len(programs) == 1 and first // LEAF >= self._most:
                return self._sampler.leaf(programs[0], first)
            ids = self._sampler.numbers(first)
            held = self._first(first, ids)
            out: Floats = np.empty((len(programs), max(len(self._program.outputs), 1), len(ids)))
            for program, values in zip(programs, out, strict=True):
                scratch = Scratch(self._split.second, program)
                run_lanes(program, scratch, self._sampler.seed, ids, NO_INPUTS, held, values)
            return out.reshape(-1, len(ids))

        names = self._sampler.outputs
        rows = self._sampler.gather_rows(work, len(programs) * len(names))
        return tuple(dict(zip(names, of, strict=True)) for of in rows.reshape(len(programs), len(names), -1))

    def _check(self, program: Assembled) -> None:
        own, fixed = self._program, ~self._varying
        same = program.code is own.code or np.array_equal(
            program.code, own.code
        )  # it may have been made anew meanwhile
        if not same or not np.array_equal(program.constants[fixed], own.constants[fixed], equal_nan=True):
            raise ValueError("not a variant of this program")

    def _first(self, first: int, ids: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """What the first part stores for a leaf."""
        with self._lock:
            held = self._leaves.get(first)
        if held is None:
            rows, lanes = self._shape
            held = np.empty((-(-len(ids) // lanes), rows, lanes), np.uint64)
            program, code = self._program, self._split.first
            out: Floats = np.empty((1, len(ids)))
            run_lanes(program, Scratch(code, program), self._sampler.seed, ids, NO_INPUTS, held, out)
            if first // LEAF < self._most:
                with self._lock:
                    self._leaves[first] = held
        return held
