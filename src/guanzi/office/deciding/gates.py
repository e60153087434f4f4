"""What must stand before a case leaves its stage: a test for each need of the workflow, used by page and action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from guanzi.base.core import Message, Place, Problem
from guanzi.office.deciding.panels import panels_of
from guanzi.office.deciding.plans import model_of, questions_of
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import (
    AppraisalRun,
    ClosedPanel,
    Declaration,
    Interest,
    MilestoneReport,
    OfficeCase,
    Seat,
    SheetApproval,
    Sitting,
    TrancheRelease,
    Workstream,
)
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


def hindered(case: OfficeCase, act: str) -> list[Problem]:
    """What keeps a decision from being taken now: the stage, and every need of it that does not stand at this moment.

    Args:
        case: The case.
        act: ``decide``, ``sign`` or ``add_money``.
    """
    rule = workflow().act(act)
    problems = []
    if case.stage not in rule.stages:
        stages = tuple(Message.of(f"office.stage.{stage}") for stage in rule.stages)
        cause = Message.of("office.refused.not_at_stage", now=Message.of(f"office.stage.{case.stage}"), stages=stages)
        problems.append(Problem(cause, Place("stage"), Message.of("office.refused.not_at_stage.mend")))
    needs = (_TESTS[need](case) for need in rule.needs)
    return problems + [Problem(need.words, Place(need.id)) for need in needs if not need.stands]


def fall_back(case: OfficeCase) -> None:
    """Let an undecided case fall back to the first stage whose needs no longer stand, within an action that voids.

    While a sitting is open the case stays where it is: whether the sitting stands is for its chair to decide.
    """
    if case.state != "open" or _decided_for(case).stands or Sitting.objects.filter(case=case, state="open").exists():
        return
    for stage in workflow().stages:
        if stage.id == case.stage:
            return
        if not all(_TESTS[need](case).stands for need in stage.needs):
            case.stage = stage.id
            case.save(update_fields=["stage"])
            return


def too_many_streams(case: OfficeCase) -> frozenset[int]:
    """People who own or signed more work-streams of a case than one person may, by their number."""
    rules = workflow()
    leads = set(Seat.objects.filter(case=case, part="lead").values_list("person", flat=True))
    held: Counter[int] = Counter()
    for row in Workstream.objects.filter(case=case):
        people = {row.owner_id, row.signed_by_id if row.state == "signed" else None}
        held.update(person for person in people if person is not None)
    return frozenset(
        person for person, n in held.items() if n > (rules.lead_streams if person in leads else rules.person_streams)
    )


def next_stage(case: OfficeCase) -> str | None:
    """The stage after that of a case; None: it is the last."""
    ids = [stage.id for stage in workflow().stages]
    place = ids.index(case.stage) + 1
    return ids[place] if place < len(ids) else None


def unbarred(case: OfficeCase, *parts: str) -> QuerySet[Seat]:
    """Seats of some parts whose people have no interest that stands."""
    barred = Interest.objects.filter(case=case, cleared_at=None, person=OuterRef("person"))
    return Seat.objects.filter(case=case, part__in=parts, person__is_active=True).filter(~Exists(barred))


def barred(case: OfficeCase) -> QuerySet[Interest, int]:
    """People of a case who have an interest that stands, by their number: what they did for it counts for nothing."""
    return Interest.objects.filter(case=case, cleared_at=None).values_list("person", flat=True)


def _need(id: str, stands: bool, **params: int) -> GateNeed:
    return GateNeed(id, stands, Message.of(f"office.need.{id}", **params))


def _documents(case: OfficeCase) -> GateNeed:
    tree = case.tree
    documents = sum(name.startswith("documents/") and not name.endswith(".jsonl") for name in tree)
    facts = case.facts.filter(superseded_by="").count()
    sources = case.facts.values("source").distinct().count()
    stands = documents > 0 or (facts >= LEAST_FACTS and sources >= LEAST_SOURCES)
    least = {"least_facts": LEAST_FACTS, "least_sources": LEAST_SOURCES}
    return _need("documents", stands, documents=documents, facts=facts, sources=sources, **least)


def _seats(case: OfficeCase) -> GateNeed:
    streams = Workstream.objects.filter(case=case)
    owned, over = streams.exclude(owner=None).count(), len(too_many_streams(case))
    rules = workflow()
    stands = owned == streams.count() > 0 and not over
    most = {"most": rules.person_streams, "lead": rules.lead_streams}
    return _need("seats", stands, owned=owned, streams=streams.count(), over=over, **most)


def _streams_signed(case: OfficeCase) -> GateNeed:
    streams = Workstream.objects.filter(case=case)
    signed = set(streams.filter(state="signed").values_list("stream", flat=True))
    questions = questions_of(case, model_of(case)) if signed else {}
    unanswered = sum(not question.facts for stream in signed for question in questions[stream])
    held = {"signed": len(signed), "streams": streams.count(), "open": unanswered}
    return _need("streams_signed", len(signed) == held["streams"] > 0, **held)


def _panel_answered(case: OfficeCase) -> GateNeed:
    tree = case.tree
    closed = [one for one in ClosedPanel.objects.filter(case=case) if tree.get(one.path) == one.sha256]
    waiting = sum(panel.fits and not panel.closed for panel in panels_of(case))
    stands = bool(closed) and not waiting
    return _need("panel_answered", stands, closed=len(closed), waiting=waiting, least=workflow().panel_experts)


def _appraisal(case: OfficeCase) -> GateNeed:
    done = AppraisalRun.objects.filter(case=case, version=case.head, playbook=case.playbook, state="done").exists()
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
    newest = Sitting.objects.select_related("appraisal").filter(case=case, purpose="decide").order_by("-pk").first()
    if newest is None or newest.state != "closed" or newest.result not in FOR:
        return _need("decided_for", False)
    return _need("decided_for", case.head_id in (newest.appraisal.version_id, newest.upheld_id))


def _sheet_approved(case: OfficeCase) -> GateNeed:
    tree = case.tree
    held = {found for name, found in tree.items() if name.startswith("terms/")}
    by: dict[str, set[int]] = {}
    given = SheetApproval.objects.filter(case=case).exclude(person__in=barred(case))
    for sha256, person in given.values_list("sha256", "person_id"):
        by.setdefault(sha256, set()).add(person)
    most = max((len(people) for sha256, people in by.items() if sha256 in held), default=0)
    needed = workflow().sheet_approvals
    return _need("sheet_approved", most >= needed, approvals=most, needed=needed)


def _signed(case: OfficeCase) -> GateNeed:
    return _need("signed", case.state in ("signed", "closed"))


def _milestones(case: OfficeCase) -> GateNeed:
    open_releases = TrancheRelease.objects.filter(case=case, state="asked").count()
    released = TrancheRelease.objects.filter(case=case, state="released").count()
    unverified = MilestoneReport.objects.filter(case=case, verification=None).count()
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
    "signed": _signed,
    "milestones": _milestones,
}
"""A need that the workflow names and nothing tests is a mistake in the workflow, which a test finds."""
