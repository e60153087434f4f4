"""Whether a company, or its project, had come to its end by the day of a view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Period
from guanzi.record.evidence.accounts.reporting import HALF_YEAR_DELAY
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.view import View

ENDS = ("insolvency_opened", "operations_suspended", "project_cancelled")
"""Facts by which a company or its project has come to its end."""
REVIVALS = ("company_rescued", "company_restructured")
"""Facts by which it goes on after all."""
QUARTER_DAYS = 92
"""Days of the longest quarter."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How it came to its end: the name of the fact, when, and the fact itself."""

    name: str
    period: Period
    fact: str


def end_of(view: View, until: date | None = None) -> Ended | None:
    """The heaviest end that a view holds and that no later rescue has undone; None where there is none.

    Args:
        view: What was known.
        until: Only what happened by this day counts; None: all that was known.
    """
    back = [fact.period for name in REVIVALS if (fact := _latest_yes(view, name, until)) is not None]
    for name in ENDS:
        fact = _latest_yes(view, name, until)
        if fact is not None and not any(period >= fact.period for period in back):
            return Ended(name, fact.period, fact.id)
    return None


def silent_since(view: View) -> Fact | None:
    """The newest fact on a company that is silent: for longer than a quarter with its delay nothing became known."""
    known = [fact for fact in view.facts if fact.subject == "company" or fact.name in (*ENDS, *REVIVALS)]
    last = max(known, key=lambda fact: (fact.known_on, fact.id), default=None)
    return last if last is not None and (view.as_of - last.known_on).days > QUARTER_DAYS + HALF_YEAR_DELAY else None


def _latest_yes(view: View, name: str, until: date | None) -> Fact | None:
    """The fact where the latest statement of a name, by a day, is a yes."""
    periods = [fact.period for fact in view.named(name) if until is None or fact.period.end <= until]
    resolution = view.resolve(name, period=periods[-1]) if periods else None
    return resolution.fact if resolution is not None and resolution.fact.value is True else None
