"""What differs between two standpoints, cut into single changes that can be made one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Literal

from guanzi.advice.attribution.clauses import Sheets, clause_steps
from guanzi.advice.attribution.standpoint import Standpoint
from guanzi.base.core import rate_between
from guanzi.record.evidence import Case, DatedEntity, Elicitation, Fact, Source, converted_to

type CauseKind = Literal[
    "method", "day", "case", "sheet", "terms", "fact", "source", "judgement", "entity", "effects", "documents",
    "playbook", "joint", "ends", "paths",
]  # fmt: skip

MOST_GROUPS = 80
"""Above so many changed facts, those of one name are one change, of whatever period."""
HEADER = ("title", "company", "region", "industry", "model", "currency", "decision_date", "question")


@dataclass(frozen=True, slots=True)
class Cause:
    """One change.

    Attributes:
        kind: Of what. ``joint``: changes that can only be computed together; ``ends``: all changes together, of what is
            computed for whole appraisals alone; ``paths``: the number of paths, that is chance.
        key: Which: a term sheet, a clause, the id of a source, or subject, name and period of a fact.
        before, after: The facts that it replaces, and those that replace them; empty for other kinds.
        joined: The changes of which a joint one consists; of a rate of exchange, facts held before that it first tells.
        since: Of terms, from when the sheet was held that has them.
    """

    kind: CauseKind
    key: str = ""
    before: tuple[Fact, ...] = ()
    after: tuple[Fact, ...] = ()
    joined: tuple[Cause, ...] = ()
    since: date | None = None

    @property
    def id(self) -> str:
        """Unique among the causes of a walk."""
        return f"{self.kind}:{self.key}" if self.key else self.kind


type Making = Callable[[Standpoint], Standpoint]


def changes_between(old: Standpoint, new: Standpoint) -> tuple[tuple[Cause, Making], ...]:
    """Every difference as a cause with the step that makes it; all steps, in any order, lead from old to new.

    The order: the day, what the case is, terms, sources, rates of exchange, other facts by the day on which they became
    known, panels, entities, effects, documents, playbook.
    """
    return tuple(_changes(old, new))


def _changes(old: Standpoint, new: Standpoint) -> Iterator[tuple[Cause, Making]]:
    a, b = old.case, new.case
    if old.as_of != new.as_of:
        yield Cause("day"), lambda s: replace(s, as_of=new.as_of)
    header = {name: getattr(b, name) for name in HEADER if getattr(a, name) != getattr(b, name)}
    if header:
        yield Cause("case", " ".join(header)), _in_case(lambda case: replace(case, **header))
    for part, key, sheets in clause_steps(a.sheets, b.sheets):
        since = (b.sheets or a.sheets)[-1].known_on
        yield Cause(part, key, since=since), _in_case(partial(_with_sheets, sheets=sheets))
    yield from _sources(a, b)
    yield from _facts(old, new)
    yield from _lists(a, b)
    if a.effects != b.effects:
        yield Cause("effects"), _in_case(lambda case: replace(case, effects=b.effects))
    if a.documents != b.documents:
        yield Cause("documents"), _in_case(lambda case: replace(case, documents=b.documents))
    if old.playbook.sha256 != new.playbook.sha256:
        yield Cause("playbook"), lambda s: replace(s, playbook=new.playbook)


def _with_sheets(case: Case, sheets: Callable[[Sheets], Sheets]) -> Case:
    return replace(case, sheets=sheets(case.sheets))


def _in_case(change: Callable[[Case], Case]) -> Making:
    return lambda s: replace(s, case=change(s.case))


def with_sources_of(old: Standpoint, new: Standpoint) -> Standpoint:
    """The old standpoint with the sources that the new one adds: no view shows them before something cites them."""
    known = {source.id for source in old.case.sources}
    added = [source for source in new.case.sources if source.id not in known]
    return replace(old, case=_with_sources(old.case, added)) if added else old


def _sources(a: Case, b: Case) -> Iterator[tuple[Cause, Making]]:
    """Sources that say something else; those that came or went do so with what cites them."""
    old = {source.id: source for source in a.sources}
    for source in b.sources:
        if source.id in old and old[source.id].content() != source.content():
            yield Cause("source", source.id), _in_case(partial(_with_sources, sources=(source,)))


def _with_sources(case: Case, sources: Iterable[Source]) -> Case:
    found = {source.id: source for source in case.sources} | {source.id: source for source in sources}
    return replace(case, sources=tuple(found[id] for id in sorted(found)))


type _Key = tuple[str, ...]


def _facts(old_at: Standpoint, new_at: Standpoint) -> Iterator[tuple[Cause, Making]]:
    """Facts of one subject, name and period that differ, in the order in which they became known.

    Rates of exchange come first: nothing that they tell can be computed without them. What was held before and is first
    told by a rate is one change with it, for the rate is what came new.
    """
    a, b = old_at.case, new_at.case
    for key_of in (_key, _wide_key):
        old, new = _grouped(a.facts, key_of), _grouped(b.facts, key_of)
        changed = [key for key in {*old, *new} if _contents(old.get(key, ())) != _contents(new.get(key, ()))]
        if len(changed) <= MOST_GROUPS:
            break
    changed.sort(key=lambda key: (rate_between(key[1]) is None, _known(old.get(key, ()), new.get(key, ())), key))
    steps = {key: _in_case(_putting(key, key_of, new.get(key, ()))) for key in changed}
    first = _first_converted(
        old_at, new_at, {key: step for key, step in steps.items() if rate_between(key[1]) is not None}
    )
    rates = {key: {first.get(fact.id) for fact in facts} for key, facts in new.items() if key not in old}
    told = {key: [other for other in changed if rates.get(other) == {key}] for key in changed}
    within = {other for others in told.values() for other in others}

    def cause(key: _Key) -> Cause:
        before, after = old.get(key, ()), new.get(key, ())
        joined = tuple(cause(other) for other in told[key])
        return Cause("fact", " ".join(key), _only(before, after), _only(after, before), joined)

    yield from (
        (cause(key), partial(made, [steps[k] for k in (key, *told[key])])) for key in changed if key not in within
    )


def made(steps: Iterable[Making], at: Standpoint) -> Standpoint:
    """A standpoint after some steps."""
    for step in steps:
        at = step(at)
    return at


def _first_converted(old: Standpoint, new: Standpoint, rates: Mapping[_Key, Making]) -> Mapping[str, _Key]:
    """The rate of exchange that first tells each fact which was held before and could not be told, by its id."""
    at = replace(old, case=replace(old.case, facts=(*old.case.facts, *old.untold)))
    found: dict[str, _Key] = {}
    for key, step in rates.items():
        at = step(at)
        view = at.case.view(new.as_of)
        without = {fact.id for fact in converted_to(view, view.currency).without_rate}
        found |= {fact.id: key for fact in old.untold if fact.id not in without | {*found}}
    return found


def _known(*facts: tuple[Fact, ...]) -> date:
    return max(fact.known_on for some in facts for fact in some)


def _putting(key: _Key, key_of: Callable[[Fact], _Key], after: tuple[Fact, ...]) -> Callable[[Case], Case]:
    def put(case: Case) -> Case:
        kept = {f.id: f for f in case.facts if key_of(f) != key} | {f.id: f for f in after}
        return replace(case, facts=tuple(kept[id] for id in sorted(kept)))

    return put


def _key(fact: Fact) -> _Key:
    return (fact.subject, fact.name, str(fact.period))


def _wide_key(fact: Fact) -> _Key:
    return (fact.subject, fact.name)


def _grouped(facts: Iterable[Fact], key_of: Callable[[Fact], _Key]) -> Mapping[_Key, tuple[Fact, ...]]:
    groups: dict[_Key, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(key_of(fact), []).append(fact)
    return {key: tuple(group) for key, group in groups.items()}


def _contents(facts: Iterable[Fact]) -> list[Any]:
    return [fact.content() for fact in facts]


def _only(facts: Iterable[Fact], others: Iterable[Fact]) -> tuple[Fact, ...]:
    there = _contents(others)
    return tuple(fact for fact in facts if fact.content() not in there)


def _lists(a: Case, b: Case) -> Iterator[tuple[Cause, Making]]:
    """Panels and entities that came, went or say something else."""
    panels = {p.id: p for p in a.judgements}, {p.id: p for p in b.judgements}
    for id in sorted({*panels[0], *panels[1]}):
        now = panels[1].get(id)
        if id not in panels[0] or now is None or panels[0][id].content() != now.content():
            yield Cause("judgement", id), _in_case(partial(_with_panel, id=id, panel=now))
    tied = {e.entity.id: e for e in a.entities}, {e.entity.id: e for e in b.entities}
    for id in sorted({*tied[0], *tied[1]}):
        then = tied[1].get(id)
        if id not in tied[0] or then is None or tied[0][id].content() != then.content():
            yield Cause("entity", id), _in_case(partial(_with_entity, id=id, entity=then))


def _with_panel(case: Case, id: str, panel: Elicitation | None) -> Case:
    kept = {p.id: p for p in case.judgements if p.id != id} | ({} if panel is None else {id: panel})
    return replace(case, judgements=tuple(kept[id] for id in sorted(kept)))


def _with_entity(case: Case, id: str, entity: DatedEntity | None) -> Case:
    kept = {e.entity.id: e for e in case.entities if e.entity.id != id} | ({} if entity is None else {id: entity})
    return replace(case, entities=tuple(kept[id] for id in sorted(kept)))
