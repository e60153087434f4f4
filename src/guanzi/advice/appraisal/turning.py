"""Which fact, if it were otherwise, would change the advice: each fact moved alone, everything else as it was held."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from guanzi.advice.appraisal.advice_data import Advice
from guanzi.advice.appraisal.compose import AppraisalOptions, advise, appraise, sections_of
from guanzi.advice.appraisal.document import Appraisal
from guanzi.advice.appraisal.section import covers
from guanzi.base.core import Message
from guanzi.engine.simulation import Remembered, Running
from guanzi.record.evidence import Case, Fact, View, recalling, watched_facts
from guanzi.record.playbooks import Playbook, load_playbook

FAR, NEAR = (0.5, 2.0), (0.8, 1.25)
"""Factors by which an amount is moved: first far, and where that turns the advice, also near."""
FAR_SHIFT, NEAR_SHIFT = (-0.2, 0.2), (-0.05, 0.05)
"""The same for ratios, which are shifted."""


@dataclass(frozen=True, slots=True)
class TurningFact:
    """A fact that turns the advice.

    Attributes:
        fact: Its id.
        change: What was supposed instead.
        becomes: The advice then.
        near: A small change is enough.
    """

    fact: str
    change: Message
    becomes: Advice
    near: bool


def turning_facts(
    case: Case,
    as_of: date | None = None,
    playbook: Playbook | str = "hefei",
    paths: int = 2_000,
    seed: int = 1,
    progress: Callable[[int], None] | None = None,
    only: Collection[str] | None = None,
) -> tuple[TurningFact, ...]:
    """Move each fact on which the appraisal rests, and keep those that turn its advice.

    Args:
        case: The case.
        as_of: Knowledge date; None: the decision date.
        playbook: A playbook, or the name of one.
        paths: Paths of each appraisal; all use the same draws, so that only the fact makes the difference.
        seed: Key of the random numbers.
        progress: Called with 1 for each fact that is done.
        only: Ids of the facts to move; None: all that :func:`facts_in_use` names.
    """
    method = load_playbook(playbook) if isinstance(playbook, str) else playbook
    case = replace(case, facts=watched_facts(case.facts))
    view = case.view(as_of or case.decision_date)
    with recalling() as recall:
        running = Running(memory=Remembered())

        def advice_of(of: Case) -> Advice:
            return advise(of, view.as_of, method, paths, seed, running)

        if only is None:
            bare = AppraisalOptions(sensitivity=False, proposal=False)
            used = facts_in_use(appraise(case, view.as_of, method, paths, seed, running, bare), view, method)
            only = {fact.id for fact in used}
        base = advice_of(case)
        recall.seal()
        found: list[TurningFact] = []
        for fact in view.facts:
            if fact.id not in only:
                continue
            turned = _first(case, fact, _changes(fact, near=False), base, advice_of)
            if turned is not None:
                closer = _first(case, fact, _changes(fact, near=True), base, advice_of)
                change, becomes = closer or turned
                found.append(TurningFact(fact.id, change, becomes, closer is not None))
            if progress is not None:
                progress(1)
    return tuple(sorted(found, key=lambda t: (not t.near, t.fact)))


def facts_in_use(appraisal: Appraisal, view: View, playbook: Playbook) -> tuple[Fact, ...]:
    """Facts on which the advice can rest: of a parameter, of a finding, or of a figure behind the playbook's table."""
    behind = tuple(name for section in sections_of(playbook) for name in section.gives)
    used = {id for p in appraisal.parameters for id in p.parents}
    used |= {id for f in appraisal.figures.values() if covers(behind, f.id) for id in f.parents}
    used |= {id for f in appraisal.findings for id in f.facts}
    return tuple(fact for fact in view.facts if fact.id in used)


def _first(
    case: Case,
    fact: Fact,
    changes: Iterator[tuple[Message, Fact | None]],
    base: Advice,
    advice_of: Callable[[Case], Advice],
) -> tuple[Message, Advice] | None:
    for change, moved in changes:
        facts = tuple(x for f in case.facts for x in ((moved if f.id == fact.id else f),) if x is not None)
        entities = tuple(e for e in case.entities if moved is not None or e.entity.id != fact.id)
        becomes = advice_of(replace(case, facts=facts, entities=entities))
        if becomes != base:
            return change, becomes
    return None


def _changes(fact: Fact, *, near: bool) -> Iterator[tuple[Message, Fact | None]]:
    """The fact as it might have been; None: not held."""
    value = fact.value
    if isinstance(value, bool):
        if not near:
            yield Message.of("appraisal.turning.otherwise"), replace(fact, value=not value)
        return
    if isinstance(value, str):
        if not near:
            yield Message.of("appraisal.turning.not_held"), None
        return
    if fact.unit == "ratio":
        for shift in NEAR_SHIFT if near else FAR_SHIFT:
            moved = (value[0] + shift, value[1] + shift) if isinstance(value, tuple) else value + shift
            yield Message.of("appraisal.turning.shifted", points=100 * shift), replace(fact, value=moved)
        return
    for factor in NEAR if near else FAR:
        moved = (value[0] * factor, value[1] * factor) if isinstance(value, tuple) else value * factor
        yield Message.of("appraisal.turning.scaled", factor=factor), replace(fact, value=moved)
