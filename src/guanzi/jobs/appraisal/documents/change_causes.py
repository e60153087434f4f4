"""The causes of a change in words: a fact with its values, a clause, a day, the method."""

from __future__ import annotations

from collections.abc import Iterable

from guanzi.advice.attribution import Cause, ChangeAttribution
from guanzi.base.core import Message, Parameter, catalogue
from guanzi.jobs.shared.documents.cited import rests, stated
from guanzi.jobs.shared.documents.words import code_words, message
from guanzi.record.evidence import Fact


def cause_words(cause: Cause, found: ChangeAttribution) -> Message:
    """What a change is, within a sentence."""
    if cause.kind == "fact":
        return _fact(cause)
    if cause.kind == "joint":
        return message("changes.cause.joint", parts=tuple(cause_words(c, found) for c in cause.joined))
    params: dict[str, Parameter] = {}
    if cause.kind == "day":
        params = {"before": found.before.as_of.isoformat(), "after": found.after.as_of.isoformat()}
    elif cause.kind == "playbook":
        books = found.before.playbook, found.after.playbook
        named = (message("changes.playbook", name=book.name, version=book.version) for book in books)
        params = dict(zip(("before", "after"), named, strict=True))
    elif cause.kind == "paths":
        params = {"before": found.before.versions.paths, "after": found.after.versions.paths}
    elif cause.key:
        params = {"key": cause.key}
    return message(f"changes.cause.{cause.kind}", **params)


def cause_rests(cause: Cause) -> tuple[str, ...]:
    """The facts of a change."""
    return rests(dict.fromkeys(fact.id for c in (cause, *cause.joined) for fact in (*c.before, *c.after)))


def known_since(cause: Cause) -> str | None:
    """The day on which the newest of its facts became known; None where it has none."""
    days = [fact.known_on for fact in (cause.after or cause.before)]
    return max(days).isoformat() if days else None


def _fact(cause: Cause) -> Message:
    facts = cause.after or cause.before
    kind = "fact_new" if not cause.before else "fact_gone" if not cause.after else "fact_changed"
    periods = dict.fromkeys(str(fact.period) for fact in facts)
    return message(
        f"changes.cause.{kind}",
        name=_name(facts[0]),
        periods=tuple(message("date.period", period=period) for period in periods),
        before=_values(cause.before),
        after=_values(cause.after),
    )


def _name(fact: Fact) -> Parameter:
    """The name of a fact as it stands within a sentence."""
    id = f"evidence.name.{fact.name}"
    name: Parameter = Message.of(id) if id in catalogue("evidence") else code_words("fact", fact.name)
    if fact.subject == "company":
        return name
    return message("monitor.fact_of", name=name, subject=code_words("subject", fact.subject))


def _values(facts: Iterable[Fact]) -> tuple[Parameter, ...]:
    return tuple(stated(fact) for fact in facts)
