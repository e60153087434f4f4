"""Actions on appraisals: ask for one, cancel it, and ask what changed since an earlier one."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.sheets import RunState
from guanzi.office.models import AppraisalRun, CaseVersion
from guanzi.office.roles import Role
from guanzi.record.playbooks import playbook_names

WHO = PermissionPolicy(
    frozenset({Role.CHAIR, Role.LEAD}), frozenset({"lead", "analyst", "member", "chair", "manager"}), True
)
PATHS = 4_000
WAITING = ("queued", "running")


class AskAppraisal(CaseInput):
    """What is appraised: a version by its number, on what was known on a day, with a playbook."""

    version: int | None = None
    as_of: date | None = None
    paths: int = Field(default=PATHS, ge=100, le=20_000)
    playbook: str | None = None


class AskedAppraisal(TypedDict):
    """An appraisal, by its number."""

    appraisal: int


@action("appraisal.ask", WHO)
def ask(context: ActionContext, asked: AskAppraisal) -> AskedAppraisal:
    """Ask for an appraisal, which is computed beside the pages; the same one is not asked for twice at once."""
    from guanzi.office.cases.tasks import appraise

    case = context.of
    version = case.head
    if asked.version is not None:
        version = CaseVersion.objects.filter(case=case, number=asked.version).first()
    if version is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_version", number=asked.version), Place("version")))
    if asked.as_of is not None and asked.as_of > context.today:
        raise InvalidInput(
            Problem(Message.of("office.refused.as_of_future", today=context.today.isoformat()), Place("as_of"))
        )
    playbook = asked.playbook or case.playbook
    if playbook not in playbook_names():  # a name, never a file of the machine
        names = Message.of("office.refused.playbook", names=playbook_names())
        raise InvalidInput(Problem(names, Place("playbook")))
    what = {
        "case": case,
        "version": version,
        "as_of": asked.as_of or min(case.decision_date, context.today),
        "playbook": playbook,
        "paths": asked.paths,
    }
    run = AppraisalRun.objects.filter(**what, state__in=WAITING, cancel=False).first()
    if run is None:
        run = AppraisalRun.objects.create(**what, asked_by=context.person, asked_at=context.at)
        appraise.enqueue(run.pk)
    context.record.data |= {"appraisal": run.number, "version": version.sha256, "as_of": run.as_of.isoformat()}
    context.record.data |= {"paths": run.paths, "playbook": playbook}
    return {"appraisal": run.pk}


class CancelAppraisal(CaseInput):
    """An appraisal that is no longer wanted."""

    appraisal: int


@action("appraisal.cancel", WHO)
def cancel(context: ActionContext, asked: CancelAppraisal) -> AskedAppraisal:
    """Cancel an appraisal that waits or runs; what is computed of it is thrown away."""
    run = AppraisalRun.objects.filter(case=context.of, pk=asked.appraisal, state__in=WAITING).first()
    if run is None or not AppraisalRun.objects.filter(pk=run.pk, state__in=WAITING).update(
        cancel=True, state="cancelled", done_at=context.at
    ):
        raise InvalidInput(Problem(Message.of("office.refused.not_running"), Place("appraisal")))
    context.record.data["appraisal"] = run.number
    return {"appraisal": asked.appraisal}


class AskChanges(CaseInput):
    """An appraisal and an earlier one, by their numbers."""

    appraisal: int
    since: int


@action("appraisal.compare", WHO)
def compare(context: ActionContext, asked: AskChanges) -> RunState:
    """Ask what changed since an earlier appraisal, and why; it is computed beside the pages, and once."""
    from guanzi.office.cases.simulating import ask_changes

    done = {run.pk: run for run in AppraisalRun.objects.filter(case=context.of, state="done").select_related("case")}
    of, since = done.get(asked.appraisal), done.get(asked.since)
    if of is None or since is None or of.pk == since.pk or since.as_of > of.as_of:
        cause = Message.of("office.refused.no_comparison")
        raise InvalidInput(Problem(cause, Place("since"), Message.of("office.refused.no_comparison.mend")))
    run = ask_changes(of, since, context.person)
    context.record.data |= {"appraisal": of.number, "since": since.number, "run": run.pk}
    return {"run": run.pk, "state": run.state}
