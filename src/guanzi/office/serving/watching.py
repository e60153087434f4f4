"""The watch of every night, as a timer of the machine begins it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guanzi.office.doors import NOTIFIERS, chosen
from guanzi.office.faults import telling

if TYPE_CHECKING:
    from guanzi.office.duties.notices import ToldNotices


@dataclass(frozen=True, slots=True)
class WatchedNight:
    """What a night did.

    Attributes:
        cases, failed: How many deals were looked at, and how many of them could not be tested.
        notices: To people for whom something is due; None: the office has no notifier.
    """

    cases: int
    failed: int
    notices: ToldNotices | None


@telling()
def nightly() -> WatchedNight:
    """Look at every signed deal, clear away what lies on the disk and nobody uses, and tell people what is due."""
    from guanzi.office.cases.folders import clear_folders
    from guanzi.office.duties.notices import tell_due
    from guanzi.office.paying.nightly import watch_all

    notifiers = chosen(NOTIFIERS, "GUANZI_NOTIFY", os.environ)
    run = watch_all()
    clear_folders()
    return WatchedNight(run.cases, run.failed, tell_due(notifiers) if notifiers else None)
