"""Space for records of which only parts are ever written."""

from __future__ import annotations

import math
import mmap
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


def sparse_zeros(shape: tuple[int, ...], dtype: DTypeLike = np.float64) -> NDArray[Any]:
    """Zeros whose memory comes page by page when it is first written.

    NumPy asks the system for huge pages for large arrays, and one number then brings two megabytes. Tables of bins are
    wide and mostly empty: in small pages they take a third of that. The space is the process's own: what nobody wrote
    is one page of zeros for all who read it, where a page that could be shared is made even for a reader.

    Args:
        shape: Shape.
        dtype: Kind of number.
    """
    kind = np.dtype(dtype)
    size = math.prod(shape) * kind.itemsize
    if not size:
        return np.zeros(shape, kind)
    own = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS} if hasattr(mmap, "MAP_PRIVATE") else {}
    space = mmap.mmap(-1, size, **own)
    if hasattr(mmap, "MADV_NOHUGEPAGE"):
        space.madvise(mmap.MADV_NOHUGEPAGE)
    return np.frombuffer(space, kind).reshape(shape)
