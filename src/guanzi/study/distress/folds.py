"""Folds that keep together what belongs together: the rows of one firm, and copies of one row."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]
type Ints = NDArray[np.intp]


def spread(failed: Flags, groups: Ints, folds: int, seed: int) -> Ints:
    """The fold of each row: stratified by label, groups kept whole.

    Args:
        failed: Label of each row.
        groups: Group of each row, numbered from 0.
        folds: Most folds; fewer when fewer groups hold a failure, or a survivor.
        seed: Order of the groups.

    Returns:
        Number of the fold of each row, from 0. All rows in fold 0 when a label is held by fewer than two groups.
    """
    count = int(groups.max(initial=-1)) + 1
    with_failure = np.zeros(count, dtype=bool)
    np.logical_or.at(with_failure, groups, failed)
    with_survivor = np.zeros(count, dtype=bool)
    np.logical_or.at(with_survivor, groups, ~failed)
    number = min(folds, int(with_failure.sum()), int(with_survivor.sum()))
    if number < 2:
        return np.zeros(len(failed), dtype=np.intp)
    order = np.random.default_rng(seed)
    fold_of = np.empty(count, dtype=np.intp)
    start = 0
    for stratum in (with_failure, ~with_failure):
        members = order.permutation(np.flatnonzero(stratum))
        fold_of[members] = (np.arange(len(members)) + start) % number
        start = (start + len(members)) % number
    return fold_of[groups]


def groups_of(table: Floats, firms: NDArray[np.object_] | None = None) -> Ints:
    """Which rows belong together: exact copies of a row, and rows of one firm if firms are named.

    Args:
        table: The columns, shape (rows, columns).
        firms: Name of the firm of each row; None for a row without one.

    Returns:
        Number of the group of each row, from 0, in the order of first appearance.
    """
    rows = np.ascontiguousarray(np.where(np.isnan(table), np.nan, table + 0.0))
    parent: dict[object, int] = {}
    group = np.empty(len(rows), dtype=np.intp)
    alias: list[int] = []

    def root(i: int) -> int:
        while alias[i] != i:
            i = alias[i]
        return i

    for i, row in enumerate(rows):
        keys: list[object] = []
        if not np.isnan(row).all():
            keys.append(hashlib.blake2b(row.tobytes(), digest_size=16).digest())
        if firms is not None and firms[i] is not None:
            keys.append(("firm", firms[i]))
        found = sorted({root(parent[key]) for key in keys if key in parent})
        if not found:
            found = [len(alias)]
            alias.append(found[0])
        for other in found[1:]:
            alias[other] = found[0]
        for key in keys:
            parent.setdefault(key, found[0])
        group[i] = found[0]
    roots = np.array([root(int(i)) for i in group], dtype=np.intp)
    _, first, number = np.unique(roots, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[number].astype(np.intp)
