"""Cash calls against the debt limit: how much of the room to borrow a deal would take if the city borrowed for it."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.base.core import HOME, Message
from guanzi.record.evidence import View
from guanzi.study.fiscal.cash_calls import CashPlan


@dataclass(frozen=True, slots=True)
class DebtLimit:
    """The limit on the debt of a government, as far as facts allow; never a guess.

    Attributes:
        limit: Limit set by the higher level of government, CNY m; None: a gap.
        outstanding: Debt outstanding under the limit, CNY m; None: a gap.
        facts: Ids of the facts.
        message: What is known, or what a real team must still find.
        currency: Of the amounts.
    """

    limit: float | None
    outstanding: float | None
    facts: tuple[str, ...]
    message: Message
    currency: str = HOME

    @property
    def room(self) -> float | None:
        """What may still be borrowed, negative when the limit is exceeded; None when one of the two is a gap."""
        return None if self.limit is None or self.outstanding is None else self.limit - self.outstanding


@dataclass(frozen=True, slots=True)
class LimitYear:
    """One year of the plan against the room.

    Attributes:
        planned: Of this year, CNY m.
        cumulative: Up to and with this year.
        share_of_room: Cumulative, of the room as it was known; None: no room is known, or there is none.
    """

    year: int
    planned: float
    cumulative: float
    share_of_room: float | None


@dataclass(frozen=True, slots=True)
class LimitPlan:
    """A plan against the debt limit.

    Attributes:
        years: As in the plan of payments.
        exceeded: First year in which the payments so far exceed the room; None: never, or not known.
        message: What follows, conditional on borrowing the whole under the limit; or the gap.
    """

    years: tuple[LimitYear, ...]
    exceeded: int | None
    message: Message


def known_debt_limit(view: View, subject: str = "region") -> DebtLimit:
    """Debt limit and outstanding debt: facts ``debt_limit`` and ``debt_outstanding`` of a subject, the latest held."""
    limit, outstanding = view.resolve("debt_limit", subject), view.resolve("debt_outstanding", subject)
    facts = tuple(f.id for r in (limit, outstanding) if r is not None for f in (r.fact, *r.others))
    if limit is None:
        message = Message.of("fiscal.limit.gap" if outstanding is None else "fiscal.limit.gap_limit")
    elif outstanding is None:
        message = Message.of_money(
            view.currency, "fiscal.limit.no_outstanding", limit=limit.value, period=str(limit.fact.period)
        )
    else:
        message = Message.of_money(
            view.currency,
            "fiscal.limit.known",
            limit=limit.value,
            period=str(limit.fact.period),
            outstanding=outstanding.value,
            outstanding_period=str(outstanding.fact.period),
        )
    return DebtLimit(
        None if limit is None else limit.value,
        None if outstanding is None else outstanding.value,
        facts,
        message,
        view.currency,
    )


def subjects_of_debt(view: View) -> tuple[str, ...]:
    """Of whom a view holds a debt limit or what is outstanding under it: the region, or governments beside it."""
    return tuple(dict.fromkeys(f.subject for f in view.facts if f.name in ("debt_limit", "debt_outstanding")))


def against_debt_limit(plan: CashPlan, limit: DebtLimit) -> LimitPlan:
    """Hold planned payments, added up, against the room under the debt limit.

    The room is that of the as-of date: limits are set anew every year, and later ones were not known.

    Args:
        plan: Payments by year.
        limit: What is known of the limit.
    """
    room, total, exceeded = limit.room, 0.0, None
    years: list[LimitYear] = []
    for call in plan.years:
        total += call.planned
        years.append(LimitYear(call.year, call.planned, total, total / room if room is not None and room > 0 else None))
        if exceeded is None and room is not None and total > max(room, 0.0):
            exceeded = call.year
    if room is None:
        message = limit.message
    elif exceeded is None:
        message = Message.of_money(limit.currency, "fiscal.limit.within", room=room, total=total)
    else:
        message = Message.of_money(limit.currency, "fiscal.limit.exceeded", room=room, total=total, year=exceeded)
    return LimitPlan(tuple(years), exceeded, message)
