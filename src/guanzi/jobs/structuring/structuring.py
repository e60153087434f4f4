"""Search the free terms of drafts for better deals that the other side would still sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from guanzi.advice.structuring import (
    GOALS,
    Draft,
    FreeTerm,
    MeasureLimit,
    OutOfSamplePoint,
    Search,
    SheetFigure,
    Sought,
    figures,
    free_terms,
    pair_data,
    parse_limits,
    search,
)
from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.engine.simulation import Running
from guanzi.jobs.shared.results import refusing, write_whole
from guanzi.jobs.shared.run import LOCAL, SEARCHING, Run
from guanzi.jobs.shared.versions import Version, find_version
from guanzi.jobs.structuring.draft import Drafted, DraftRequest, open_draft
from guanzi.render import Document

EVALUATIONS = 400


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        draft: Which draft, and what is free in it.
        limits: Each a measure with its bound.
        goal: ``tail`` or ``value``.
        evaluations: About how many variants may be looked at.
        material: From what size a difference in money counts, in units of the sheet; None: 1 % of what is given.
        out: File for the suggestion; None: it is not written.
        run: How it is run.
    """

    draft: DraftRequest
    limits: tuple[str, ...] = ()
    goal: str = "tail"
    evaluations: int = EVALUATIONS
    material: float | None = None
    out: Path | None = None
    run: Run = SEARCHING


@dataclass(frozen=True, slots=True)
class Result:
    """The draft, and what the search found."""

    drafted: Drafted
    found: Search


@dataclass(frozen=True, slots=True)
class Addresses:
    """The figures of a term sheet that can be freed, each with what the usual terms may become (None: it is none)."""

    version: Version
    figures: tuple[tuple[SheetFigure, FreeTerm | None], ...]


def list_addresses(draft: str) -> Addresses:
    """Every figure of a term sheet that can be freed."""
    version = find_version(draft)
    known = figures(version.document)
    usual = {t.figure.address: t for t in free_terms(known, ())}
    return Addresses(version, tuple((figure, usual.get(figure.address)) for figure in known.values()))


def addresses_of(listed: Addresses) -> Document:
    """The addresses as a document."""
    from guanzi.jobs.structuring.documents.structure import address_document  # loads late: pages need a large library

    return address_document(listed.version.label, listed.version.sheet, listed.figures)


def address_data(listed: Addresses) -> list[dict[str, Any]]:
    """The addresses as plain data."""
    return [
        {"address": f.address, "kind": f.kind, "value": str(f.value), "usual": usual is not None}
        for f, usual in listed.figures
    ]


def find_structure(request: Request) -> Result:
    """Search, and write the suggestion where a file is named.

    Raises:
        InvalidInput: There is no such goal, folder, limit, draft or term, or the draft cannot be simulated.
    """
    return find_structures(request, [(request.draft.draft, request.out)])[0]


def find_structures(request: Request, drafts: Sequence[tuple[str, Path | None]]) -> tuple[Result, ...]:
    """Search several drafts alike, each as it would be alone; on a cluster each search is a task.

    Files are written when all are found; the folders for those of several drafts are made.

    Args:
        request: What is asked of each; its own draft and file do not count.
        drafts: Which drafts, each with the file for its suggestion (None: it is not written).

    Raises:
        InvalidInput: See :func:`find_structure`; or the workers are gone.
    """
    if request.goal not in GOALS:
        fix = Message.of("desk.structure.goal.mend", goals=tuple(GOALS))
        raise InvalidInput(Problem(Message.of("desk.structure.goal", goal=request.goal), Place("--goal"), fix))
    files = [out for _, out in drafts]
    if len(files) == 1 and files[0] is not None and not files[0].absolute().parent.is_dir():
        fix = Message.of("desk.structure.no_folder.mend")
        raise InvalidInput(Problem(Message.of("desk.structure.no_folder", file=str(files[0])), Place("--out"), fix))
    sought = Sought(parse_limits(request.limits), request.goal, request.material)
    opened = _open([replace(request.draft, draft=draft) for draft, _ in drafts])
    _prepare([out for out in files if out is not None], opened)
    run, evaluations = request.run, request.evaluations
    here = run.engine == LOCAL
    steps, what = (evaluations * len(opened), "variants") if here else (len(opened), "deals")
    with run.simulating(steps, what) as running:
        each, told = (replace(running, progress=None), running.progress) if here else (running, None)
        how = {"sought": sought, "paths": run.paths, "evaluations": evaluations, "seed": run.seed, "progress": told}
        found = tuple(each.each(partial(_search, how=how), [one.draft for one in opened]))
    for drafted, out, one in zip(opened, files, found, strict=True):
        if out is not None and one.suggestion is not None:
            write_whole(out.parent, {out.name: drafted.draft.text(one.suggestion.key).source.text})
    return tuple(Result(drafted, one) for drafted, one in zip(opened, found, strict=True))


def _prepare(files: Sequence[Path], opened: Sequence[Drafted]) -> None:
    """Make the folders for suggestions, none of which may take the place of a draft."""
    for out in files:
        if out.exists() and any(out.samefile(drafted.version.file) for drafted in opened):
            fix = Message.of("desk.structure.own_file.mend")
            raise InvalidInput(Problem(Message.of("desk.structure.own_file", file=str(out)), Place("--out"), fix))
    for folder in {out.parent: None for out in files}:
        with refusing(folder):
            folder.mkdir(parents=True, exist_ok=True)


def _open(requests: Sequence[DraftRequest]) -> list[Drafted]:
    """The drafts; what is wrong with any of them is said at once, before the first search."""
    opened: list[Drafted] = []
    problems: list[Problem] = []
    for request in requests:
        try:
            opened.append(open_draft(request, "--free"))
        except InvalidInput as error:
            problems += [_of_draft(p, request.draft) if len(requests) > 1 else p for p in error.problems]
    if problems:
        raise InvalidInput(problems)
    return opened


def _of_draft(problem: Problem, draft: str) -> Problem:
    """A problem of an option, which says with several drafts which of them has it."""
    option = problem.place.file
    return replace(problem, place=Place(f"{draft}: {option}")) if option.startswith("--") else problem


def _search(draft: Draft, running: Running, *, how: dict[str, Any]) -> Search:
    """The search of one draft, here or on a worker."""
    return search(draft, threads=running.threads, **how)


def document_of(result: Result) -> Document:
    """What was found as a document."""
    from guanzi.jobs.structuring.documents.structure import structure_document  # loads late: pages need a large library

    return structure_document(result.drafted.version.label, result.drafted.draft, result.found)


def data(result: Result) -> dict[str, Any]:
    """What was found as plain data; amounts in the unit of the sheet."""
    draft, found = result.drafted.draft, result.found
    sheet = draft.setting.sheet
    return {
        "draft": result.drafted.version.label,
        "currency": sheet.currency,
        "unit": sheet.unit,
        "goal": found.goal,
        "terms": [
            {
                "address": t.figure.address,
                "draft": _plain(t.options[t.draft]),
                "low": _plain(t.options[0]),
                "high": _plain(t.options[-1]),
                "values": len(t.options),
            }
            for t in found.terms
        ],
        "limits": [_limit_data(x) for x in found.limits],
        "frontier": [_point(draft, p) for p in found.frontier],
        "prices": [
            {
                "limit": _limit_data(p.limit),
                "step": p.step,
                "better": p.gain.mean,
                "se": p.gain.se,
                "verdict": p.verdict,
            }
            for p in found.prices
        ],
        "clashes": [
            {
                "limit": _limit_data(c.limit),
                "reached": None if c.reached is None else {"mean": c.reached.mean, "se": c.reached.se},
            }
            for c in found.clashes
        ],
        "suggestion": None
        if found.suggestion is None
        else _point(draft, found.suggestion) | {"text": draft.text(found.suggestion.key).source.text},
        "evaluations": found.evaluations,
        "raced": found.raced,
        "tried": found.tried,
        "material": found.material,
        "paths": found.paths,
        "race_paths": found.race,
        "fresh_paths": found.out_of_sample,
        "seed": found.seed,
    }


def data_of_all(results: Sequence[Result]) -> list[dict[str, Any]]:
    """What was found for each draft as plain data, in their order."""
    return [data(result) for result in results]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _limit_data(limit: MeasureLimit) -> dict[str, Any]:
    return {"measure": limit.measure.id, "most": limit.most, "bound": limit.bound, "origin": limit.origin}


def _point(draft: Draft, point: OutOfSamplePoint) -> dict[str, Any]:
    return {
        "terms": {
            t.figure.address: _plain(t.options[i]) for t, i in zip(draft.terms, point.key, strict=True) if i != t.draft
        },
        "results": [pair_data(p) for p in point.results],
        "broken": [x.measure.id for x in point.broken],
        "price_of_tail": None if point.price is None else {"mean": point.price.mean, "se": point.price.se},
    }
