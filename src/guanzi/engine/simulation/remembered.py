"""What was simulated last, for appraisals of which most differ in a fact that no path depends on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MOST = 6
"""What is kept: of two deals the prices of the day, the company alone, and the whole run."""


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
        for n, (known, found) in enumerate(self._kept):
            if known == question:
                self._kept.insert(0, self._kept.pop(n))
                return found  # type: ignore[no-any-return]
        value = answer()
        self._kept.insert(0, (question, value))
        del self._kept[MOST:]
        return value
