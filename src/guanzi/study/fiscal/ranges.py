"""Ranges: what is known of an amount when only its bounds are known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """The bounds of an amount; a range says nothing about what is likely within it.

    Attributes:
        low, high: Ascending, both included.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"a range must ascend, not from {self.low} to {self.high}")

    @classmethod
    def of(cls, value: float | Range) -> Range:
        """A number as a range without width; a range as it is.

        >>> Range.of(3.0)
        Range(low=3.0, high=3.0)
        """
        return value if isinstance(value, Range) else cls(float(value), float(value))

    @property
    def known(self) -> bool:
        """Whether the range is a single number."""
        return self.low == self.high

    @property
    def middle(self) -> float:
        """Half way between the bounds."""
        return (self.low + self.high) / 2

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def scaled(self, factor: float) -> Range:
        """Both bounds times a factor that is not negative.

        Raises:
            ValueError: The factor is negative.
        """
        if not factor >= 0:
            raise ValueError(f"a range is scaled by a factor from zero up, not {factor}")
        return Range(self.low * factor, self.high * factor)
