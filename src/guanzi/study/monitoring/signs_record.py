"""How well the rules of early warning did on the shipped cases: one run, after the rules were set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignsRecord:
    """Signs before failures, and on those that lived.

    Attributes:
        failed: Signed cases that failed.
        warned: Of these, those with a sign before.
        fresh: Of these, those by a rule that did not hold on the day of signing already.
        lived: Signed cases that did not fail.
        years: Years in which these were watched, in all.
        alarms: Signs on them in a year.
        later_alarms: Signs on them in a year, those of the day of signing left out.
    """

    failed: int
    warned: int
    fresh: int
    lived: int
    years: float
    alarms: float
    later_alarms: float


RECORD = SignsRecord(14, 5, 3, 10, 53.4, 0.06, 0.0)
"""By ``benchmarks/early_warnings.py`` (``benchmarks/results/warnings.txt``)."""
