"""Actions on firms of a chain that are not followed: drop one with the reason, and take it up again."""

from __future__ import annotations

from typing import TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.chains import chain_names, leads
from guanzi.office.actions.framework import ActionContext, ActionInput, PermissionPolicy, action
from guanzi.office.actions.texts import LongText
from guanzi.office.models import DroppedLead
from guanzi.office.roles import Role

_WHO = PermissionPolicy(roles=frozenset({Role.LEAD, Role.ANALYST}))


class OfLead(ActionInput):
    """A firm of a chain, and the city that looks at it."""

    chain: str = Field(max_length=100)
    firm: str = Field(max_length=100)
    city: str = Field(max_length=100)


class DropLead(OfLead):
    """Why the firm is not followed; whoever opens the list of firms reads it."""

    why: LongText = Field(min_length=1, max_length=2_000)


class LeadState(TypedDict):
    """A firm of a chain, and whether it is dropped."""

    firm: str
    dropped: bool


@action("lead.drop", _WHO)
def drop(context: ActionContext, asked: DropLead) -> LeadState:
    """Drop a firm with the reason, which everybody of the organisation reads beside its name."""
    if asked.chain not in chain_names():  # a name, never a file of the machine
        fix = Message.of("office.refused.no_chain.mend", names=chain_names())
        raise InvalidInput(Problem(Message.of("office.refused.no_chain", name=asked.chain), Place("chain"), fix))
    leads.find(leads.Request(asked.chain, asked.firm, asked.city, as_of=context.today))
    _, new = DroppedLead.objects.get_or_create(
        organisation=context.person.employer,
        **_key(asked),
        defaults={"why": asked.why, "person": context.person, "at": context.at},
    )
    if not new:
        raise InvalidInput(Problem(Message.of("office.refused.lead_dropped"), Place("firm")))
    context.record.data |= _key(asked)
    context.record.words["why"] = asked.why
    return {"firm": asked.firm, "dropped": True}


@action("lead.take_up", _WHO)
def take_up(context: ActionContext, asked: OfLead) -> LeadState:
    """Take a dropped firm up again; that it was dropped, and why, stays in the log."""
    row = DroppedLead.objects.filter(organisation=context.person.employer, **_key(asked)).first()
    if row is None:
        raise InvalidInput(Problem(Message.of("office.refused.lead_not_dropped"), Place("firm")))
    row.delete()
    context.record.data |= _key(asked)
    return {"firm": asked.firm, "dropped": False}


def _key(asked: OfLead) -> dict[str, str]:
    return {"chain": asked.chain, "firm": asked.firm, "city": asked.city}
