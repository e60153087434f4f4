"""How far two coders of the same rows agree beyond chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def kappa(one: Sequence[str], other: Sequence[str]) -> float:
    """Cohen's kappa of two codings of the same rows; NaN where both coders know only one class.

    Source: Cohen, Educational and Psychological Measurement 20 (1960).

    >>> kappa(["yes", "yes", "no", "no"], ["yes", "no", "no", "no"])
    0.5
    """
    n = len(one)
    agreed = sum(a == b for a, b in zip(one, other, strict=True)) / n if n else float("nan")
    shares, others = Counter(one), Counter(other)
    by_chance = sum(count * others[name] for name, count in shares.items()) / n**2 if n else 1.0
    return (agreed - by_chance) / (1 - by_chance) if by_chance < 1.0 else float("nan")
