"""Actions on interests: declare what one has or has not, and clear one that is none."""

from __future__ import annotations

from typing import TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.texts import LongText
from guanzi.office.deciding.interests import clear, recuse
from guanzi.office.models import Declaration, Interest
from guanzi.office.roles import Role


class Declare(CaseInput):
    """Whether one has an interest in a case; whoever has one says which."""

    has_interest: bool
    words: LongText = Field(default="", max_length=4000)


class DeclaredInterest(TypedDict):
    """Whether the person has an interest."""

    has_interest: bool


@action("interest.declare", PermissionPolicy())
def declare(context: ActionContext, asked: Declare) -> DeclaredInterest:
    """Declare one's own interests; whoever has one loses sight, seat and vote at once."""
    if asked.has_interest and not asked.words:
        raise InvalidInput(Problem(Message.of("office.refused.interest_words"), Place("words")))
    Declaration.objects.create(
        case=context.of, person=context.person, has_interest=asked.has_interest, words=asked.words, at=context.at
    )
    context.record.data["has_interest"] = asked.has_interest
    if asked.words:
        context.record.words["declared"] = asked.words
    if asked.has_interest:
        recuse(context.of, context.person, "declared", Message.of("office.interest.declared", words=asked.words))
    return {"has_interest": asked.has_interest}


class ClearInterest(CaseInput):
    """An interest of somebody, and why it is none."""

    interest: int
    reasons: LongText = Field(min_length=1, max_length=4000)


class ClearedInterest(TypedDict):
    """An interest that was found to be none."""

    interest: int


@action("interest.clear", PermissionPolicy(frozenset({Role.CHAIR}), frozenset({"chair"}), either=True), "decide")
def clear_interest(context: ActionContext, asked: ClearInterest) -> ClearedInterest:
    """Find that an interest is none; nobody clears his own."""
    interest = Interest.objects.filter(case=context.of, pk=asked.interest, cleared_at=None).first()
    if interest is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_interest"), Place("interest")))
    if interest.person_id == context.person.pk:
        raise InvalidInput(Problem(Message.of("office.refused.own_interest"), Place("interest")))
    clear(interest, context.person, context.at)
    context.record.who["cleared"] = interest.person.username
    context.record.words["reasons"] = asked.reasons
    context.record.data |= {"interest": interest.pk, "kind": interest.kind}
    return {"interest": interest.pk}
