"""Actions on the stage of a case: it moves on when what it needs stands, and not before."""

from __future__ import annotations

from typing import TypedDict

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.deciding.gates import needs_of, next_stage
from guanzi.office.deciding.now import CaseNow
from guanzi.office.roles import Role


class AdvanceCase(CaseInput):
    """The stage that the case leaves, so that nobody moves it on twice; ``through``: on, as far as all needs stand."""

    stage: str
    through: bool = False


class AdvancedCase(TypedDict):
    """The stage that a case has reached."""

    case: str
    stage: str


@action(
    "case.advance",
    PermissionPolicy(
        roles=frozenset({Role.CHAIR}), parts=frozenset({"lead"}), either=True, states=frozenset({"open", "signed"})
    ),
)
def advance(context: ActionContext, asked: AdvanceCase) -> AdvancedCase:
    """Move a case to the next stage; what lacks is said, all at once."""
    case = context.of
    if asked.stage != case.stage:
        cause = Message.of("office.refused.stage", now=Message.of(f"office.stage.{case.stage}"))
        raise InvalidInput(Problem(cause, Place("stage")))
    coming = next_stage(case)
    if coming is None or coming == "left":
        raise InvalidInput(Problem(Message.of("office.refused.last_stage"), Place("stage")))
    needs = needs_of(CaseNow(case))
    lacking = [Problem(need.words, Place(need.id)) for need in needs if not need.stands]
    if lacking:
        raise InvalidInput(lacking)
    stood = [need.id for need in needs]
    case.stage = coming
    while asked.through and (further := next_stage(case)) not in (None, "left"):
        needs = needs_of(CaseNow(case))
        if not needs or not all(need.stands for need in needs):
            break
        stood += [need.id for need in needs]
        case.stage = coming = str(further)
    case.save(update_fields=["stage"])
    context.record.data |= {"from": asked.stage, "to": coming, "stood": stood}
    return {"case": case.slug, "stage": coming}
