"""What a worker left half done when it was killed: it is said to have failed, and can be asked for again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from guanzi.base.core import Message
from guanzi.office.cases.simulating import simulate_sheet
from guanzi.office.cases.tasks import appraise
from guanzi.office.models import AppraisalRun, SheetRun

_RUNS: Mapping[str, type[AppraisalRun] | type[SheetRun]] = {
    appraise.module_path: AppraisalRun,
    simulate_sheet.module_path: SheetRun,
}


def end_abandoned(worker: str = "") -> int:
    """End what a worker says that it is running; before it starts, when it can be running nothing.

    What it had taken and not begun is given back to the queue.

    Args:
        worker: Its id; work of the workers of other machines is left alone. Empty: of any, as where there is one.

    Returns:
        How many were ended.
    """
    with transaction.atomic():
        alone = connection.vendor == "sqlite"
        ended = _end(AppraisalRun.objects.all()) + _end(SheetRun.objects.all()) if alone else 0
        for row in DBTaskResult.objects.running():
            if not alone and worker not in ("", *row.worker_ids[-1:]):
                continue
            run = _RUNS[row.task_path].objects.filter(pk=row.args_kwargs["args"][0]) if row.task_path in _RUNS else None
            ended += 0 if run is None or alone else _end(run)
            begun = run is None or not run.filter(state="queued").exists()
            row.status = TaskResultStatus.FAILED if begun else TaskResultStatus.READY
            row.save(update_fields=["status"])
    return ended


def _end(runs: QuerySet[AppraisalRun] | QuerySet[SheetRun]) -> int:
    """Say of those of the runs that say that they are running that they failed."""
    kind = "appraisal" if runs.model is AppraisalRun else "run"
    broke = Message.of(f"office.{kind}.broke").as_dict()
    told: dict[str, Any] = {"problem": [broke]}
    if runs.model is AppraisalRun:
        told = {"problem": [{"cause": broke, "mend": None, "place": ""}], "done_at": timezone.now()}
    return runs.filter(state="running").update(state="failed", **told)
