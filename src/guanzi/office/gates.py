"""What must stand before a case leaves its stage: a test for each need of the workflow, used by page and action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from guanzi.base.core import Message
from guanzi.office.models import (
    AppraisalRun,
    Declaration,
    ExpertJudgement,
    Interest,
    MilestoneReport,
    OfficeCase,
    Seat,
    SheetApproval,
    Sitting,
    TrancheRelease,
    Workstream,
)
from guanzi.office.workflow import workflow
from guanzi.record.evidence import LEAST_FACTS, LEAST_SOURCES
from guanzi.record.playbooks import load_playbook

VOTING = ("member", "chair")
FOR = ("back", "back_with_conditions")


@dataclass(frozen=True, slots=True)
class GateNeed:
    """A need of a stage.

    Attributes:
        id: As the workflow names it.
        stands: Whether it is met now.
        words: What is held, and what is asked.
    """

    id: str
    stands: bool
    words: Message


def needs_of(case: OfficeCase) -> tuple[GateNeed, ...]:
    """The needs of the stage at which a case is, in the order of the workflow."""
    return tuple(_TESTS[need](case) for need in workflow().stage(case.stage).needs)


def next_stage(case: OfficeCase) -> str | None:
    """The stage after that of a case; None: it is the last."""
    ids = [stage.id for stage in workflow().stages]
    place = ids.index(case.stage) + 1
    return ids[place] if place < len(ids) else None


def unbarred(case: OfficeCase, *parts: str) -> QuerySet[Seat]:
    """Seats of some parts whose people have no interest that stands."""
    barred = Interest.objects.filter(case=case, cleared_at=None, person=OuterRef("person"))
    return Seat.objects.filter(case=case, part__in=parts, person__is_active=True).filter(~Exists(barred))


def _need(id: str, stands: bool, **params: int) -> GateNeed:
    return GateNeed(id, stands, Message.of(f"office.need.{id}", **params))


def _documents(case: OfficeCase) -> GateNeed:
    tree = case.head.tree if case.head is not None else {}
    documents = sum(name.startswith("documents/") and not name.endswith(".jsonl") for name in tree)
    facts = case.facts.filter(superseded_by="").count()
    sources = case.facts.values("source").distinct().count()
    stands = documents > 0 or (facts >= LEAST_FACTS and sources >= LEAST_SOURCES)
    least = {"least_facts": LEAST_FACTS, "least_sources": LEAST_SOURCES}
    return _need("documents", stands, documents=documents, facts=facts, sources=sources, **least)


def _seats(case: OfficeCase) -> GateNeed:
    streams = Workstream.objects.filter(case=case)
    owned = streams.exclude(owner=None).count()
    return _need("seats", owned == streams.count() > 0, owned=owned, streams=streams.count())


def _streams_signed(case: OfficeCase) -> GateNeed:
    streams = Workstream.objects.filter(case=case)
    signed = streams.filter(state="signed").count()
    return _need("streams_signed", signed == streams.count() > 0, signed=signed, streams=streams.count())


def _panel_answered(case: OfficeCase) -> GateNeed:
    experts = set(unbarred(case, "expert").values_list("person", flat=True))
    judgements = ExpertJudgement.objects.filter(case=case, person__in=experts)
    answered = set(judgements.values_list("person", flat=True).distinct())
    return _need("panel_answered", bool(experts) and answered == experts, answered=len(answered), experts=len(experts))


def _appraisal(case: OfficeCase) -> GateNeed:
    done = AppraisalRun.objects.filter(case=case, version=case.head, state="done").exists()
    return _need("appraisal", done, version=case.head.number if case.head is not None else 0)


def _declarations(case: OfficeCase) -> GateNeed:
    people = list(unbarred(case, *VOTING).values_list("person", flat=True))
    newest: dict[int, bool] = {}
    for person, has in Declaration.objects.filter(case=case).order_by("pk").values_list("person_id", "has_interest"):
        newest[person] = has
    declared = sum(not newest.get(person, True) for person in people)
    return _need("declarations", declared == len(people) > 0, declared=declared, members=len(people))


def _quorum(case: OfficeCase) -> GateNeed:
    committee = load_playbook(case.playbook).committee
    members = unbarred(case, *VOTING).count()
    return _need("quorum", members >= committee.quorum, members=members, quorum=committee.quorum)


def _decided_for(case: OfficeCase) -> GateNeed:
    newest = Sitting.objects.filter(case=case, purpose="decide").order_by("-opened_at", "-pk").first()
    return _need("decided_for", newest is not None and newest.state == "closed" and newest.result in FOR)


def _sheet_approved(case: OfficeCase) -> GateNeed:
    tree = case.head.tree if case.head is not None else {}
    held = {found for name, found in tree.items() if name.startswith("terms/")}
    by: dict[str, set[int]] = {}
    for sha256, person in SheetApproval.objects.filter(case=case).values_list("sha256", "person_id"):
        by.setdefault(sha256, set()).add(person)
    most = max((len(people) for sha256, people in by.items() if sha256 in held), default=0)
    needed = workflow().sheet_approvals
    return _need("sheet_approved", most >= needed, approvals=most, needed=needed)


def _milestones(case: OfficeCase) -> GateNeed:
    open_releases = TrancheRelease.objects.filter(case=case, state="asked").count()
    released = TrancheRelease.objects.filter(case=case, state="released").count()
    unverified = MilestoneReport.objects.filter(case=case, verified_by=None).count()
    stands = released > 0 and not open_releases and not unverified
    return _need("milestones", stands, released=released, open=open_releases, unverified=unverified)


_TESTS: Mapping[str, Callable[[OfficeCase], GateNeed]] = {
    "documents": _documents,
    "seats": _seats,
    "streams_signed": _streams_signed,
    "panel_answered": _panel_answered,
    "appraisal": _appraisal,
    "declarations": _declarations,
    "quorum": _quorum,
    "decided_for": _decided_for,
    "sheet_approved": _sheet_approved,
    "milestones": _milestones,
}
"""A need that the workflow names and nothing tests is a mistake in the workflow, which a test finds."""
