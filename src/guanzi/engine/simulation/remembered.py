"""What was simulated first and last, for appraisals of which most differ in a fact that no path depends on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

FIRST = 4
"""What is kept for good: of the deal as it is held the prices of the day, debts, the company alone, the whole run."""
LAST = 4
"""What is kept beside it: the same of the last deal that differed."""


class Remembered:
    """Results by what they depend on; the same question is answered once."""

    def __init__(self) -> None:
        self._kept: list[tuple[tuple[object, ...], Any]] = []

    def of[T](self, question: tuple[object, ...], answer: Callable[[], T]) -> T:
        """The answer to a question: remembered, or found now.

        Args:
            question: Everything on which the answer depends; questions are the same where they are equal.
            answer: Finds it.
        """
        for known, found in self._kept:
            if known == question:
                return found  # type: ignore[no-any-return]
        value = answer()
        self._kept.append((question, value))
        if len(self._kept) > FIRST + LAST:
            del self._kept[FIRST]
        return value
