"""What came, against what was promised and against what was forecast without the deal.

An effect of a deal is what came less what would have come without it. The second is never seen: it is the forecast of
the company alone, as it stood at signing, with its interval. Without such a forecast no effect is claimed, and where
what came lies inside its interval the deal may have changed nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from guanzi.base.core import Period

type Shown = Literal["above", "below", "not_shown", "no_counterfactual", "in_part", "not_known"]


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure with the facts behind it."""

    value: float
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One quantity in one period.

    Attributes:
        quantity: What of.
        period: When.
        came: What was reported; None: not known yet.
        promised: What had been promised; None: nothing was.
        without: 5, 50 and 95 % quantiles of the forecast without the deal; None: there is none.
        part: What was reported of a part of the period, where the whole is not known: the least that came.
        months: Months of that part.
    """

    quantity: str
    period: Period
    came: Stated | None
    promised: Stated | None
    without: tuple[float, float, float] | None
    part: Stated | None = None
    months: int = 0

    @property
    def kept(self) -> float | None:
        """What came as a share of what was promised."""
        if self.came is None or self.promised is None or not self.promised.value:
            return None
        return self.came.value / self.promised.value

    @property
    def effect(self) -> tuple[float, float, float] | None:
        """Low, middle and high of what came less what was forecast without the deal."""
        if self.came is None or self.without is None:
            return None
        low, middle, high = self.without
        return self.came.value - high, self.came.value - middle, self.came.value - low

    @property
    def claim(self) -> Shown:
        """What may be said.

        >>> year = Period.parse("2021")
        >>> Attribution("units", year, Stated(90_000, ()), None, (0, 20_000, 60_000)).claim
        'above'
        >>> Attribution("units", year, Stated(50_000, ()), None, (0, 20_000, 60_000)).claim
        'not_shown'
        >>> Attribution("units", year, Stated(50_000, ()), None, None).claim
        'no_counterfactual'
        >>> Attribution("units", year, None, None, (0, 20_000, 60_000), Stated(50_000, ()), 9).claim
        'in_part'
        """
        if self.came is None and self.part is not None:
            passed = self.without is not None and self.part.value > self.without[2]
            return "above" if passed else "in_part"  # what is not known yet can only add to it
        if self.came is None:
            return "not_known"
        found = self.effect
        if found is None:
            return "no_counterfactual"
        if found[0] > 0.0:
            return "above"
        return "below" if found[2] < 0.0 else "not_shown"


def attribute(
    periods: Sequence[Period],
    came: Mapping[tuple[str, Period], Stated],
    promised: Mapping[tuple[str, Period], Stated],
    without: Mapping[tuple[str, Period], tuple[float, float, float]],
    parts: Mapping[tuple[str, Period], tuple[Stated, int]] = MappingProxyType({}),
) -> tuple[Attribution, ...]:
    """One row for each quantity and period of which anything was promised or has come.

    Args:
        periods: The periods, in order.
        came: Quantity and period to what was reported.
        promised: The same of what had been promised.
        without: Quantity and period to 5, 50 and 95 % quantiles of the forecast without the deal.
        parts: Quantity and period to what was reported of a part of it, never less than nothing, and its months.
    """
    quantities = dict.fromkeys(q for q, _ in (*promised, *came, *parts))
    return tuple(
        Attribution(
            q, p, came.get((q, p)), promised.get((q, p)), without.get((q, p)),
            *(parts.get((q, p), (None, 0)) if (q, p) not in came else (None, 0)),
        )
        for q in quantities
        for p in periods
        if (q, p) in came or (q, p) in promised or (q, p) in parts
    )  # fmt: skip
