"""What was decided on a case, and what has become known since: whether a decision rests on older evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from guanzi.advice.appraisal import facts_used
from guanzi.base.core import InvalidInput, canonical_json
from guanzi.jobs.appraisal import appraisal as appraising
from guanzi.jobs.decisions.ledgers import Request as Ledger
from guanzi.jobs.decisions.ledgers import database, ledger_problem, store_of
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.record.evidence import Case, View, open_case, watched_case
from guanzi.record.ledger import DecisionBody, DecisionEntry, Log, entries_of

_PARTS = {"facts": "id", "sources": "id", "sheets": "name", "documents": "file", "judgements": "id", "entities": "id"}
"""Lists of a view, and what names an item of each."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        ledger: The case and its ledger.
        until: Show what was known on this day; None: everything that the case holds.
        again: Appraise the newest decision again with what is known now.
        run: How it is run then; paths and seed are those of the decision.
    """

    ledger: Ledger
    until: date | None = None
    again: bool = False
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class New:
    """Something that became known after the day of the appraisal.

    Attributes:
        kind: ``facts``, ``sheets`` or ``documents``.
        id: Its id or name.
        known_on: First day on which it could be known.
        counts: The method would use it: the appraisal would be another one.
    """

    kind: str
    id: str
    known_on: date
    counts: bool


@dataclass(frozen=True, slots=True)
class DecisionStanding:
    """One decision, and how it stands today.

    Attributes:
        seq: Number of the entry.
        at: When it was entered.
        body: What was entered.
        opened: Words of people that are not forgotten, by the name of their commitment.
        new: What became known since.
        changed: What the case now says otherwise of the day itself: names of items, with their kind before them.
        replaced_by: Number of a later decision on the case.
        advice_now: What the appraisal advises with what is known now; None: it was not asked.
    """

    seq: int
    at: str
    body: DecisionBody
    opened: Mapping[str, str]
    new: tuple[New, ...]
    changed: tuple[str, ...]
    replaced_by: int | None = None
    advice_now: str | None = None

    @property
    def older_evidence(self) -> bool:
        """Whether something has become known, or was changed, that would make another appraisal."""
        return bool(self.changed) or any(new.counts for new in self.new)

    @property
    def against_advice(self) -> bool:
        """Whether something else was decided than the appraisal advised."""
        return self.body.decision != self.body.appraisal.advice


@dataclass(frozen=True, slots=True)
class Shown:
    """The decisions on a case, oldest first, of a log with so many entries."""

    case: str
    ledger: str
    size: int
    decisions: tuple[DecisionStanding, ...]


def show(request: Request) -> Shown:
    """The decisions on a case, with what is new since each.

    Raises:
        InvalidInput: There is no such case or ledger.
    """
    case = open_case(request.ledger.case)
    watched = watched_case(case)
    until = request.until or max([f.known_on for f in case.facts] + [s.known_on for s in case.sheets] + [date.today()])
    store = store_of(request.ledger)
    with database(store), store.reading() as log:
        size = log.size
        held = [h for h in entries_of(log, case.id) if isinstance(h.entry, DecisionEntry)]
        found = [
            _standing(log, h.seq, h.entry, (case, watched), until) for h in held if isinstance(h.entry, DecisionEntry)
        ]
    if found:
        newest = found[-1]
        found = [*(replace(old, replaced_by=newest.seq) for old in found[:-1]), newest]
        if request.again:
            found[-1] = replace(newest, advice_now=_advice_now(request, newest.body, until))
    return Shown(case.id, store.shown, size, tuple(found))


def data(shown: Shown) -> dict[str, Any]:
    """The decisions as plain data."""
    return {
        "case": shown.case,
        "ledger": shown.ledger,
        "entries": shown.size,
        "decisions": [_row(standing) for standing in shown.decisions],
    }


def _row(standing: DecisionStanding) -> dict[str, Any]:
    return {
        "entry": standing.seq,
        "at": standing.at,
        **standing.body.model_dump(mode="json"),
        "opened": dict(standing.opened),
        "new_since": [
            {"kind": n.kind, "id": n.id, "known_on": n.known_on.isoformat(), "counts": n.counts} for n in standing.new
        ],
        "changed": list(standing.changed),
        "older_evidence": standing.older_evidence,
        "replaced_by": standing.replaced_by,
        "advice_now": standing.advice_now,
    }


def _standing(log: Log, seq: int, entry: DecisionEntry, cases: tuple[Case, Case], until: date) -> DecisionStanding:
    """Of a case as it was appraised, and with what was reported after signing."""
    body, (case, watched) = entry.body, cases
    opened = {name: words[1] for name, hash in entry.commitments() if (words := log.opened(hash)) is not None}
    as_of = date.fromisoformat(body.as_of)
    return DecisionStanding(
        seq, entry.at, body, opened, _new(watched, body, as_of, until), _changed(log, body, case.view(as_of), seq)
    )


def _new(case: Case, body: DecisionBody, as_of: date, until: date) -> tuple[New, ...]:
    """What became known after the appraisal; a sheet always counts, a document only through its facts."""
    then, now = case.view(as_of), case.view(max(until, as_of))
    before = {fact.id for fact in then.facts}
    later = [fact for fact in now.facts if fact.id not in before]
    used = _used(case, body, now) if later else {}
    found = [New("facts", fact.id, fact.known_on, used.get(fact.id, True)) for fact in later]
    found += [New("sheets", s.name, s.known_on, True) for s in now.sheets if s.known_on > as_of]
    found += [New("documents", d.file, d.known_on, False) for d in now.documents if d.known_on > as_of]
    return tuple(sorted(found, key=lambda new: (new.known_on, new.kind, new.id)))


def _used(case: Case, body: DecisionBody, now: View) -> dict[str, bool]:
    """Whether forecast or checks use a fact; all count where that cannot be told."""
    try:
        return {fact.id: fact.used_for != "nothing" for fact in facts_used(case, body.appraisal.playbook, now.as_of)}
    except InvalidInput:
        return {}


def _changed(log: Log, body: DecisionBody, view: View, seq: int) -> tuple[str, ...]:
    """What the case says otherwise today of what was known on the day of the appraisal."""
    if view.sha256 == body.appraisal.evidence:
        return ()
    kept = log.kept(body.appraisal.evidence)
    if kept is None:
        raise InvalidInput(ledger_problem("kept_gone", log.origin, entry=seq))
    then, now = json.loads(kept), json.loads(canonical_json(view.content()))
    found = [
        f"case: {key}"
        for key in sorted(then.keys() | now.keys())
        if key not in _PARTS and then.get(key) != now.get(key)
    ]
    for part, name in _PARTS.items():
        old = {_name(item, name): item for item in then.get(part, ())}
        new = {_name(item, name): item for item in now.get(part, ())}
        found += [f"{part}: {id}" for id in sorted(old.keys() | new.keys()) if old.get(id) != new.get(id)]
    return tuple(found)


def _name(item: Mapping[str, Any], name: str) -> str:
    return str(item.get(name) or canonical_json(dict(item)))


def _advice_now(request: Request, body: DecisionBody, until: date) -> str:
    run = replace(request.run, paths=body.appraisal.paths, seed=body.appraisal.seed)
    asked = appraising.Request(request.ledger.case, until, body.appraisal.playbook, run=run)
    return appraising.appraise(asked).appraisal.advice
