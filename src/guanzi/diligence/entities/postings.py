"""Postings: which entries of a list stand under a key, and the best of many by an estimate, compiled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

_BINS = 4096


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


@njit(cache=True, nogil=True)
def gather(chosen, shares, begins, entries, agreed, touched, most):  # type: ignore[no-untyped-def]
    """Add to the entries under each chosen key its share; ``touched`` lists the entries that had nothing before.

    Returns:
        How many entries are touched. Keys that would bring the number of additions over ``most`` are passed.
    """
    n = added = 0
    for k in range(len(chosen)):
        i = chosen[k]
        added += begins[i + 1] - begins[i]
        if k > 0 and added > most:
            break
        for at in range(begins[i], begins[i + 1]):
            entry = entries[at]
            if agreed[entry] == 0.0:
                touched[n] = entry
                n += 1
            agreed[entry] += shares[k]
    return n


@njit(cache=True, nogil=True)
def estimate(touched, agreed, totals, asked, against, missing, least):  # type: ignore[no-untyped-def]
    """What the full comparison will give, nearly: from the weight that agrees and the weights of both names."""
    out = np.empty(len(touched), np.float32)
    for k in range(len(touched)):
        entry = touched[k]
        total = totals[entry]
        both = min(agreed[entry], min(asked, total))
        out[k] = np.exp(-against * (min(asked, total) - both)) * max(np.exp(-missing * abs(asked - total)), least)
    return out


@njit(cache=True, nogil=True)
def best_of(values, most):  # type: ignore[no-untyped-def]
    """Places of the largest of values between 0 and 1, so many at most; among nearly equal ones the first."""
    counts = np.zeros(_BINS, np.int64)
    for value in values:
        counts[int(value * (_BINS - 1))] += 1
    cut, above = _BINS - 1, 0
    while cut > 0 and above + counts[cut] < most:
        above += counts[cut]
        cut -= 1
    room = most - above
    out = np.empty(min(most, len(values)), np.int64)
    n = 0
    for k in range(len(values)):
        at = int(values[k] * (_BINS - 1))
        if at > cut or (at == cut and room > 0):
            room -= at == cut
            out[n] = k
            n += 1
    return out[:n]
