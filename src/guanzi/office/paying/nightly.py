"""The watch of every night: each signed deal is looked at as of today, since time alone makes a deal late."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone

from guanzi.base.core import InvalidInput
from guanzi.office.auditlog.log import LogRecord, Subject, enter_action
from guanzi.office.auditlog.transactions import take
from guanzi.office.models import OfficeCase, WatchRun
from guanzi.office.paying.looking import look_again
from guanzi.record.ledger import Log

ACTOR = "guanzi office nightly"
"""Who acts in the log: no person."""
ACTION = "watch.nightly"
LATE = timedelta(hours=36)
"""Older than this, the watch has been left out."""
_logger = logging.getLogger("guanzi.office")


def watch_all() -> WatchRun:
    """Look at every signed deal of every organisation as of today; what changed is entered in the log.

    One that cannot be tested is told of in the log of the machine, and the others are looked at all the same.
    """
    run = WatchRun.objects.create(begun_at=timezone.now())
    for case in OfficeCase.objects.filter(state="signed").select_related("head", "organisation").order_by("pk"):
        run.cases += 1
        try:
            _look(case)
        except InvalidInput:
            run.failed += 1
            _logger.warning("case %s cannot be watched", case.pk)
        except Exception:  # of one deal: the others are looked at all the same, and the run says that one was not
            run.failed += 1
            _logger.exception("case %s could not be watched", case.pk)
    run.done_at = timezone.now()
    run.save()
    return run


def last_watch() -> WatchRun | None:
    """The last watch that was made to its end; None: there was none yet."""
    return WatchRun.objects.exclude(done_at=None).order_by("-done_at").first()


def is_late(run: WatchRun | None) -> bool:
    """Whether the watch of a night has been left out."""
    return run is None or run.done_at is None or timezone.now() - run.done_at > LATE


def _look(case: OfficeCase) -> None:
    """Look at a deal within a transaction of its own."""

    def once(log: Log) -> None:
        now_known = OfficeCase.objects.select_related("head", "organisation").get(pk=case.pk)
        if now_known.state != "signed":  # it was ended meanwhile
            return
        at = timezone.now()
        looked = look_again(now_known, at, timezone.localdate(at))
        if looked.new or looked.gone:
            head = now_known.head
            version = head.sha256 if head is not None else None
            subject = Subject(case.organisation.slug, case.slug, version, case.playbook_sha256)
            enter_action(log, ACTION, ACTOR, subject, LogRecord(data=dict(looked.as_data())))

    take(ACTION, once)
