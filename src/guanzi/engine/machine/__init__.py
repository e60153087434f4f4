"""The machine: programs of a step over named slots, run path by path or in lanes, with the same bits."""

from guanzi.engine.machine.assembler import (
    HISTOGRAM_BINS,
    HISTOGRAM_BITS,
    HISTOGRAM_LOWEST,
    HISTOGRAM_OCTAVES_BELOW,
    HISTOGRAM_SHIFT,
    HISTOGRAM_SIDE,
    Assembled,
    assemble,
    with_constants,
    with_values,
)
from guanzi.engine.machine.interpreter import Entry, run_path
from guanzi.engine.machine.irr import NO_RATE, SEVERAL_ROOTS
from guanzi.engine.machine.kernel import BITS, CHUNK, LANES, ROW, SPARE, add_rows, run_paths
from guanzi.engine.machine.memory import sparse_zeros

__all__ = [
    "BITS",
    "CHUNK",
    "HISTOGRAM_BINS",
    "HISTOGRAM_BITS",
    "HISTOGRAM_LOWEST",
    "HISTOGRAM_OCTAVES_BELOW",
    "HISTOGRAM_SHIFT",
    "HISTOGRAM_SIDE",
    "LANES",
    "NO_RATE",
    "ROW",
    "SEVERAL_ROOTS",
    "SPARE",
    "Assembled",
    "Entry",
    "add_rows",
    "assemble",
    "run_path",
    "run_paths",
    "sparse_zeros",
    "with_constants",
    "with_values",
]
