"""Hold, add, stop or leave: what has been paid and has come back, what leaving brings today, and what waiting is worth.

All money is compared on one day, at the hurdle rate of the playbook. The rule that decides was written before the
market turned, and is shown with the day on which it was set; the figures beside it say what following it costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guanzi.base.core import DAYS_OF_YEAR

type Course = Literal["hold", "stop", "exit", "leave", "failed", "warned", "no_stake", "unknown"]


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Money of the public side: paid if negative, received if positive; with the facts that say so.

    Attributes:
        day: The last day on which it can have come.
        since: The first one, where it is not the same.
    """

    day: date
    amount: float
    facts: tuple[str, ...] = ()
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Realised:
    """What came back, as ratios.

    Attributes:
        dpi: What came back, to what was paid.
        tvpi: The same with what a sale of the stake would bring; None: that is not known.
        xirr: Lowest and highest rate a year of what was paid and came back; None: nothing came back, or there is no
            single rate.
        xirr_held: The same with a sale of the stake on the day.
    """

    dpi: float
    tvpi: float | None
    xirr: tuple[float, float] | None
    xirr_held: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Position:
    """Where the public side stands on a day.

    Attributes:
        paid: What was paid until the day; None: nothing that is held says so.
        returned: What came back until the day; None: nothing says whether money flowed at all.
        outstanding: What was paid less what came back, each with the hurdle rate up to the day: below nought, the
            public side is ahead of it already; None: what was paid is not known.
        share: Share of the company that the public side holds; None: not known.
        value: Low, middle and high value of the whole company; None: not known.
        proceeds: Low, middle and high of what selling all of it brings today, after the discount of a block sale.
        break_even: Value of the whole company at which such a sale makes the public side whole at the hurdle rate.
        recovering: Part of the stake whose sale brings back what is outstanding; None: all of it would not do.
        left: What the rest of the stake is worth then.
        most: Where ``paid`` is not known: the most that may have been paid; None: not known either.
        realised: Multiples and rates of what was paid and came back; None: one of them is not known.
    """

    paid: float | None
    returned: float | None
    outstanding: float | None
    share: float | None
    value: tuple[float, float, float] | None
    proceeds: tuple[float, float, float] | None
    break_even: float | None
    recovering: float | None
    left: float | None
    most: float | None = None
    realised: Realised | None = None

    @property
    def recycled(self) -> float | None:
        """What came back beyond what was paid, free for other bets; None: not known."""
        return None if self.returned is None or self.paid is None else max(self.returned - self.paid, 0.0)


def position(
    flows: Sequence[CashFlow],
    day: date,
    hurdle: float,
    share: float | None,
    value: tuple[float, float, float] | None,
    discount: float,
    most: float | None = None,
) -> Position:
    """Where the public side stands.

    Args:
        flows: What was paid and received until the day; later ones are not counted.
        day: The day.
        hurdle: Hurdle rate a year, as a ratio.
        share: Share of the company that is held, as a ratio.
        value: Low, middle and high value of the whole company.
        discount: What a block sale costs, as a ratio of the value.
        most: The most that may have been paid where no flow says what was.
    """
    held = [f for f in flows if f.day <= day]
    paid = -sum(f.amount for f in held if f.amount < 0.0) if any(f.amount < 0.0 for f in held) else None
    outstanding = None
    if paid is not None:
        outstanding = -sum(f.amount * (1.0 + hurdle) ** ((day - f.day).days / DAYS_OF_YEAR) for f in held)
    keeps = 1.0 - discount
    proceeds = None
    if share is not None and value is not None:
        low, middle, high = (share * v * keeps for v in value)
        proceeds = (low, middle, high)
    break_even = max(outstanding, 0.0) / (share * keeps) if outstanding is not None and share and keeps > 0.0 else None
    recovering = left = None
    if outstanding is not None and proceeds is not None and outstanding <= proceeds[1] > 0.0:
        recovering = max(outstanding, 0.0) / proceeds[1]
        left = proceeds[1] - max(outstanding, 0.0)
    return Position(
        paid=paid,
        returned=sum(f.amount for f in held if f.amount > 0.0) if held else None,
        outstanding=outstanding,
        share=share,
        value=value,
        proceeds=proceeds,
        break_even=break_even,
        recovering=recovering,
        left=left,
        most=most if paid is None else None,
    )


@dataclass(frozen=True, slots=True)
class Trigger:
    """A reason not to hold, and whether it is there.

    Attributes:
        id: Of the rule: ``breach``, ``put_open``, ``tier_missed`` or ``end`` (of the horizon, or of the life of the
            fund). Of the company: ``failed`` (what counts as its failure is known) or ``sign`` (of trouble).
        met: None: it cannot be told.
        about: Ids of the covenants, rights, tiers or rules of warning that are the reason, or of those that cannot be
            tested.
    """

    id: str
    met: bool | None
    about: tuple[str, ...] = ()


def verdict(triggers: Sequence[Trigger], *, owed: bool = False, held: bool = True) -> Course:
    """What is to be done: a stake is held until one of the reasons of the rule is there; a price alone is none.

    A company that has failed is not held, whatever the rule says. Where a reason is there, what is not yet paid is
    stopped; where all is paid, the rights of the contract and a sale are left. A sign of trouble that nobody has
    answered is no reason of the rule to leave, and yet no ground to hold. Adding money is never the answer: that is a
    new decision, on a new appraisal.

    Args:
        triggers: The reasons.
        owed: Whether the public side still has to pay.
        held: Whether it holds a stake, or may.

    >>> verdict([Trigger("put_open", False), Trigger("end", False)])
    'hold'
    >>> verdict([Trigger("tier_missed", True, ("headquarters",))], owed=True)
    'stop'
    >>> verdict([Trigger("breach", None, ("lock",)), Trigger("sign", True, ("cash-months",))])
    'warned'
    """
    met = {trigger.id: trigger.met for trigger in triggers}
    if met.get("failed"):
        return "failed"
    if any(met.get(id) for id in ("breach", "put_open", "tier_missed")):
        return "stop" if owed else "exit"
    if met.get("end"):
        return "leave"
    if met.get("sign"):
        return "warned"
    if not held:
        return "no_stake"
    return "unknown" if None in met.values() else "hold"
