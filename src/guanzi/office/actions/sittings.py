"""Actions of the chair on an open sitting that cannot be counted as it is: abandon it, find it void, uphold it.

None of them tells a vote. The ballots of a sitting that was not counted stay hidden for ever, so that nobody learns
from one sitting how to hold the next.
"""

from __future__ import annotations

from typing import TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionContext, CaseInput, action
from guanzi.office.actions.votes import CHAIR, going_sitting
from guanzi.office.deciding.gates import barred, fall_back
from guanzi.office.deciding.now import CaseNow
from guanzi.office.deciding.sittings import committee_of, tally_of
from guanzi.office.deciding.voiding import TERMS
from guanzi.office.models import Sitting


class EndSitting(CaseInput):
    """An open sitting, with the reasons of the chair."""

    sitting: int
    reasons: str = Field(min_length=1, max_length=10_000)


class SittingState(TypedDict):
    """A sitting, and its state."""

    sitting: int
    state: str


@action("vote.abandon", CHAIR, "decide")
def abandon(context: ActionContext, asked: EndSitting) -> SittingState:
    """End a sitting without a count while its quorum has not voted; the log of the next one says that it follows."""
    sitting = going_sitting(context, asked.sitting)
    there = tally_of(sitting, committee_of(context.of), CaseNow(context.of).recused)
    if there.present >= there.needed:
        fix = Message.of("office.refused.abandon_quorum.mend")
        raise InvalidInput(Problem(Message.of("office.refused.abandon_quorum"), Place("sitting"), fix))
    sitting.state, sitting.reasons = "abandoned", asked.reasons
    sitting.tally |= {"present": there.present, "needed": there.needed}
    sitting.save(update_fields=["state", "reasons", "tally"])
    fall_back(context.of)
    context.record.words["reasons"] = asked.reasons
    context.record.data |= {"sitting": sitting.number, "present": there.present, "quorum": there.needed}
    return {"sitting": sitting.pk, "state": sitting.state}


@action("vote.void", CHAIR, "decide")
def void(context: ActionContext, asked: EndSitting) -> SittingState:
    """Find that what is new since a sitting was opened makes it void."""
    sitting = _unsettled(context, asked)
    sitting.state, sitting.void_because, sitting.reasons = "void", sitting.evidence_since, asked.reasons
    sitting.save(update_fields=["state", "void_because", "reasons"])
    fall_back(context.of)
    context.record.words["reasons"] = asked.reasons
    because, voided = sitting.evidence_since, [f"sitting.{sitting.number}"]
    context.record.data |= {"sitting": sitting.number, "because": because, "voided": voided}
    return {"sitting": sitting.pk, "state": sitting.state}


@action("vote.uphold", CHAIR, "decide")
def uphold(context: ActionContext, asked: EndSitting) -> SittingState:
    """Find that what is new changes nothing: the sitting goes on, and decides on the newest version.

    Another term sheet is another question, and a vote of somebody with an interest is none: neither is upheld.
    """
    sitting, head = _unsettled(context, asked), context.of.newest
    problems = []
    if _terms(sitting.appraisal.version.tree) != _terms(head.tree):
        fix = Message.of("office.refused.uphold_terms.mend")
        problems.append(Problem(Message.of("office.refused.uphold_terms"), Place("sitting"), fix))
    if sitting.ballots.filter(person__in=barred(context.of)).exists():
        fix = Message.of("office.refused.uphold_interest.mend")
        problems.append(Problem(Message.of("office.refused.uphold_interest"), Place("interest"), fix))
    if problems:
        raise InvalidInput(problems)
    because, sitting.evidence_since, sitting.upheld = sitting.evidence_since, [], head
    sitting.save(update_fields=["evidence_since", "upheld"])
    context.record.words["reasons"] = asked.reasons
    context.record.data |= {"sitting": sitting.number, "because": because, "upheld": head.sha256}
    return {"sitting": sitting.pk, "state": sitting.state}


def _unsettled(context: ActionContext, asked: EndSitting) -> Sitting:
    """An open sitting since whose opening something is new.

    Raises:
        InvalidInput: It is not open, or nothing is new.
    """
    sitting = going_sitting(context, asked.sitting)
    if not sitting.evidence_since:
        raise InvalidInput(Problem(Message.of("office.refused.nothing_new"), Place("sitting")))
    return sitting


def _terms(tree: dict[str, str]) -> dict[str, str]:
    return {path: sha256 for path, sha256 in tree.items() if path.startswith(TERMS)}
