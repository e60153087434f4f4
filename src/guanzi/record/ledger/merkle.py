"""Merkle trees of a transparency log: what stands in a log of any size is said by one hash, and proved by few.

A leaf is hashed with a byte 0 in front, a node with a byte 1, so that no leaf passes for a node. An *inclusion* proof
shows that an entry is in the tree of a size; a *consistency* proof, that a larger tree begins with a smaller one:
nothing was changed, taken out or put in before its end.

References:
    RFC 6962: Certificate Transparency. 2013. RFC 9162: Certificate Transparency Version 2.0. 2021. Section 2.1 of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()
"""Root of the log without entries."""
type At = Callable[[int, int], bytes]
"""The hash of a whole subtree by its level (0: leaves) and its number on that level."""


def leaf_hash(content: bytes) -> bytes:
    """Hash of an entry."""
    return sha256(b"\0" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two subtrees side by side."""
    return sha256(b"\1" + left + right).digest()


class GrowingTree:
    """A tree to which leaves are added; memory grows with the logarithm of their number.

    Attributes:
        size: Number of leaves.

    >>> tree = GrowingTree()
    >>> [len(tree.grow(leaf_hash(b"x"))) for _ in range(4)], tree.size
    ([1, 2, 1, 3], 4)
    """

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def grow(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add the hash of a leaf; level, number and hash of every whole subtree that it completes."""
        level, number, found = 0, self.size, leaf
        made = [(level, number, found)]
        while number & 1:
            level, number, found = level + 1, number >> 1, node_hash(self._peaks.pop(), found)
            made.append((level, number, found))
        self._peaks.append(found)
        self.size += 1
        return made

    @property
    def root(self) -> bytes:
        """Root of the tree."""
        if not self._peaks:
            return EMPTY
        *rest, root = self._peaks
        for left in reversed(rest):
            root = node_hash(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Root of the tree over hashes of leaves, in their order; memory grows with the logarithm of their number."""
    tree = GrowingTree()
    for leaf in leaves:
        tree.grow(leaf)
    return tree.root


def range_root(at: At, start: int, end: int) -> bytes:
    """Root of the subtree over leaves from ``start`` to before ``end``, out of the whole subtrees that are kept."""
    count = end - start
    if count <= 0:
        return EMPTY
    if count & (count - 1) == 0 and start % count == 0:
        return at(count.bit_length() - 1, start // count)
    middle = start + _split(count)
    return node_hash(range_root(at, start, middle), range_root(at, middle, end))


def inclusion_proof(at: At, index: int, size: int) -> tuple[bytes, ...]:
    """Hashes that lead from a leaf to the root of the tree of a size, from the leaf upwards.

    Raises:
        ValueError: The tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a log of {size} entries has no entry {index}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(range_root(at, middle, end))
            end = middle
        else:
            path.append(range_root(at, start, middle))
            start = middle
    return tuple(reversed(path))


def consistency_proof(at: At, old: int, new: int) -> tuple[bytes, ...]:
    """Hashes that show that the tree of size ``new`` begins with that of size ``old``.

    Raises:
        ValueError: The first is not a smaller tree, or empty.
    """
    if not 0 < old <= new:
        raise ValueError(f"a log of {new} entries does not follow one of {old}")
    return tuple(_consistency(at, old, 0, new, whole=True))


def _consistency(at: At, old: int, start: int, end: int, *, whole: bool) -> list[bytes]:
    count = end - start
    if old == count:
        return [] if whole else [range_root(at, start, end)]
    split = _split(count)
    middle = start + split
    if old <= split:
        return [*_consistency(at, old, start, middle, whole=whole), range_root(at, middle, end)]
    return [*_consistency(at, old - split, middle, end, whole=False), range_root(at, start, middle)]


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that a leaf is entry ``index`` of the tree with this size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the larger tree begins with the smaller one (RFC 9162, 2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if not 0 < old < new:
        return False
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


def _split(count: int) -> int:
    """The largest power of two below a count of two or more."""
    return 1 << (count - 1).bit_length() - 1
