"""The machine: programs of a step over named slots, run path by path or in lanes, with the same bits.

The lanes are compiled code, which loads when it is asked for.
"""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names
from guanzi.engine.machine import shelf
from guanzi.engine.machine.assembler import Assembled, assemble, with_constants, with_values
from guanzi.engine.machine.histogram import (
    HISTOGRAM_BINS,
    HISTOGRAM_BITS,
    HISTOGRAM_LOWEST,
    HISTOGRAM_OCTAVES_BELOW,
    HISTOGRAM_SHIFT,
    HISTOGRAM_SIDE,
)
from guanzi.engine.machine.interpreter import PathEvent, run_path
from guanzi.engine.machine.irr import NO_RATE, SEVERAL_ROOTS
from guanzi.engine.machine.kept import halves_of, lanes_of
from guanzi.engine.machine.memory import sparse_zeros
from guanzi.engine.machine.shapes import BITS, CHUNK, LANES, ROW, SPARE
from guanzi.engine.machine.space import Given, LaneCounts, Loaded, Space

if TYPE_CHECKING:
    from guanzi.engine.machine.kernel import add_rows, run_paths
    from guanzi.engine.machine.lanes import LaneCode
    from guanzi.engine.machine.streams import with_streams
else:
    _, __getattr__ = late_names(__name__)

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
    "Given",
    "LaneCode",
    "LaneCounts",
    "Loaded",
    "PathEvent",
    "Space",
    "add_rows",
    "assemble",
    "halves_of",
    "lanes_of",
    "run_path",
    "run_paths",
    "shelf",
    "sparse_zeros",
    "with_constants",
    "with_streams",
    "with_values",
]
