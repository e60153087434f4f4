"""How often the 90 % band of a forecast of signing held what came: the method's record, not evidence on a case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BandRecord:
    """Figures that came after a forecast of signing, and those of them that lay in its 90 % band.

    Attributes:
        cases: Deals whose later figures are on record by quarter.
        figures: Quarterly figures that came.
        within: Of these, those within the band.
    """

    cases: int
    figures: int
    within: int


REPLAYED = {"deliveries": BandRecord(1, 66, 8), "revenue": BandRecord(1, 66, 8)}
"""By ``benchmarks/replay.py`` (``benchmarks/results/replay.json``): one deal, signed in 2020."""
