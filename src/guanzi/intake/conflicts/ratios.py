"""What a ratio between two amounts gives away: a scale, or a currency."""

from __future__ import annotations

import math

from guanzi.intake.conflicts.readings import agree

#: Units of currency for a dollar: from the lowest to the highest yearly average or year end since 2008, with a little
#: air. A band is a judgement: wide enough for whatever rate a vendor took, narrow enough to mean something. Currencies
#: near one dollar (EUR, GBP) have no band here: such a ratio could be anything.
BANDS: dict[str, tuple[float, float]] = {
    "CNY": (6.0, 7.4),
    "HKD": (7.74, 7.86),
    "TWD": (27.0, 34.0),
    "INR": (43.0, 92.0),
    "JPY": (76.0, 162.0),
    "KRW": (930.0, 1_480.0),
}
_FURTHEST = 9


def power_of_ten(a: float, b: float, slack: float = 0.0) -> int:
    """By how many powers of ten two amounts differ and agree otherwise; 0 when they do not.

    >>> power_of_ten(4950.0, 4950e3), power_of_ten(1.0, 6.7)
    (-3, 0)
    """
    if not a or not b:
        return 0
    power = round(math.log10(abs(a / b)))
    if not 1 <= abs(power) <= _FURTHEST:
        return 0
    return power if agree(abs(a), abs(b) * 10.0**power, slack) else 0


def rate_between(a: float, b: float, currencies: frozenset[str] = frozenset()) -> str:
    """The currency whose rate against the dollar two amounts are apart, in either direction; empty for none.

    Args:
        a: One amount.
        b: The other.
        currencies: The only currencies that come into question; any when empty.

    >>> rate_between(100.0, 690.0), rate_between(100.0, 300.0)
    ('CNY', '')
    """
    if not a or not b or a * b < 0:
        return ""
    ratio = abs(a / b)
    ratio = max(ratio, 1 / ratio)
    candidates = (c for c in BANDS if not currencies or c in currencies)
    return next((c for c in candidates if BANDS[c][0] <= ratio <= BANDS[c][1]), "")
