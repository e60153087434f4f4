"""What a worker left half done when it was killed: it is said to have failed, and can be asked for again."""

from __future__ import annotations

from django.utils import timezone

from guanzi.base.core import Message
from guanzi.office.models import AppraisalRun, SheetRun


def end_abandoned() -> int:
    """End what says that it is running; before the worker starts, when nothing can be.

    Returns:
        How many were ended.
    """
    broke, stopped = (Message.of(f"office.{kind}.broke").as_dict() for kind in ("appraisal", "run"))
    appraisals = AppraisalRun.objects.filter(state="running").update(
        state="failed", problem=[{"cause": broke, "mend": None, "place": ""}], done_at=timezone.now()
    )
    return appraisals + SheetRun.objects.filter(state="running").update(state="failed", problem=[stopped])
