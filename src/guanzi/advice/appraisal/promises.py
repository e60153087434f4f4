"""Promises of jobs: which facts a condition counts from, and whether what it asks lies far above what is held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from guanzi.base.core import Message, Problem
from guanzi.deal.terms import (
    Number,
    Observable,
    Relation,
    TermSheet,
    conditions_by_clause,
    conditions_of,
    observables_of,
    walk,
)
from guanzi.record.evidence import View

STARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"headcount": ("headcount",), "jobs_local": ("headcount", "jobs_local")}
)
"""What a condition may count, and the facts from which the company model begins to count it."""
FAR = 2.0
"""A promise of more than so many times what is held and planned lies far above it; judgement."""


@dataclass(frozen=True, slots=True)
class PromisedJobs:
    """Jobs in the region that are promised: ``planned`` by the company, or ``asked`` for by clauses, at the most."""

    kind: Literal["planned", "asked"]
    jobs: float
    parents: tuple[str, ...]


def not_held(sheet: TermSheet, view: View) -> tuple[str, ...]:
    """Names of the facts that a condition of the deal counts from and that the view does not hold."""
    counted = (o.name for o in observables_of(sheet) if o.name in STARTS and _held(view, o.name) is None)
    asked = (name for counting in counted for name in STARTS[counting])
    return tuple(name for name in dict.fromkeys(asked) if _held(view, name) is None)


def promise_problems(sheet: TermSheet, view: View) -> Iterator[Problem]:
    """Conditions on staff whose start is not known, and those that ask far more than is held and planned: warnings."""
    missing = set(not_held(sheet, view))
    for observed in observables_of(sheet):
        names = tuple(name for name in STARTS.get(observed.name, ()) if name in missing)
        if names:
            cause = Message.of("appraisal.promise.no_start", name=observed.name, facts=names)
            fix = Message.of("appraisal.promise.no_start.mend", facts=names)
            yield Problem(cause, observed.place, fix, "warning")
    for condition in conditions_of(sheet):
        for part in walk(condition.tree):
            if isinstance(part, Relation):
                yield from _far(part, view)


def jobs_promised(sheet: TermSheet | None, view: View) -> Iterator[PromisedJobs]:
    """What the plan of the company, and then the clauses of the deal, promise of jobs in the region, as far as seen."""
    planned = view.resolve("plan_jobs") or view.resolve("plan_jobs", "region")
    if planned is not None:
        yield PromisedJobs("planned", planned.value, (planned.fact.id,))
    asked: dict[str, float] = {}
    for clause, condition in () if sheet is None else conditions_by_clause(sheet):
        for part in walk(condition.tree):
            match part.with_limit_right() if isinstance(part, Relation) else None:
                case Relation(left=Observable(name="jobs_local"), right=Number(value=jobs)):
                    asked[clause] = max(asked.get(clause, 0.0), jobs)
    if asked:
        yield PromisedJobs("asked", max(asked.values()), tuple(f"terms.{clause}" for clause in asked))


def _far(part: Relation, view: View) -> Iterator[Problem]:
    match part:
        case Relation(op=">" | ">=", left=Observable(name=name, place=place), right=Number(value=asked)):
            pass
        case Relation(op="<" | "<=", left=Number(value=asked), right=Observable(name=name, place=place)):
            pass
        case _:
            return
    held = _most(view, name)
    if held is not None and asked > FAR * held:
        cause = Message.of("appraisal.promise.far", name=name, asked=asked, held=held)
        yield Problem(cause, place, Message.of("appraisal.promise.far.mend"), "warning")


def _most(view: View, name: str) -> float | None:
    """The most that the facts say of staff, in all or in the region, plans included; None: they say nothing of it."""
    staff, local = _held(view, "headcount"), _held(view, "jobs_local")
    planned, whole = _held(view, "plan_jobs"), _held(view, "plan_headcount")
    if name == "headcount":
        known = [x for x in (staff, whole, None if planned is None else planned + (staff or 0.0)) if x is not None]
    elif name == "jobs_local":
        known = [(local or 0.0) + (planned or 0.0)] if local is not None or planned is not None else []
        known = known or [x for x in (staff, whole) if x is not None]
    else:
        return None
    return max(known, default=None)


def _held(view: View, name: str) -> float | None:
    """A count of people, whether it was entered for the company or for the region."""
    found = view.resolve(name) or view.resolve(name, "region")
    return None if found is None else found.value
