"""What facts after signing cannot say: each is refused where it stands, with how to fix it."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.base.core import Message, Parameter, Place, Problem, meant
from guanzi.deal.program import grid_of
from guanzi.deal.terms import TermSheet, payouts
from guanzi.record.evidence import WATCHED, Fact, View
from guanzi.study.monitoring.claims import PROMISED, REPORTED, VERIFIED, claims_of, subject_of
from guanzi.study.monitoring.milestones import milestone_ids

_STANDS = (PROMISED, REPORTED, VERIFIED)
_COUNTS = frozenset({"deliveries", "revenue", "headcount", "jobs_local", "tax_local", "local_plant_capacity", "orders",
                     "cash", "cash_and_short_term_investments", "supplier_arrears", "executives_left"})  # fmt: skip
_PARTS = frozenset({"founder_share", "pledged_share", "frozen_share", "localisation_share"})


def watch_problems(sheet: TermSheet, view: View) -> list[Problem]:
    """Everything that is wrong with what a view holds of the time after signing, in the order of its places."""
    after = [fact for fact in view.facts if fact.place.file.startswith(f"{WATCHED}/")]
    found = [problem for fact in after for problem in (*_figure(fact, sheet), *_milestone(fact, sheet))]
    found += [problem for id in milestone_ids(sheet) for problem in _order(view, id, sheet)]
    return sorted(found, key=lambda problem: problem.place)


def _figure(fact: Fact, sheet: TermSheet) -> Iterator[Problem]:
    if fact.name in _STANDS:
        return
    if fact.period.end < grid_of(sheet).first_day(0) and fact.known_on <= sheet.signed:
        yield _problem(fact, "before_signing", signed=sheet.signed.isoformat(), period=str(fact.period))
    if fact.known_on < fact.period.end:
        yield _problem(fact, "before_its_end", known_on=fact.known_on.isoformat(), end=fact.period.end.isoformat())
    if isinstance(fact.value, str | bool):
        return
    low, high = fact.interval
    if fact.name in _COUNTS and low < 0:
        yield _problem(fact, "negative", name=fact.name, value=low)
    if fact.name in _PARTS and not 0 <= low <= high <= 1:
        yield _problem(fact, "no_part", name=fact.name, value=high if high > 1 else low)


def _milestone(fact: Fact, sheet: TermSheet) -> Iterator[Problem]:
    if fact.name not in _STANDS:
        return
    subjects = {subject_of(id): id for id in milestone_ids(sheet)}
    if fact.subject not in subjects:
        fix = meant(fact.subject, subjects, Message.of("monitoring.refused.no_milestone.mend", ids=tuple(subjects)))
        cause = Message.of("monitoring.refused.no_milestone", id=fact.subject)
        yield Problem(cause, fact.place, fix)
    elif fact.name != PROMISED and fact.known_on < fact.period.end:
        yield _problem(fact, "before_its_day", known_on=fact.known_on.isoformat(), day=fact.period.end.isoformat())
    elif fact.name != PROMISED and fact.value is True and fact.period.end < sheet.signed:
        yield _problem(fact, "reached_before_signing", day=fact.period.end.isoformat(), signed=sheet.signed.isoformat())


def _order(view: View, id: str, sheet: TermSheet) -> Iterator[Problem]:
    """A milestone is reported, then verified by somebody else; an instalment is not paid before its day."""
    claims = claims_of(view, id)
    reported, verified = claims.reported, claims.verified
    if verified is None:
        return
    fact = view.fact(verified.fact)
    firsts = [c for c in claims.reports if c.reached]
    if firsts and verified.known_on < firsts[0].known_on:
        yield _problem(fact, "verified_first", id=id, verified=verified.known_on.isoformat(),
                       reported=firsts[0].known_on.isoformat())  # fmt: skip
    if reported is not None and reported.source == verified.source:
        yield _problem(fact, "same_source", id=id, source=verified.source)
    due = next((one.due for one in payouts(sheet) if one.id == id), None)
    if due is not None and verified.day < due:
        yield _problem(fact, "paid_early", id=id, day=verified.day.isoformat(), due=due.isoformat())


def _problem(fact: Fact, kind: str, **params: Parameter) -> Problem:
    cause, fix = Message.of(f"monitoring.refused.{kind}", **params), Message.of(f"monitoring.refused.{kind}.mend")
    return Problem(cause, fact.place if fact.place.file else Place(WATCHED), fix)
