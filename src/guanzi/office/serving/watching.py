"""The watch of every night, as a timer of the machine begins it."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.office.faults import faults_as_refusals


@dataclass(frozen=True, slots=True)
class WatchedNight:
    """What a night did.

    Attributes:
        cases, failed: How many deals were looked at, and how many of them could not be tested.
    """

    cases: int
    failed: int


@faults_as_refusals()
def nightly() -> WatchedNight:
    """Look at every signed deal, and clear away what lies on the disk and nobody uses."""
    from guanzi.office.cases.folders import clear_folders
    from guanzi.office.paying.nightly import watch_all

    run = watch_all()
    clear_folders()
    return WatchedNight(run.cases, run.failed)
