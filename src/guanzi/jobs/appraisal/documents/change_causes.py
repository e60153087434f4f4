"""The causes of a change in words: a fact with its values, a clause, a day, the method."""

from __future__ import annotations

from collections.abc import Iterable

from guanzi.advice.attribution import Cause, ChangeAttribution
from guanzi.base.core import Message, Parameter, rate_between
from guanzi.jobs.shared.documents.cited import rests, stated
from guanzi.jobs.shared.documents.words import code_words, message, subject_words
from guanzi.record.evidence import Fact, label_of


def cause_words(cause: Cause, found: ChangeAttribution) -> Message:
    """What a change is, within a sentence."""
    if cause.kind == "fact" and cause.joined:
        return message("changes.cause.rate", rate=_fact(cause, found), n=len(cause.joined))
    if cause.kind == "fact":
        return _fact(cause, found)
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
    elif cause.kind == "sheet":
        return _sheet(cause, found)
    elif cause.key:
        params = {"key": cause.key}
    return message(f"changes.cause.{cause.kind}", **params)


def _sheet(cause: Cause, found: ChangeAttribution) -> Message:
    """The term sheet by its title and its day; that of the earlier appraisal, where the present one has none."""
    title = (found.after if found.after.sheet else found.before).sheet_title
    day = cause.since.isoformat() if cause.since is not None else ""
    kind = "sheet" if found.after.sheet else "sheet_gone"
    return message(f"changes.cause.{kind}", title=title or message("changes.untitled"), day=day)


def cause_rests(cause: Cause) -> tuple[str, ...]:
    """The facts of a change."""
    return rests(dict.fromkeys(fact.id for c in (cause, *cause.joined) for fact in (*c.before, *c.after)))


def known_since(cause: Cause) -> str | None:
    """The day on which its terms or the newest of its facts became known; None where it has none."""
    days = [fact.known_on for one in (cause, *cause.joined) for fact in (one.after or one.before)]
    days += [one.since for one in (cause, *cause.joined) if one.since is not None]
    return max(days).isoformat() if days else None


def _fact(cause: Cause, found: ChangeAttribution) -> Message:
    facts = cause.after or cause.before
    kind = "fact_new" if not cause.before else "fact_gone" if not cause.after else "fact_changed"
    periods = dict.fromkeys(str(fact.period) for fact in facts)
    return message(
        f"changes.cause.{kind}",
        name=_name(facts[0], found),
        periods=tuple(message("date.period", period=period) for period in periods),
        before=_values(cause.before),
        after=_values(cause.after),
    )


def fact_words(fact: Fact, found: ChangeAttribution) -> Message:
    """A fact by its name, the time that it is of and its value, within a sentence."""
    period = message("date.period", period=str(fact.period))
    return message("changes.fact", name=_name(fact, found), period=period, value=stated(fact))


def _name(fact: Fact, found: ChangeAttribution) -> Parameter:
    """The name of a fact as it stands within a sentence."""
    name: Parameter = label_of(fact.name) or code_words("fact", fact.name)
    if fact.subject == "company" or rate_between(fact.name) is not None:
        return name
    return message("monitor.fact_of", name=name, subject=subject_words(found.after, fact.subject))


def _values(facts: Iterable[Fact]) -> tuple[Parameter, ...]:
    return tuple(stated(fact) for fact in facts)
