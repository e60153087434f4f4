"""Actions on milestones: one person reports what the company says, another verifies it by a document, or returns it."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem, meant
from guanzi.jobs.following import OF_MONEY, Milestone, milestones, subject_of
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.proofs import ProofInput, keep_proof
from guanzi.office.actions.texts import LongText
from guanzi.office.models import MilestoneReport
from guanzi.office.paying.afterwards import (
    add_watched,
    milestone_fact,
    source_row,
    watched_deal,
)
from guanzi.office.paying.looking import look_again
from guanzi.office.paying.now import DealNow
from guanzi.office.paying.verifying import digests_of
from guanzi.office.roles import Role

_SIGNED = frozenset({"signed"})
VERIFIERS = PermissionPolicy(
    roles=frozenset({Role.LEAD, Role.FINANCE, Role.CHAIR}),
    parts=frozenset({"lead", "analyst", "manager"}),
    either=True,
    states=_SIGNED,
)


class ReportMilestone(CaseInput):
    """A milestone by its id in the deal, and the day on which it was reached by the word of the company."""

    milestone: str
    reached_on: date
    words: LongText = Field(default="", max_length=5_000)


class MilestoneFact(TypedDict):
    """A milestone, and the fact that states something of it."""

    milestone: str
    fact: str


@action("milestone.report", PermissionPolicy(parts=frozenset({"manager", "lead"}), states=_SIGNED))
def report(context: ActionContext, asked: ReportMilestone) -> MilestoneFact:
    """Report a milestone: it counts for nothing until somebody else has verified it."""
    return reported(context, asked)


def reported(context: ActionContext, asked: ReportMilestone) -> MilestoneFact:
    """Keep that a milestone is reported, as a fact that says no more than that.

    Raises:
        InvalidInput: There is none, it is reported already, or the day cannot be.
    """
    found = _milestone(context, asked.milestone)
    if MilestoneReport.objects.filter(case=context.of, milestone=found.id).exists():
        raise InvalidInput(Problem(Message.of("office.refused.milestone_reported", id=found.id), Place("milestone")))
    if asked.reached_on > context.today:
        raise InvalidInput(Problem(Message.of("office.refused.day_ahead"), Place("reached_on")))
    until = max((claim.day for claim in found.claims.proofs if not claim.reached), default=None)
    if until is not None and asked.reached_on <= until:
        cause = Message.of("office.refused.not_reached_by", id=found.id, day=until.isoformat())
        raise InvalidInput(Problem(cause, Place("reached_on")))
    name = _name(context, "reported", found.id)
    source = source_row(
        context.of.company, f"Report of the milestone {found.id} to the public side", context.today, "B"
    )
    fact = milestone_fact(name, "reported", found.id, True, asked.reached_on, context.today)
    made = add_watched(context.of, name, {name: source}, [fact], context.person, "reached_on")
    MilestoneReport.objects.create(
        case=context.of,
        milestone=found.id,
        fact=name,
        reported_on=asked.reached_on,
        reported_by=context.person,
        words=asked.words,
    )
    look_again(context.of, context.at, context.today)
    context.record.data |= {"milestone": found.id, "new_version": made.version.sha256, "fact": name}
    if asked.words:
        context.record.words["words"] = asked.words
    return {"milestone": found.id, "fact": name}


class VerifyMilestone(ProofInput):
    """A milestone that was reported, and where its proof stands."""

    milestone: str


class VerifiedMilestone(TypedDict):
    """A milestone, the hash of the document that proves it, and the fact that says so."""

    milestone: str
    proof: str
    fact: str


@action("milestone.verify", VERIFIERS, "decide")
def verify(context: ActionContext, asked: VerifyMilestone) -> VerifiedMilestone:
    """Verify a milestone by a document: somebody else than who reported it."""
    row = _reported(context, asked.milestone)
    name = _name(context, "verified", row.milestone)
    title = f"Verification of the milestone {row.milestone} by a document"
    fact = milestone_fact(name, "verified", row.milestone, True, row.reported_on, context.today)
    row.verification = keep_proof(context, asked, title, fact, row.fact, _digest(context, row))
    row.save(update_fields=["verification"])
    look_again(context.of, context.at, context.today)
    context.record.data["milestone"] = row.milestone
    return {"milestone": row.milestone, "proof": row.verification.proof, "fact": name}


class ReturnMilestone(CaseInput):
    """A milestone that was reported and is not reached, and why."""

    milestone: str
    words: LongText = Field(min_length=1, max_length=5_000)


@action("milestone.return", VERIFIERS, "decide")
def give_back(context: ActionContext, asked: ReturnMilestone) -> MilestoneFact:
    """Find that a milestone is not reached: it stands as not verified, and can be reported again."""
    row = _reported(context, asked.milestone)
    name = _name(context, "returned", row.milestone)
    source = source_row(
        context.of.organisation.name, f"Verification: the milestone {row.milestone} is not reached", context.today
    )
    fact = milestone_fact(name, "verified", row.milestone, False, row.reported_on, context.today)
    made = add_watched(context.of, name, {name: source}, [fact], context.person, "milestone")
    row.delete()
    look_again(context.of, context.at, context.today)
    context.record.data |= {"milestone": asked.milestone, "fact": name, "new_version": made.version.sha256}
    context.record.words["words"] = asked.words
    return {"milestone": asked.milestone, "fact": name}


def _milestone(context: ActionContext, id: str) -> Milestone:
    """A milestone of the signed deal that is no instalment: instalments are paid, and nobody reports them."""
    watched = watched_deal(context.of, context.today)
    found = {one.id: one for one in milestones(watched.sheet, watched.view) if one.kind not in OF_MONEY}
    if id in found:
        return found[id]
    cause = Message.of("office.refused.no_milestone", id=id[:100], ids=tuple(found))
    raise InvalidInput(Problem(cause, Place("milestone"), meant(id, found, None)))


def _reported(context: ActionContext, milestone: str) -> MilestoneReport:
    """A report that waits for somebody else's eyes."""
    row = MilestoneReport.objects.filter(case=context.of, milestone=milestone).first()
    if row is None:
        raise InvalidInput(Problem(Message.of("office.refused.not_reported", id=milestone[:100]), Place("milestone")))
    if row.milestone in DealNow(context.of).verified:
        raise InvalidInput(Problem(Message.of("office.refused.verified_already", id=row.milestone), Place("milestone")))
    if context.person.pk in (row.reported_by_id, DealNow(context.of).inviters.get(row.reported_by_id)):
        raise InvalidInput(Problem(Message.of("office.refused.own_report"), Place("milestone")))
    return row


def _digest(context: ActionContext, row: MilestoneReport) -> str:
    """Hash of what the report says; empty: it was made before reports were named."""
    read = watched_deal(context.of, context.today).case
    return "".join(digests_of(read, [fact for fact in read.facts if fact.id == row.fact]).values())


def _name(context: ActionContext, stand: str, milestone: str) -> str:
    """Id of fact, source and file: unique by the version that it makes."""
    head = context.of.newest
    return f"office-{stand}-{subject_of(milestone)}-{head.number + 1 if head is not None else 1}"
