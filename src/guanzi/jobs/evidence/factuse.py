"""What of the entered facts the forecast uses, and what not and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guanzi.base.core import InvalidInput, Message, Problem
from guanzi.record.evidence import Case, Fact, label_of


@dataclass(frozen=True, slots=True)
class FactUse:
    """How many facts are used for what, and the others by the reason why not.

    Attributes:
        counts: Number of facts by what they are used for: ``forecast``, ``check``, ``nothing``.
        reasons: Why a fact is not used, with the facts of which this holds, each by its name, its time and its id.
    """

    counts: Mapping[str, int]
    reasons: tuple[tuple[Message, tuple[Message, ...]], ...]

    @property
    def facts(self) -> int:
        """Facts that could be held at the decision."""
        return sum(self.counts.values())


def fact_use(case: Case) -> FactUse | None:
    """What becomes of the facts of a case; None where the appraisal refuses it, with a reason that the check names."""
    from guanzi.advice.appraisal import facts_used  # loads late: the check of a case alone needs it not

    named = {fact.id: _named(fact) for fact in case.facts}
    later = tuple(named[fact.id] for fact in case.facts if fact.known_on > case.decision_date)
    try:
        facts = facts_used(case)
    except InvalidInput:
        return None
    counts = {kind: sum(fact.used_for == kind for fact in facts) for kind in ("forecast", "check", "nothing")}
    reasons: dict[Message, list[Message]] = {}
    for fact in facts:
        if fact.unused is not None:
            words = named.get(fact.id) or Message.of("desk.facts.tie", id=fact.id)
            reasons.setdefault(Message.from_dict(fact.unused.model_dump()), []).append(words)
    told = [(reason, tuple(ids)) for reason, ids in reasons.items()]
    if later:
        told.append((Message.of("desk.facts.later", day=case.decision_date.isoformat()), later))
    return FactUse(counts, tuple(told))


def _named(fact: Fact) -> Message:
    """A fact by what it is called, the time that it is of, and its id, by which it is found in its file."""
    name = label_of(fact.name) or fact.name
    return Message.of("desk.facts.named", name=name, period=str(fact.period), id=fact.id)


def rate_problems(case: Case) -> tuple[Problem, ...]:
    """Facts that would count and whose amounts cannot be told in the currency of the case."""
    from guanzi.advice.appraisal import without_rate
    from guanzi.advice.calibration import calibrate_company
    from guanzi.engine.company import MODELS

    view = case.view(case.decision_date)
    found = list(without_rate(view))
    if case.model in MODELS and not found:
        try:
            calibrate_company(view, case.decision_date)
        except InvalidInput as error:
            found += [p for p in error.problems if p.cause.id.endswith("no_rate")]
    return tuple(case.located(found))
