"""Actions on the conditions of a decision: each is met by the text that is signed, or waived by two people."""

from __future__ import annotations

from typing import TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.texts import LongText
from guanzi.office.cases.demanded import DecisionCondition, conditions_of
from guanzi.office.models import ConditionWaiver, Sitting
from guanzi.office.roles import Role

_WAIVING = PermissionPolicy(roles=frozenset({Role.CHAIR, Role.FINANCE, Role.LEAD}), states=frozenset({"open"}))


class WaiveCondition(CaseInput):
    """A condition of the newest decision by its id, and why the deal can be signed without it."""

    condition: str = Field(max_length=80)
    reason: LongText = Field(min_length=20, max_length=5_000)


class WaivedCondition(TypedDict):
    """A condition of the decision of a sitting."""

    sitting: int
    condition: str


@action("condition.waive", _WAIVING, "decide")
def waive(context: ActionContext, asked: WaiveCondition) -> WaivedCondition:
    """Ask that a condition need not be met before the signature; it stands until somebody else agrees."""
    sitting, condition = _condition(context, asked.condition)
    if condition.waiver is not None:
        raise InvalidInput(Problem(Message.of("office.refused.condition_asked"), Place("condition")))
    ConditionWaiver.objects.create(
        sitting=sitting, condition=condition.id, reason=asked.reason, asked_by=context.person, asked_at=context.at
    )
    context.record.data |= {"sitting": sitting.number, "condition": condition.id}
    context.record.words["reason"] = asked.reason
    return {"sitting": sitting.pk, "condition": condition.id}


class AgreeToWaiver(CaseInput):
    """A condition whose waiver was asked for, by its id."""

    condition: str = Field(max_length=80)


@action("condition.agree", _WAIVING, "decide")
def agree(context: ActionContext, asked: AgreeToWaiver) -> WaivedCondition:
    """Agree that a condition is waived: somebody else than who asked for it."""
    sitting, condition = _condition(context, asked.condition)
    row = condition.waiver
    if row is None or row.agreed_by_id is not None:
        raise InvalidInput(Problem(Message.of("office.refused.condition_not_asked"), Place("condition")))
    if row.asked_by_id == context.person.pk:
        raise InvalidInput(Problem(Message.of("office.refused.own_waiver"), Place("condition")))
    row.agreed_by, row.agreed_at = context.person, context.at
    row.save()
    context.record.data |= {"sitting": sitting.number, "condition": condition.id}
    context.record.who["asked"] = row.asked_by.username
    context.record.words["reason"] = row.reason
    return {"sitting": sitting.pk, "condition": condition.id}


def _condition(context: ActionContext, id: str) -> tuple[Sitting, DecisionCondition]:
    """The newest decision on the case and its condition of that id.

    Raises:
        InvalidInput: It has no such condition.
    """
    sitting = context.of.sittings.filter(purpose="decide").select_related("appraisal").order_by("-pk").first()
    held = {} if sitting is None else {one.id: one for one in conditions_of(sitting)}
    if sitting is None or id not in held:
        raise InvalidInput(Problem(Message.of("office.refused.no_condition", id=id[:80]), Place("condition")))
    return sitting, held[id]
