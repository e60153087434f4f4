"""What changed since an earlier appraisal, and why: every difference laid to one change of method, terms or fact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guanzi.advice.appraisal import Appraisal, AppraisalOptions, appraise, from_json, without_rate
from guanzi.advice.attribution import (
    Amounts,
    Cause,
    ChangeAttribution,
    HeldAppraisal,
    ItemChange,
    Standpoint,
    attribute,
    hold,
    standpoint,
    steps_between,
    walk,
)
from guanzi.advice.structuring import ClauseChange, compare_clauses
from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json, read_input
from guanzi.deal.terms import TermSheet, parse_sheet
from guanzi.engine.simulation import Remembered, Running
from guanzi.jobs.appraisal.declared import ChangesRequest
from guanzi.jobs.shared.results import refusing, write_whole
from guanzi.jobs.shared.run import PATHS, SEED
from guanzi.record.evidence import Case, Fact, converted_to, load_case, open_case
from guanzi.record.playbooks import Playbook, load_playbook

if TYPE_CHECKING:
    from guanzi.render import Document

STEP_PATHS = 2_000
"""Paths of each step between the two appraisals; all use the same draws."""
DRAWS = 4
"""Other draws on which both ends are repeated, to learn the error of the steps."""
RESULT = "appraisal.json"


Request = ChangesRequest


@dataclass(frozen=True, slots=True)
class Result:
    """What was found.

    Attributes:
        case: The case as it is now.
        attribution: Every difference with its causes.
        held: What of the earlier appraisal can be verified; None where it was computed anew.
        clauses: How the term sheets differ.
        paths: Of each step.
        seed: Of all.
        untold: Facts held on the earlier day that a rate of exchange tells only since; it is computed without them.
    """

    case: Case
    attribution: ChangeAttribution
    held: HeldAppraisal | None
    clauses: tuple[ClauseChange, ...]
    paths: int
    seed: int
    untold: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class _Earlier:
    """Where the earlier appraisal stood; ``recorded`` is what it said, None where it is computed anew."""

    at: Standpoint
    recorded: Appraisal | None
    held: HeldAppraisal | None


def find_changes(request: Request) -> Result:
    """Compare the present appraisal with an earlier one, and lay every difference to what made it.

    Raises:
        InvalidInput: There is no such case, playbook or earlier appraisal, or it is of another case or a later day.
    """
    case, method = open_case(request.case), load_playbook(request.playbook)
    new = standpoint(case, request.as_of or case.decision_date, method)
    old = _earlier(request, case, new)
    if old.at.as_of > new.as_of:
        days = {"since": old.at.as_of.isoformat(), "day": new.as_of.isoformat()}
        raise _refused("later", request.since, **days)
    made = None if old.recorded is None or old.recorded.versions.paths == 0 else old.recorded.versions
    paths = request.paths or (PATHS if made is None else made.paths)
    seed = request.seed if request.seed is not None else SEED if made is None else made.seed
    steps = min(paths, STEP_PATHS)
    running = Running(request.run.threads, memory=Remembered())
    with request.run.working("appraisals", 2 + steps_between(old.at, new) + 2 * DRAWS) as advance:

        def whole(at: Standpoint, paths: int, seed: int) -> Appraisal:
            found = appraise(at.case, at.as_of, at.playbook, paths, seed, Running(request.run.threads))
            advance(1)
            return found

        then = whole(old.at, paths if made is None else made.paths, seed if made is None else made.seed)
        now = whole(new, paths, seed)
        recorded = then if old.recorded is None else old.recorded
        bound = any(a.advice != a.as_signed for a in (recorded, then, now))

        def step(at: Standpoint, proposed: bool, seed: int) -> Appraisal:
            options = AppraisalOptions(sensitivity=False, proposal=proposed or bound)
            return appraise(at.case, at.as_of, at.playbook, steps, seed, running, options)

        walked = walk(old.at, new, partial(step, seed=seed), advance)
        again = []
        for other in range(seed + 1, seed + 1 + DRAWS):
            again.append((step(old.at, True, other), step(new, True, other)))
            advance(2)
    found = attribute(recorded, (then, now), walked, again)
    return Result(case, found, old.held, _clauses(old.at, new), steps, seed, old.at.untold)


def _earlier(request: Request, case: Case, new: Standpoint) -> _Earlier:
    """The earlier appraisal: read from its file, or where it stood."""
    path = Path(request.since)
    if path.is_dir() and (path / "case.yaml").is_file() and not (path / RESULT).is_file():
        return _Earlier(
            standpoint(_same_case(load_case(path), case, request.since), new.as_of, new.playbook), None, None
        )
    file = path / RESULT if path.is_dir() else path
    if file.is_file():
        return _read(file, case, new.playbook)
    try:
        day = datetime.strptime(request.since, "%Y-%m-%d").date()
    except ValueError:
        raise _refused("unknown", request.since, since=request.since) from None
    return _on_day(case, day, new)


def _on_day(case: Case, day: date, new: Standpoint) -> _Earlier:
    """Where a day stood; what a rate tells in the currency of the case only since then is left out, and named."""
    view, at = case.view(day), standpoint(case, day, new.playbook)
    if not without_rate(view):
        return _Earlier(at, None, None)
    still = converted_to(case.view(new.as_of), view.currency).without_rate
    untold = tuple(fact for fact in converted_to(view, view.currency).without_rate if fact not in still)
    kept = tuple(fact for fact in at.case.facts if fact not in untold)
    return _Earlier(replace(at, case=replace(at.case, facts=kept), untold=untold), None, None)


def _read(file: Path, case: Case, playbook: Playbook) -> _Earlier:
    try:
        found = from_json(read_input(file).decode("utf-8"), str(file))
    except UnicodeDecodeError as error:
        raise _refused("unknown", str(file), since=str(file)) from error
    if found.case.id != case.id:
        raise _refused("other_case", str(file), other=found.case.id, case=case.id)
    book = _book(found, playbook)
    seen, held = hold(case, found, book)
    return _Earlier(standpoint(seen, found.as_of, book), found, held)


def _book(earlier: Appraisal, playbook: Playbook) -> Playbook:
    """The playbook that an appraisal names, where it is shipped; else the present one."""
    if earlier.playbook.id == playbook.id:
        return playbook
    try:
        return load_playbook(earlier.playbook.id)
    except InvalidInput:
        return playbook


def _same_case(found: Case, case: Case, since: str) -> Case:
    if found.id != case.id:
        raise _refused("other_case", since, other=found.id, case=case.id)
    return found


def _clauses(old: Standpoint, new: Standpoint) -> tuple[ClauseChange, ...]:
    before, after = _sheet(old), _sheet(new)
    return () if before is None or after is None else compare_clauses(before, after)


def _sheet(at: Standpoint) -> TermSheet | None:
    file = at.case.view(at.as_of).sheet
    return None if file is None else parse_sheet(file.document)


def _refused(what: str, where: str, **params: str) -> InvalidInput:
    cause, fix = Message.of(f"desk.changes.{what}", **params), Message.of(f"desk.changes.{what}.mend")
    return InvalidInput(Problem(cause, Place("--since"), fix, excerpt=where))


def data(result: Result) -> dict[str, Any]:
    """The differences as plain data: causes in their order, what each did to what, and what can be verified."""
    found = result.attribution
    return {
        "case": result.case.id,
        "before": _end(found.before),
        "after": _end(found.after),
        "steps": {"paths": result.paths if found.simulated else 0, "seed": result.seed},
        "untold": [fact.id for fact in result.untold],
        "verified": None if result.held is None else _held(result.held),
        "causes": [_cause(cause, found) for cause in found.causes],
        "differences": [_difference(d) for d in found.differences],
        "same": dict(found.same),
    }


def _end(of: Appraisal) -> dict[str, Any]:
    versions = of.versions.model_dump(mode="json", by_alias=True)
    return {"as_of": of.as_of.isoformat(), "advice": of.advice, "as_signed": of.as_signed, "versions": versions}


def _held(held: HeldAppraisal) -> dict[str, Any]:
    return {
        "view": held.view,
        "method": held.method,
        "playbook": held.playbook,
        "facts": list(held.facts),
        "added": list(held.added),
    }


def _cause(cause: Cause, found: ChangeAttribution) -> dict[str, Any]:
    return {
        "id": cause.id,
        "kind": cause.kind,
        "before": [fact.content() for one in (cause, *cause.joined) for fact in one.before],
        "after": [fact.content() for one in (cause, *cause.joined) for fact in one.after],
        "joined": [c.id for c in cause.joined],
        "idle": cause.id in found.idle,
        "advice_alone": found.turns_alone.get(cause.id),
        "advice_without": found.needed.get(cause.id),
    }


def _difference(d: ItemChange) -> dict[str, Any]:
    shifts = [{"cause": s.cause.id, "before": _as_data(s.before), "after": _as_data(s.after)} for s in d.shifts]
    plain = {
        "kind": d.item.kind,
        "id": d.item.id,
        "state": d.state,
        "before": _as_data(d.before),
        "after": _as_data(d.after),
        "shifts": shifts,
        "because": {"bond": d.bond, "causes": [cause.id for cause in d.because]},
    }
    if d.item.kind != "figure":
        return plain
    parts = [{"cause": cause.id, "part": amount} for cause, amount in d.parts]
    measured = {"change": d.change, "parts": parts, "error": d.error, "chance": d.chance, "rest": d.rest}
    return plain | measured | {"alone": d.alone, "without": d.without}


def _as_data(value: object) -> Any:
    return value._asdict() if isinstance(value, Amounts) else value


def document_of(result: Result) -> Document:
    """What changed and why, as a document."""
    from guanzi.jobs.appraisal.documents.changes import ChangesStudy, changes_document  # loads late: charts need much

    study = ChangesStudy(result.attribution, result.held, result.clauses, result.paths, result.untold)
    return changes_document(study)


def write(result: Result, folder: Path | None, lang: str) -> Path:
    """Write ``changes.json``, ``changes.html`` and ``changes.xlsx``; the path of the page.

    Args:
        result: What was found.
        folder: Where to; None: ``<case>-<day>-changes`` here.
        lang: Language of the page and of the workbook.

    Raises:
        InvalidInput: The folder cannot be written.
    """
    from guanzi.render import document_html, write_document_book  # loads late: charts need much

    day = result.attribution.after.as_of.isoformat()
    target = folder if folder is not None else Path(f"{result.case.id}-{day}-changes")
    document = document_of(result)
    write_whole(target, {"changes.json": dump_json(data(result)), "changes.html": document_html(document, lang)})
    with refusing(target):
        write_document_book(document, target / "changes.xlsx", lang)
    return target / "changes.html"
