"""Postings: which entries of a list stand under a key."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Postings:
    """Keys in order and, for each, the entries under it, in one flat array.

    Attributes:
        keys: Keys, ascending, each once.
        start: Where the entries of each begin; one more at the end.
        entries: The entries.
    """

    keys: NDArray[np.int64]
    start: NDArray[np.int64]
    entries: NDArray[np.int32]

    @classmethod
    def of(cls, keys: NDArray[np.int64], entries: NDArray[np.int32]) -> Postings:
        """Put pairs of key and entry in order."""
        order = np.argsort(keys, kind="stable")
        keys, entries = keys[order], entries[order]
        unique, start = np.unique(keys, return_index=True)
        return cls(unique, np.append(start, len(keys)), entries)

    def at(self, key: int) -> NDArray[np.int32]:
        """The entries under a key."""
        i = int(np.searchsorted(self.keys, key))
        if i == len(self.keys) or self.keys[i] != key:
            return self.entries[:0]
        return self.entries[self.start[i] : self.start[i + 1]]

    def rarest_first(self, keys: set[int], most: int) -> list[NDArray[np.int32]]:
        """The entries under several keys, from the shortest list to the longest, until so many entries are reached."""
        found = sorted((entries for entries in map(self.at, sorted(keys)) if len(entries)), key=len)
        out: list[NDArray[np.int32]] = []
        taken = 0
        for entries in found:
            if out and taken + len(entries) > most:
                break
            out.append(entries)
            taken += len(entries)
        return out
