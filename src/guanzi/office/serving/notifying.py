"""The process that tells people what waits: it fills the outbox after something has happened, and empties it."""

from __future__ import annotations

import logging
import time
from datetime import datetime

PAUSE = 15.0
"""Seconds between two looks."""
_logger = logging.getLogger("guanzi.office")
type Seen = tuple[int, datetime]
"""Size of the log, and the hour: what waits changes with an action and with the day."""


def look(seen: Seen | None) -> Seen:
    """Send turn by turn until nothing is left, and fill the outbox before a turn if something has happened.

    Returns:
        What was seen.
    """
    from django.utils import timezone

    from guanzi.office.auditlog.log import office_log
    from guanzi.office.inbox.outbox import SentNotices, lay_in, send

    while True:
        now = timezone.now()
        found = office_log().size, now.replace(minute=0, second=0, microsecond=0)
        if found != seen:
            lay_in(now)
            seen = found
        if send(now) == SentNotices():
            return found


def main() -> None:
    """Look again and again; a look that fails is told in the log of the machine, and the next one is made."""
    import django

    django.setup()
    from django.db import close_old_connections

    seen: Seen | None = None
    while True:
        try:
            seen = look(seen)
        except Exception as error:  # the database is lost, or the disk is full: it comes back
            _logger.warning("nobody could be told what waits: %s", type(error).__name__)
        close_old_connections()
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
