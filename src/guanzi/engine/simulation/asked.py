"""Distributions of a run that are found when they are asked for: most readers ask for a few of hundreds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from guanzi.engine.simulation.summaries import Floats, OutputSummary, OutputTables


class AskedValues[T](Mapping[str, T]):
    """Values that are found when they are first asked for.

    Args:
        names: What can be asked for, in order.
        find: Finds the value of a name.
    """

    def __init__(self, names: Iterable[str], find: Callable[[str], T]) -> None:
        self._names = dict.fromkeys(names)
        self._find = find
        self._found: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._found:
            if name not in self._names:
                raise KeyError(name)
            self._found[name] = self._find(name)
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return repr(dict(self))


class KeptValues:
    """Values of a few leaves; a distribution has the same bits as that of tables to which each leaf was added.

    Args:
        names: Outputs.
        places: Their rows in the values of a leaf.
    """

    def __init__(self, names: tuple[str, ...], places: NDArray[np.int64]) -> None:
        self._places = dict(zip(names, places.tolist(), strict=True))
        self._leaves: list[Floats] = []
        self._table = OutputTables(("asked",))
        self._lock = threading.Lock()

    def add(self, values: Floats) -> None:
        """Keep the values of a leaf, (rows, paths); leaves come in their order."""
        self._leaves.append(values)

    def summary(self, name: str) -> OutputSummary:
        """The distribution of an output."""
        table, row = self._table, np.array([self._places[name]])
        with self._lock:
            for values in self._leaves:
                table.add_sums(table.add(values, row, values.shape[1]))
            found = table.summary("asked")
            table.clear()
        return found
