"""The watch of every night, as a timer of the machine begins it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guanzi.office.doors import NOTIFIERS, chosen
from guanzi.office.faults import faults_as_refusals

if TYPE_CHECKING:
    from guanzi.office.inbox.notices import SentNotices


@dataclass(frozen=True, slots=True)
class WatchedNight:
    """What a night did.

    Attributes:
        cases, failed: How many deals were looked at, and how many of them could not be tested.
        notices: To people for whom something is due; None: the office has no notifier.
    """

    cases: int
    failed: int
    notices: SentNotices | None


@faults_as_refusals()
def nightly() -> WatchedNight:
    """Look at every signed deal, clear away what lies on the disk and nobody uses, and tell people what is due."""
    from guanzi.office.cases.folders import clear_folders
    from guanzi.office.inbox.notices import send_due
    from guanzi.office.paying.nightly import watch_all

    notifiers = chosen(NOTIFIERS, "GUANZI_NOTIFY", os.environ)
    run = watch_all()
    clear_folders()
    return WatchedNight(run.cases, run.failed, send_due(notifiers) if notifiers else None)
