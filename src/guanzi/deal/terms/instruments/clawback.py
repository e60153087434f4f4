"""Clawbacks of what was given under several incentives: by severity and by probability of enforcement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guanzi.base.core import Message, Place
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Value
from guanzi.deal.terms.gaps import Gap, Gaps
from guanzi.deal.terms.instruments.kind import Context, InstrumentKind, asks, no_flows
from guanzi.deal.terms.instruments.pricing import listed
from guanzi.deal.terms.phrases import Phrases
from guanzi.deal.terms.schema import CONDITION, PERCENT, form_of, names
from guanzi.deal.terms.values import fraction, read_or_unseen, read_trigger, read_value

FORM = form_of(
    "clawback",
    {
        "on": {**names(), "description": "Incentives of which a part must be given back."},
        "when": CONDITION,
        "recover": PERCENT,
        "enforced": {**PERCENT, "description": "Chance that it is enforced; without it, not seen."},
    },
    ("on", "when", "recover"),
)


@dataclass(frozen=True, slots=True)
class Recapture:
    """The company gives back part of what it got under some incentives, once, when a condition is met.

    What it cannot pay stays due and stands beside its other debts in failure.

    Attributes:
        on: Ids of incentives.
        when: The trigger.
        recover: Part of what was given that must be given back (severity).
        enforced: Probability that it is enforced; drawn once per path.
    """

    id: str
    on: tuple[str, ...]
    when: Condition
    recover: Value
    enforced: Value
    place: Place
    source: str = ""


def read_recapture(id: str, cursor: Cursor, context: Context) -> Recapture | None:
    """A clawback; a chance of enforcement that is not stated was not seen."""
    fits = cursor.fits(FORM)
    valid = tuple(name for name in context.recoverable if name != id)
    named = tuple(item.reference(valid, "incentive") for item in listed(cursor.at("on")))
    when = read_trigger(cursor.at("when"), context.scope)
    recover = read_value(cursor.at("recover"), fraction)
    enforced = read_or_unseen(cursor.at("enforced"), fraction, cursor.place)
    on = tuple(dict.fromkeys(name for name in named if name is not None))
    if not fits or not on or when is None or recover is None:
        return None
    return Recapture(id, on, when, recover, enforced, cursor.place, cursor.at("source").text())


def _explain(say: Phrases, item: Recapture) -> Iterator[Clause]:
    message = Message.of(
        "terms.explain.recapture",
        issuer=say.issuer,
        ids=item.on,
        condition=say.when(item.when),
        recover=say.part(item.recover),
        enforced=say.chance(item.enforced),
    )
    state = state_of(item.recover, item.enforced)
    yield Clause(f"incentive.{item.id}", "incentives", message, state, item.place, item.source)


def _gaps(gaps: Gaps, item: Recapture) -> Iterator[Gap]:
    id = f"incentive.{item.id}"
    yield from gaps.item(id, item.id, item.recover, "recover", gaps.percent, item.source)
    yield from gaps.item(id, item.id, item.enforced, "enforced", gaps.percent, item.source)


KIND = InstrumentKind(
    Recapture,
    ("clawback",),
    "incentives",
    read_recapture,
    FORM,
    _explain,
    _gaps,
    asks("clawback", "when", before="incentive."),
    no_flows,
    moves_money=False,
    clocked=True,
    takes_back=lambda item: item.on,
)
