"""Actions at the end of a case: judge what came of it, and let later cases of the organisation count it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.evidence import precedents
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.texts import LongText
from guanzi.office.cases.contents import new_version, read_tree
from guanzi.office.cases.endedbets import ended_bets, taken_over
from guanzi.office.cases.termsheets import kept_sheet
from guanzi.office.models import CaseOutcome, OfficeCase
from guanzi.office.roles import Role
from guanzi.record.evidence import PRECEDENTS

OUTCOMES = ("success", "partial", "failure", "ongoing")
"""Judgements on a case that ends."""


class LeaveCase(CaseInput):
    """Why a case ends (what was paid is back, sold or lost), and what it came to for the public side.

    Attributes:
        outcome: ``ongoing``: too early to judge; the case becomes no precedent.
    """

    reasons: LongText = Field(min_length=1, max_length=10_000)
    outcome: Literal["success", "partial", "failure", "ongoing"]


class LeftCase(TypedDict):
    """A case that is no longer watched, how it is judged, and whether later cases count it as a precedent."""

    case: str
    state: str
    outcome: str
    precedent: bool


@action(
    "case.leave", PermissionPolicy(frozenset({Role.CHAIR}), frozenset({"chair"}), True, frozenset({"signed"})), "decide"
)
def leave(context: ActionContext, asked: LeaveCase) -> LeftCase:
    """End a case that is watched; everything of it stays, and its outcome is told to all who read a later case."""
    case = context.of
    problems = []
    if case.stage != "watching":
        cause = Message.of("office.refused.not_watched", now=Message.of(f"office.stage.{case.stage}"))
        problems.append(Problem(cause, Place("stage"), Message.of("office.refused.not_watched.mend")))
    if case.releases.filter(state="asked").exists():
        problems.append(Problem(Message.of("office.refused.release_waits"), Place("release")))
    if case.sittings.filter(state="open").exists():
        problems.append(Problem(Message.of("office.refused.sitting_open"), Place("case")))
    if problems:
        raise InvalidInput(problems)
    case.state, case.stage = "closed", "left"
    case.save(update_fields=["state", "stage"])
    row = CaseOutcome(case=case, label=asked.outcome, judged_by=context.person, at=context.at)
    row.precedent, row.answers = _bet(case, asked.outcome, context.today)
    row.save()
    context.record.words["reasons"] = asked.reasons
    context.record.data |= {"outcome": asked.outcome, "precedent": row.precedent}
    return {"case": case.slug, "state": case.state, "outcome": row.label, "precedent": bool(row.precedent)}


def _bet(case: OfficeCase, label: str, day: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """A signed case as a precedent, and its answers on the day of the decision to the questions of the register."""
    signing, run = case.signing, case.signing.sitting.appraisal
    read = read_tree(case.slug, run.version.tree)
    decided = case.decided_on() or signing.signed_on
    bet = precedents.bet_of(read, kept_sheet(signing.path, signing.sha256), label, decided, day)
    return ({} if bet is None else bet.model_dump(mode="json")), precedents.answers_on(read, run.as_of)


class TakePrecedents(CaseInput):
    """A case that is to count the cases of the organisation that have ended since it was opened."""


class TakenPrecedents(TypedDict):
    """A version that was made, how many ended cases it counts, and what it made void."""

    version: int
    precedents: int
    voided: list[str]


@action("case.take_precedents", PermissionPolicy(parts=frozenset({"lead", "analyst"}), states=frozenset({"open"})))
def take_precedents(context: ActionContext, asked: TakePrecedents) -> TakenPrecedents:
    """Let a case count the ended cases of its organisation beside its outside view: a new version, as new evidence."""
    case = context.of
    content = taken_over(case, context.today)
    if content is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_new_precedent"), Place("case")))
    made = new_version(case, {PRECEDENTS: content}, context.person, "case.take_precedents")
    context.record.data["new_version"] = made.version.sha256
    count = len(ended_bets(case.organisation, case.slug))
    return {"version": made.version.number, "precedents": count, "voided": list(made.voided)}
