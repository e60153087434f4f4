"""Actions on the conditions of a decision: each is written into the text that is signed, or waived by two people."""

from __future__ import annotations

from typing import TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.structuring import conditions as writing
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.texts import LongText
from guanzi.office.bodies import TEXT
from guanzi.office.cases.amending import added_to
from guanzi.office.cases.conditions import changes_for, current_text, decided_sheet, document_of, otherwise
from guanzi.office.cases.contents import new_version
from guanzi.office.cases.demanded import WRITE, DecisionCondition, conditions_of
from guanzi.office.cases.drafts import check_sheet
from guanzi.office.cases.termsheets import as_written, sheet_of
from guanzi.office.models import ConditionWaiver, Sitting
from guanzi.office.roles import Role

_LEAST_REASON = 20
"""Characters of a reason."""
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
    if condition.written:
        raise InvalidInput(Problem(Message.of("office.refused.condition_written"), Place("condition")))
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


class WriteCondition(CaseInput):
    """A condition, and each passage as it is to be written; ``reason``: why it is written otherwise than proposed."""

    condition: str = Field(max_length=80)
    after: tuple[LongText, ...] = Field(default=(), max_length=200)
    reason: LongText = Field(default="", max_length=5_000)


class WrittenCondition(TypedDict):
    """A condition that stands in the text now: the sitting, its id, the new version and the hash of the text."""

    sitting: int
    condition: str
    version: int
    sheet: str


_WRITING = PermissionPolicy(parts=frozenset({"lead", "analyst", "manager"}), states=frozenset({"open"}))


@action(WRITE, _WRITING, most_bytes=TEXT)
def write(context: ActionContext, asked: WriteCondition) -> WrittenCondition:
    """Write a condition into the text that was decided; the decision stands, and two people approve the new text.

    Nothing else of the text changes, and nothing may add money or loosen what stands before it.
    """
    sitting, condition = _condition(context, asked.condition)
    held = current_text(sitting)
    changes = changes_for(sitting).get(condition.id, ())
    if not condition.stands or held is None or not changes:
        raise InvalidInput(Problem(Message.of("office.refused.condition_unwritten"), Place("condition")))
    (path, text), given = held, asked.after or tuple(one.after for one in changes)
    if len(given) != len(changes):
        raise InvalidInput(Problem(Message.of("office.refused.condition_passages", n=len(changes)), Place("after")))
    changed = any(one.after != words for one, words in zip(changes, given, strict=True))
    if changed and len(asked.reason) < _LEAST_REASON:
        raise InvalidInput(Problem(Message.of("office.refused.condition_reason"), Place("reason")))
    rewritten = [otherwise(change, words) for change, words in zip(changes, given, strict=True)]
    new = as_written(writing.with_conditions(document_of(path, text), rewritten))
    check_sheet(path, new)
    _adds_nothing(sitting, path, new)
    made = new_version(context.of, {path: new.encode()}, context.person, condition.id, upholds=sitting)
    sha256 = made.version.tree[path]
    context.record.data |= {"sitting": sitting.number, "condition": condition.id, "path": path, "sheet": sha256}
    context.record.data |= {"new_version": made.version.sha256, "otherwise": changed, "voided": list(made.voided)}
    if asked.reason:
        context.record.words["reason"] = asked.reason
    return {"sitting": sitting.pk, "condition": condition.id, "version": made.version.number, "sheet": sha256}


def _adds_nothing(sitting: Sitting, path: str, text: str) -> None:
    """See that a text asks of the public side no more than the one that was decided.

    Raises:
        InvalidInput: It adds money, or loosens what stands before it; each line is told.
    """
    decided = decided_sheet(sitting)
    if decided is None:
        return
    found = added_to(*decided, sheet_of(path, text))
    if found.lines:
        told = dict.fromkeys(one.message for one in found.lines)
        raise InvalidInput([Problem(Message.of("office.refused.undecided", what=one), Place("after")) for one in told])


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
