"""The same lane code with its random numbers on other streams: companies of like deals differ in nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from guanzi.engine.machine.lanes import LaneCode
from guanzi.engine.machine.shapes import CODES

BLOCK = 12
"""A name owns 2**12 streams; see :class:`guanzi.engine.company.Streams`."""
LEAST = 1 << 24
"""Every other word of lane code is smaller: places of rows, operations and steps."""


def with_streams(code: LaneCode, moved: Mapping[int, int]) -> LaneCode:
    """Lane code that draws on other streams.

    Args:
        code: It; every stream that it draws on is :data:`LEAST` or more, so that no other word is like one.
        moved: First stream of a block of them to the first of the block that takes its place.

    Raises:
        ValueError: The code draws on a stream of no such block, or on one that is not told from other words.
    """
    words = code.words.copy()
    at = np.flatnonzero(words >= LEAST)
    if (words[at - 2] != CODES["WORDS"]).any():
        raise ValueError("a word of the code is taken for a stream")
    blocks = words[at] >> BLOCK
    if not set(blocks.tolist()) <= {first >> BLOCK for first in moved}:
        raise ValueError("the code draws on a stream that is not moved")
    for first, then in moved.items():
        mine = at[blocks == first >> BLOCK]
        words[mine] += then - first
    return replace(code, words=words)
