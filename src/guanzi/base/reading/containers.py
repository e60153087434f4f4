"""ZIP containers from outside: what they may hold and unpack to, looked at before and while they are unpacked.

A few kilobytes can claim, or hold, gigabytes: by a packing that is rarely used, by members that share bytes, or by many
equal ones. Headers are looked at first and believed in nothing: what is unpacked is counted.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What computers pack with; the others unpack to ten thousand times their size."""
MOST_RATIO = 250
"""Text deflates to a tenth, a sheet of equal rows to a hundredth; beyond it a large member is made to explode."""
MOST_RATIO_OF_ALL = 100
"""The same of all members together."""
_LARGE = 1_000_000
"""Bytes unpacked below which no ratio is looked at."""
_PART = 1_000_000


@dataclass(frozen=True, slots=True)
class Excess:
    """What is too much of a container.

    Attributes:
        kind: ``members``, ``unpacked``, ``ratio``, ``shared`` (members lie over one another) or ``method``.
        member: The member by which it is; empty: all of them.
        found, most: How much it is and may be.
    """

    kind: str
    member: str = ""
    found: int = 0
    most: int = 0


class Unpacked(Exception):
    """More came out than may come out."""


def excess_of(members: Sequence[zipfile.ZipInfo], size: int, most_members: int, most_unpacked: int) -> Excess | None:
    """What is too much of a container by what its headers say; None: nothing.

    Args:
        members: Its members.
        size: Its own size in bytes.
        most_members: How many there may be.
        most_unpacked: Bytes to which all may unpack.
    """
    if len(members) > most_members:
        return Excess("members", "", len(members), most_members)
    unpacked, packed = sum(one.file_size for one in members), sum(one.compress_size for one in members)
    if unpacked > most_unpacked:
        return Excess("unpacked", "", unpacked, most_unpacked)
    if packed > size:
        return Excess("shared", "", packed, size)
    for one in members:
        if one.compress_type not in METHODS:
            return Excess("method", one.filename)
        if one.file_size > _LARGE and one.file_size > MOST_RATIO * max(one.compress_size, 1):
            return Excess("ratio", one.filename, one.file_size // max(one.compress_size, 1), MOST_RATIO)
    if unpacked > _LARGE and unpacked > MOST_RATIO_OF_ALL * max(size, 1):
        return Excess("ratio", "", unpacked // max(size, 1), MOST_RATIO_OF_ALL)
    return None


def read_members(
    container: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo], most_unpacked: int
) -> Iterator[tuple[str, bytes]]:
    """Name and content of members, whose bytes are counted while they are unpacked.

    Raises:
        Unpacked: More came out than the limit, whatever the headers say.
    """
    left = most_unpacked
    for one in members:
        parts = []
        with container.open(one) as stream:
            while part := stream.read(min(_PART, left + 1)):
                left -= len(part)
                if left < 0:
                    raise Unpacked
                parts.append(part)
        yield one.filename, b"".join(parts)
