"""The watch of every night, as a timer of the machine begins it."""

from __future__ import annotations

from guanzi.office.faults import telling


@telling()
def nightly() -> tuple[int, int]:
    """Look at every signed deal, and clear away what lies on the disk and nobody uses.

    Returns:
        How many deals were looked at, and how many of them could not be tested.
    """
    from guanzi.office.cases.folders import clear_folders
    from guanzi.office.paying.nightly import watch_all

    run = watch_all()
    clear_folders()
    return run.cases, run.failed
