"""The plan of an invitation in sentences: whom a target would supply, what is on offer, what binds it, what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guanzi.base.core import Message
from guanzi.intake.chains import ChainStatement, ChainView
from guanzi.jobs.shared.documents.words import message
from guanzi.study.chains import Invitation


def steps_of(view: ChainView, plan: Invitation) -> tuple[Message, ...]:
    """The sentences of a plan, in the order of a talk."""
    return tuple(_steps(view, plan))


def shared_steps(view: ChainView, plans: Sequence[Invitation]) -> tuple[Message, ...]:
    """The sentences that several plans have in common, in their order; none where there is but one plan."""
    told = [steps_of(view, plan) for plan in plans]
    return tuple(step for step in told[0] if all(step in one for one in told)) if len(told) > 1 else ()


def _steps(view: ChainView, plan: Invitation) -> Iterator[Message]:
    yield message("chain.plan.buyers", firms=tuple(view.firms[f].name for f in plan.buyers))
    yield message("chain.plan.beside", firms=tuple(view.firms[f].name for f in plan.beside))
    yield from _wanted("offers", plan.offers, plan.unknown_offers)
    yield from _wanted("needs", plan.needs, plan.unknown_needs)
    yield message("chain.plan.labs", labs=tuple(s.name for s in plan.laboratories))
    yield message(f"chain.plan.tier.{plan.tier}")
    if plan.questions:
        yield message("chain.plan.ask", asked=tuple(message(f"chain.ask.{q}") for q in plan.questions))


def _wanted(what: str, stated: Sequence[ChainStatement], unknown: Sequence[str]) -> Iterator[Message]:
    """What is stated of offers or needs, and of which kinds nothing is; where nothing at all is, that alone."""
    if not stated:
        yield message(f"chain.plan.no_{what}")
        return
    yield message(f"chain.plan.{what}", what=tuple(s.name for s in stated))
    if unknown:
        yield message(f"chain.plan.unknown_{what}", kinds=tuple(message(f"chain.wanted.{kind}") for kind in unknown))
