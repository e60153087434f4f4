"""Actions of the deal desk: a term sheet is saved, simulated and approved."""

from __future__ import annotations

from typing import TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.texts import LongText
from guanzi.office.auditlog.blobs import keep_blob
from guanzi.office.bodies import TEXT
from guanzi.office.cases.contents import new_version
from guanzi.office.cases.drafts import check_length, check_sheet
from guanzi.office.cases.simulating import ask_run
from guanzi.office.cases.termsheets import as_written, check_sheet_path, kept_sheet, text_of, with_sheet
from guanzi.office.deciding.gates import barred
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import SheetApproval, SheetRun
from guanzi.office.roles import Role

_WRITERS = frozenset({"lead", "analyst", "manager"})
APPROVERS = frozenset({Role.LEAD, Role.CHAIR, Role.FINANCE})


class SaveSheet(CaseInput):
    """A term sheet by its path (``terms/<name>.yaml``) and its whole text."""

    path: str
    text: LongText
    why: LongText = Field(default="", max_length=500)


class SavedSheet(TypedDict):
    """The number of the version, the hash of the text, and what it made void."""

    version: int
    sha256: str
    voided: list[str]


@action("sheet.save", PermissionPolicy(parts=_WRITERS, states=frozenset({"open", "signed"})), most_bytes=TEXT)
def save_sheet(context: ActionContext, asked: SaveSheet) -> SavedSheet:
    """Make a version of the case with this text of the term sheet; approvals of another text do not count for it."""
    check_sheet_path(asked.path)
    text = as_written(asked.text)
    check_sheet(asked.path, text)
    head = context.of.newest
    held = head.tree.get(asked.path) if head is not None else None
    if held is not None and text_of(held) == text:
        raise InvalidInput(Problem(Message.of("office.refused.sheet_same"), Place(asked.path)))
    made = new_version(context.of, {asked.path: text.encode()}, context.person, asked.why or "sheet.save")
    sha256 = made.version.tree[asked.path]
    context.record.data |= {
        "path": asked.path,
        "sheet": sha256,
        "new_version": made.version.sha256,
        "voided": list(made.voided),
    }
    if asked.why:
        context.record.words["why"] = asked.why
    return {"version": made.version.number, "sha256": sha256, "voided": list(made.voided)}


class SimulateSheet(CaseInput):
    """A term sheet by its path; ``text``: a draft of it that is not saved."""

    path: str
    text: LongText | None = None


class RunState(TypedDict):
    """A computation in the background, and how far it is."""

    run: int
    state: str


@action("sheet.simulate", PermissionPolicy(parts=frozenset({*_WRITERS, "expert", "member", "chair"})), most_bytes=TEXT)
def simulate(context: ActionContext, asked: SimulateSheet) -> RunState:
    """Put the simulation of a term sheet, or of a draft of it, in the queue."""
    check_sheet_path(asked.path)
    head = context.of.newest
    tree = head.tree if head is not None else {}
    if asked.text is not None:
        text = as_written(asked.text)
        check_sheet(asked.path, text)
        sha256 = keep_blob(text.encode())
    elif asked.path in tree:
        sha256 = tree[asked.path]
        check_length(asked.path, text_of(sha256))
    else:
        raise no_sheet(asked.path)
    run = ask_run(context.of, context.person, with_sheet(tree, asked.path, sha256), asked.path)
    context.record.data |= {"path": asked.path, "sheet": sha256, "run": run.pk}
    return {"run": run.pk, "state": run.state}


class CancelRun(CaseInput):
    """A simulation, by its number."""

    run: int


@action("sheet.cancel_run", PermissionPolicy(parts=frozenset({*_WRITERS, "expert", "member", "chair"})))
def cancel(context: ActionContext, asked: CancelRun) -> RunState:
    """End a simulation that waits or runs."""
    run = SheetRun.objects.filter(case=context.of, pk=asked.run).first()
    if run is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_run", run=asked.run), Place("run")))
    if run.state in ("queued", "running"):
        run.cancel = True
        run.save(update_fields=["cancel"])
    context.record.data |= {"run": run.pk}
    return {"run": run.pk, "state": run.state}


class ApproveSheet(CaseInput):
    """A term sheet by its path and the hash of the content that was read."""

    path: str
    sha256: str


class ApprovedSheet(TypedDict):
    """How many have approved the text, and how many it takes."""

    approvals: int
    needed: int


@action("sheet.approve", PermissionPolicy(roles=APPROVERS, states=frozenset({"open", "signed"})), "decide")
def approve(context: ActionContext, asked: ApproveSheet) -> ApprovedSheet:
    """Approve a content of the term sheet; each of the people that it takes approves once."""
    head = context.of.newest
    held = head.tree.get(asked.path) if head is not None else None
    check_sheet_path(asked.path)
    if held is None:
        raise no_sheet(asked.path)
    if held != asked.sha256:
        raise InvalidInput(Problem(Message.of("office.refused.sheet_changed"), Place("sha256")))
    kept_sheet(asked.path, held)
    if SheetApproval.objects.filter(case=context.of, sha256=held, person=context.person).exists():
        raise InvalidInput(Problem(Message.of("office.refused.approved_already"), Place("sha256")))
    SheetApproval.objects.create(case=context.of, path=asked.path, sha256=held, person=context.person, at=context.at)
    count = SheetApproval.objects.filter(case=context.of, sha256=held).exclude(person__in=barred(context.of)).count()
    context.record.data |= {"path": asked.path, "sheet": held, "approvals": count}
    return {"approvals": count, "needed": workflow().sheet_approvals}


def no_sheet(path: str) -> InvalidInput:
    """There is no such term sheet in the newest version."""
    return InvalidInput(Problem(Message.of("office.refused.no_sheet", path=path), Place("path")))
