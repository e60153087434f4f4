"""Which of several things to pay for out of one sum: the best sets, found exactly by branch and bound.

References:
    Horowitz, Sahni: Computing partitions with applications to the knapsack problem. Journal of the ACM 21 (1974).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, inf

MOST = 24
"""So many candidates are compared at the most: the search can double with each."""
_SLACK = 1e-9
"""Relative rounding that the bound of the search is given."""


@dataclass(frozen=True, slots=True, order=True)
class RankedSet:
    """A set that can be paid for; sets are ordered from the best: by value, then by the lower cost, then by name."""

    loss: float
    cost: float
    names: tuple[str, ...]

    @property
    def value(self) -> float:
        """What it is worth."""
        return -self.loss


def best_sets(
    values: Mapping[str, float],
    costs: Mapping[str, float],
    budget: float,
    *,
    count: int = 1,
    within: Collection[str] = (),
    without: Collection[str] = (),
) -> tuple[RankedSet, ...]:
    """The sets of greatest value whose cost is within a budget, the best first; none where ``within`` costs more.

    Args:
        values: What each candidate is worth; the value of a set is their sum.
        costs: What each costs, not below zero.
        budget: The most that a set may cost.
        count: How many sets.
        within: Candidates that every set holds.
        without: Candidates that no set holds.

    >>> [one.names for one in best_sets({"a": 6.0, "b": 5.0, "c": 4.0}, {"a": 4.0, "b": 3.0, "c": 2.0}, 5.0, count=2)]
    [('b', 'c'), ('a',)]
    """
    free = [name for name in values if name not in within and name not in without]
    search = _Search(values, costs, budget, count, sorted(free, key=lambda name: (-_yield(values, costs, name), name)))
    search.go(0, tuple(within))
    return tuple(sorted(search.found))


def _yield(values: Mapping[str, float], costs: Mapping[str, float], name: str) -> float:
    """Value for a unit of cost; what costs nothing comes first if it gains, last if it loses."""
    value, cost = values[name], costs[name]
    return value / cost if cost > 0.0 else (inf if value > 0.0 else -inf if value < 0.0 else 0.0)


@dataclass
class _Search:
    """A search of sets in depth; ``found`` holds the best so far."""

    values: Mapping[str, float]
    costs: Mapping[str, float]
    budget: float
    count: int
    free: Sequence[str]

    def __post_init__(self) -> None:
        self.found: list[RankedSet] = []

    def go(self, n: int, chosen: tuple[str, ...]) -> None:
        """Look at every choice of the candidates from the n-th on that can be among the best."""
        made = self._made(chosen)
        if made.cost > self.budget:
            return
        if len(self.found) == self.count and self._most(n, made) < self.found[-1].value:
            return
        if n == len(self.free):
            self.found = sorted([*self.found, made])[: self.count]
            return
        self.go(n + 1, (*chosen, self.free[n]))
        self.go(n + 1, chosen)

    def _made(self, chosen: Sequence[str]) -> RankedSet:
        names = tuple(sorted(chosen))
        return RankedSet(-fsum(self.values[x] for x in names), fsum(self.costs[x] for x in names), names)

    def _most(self, n: int, made: RankedSet) -> float:
        """More than any choice of the rest can be worth: the last that fits is taken in part."""
        left, most = self.budget - made.cost, made.value
        for name in self.free[n:]:
            value, cost = self.values[name], self.costs[name]
            if value <= 0.0:
                continue
            if cost > left:
                most += value * left / cost
                break
            most, left = most + value, left - cost
        return most + _SLACK * (1.0 + abs(most))
