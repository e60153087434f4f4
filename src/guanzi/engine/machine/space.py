"""What the lane machine is given and what it works with: named arrays, whose shapes stand here."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Loaded(NamedTuple):
    """A program, ready to run.

    Attributes:
        words: Words of the instructions, int32.
        constants: The values that are written into the first part of the numbers.
    """

    words: NDArray[np.int32]
    constants: NDArray[np.float64]


class Given(NamedTuple):
    """What belongs to each path.

    Attributes:
        ids: Numbers of the paths, filled up to a multiple of the lane width.
        inputs: (rows, as long as ``ids``): values that the caller gives.
        held: (blocks of lanes, rows, lanes): the bits of values that one program stores and another one loads; a row of
            truths is as many words of a row as it has.
    """

    ids: NDArray[np.uint64]
    inputs: NDArray[np.float64]
    held: NDArray[np.uint64]


class Space(NamedTuple):
    """Scratch space. Numbers, truths and words begin on a cache line.

    Attributes:
        numbers: Constants, then rows.
        truths: Rows of all false, all true, and the lanes that count; then the others.
        words: Four rows of random words and 20 keys.
        flows: (rows, lanes): the record of cash flows.
        bins: (histograms, CHUNK * LANES): the bin of each number that is to be counted.
    """

    numbers: NDArray[np.float64]
    truths: NDArray[np.uint8]
    words: NDArray[np.uint64]
    flows: NDArray[np.float64]
    bins: NDArray[np.uint16]


class LaneCounts(NamedTuple):
    """What is counted of all paths.

    Attributes:
        histograms: (histograms, bins + SPARE); at the end lanes that do not count, and zeros, by turns.
        tallies: Lanes that were counted, for each tally.
    """

    histograms: NDArray[np.uint32]
    tallies: NDArray[np.uint64]
