"""Named random streams: what two deals share, and what is each company's own.

A draw is addressed by path, stream, and its number there. Two simulations with the same seed read the same at the same
address. So whatever all companies of a track share is drawn on streams that carry the track's name, and whatever
belongs to one company on streams that carry the company's: path 17 of a portfolio is one history of the track, in
which every company has its own luck.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

WIDTH = 12
"""A name owns 2**12 streams …"""
NAMES = 18
"""… and there is room for 2**18 names of either kind, so that a stream's number fits into 31 bits."""


@dataclass(frozen=True, slots=True)
class Streams:
    """The names under which a company draws.

    Attributes:
        company: Name of the company; empty: the first block of streams.
        track: Name of its track (the industry of the case).
    """

    company: str = ""
    track: str = ""

    @property
    def own(self) -> int:
        """First stream of the company.

        >>> Streams().own, Streams("a").own == Streams("a", "vehicles").own
        (0, True)
        """
        return _block(f"company:{self.company}") if self.company else 0

    @property
    def shared(self) -> int:
        """First stream of the track; never one of a company's.

        >>> Streams("a", "panels").shared == Streams("b", "panels").shared
        True
        """
        return (1 << (WIDTH + NAMES)) + _block(f"track:{self.track}")


def _block(name: str) -> int:
    return (int.from_bytes(sha256(name.encode()).digest()[:4], "big") >> (32 - NAMES)) << WIDTH
