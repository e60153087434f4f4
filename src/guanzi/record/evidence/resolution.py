"""Which of several facts counts, by a rule that is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from guanzi.base.core import Message, Period
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.signs import sign_of
from guanzi.record.evidence.sources import Source

_CONFIDENCE = {"high": 0, "medium": 1, "low": 2}


@dataclass(frozen=True, slots=True)
class Resolution:
    """The fact that counts for a name and period, beside those that say otherwise.

    Attributes:
        fact: The one that counts.
        others: The others of the same name and period, best first.
        rule: Why this one counts, as a sentence.
    """

    fact: Fact
    others: tuple[Fact, ...]
    rule: Message

    @property
    def value(self) -> float:
        """The value as one number: the middle of an interval, 1 for yes, 0 for no. Words are a TypeError."""
        return self.fact.number

    @property
    def interval(self) -> tuple[float, float]:
        """The value as (low, high). Words are a TypeError."""
        return self.fact.interval

    @property
    def text(self) -> str:
        """The value if it is words; a TypeError otherwise."""
        return self.fact.text

    @property
    def period(self) -> Period:
        """The period that the fact is about."""
        return self.fact.period


def resolve_facts(facts: Sequence[Fact], sources: Mapping[str, Source]) -> Resolution | None:
    """Choose among facts of one subject, name and period; None when there are none.

    Superseded facts drop out; then the best grade of source counts (A first), then the latest ``known_on``, then the
    highest confidence, then the least favourable value (see :func:`sign_of`; the lowest where it has no sign). Ids
    decide only which of several equal facts is cited.
    """
    superseded = {fact.supersedes for fact in facts}
    ranked = sorted((f for f in facts if f.id not in superseded), key=lambda fact: _rank(fact, sources))
    if not ranked:
        return None
    best, *others = ranked
    return Resolution(best, tuple(others), _rule(best, others, len(facts) - len(ranked), sources))


type _Rank = tuple[str, int, int, str, float, str, str]


def _rank(fact: Fact, sources: Mapping[str, Source]) -> _Rank:
    worth, words = (0.0, fact.value) if isinstance(fact.value, str) else (_worth(fact), "")
    day, confidence = -fact.known_on.toordinal(), _CONFIDENCE[fact.confidence]
    return sources[fact.source].grade, day, confidence, fact.unit, worth, words, fact.id


def _worth(fact: Fact) -> float:
    """How much the value speaks for a deal, among facts of one name and unit; the value where it has no sign."""
    return -fact.number if sign_of(fact.name, fact.subject).direction == "bad" else fact.number


def _rule(best: Fact, others: Sequence[Fact], dropped: int, sources: Mapping[str, Source]) -> Message:
    if not others:
        return Message.of("evidence.rule.newest" if dropped else "evidence.rule.only")
    if all(other.value == best.value and other.unit == best.unit for other in others):
        return Message.of("evidence.rule.agree", count=len(others) + 1)
    next_best = others[0]
    grade = sources[best.source].grade
    criteria: tuple[tuple[Message, Callable[[Fact], object]], ...] = (
        (Message.of("evidence.rule.grade", grade=grade), lambda f: sources[f.source].grade),
        (Message.of("evidence.rule.later", known_on=best.known_on.isoformat()), lambda f: f.known_on),
        (
            Message.of("evidence.rule.confidence", confidence=Message.of(f"evidence.confidence.{best.confidence}")),
            lambda f: f.confidence,
        ),
    )
    for rule, criterion in criteria:
        if criterion(best) != criterion(next_best):
            return rule
    if isinstance(best.value, str) or best.unit != next_best.unit:
        return Message.of("evidence.rule.not_comparable")
    signed = sign_of(best.name, best.subject).direction != "none"
    return Message.of("evidence.rule.least_favourable" if signed else "evidence.rule.lowest")
