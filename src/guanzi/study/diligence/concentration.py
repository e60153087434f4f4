"""Concentration when only the largest shares are known: the Herfindahl–Hirschman index between two bounds."""

from __future__ import annotations

import math
from collections.abc import Sequence

ROUNDING = 0.005
"""Shares of reports are rounded; a sum this far above one is no error."""


def herfindahl(shares: Sequence[float]) -> tuple[float, float] | None:
    """Lowest and highest index that the named shares allow; None when they add up to more than everything.

    The rest may be spread over many (which adds nothing), or lie with partners none of which is larger than the
    smallest that is named.

    >>> herfindahl([0.5, 0.3])
    (0.34, 0.38)
    """
    named = math.fsum(share * share for share in shares)
    rest = 1.0 - math.fsum(shares)
    if rest < -ROUNDING:
        return None
    largest = min(shares, default=1.0)
    if rest <= 0 or largest <= 0:
        return named, named
    whole = math.floor(rest / largest + 1e-9)
    left = max(rest - whole * largest, 0.0)
    return round(named, 12), round(named + whole * largest**2 + left**2, 12)
