"""What changed between two years: entries and exits, and where growth came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.study.tracks.arrays import Flags, Floats, as_presence, as_values


@dataclass(frozen=True, slots=True)
class Changes:
    """Entries and exits, regions x industries.

    Attributes:
        entered: Absent before, held after.
        left: Held before, absent after.
        comparable: Industries that have a value in both years; of the others nothing is said, since a code that came
            or went everywhere at once is a revision of the classification.
    """

    entered: Flags
    left: Flags
    comparable: Flags


def entries_and_exits(before: Any, after: Any) -> Changes:
    """Who entered and who left, between two years of presence with the same regions and industries."""
    old, new = as_presence(before), as_presence(after)
    _same_shape(old.shape, new.shape)
    comparable = old.any(axis=0) & new.any(axis=0)
    return Changes(new & ~old & comparable, old & ~new & comparable, comparable)


@dataclass(frozen=True, slots=True)
class ShiftShare:
    """Growth of each cell in three parts that add up to it, in the units of the values.

    Attributes:
        national: What it would have grown with the whole.
        mix: What its industry grew more than the whole.
        regional: What it grew more than its industry elsewhere: the region's own.
    """

    national: Floats
    mix: Floats
    regional: Floats


def shift_share(before: Any, after: Any) -> ShiftShare:
    """Classical shift-share analysis.

    References:
        E. S. Dunn, *A statistical and analytical technique for regional analysis*, Papers of the RSA 6 (1960).

    >>> parts = shift_share([[10, 10], [10, 10]], [[15, 10], [10, 10]])
    >>> [float(p[0, 0]) for p in (parts.national, parts.mix, parts.regional)]
    [1.25, 1.25, 2.5]
    """
    old, new = as_values(before), as_values(after)
    _same_shape(old.shape, new.shape)
    columns = old.sum(axis=0)
    whole = new.sum() / old.sum() - 1 if old.sum() else 0.0
    own = np.divide(new.sum(axis=0), columns, out=np.ones_like(columns) + whole, where=columns > 0) - 1
    national, mix = old * whole, old * (own - whole)[None]
    return ShiftShare(national, mix, new - old - national - mix)


def _same_shape(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    if one != other:
        cause = Message.of("tracks.two_shapes", one=str(one), other=str(other))
        raise InvalidInput(Problem(cause, Place(""), Message.of("tracks.two_shapes.mend")))
