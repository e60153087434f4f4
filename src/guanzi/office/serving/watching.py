"""The watch of every night, as a timer of the machine begins it."""

from __future__ import annotations

from guanzi.office.faults import telling


@telling()
def nightly() -> tuple[int, int]:
    """Look at every signed deal.

    Returns:
        How many deals were looked at, and how many of them could not be tested.
    """
    from guanzi.office.paying.nightly import watch_all

    run = watch_all()
    return run.cases, run.failed
