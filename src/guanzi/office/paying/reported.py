"""Figures of the company that were written since the decision: which of them stand, and that nobody changes one alone.

What was reported is corrected by two people, and by nothing else: no fact, no folder and no second report takes its
place (:mod:`guanzi.office.actions.corrections`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from guanzi.base.core import InvalidInput, Message, Period, Place, Problem
from guanzi.jobs.following import FIELDS, READ_FROM, monitoring
from guanzi.office.models import OfficeCase
from guanzi.office.paying.afterwards import watched_deal
from guanzi.office.paying.now import DealNow
from guanzi.office.paying.verifying import WrittenFigure, written_since
from guanzi.record.evidence import Fact

_KINDS = ("quarter", "day")
"""Times that figures of a quarter are about."""


def reported_figures(deal: DealNow, watched: monitoring.Watched) -> Mapping[str, WrittenFigure]:
    """Figures of the company that were written since the decision and stand, by the id of their facts."""
    corrected = {fact.supersedes for fact in watched.case.facts}
    some = (
        fact.id
        for fact in watched.case.facts
        if fact.name in FIELDS and fact.subject == "company" and fact.period.kind in _KINDS and fact.id not in corrected
    )
    return written_since(deal, watched, some)


def quarter_of(fact: Fact) -> Period:
    """The quarter of a reported figure; of a state of a day, the quarter in which it lies."""
    return Period.of("quarter", fact.period.end)


def standing_beside(reported: Iterable[WrittenFigure], name: str, quarter: Period) -> Fact | None:
    """A reported figure that says the same thing of a quarter, by this name or one that is read in its place."""
    names = _alike(name)
    return next((one.fact for one in reported if one.fact.name in names and quarter_of(one.fact) == quarter), None)


@contextmanager
def undisturbed(case: OfficeCase, day: date) -> Iterator[None]:
    """Change the evidence of a case; where it is signed, what was reported stays as it is.

    Raises:
        InvalidInput: A reported figure would be gone, say something else, or have another beside it.
    """
    if case.state != "signed":
        yield
        return
    before = reported_figures(DealNow(case), watched_deal(case, day))
    yield
    after = reported_figures(DealNow(case), watched_deal(case, day))
    problems = [_refused("changed", one.fact) for id, one in before.items() if after.get(id) is None]
    for id, one in after.items():
        old = before.get(id)
        if old is not None and old.digest != one.digest:
            problems.append(_refused("changed", one.fact))
        elif old is None and one.fact.period.kind in _KINDS:
            beside = standing_beside(before.values(), one.fact.name, quarter_of(one.fact))
            problems += [_refused("twice", beside)] if beside is not None else []
    if problems:
        raise InvalidInput(problems)


def _alike(name: str) -> frozenset[str]:
    """Names that are read for the same figure of a condition."""
    return frozenset({name}.union(*(names for names in READ_FROM.values() if name in names)))


def _refused(kind: str, fact: Fact) -> Problem:
    cause = Message.of(f"office.refused.reported_{kind}", fact=fact.id, quarter=str(quarter_of(fact)))
    return Problem(cause, Place("fact"), Message.of("office.refused.reported.mend"))
