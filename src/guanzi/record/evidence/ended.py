"""Whether a company, or its project, had come to its end by the day of a view."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.base.core import Period
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.view import View

ENDS = ("insolvency_opened", "operations_suspended", "project_cancelled")
"""Facts by which a company or its project has come to its end."""
REVIVALS = ("company_rescued", "company_restructured")
"""Facts by which it goes on after all."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How it came to its end: the name of the fact, when, and the fact itself."""

    name: str
    period: Period
    fact: str


def end_of(view: View) -> Ended | None:
    """The heaviest end that a view holds and that no later rescue has undone; None where there is none."""
    back = [fact.period for name in REVIVALS if (fact := _latest_yes(view, name)) is not None]
    for name in ENDS:
        fact = _latest_yes(view, name)
        if fact is not None and not any(period >= fact.period for period in back):
            return Ended(name, fact.period, fact.id)
    return None


def _latest_yes(view: View, name: str) -> Fact | None:
    """The fact where the latest statement of a name is a yes."""
    resolution = view.resolve(name)
    return resolution.fact if resolution is not None and resolution.fact.value is True else None
