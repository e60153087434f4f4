"""What must stand before a case leaves its stage: a test for each need of the workflow, used by page and action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from guanzi.base.core import Message, Place, Problem
from guanzi.office.deciding.now import CaseNow
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import ClosedPanel, Interest, MilestoneReport, OfficeCase, SheetApproval, TrancheRelease
from guanzi.record.evidence import LEAST_FACTS, LEAST_SOURCES
from guanzi.record.playbooks import load_playbook

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


def needs_of(now: CaseNow) -> tuple[GateNeed, ...]:
    """The needs of the stage at which a case is, in the order of the workflow."""
    return tuple(_TESTS[need](now) for need in workflow().stage(now.case.stage).needs)


def hindered(now: CaseNow, act: str) -> list[Problem]:
    """What keeps a decision from being taken now: the stage, and every need of it that does not stand at this moment.

    Args:
        now: The case.
        act: ``decide``, ``sign`` or ``add_money``.
    """
    rule, case = workflow().act(act), now.case
    problems = []
    if case.stage not in rule.stages:
        stages = tuple(Message.of(f"office.stage.{stage}") for stage in rule.stages)
        cause = Message.of("office.refused.not_at_stage", now=Message.of(f"office.stage.{case.stage}"), stages=stages)
        problems.append(Problem(cause, Place("stage"), Message.of("office.refused.not_at_stage.mend")))
    needs = (_TESTS[need](now) for need in rule.needs)
    return problems + [Problem(need.words, Place(need.id)) for need in needs if not need.stands]


def fall_back(case: OfficeCase) -> None:
    """Let an undecided case fall back to the first stage whose needs no longer stand, within an action that voids.

    While a sitting is open the case stays where it is: whether the sitting stands is for its chair to decide.
    """
    now = CaseNow(case)
    if case.state != "open" or _decided_for(now).stands or any(one.state == "open" for one in now.sittings):
        return
    for stage in workflow().stages:
        if stage.id == case.stage:
            return
        if not all(_TESTS[need](now).stands for need in stage.needs):
            case.stage = stage.id
            case.save(update_fields=["stage"])
            return


def too_many_streams(now: CaseNow) -> frozenset[int]:
    """People who own or signed more work-streams of a case than one person may, by their number."""
    rules = workflow()
    leads = {one.person_id for one in now.seats if one.part == "lead"}
    held: Counter[int] = Counter()
    for row in now.streams:
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


def barred(case: OfficeCase) -> QuerySet[Interest, int]:
    """People of a case who have an interest that stands, by their number: what they did for it counts for nothing."""
    return Interest.objects.filter(case=case, cleared_at=None).values_list("person", flat=True)


def _need(id: str, stands: bool, **params: int) -> GateNeed:
    return GateNeed(id, stands, Message.of(f"office.need.{id}", **params))


def _documents(now: CaseNow) -> GateNeed:
    documents = sum(name.startswith("documents/") and not name.endswith(".jsonl") for name in now.case.tree)
    facts, sources = now.facts
    stands = documents > 0 or (facts >= LEAST_FACTS and sources >= LEAST_SOURCES)
    least = {"least_facts": LEAST_FACTS, "least_sources": LEAST_SOURCES}
    return _need("documents", stands, documents=documents, facts=facts, sources=sources, **least)


def _seats(now: CaseNow) -> GateNeed:
    owned, over = sum(row.owner_id is not None for row in now.streams), len(too_many_streams(now))
    rules = workflow()
    stands = owned == len(now.streams) > 0 and not over
    most = {"most": rules.person_streams, "lead": rules.lead_streams}
    return _need("seats", stands, owned=owned, streams=len(now.streams), over=over, **most)


def _streams_signed(now: CaseNow) -> GateNeed:
    signed = {row.stream for row in now.streams if row.state == "signed"}
    unanswered = sum(not question.facts for stream in signed for question in now.questions[stream])
    held = {"signed": len(signed), "streams": len(now.streams), "open": unanswered}
    return _need("streams_signed", len(signed) == held["streams"] > 0, **held)


def _panel_answered(now: CaseNow) -> GateNeed:
    tree = now.case.tree
    closed = [one for one in ClosedPanel.objects.filter(case=now.case) if tree.get(one.path) == one.sha256]
    waiting = sum(panel.fits and not panel.closed for panel in now.panels)
    stands = bool(closed) and not waiting
    return _need("panel_answered", stands, closed=len(closed), waiting=waiting, least=workflow().panel_experts)


def _appraisal(now: CaseNow) -> GateNeed:
    head = now.case.head
    return _need("appraisal", now.appraisal is not None, version=head.number if head is not None else 0)


def _declarations(now: CaseNow) -> GateNeed:
    members = len(now.voters)
    declared = members - len(now.undeclared)
    return _need("declarations", declared == members > 0, declared=declared, members=members)


def _quorum(now: CaseNow) -> GateNeed:
    committee, members = load_playbook(now.case.playbook).committee, len(now.voters)
    return _need("quorum", members >= committee.quorum, members=members, quorum=committee.quorum)


def _decided_for(now: CaseNow) -> GateNeed:
    newest = next((one for one in now.sittings if one.purpose == "decide"), None)
    if newest is None or newest.state != "closed" or newest.result not in FOR:
        return _need("decided_for", False)
    return _need("decided_for", now.case.head_id in (newest.appraisal.version_id, newest.upheld_id))


def _sheet_approved(now: CaseNow) -> GateNeed:
    held = {found for name, found in now.case.tree.items() if name.startswith("terms/")}
    by: dict[str, set[int]] = {}
    for sha256, person in SheetApproval.objects.filter(case=now.case).values_list("sha256", "person_id"):
        if person not in now.recused:
            by.setdefault(sha256, set()).add(person)
    most = max((len(people) for sha256, people in by.items() if sha256 in held), default=0)
    needed = workflow().sheet_approvals
    return _need("sheet_approved", most >= needed, approvals=most, needed=needed)


def _signed(now: CaseNow) -> GateNeed:
    return _need("signed", now.case.state in ("signed", "closed"))


def _milestones(now: CaseNow) -> GateNeed:
    states = [*TrancheRelease.objects.filter(case=now.case).values_list("state", flat=True)]
    open_releases, released = states.count("asked"), states.count("released")
    unverified = MilestoneReport.objects.filter(case=now.case, verification=None).count()
    stands = released > 0 and not open_releases and not unverified
    return _need("milestones", stands, released=released, open=open_releases, unverified=unverified)


_TESTS: Mapping[str, Callable[[CaseNow], GateNeed]] = {
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
