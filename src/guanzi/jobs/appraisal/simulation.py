"""Simulation by itself: the distributions of a deal, or the story of one path."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from guanzi.advice.appraisal import (
    Prepared,
    Reached,
    parse_precision,
    paths_for,
    prepare,
    simulated_figures,
)
from guanzi.advice.appraisal import run as run_paths
from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.deal.terms import TermSheet
from guanzi.engine.machine import PathEvent
from guanzi.engine.simulation import Remembered, SimulationResult
from guanzi.engine.simulation import trace as trace_path
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.jobs.shared.unsimulated import not_simulable
from guanzi.record.evidence import Case, CaseSource, open_case
from guanzi.record.playbooks import load_playbook


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the newest term sheet of a case on a day (None: that of the decision), under a playbook.

    Attributes:
        precision: How small the sampling error of which figure is to be, in place of the paths of the run; None: not
            asked.
    """

    case: CaseSource
    as_of: date | None = None
    playbook: str = "hefei"
    run: Run = USUAL
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The distributions, with what was simulated; ``reached``: where the search for a precision stopped."""

    prepared: Prepared
    found: SimulationResult
    reached: Reached | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """What each clause did on one path, in the order of time."""

    prepared: Prepared
    sheet: TermSheet
    entries: tuple[PathEvent, ...]


def simulate(request: Request) -> Result:
    """Simulate a deal.

    Raises:
        InvalidInput: There is no term sheet, it moves no money, a value is unknown and has no bracket, or the precision
            is none.
    """
    case, prepared = _prepared(request)
    run, paths, reached, memory = request.run, request.run.paths, None, Remembered()
    if request.precision is not None:
        asked = parse_precision(request.precision)
        with run.simulating(0) as running:
            reached = paths_for(prepared, asked, run.seed, replace(running, memory=memory))
        paths = paths if reached is None else reached.paths
    with run.simulating(paths) as running:
        found = run_paths(prepared, paths, run.seed, replace(running, memory=memory))
    if found is None:
        raise _refusal(case, prepared)
    return Result(prepared, found, reached)


def trace(request: Request, path: int) -> Story:
    """Tell what each clause did on one path of the seed.

    Raises:
        InvalidInput: As :func:`simulate`.
    """
    case, prepared = _prepared(request)
    if prepared.sheet is None or prepared.model is None or prepared.policy is None:
        raise _refusal(case, prepared)
    entries = trace_path(prepared.sheet, prepared.model, prepared.policy, seed=request.run.seed, path=path)
    return Story(prepared, prepared.sheet, tuple(entries))


def data(result: Result) -> dict[str, Any]:
    """The distributions as plain data; a number that is not there is None."""
    found = result.found  # distributions are found when they are asked for: here all are
    whole = {field.name: getattr(found, field.name) for field in fields(found) if field.name != "exact"}
    parts = {name: {key: asdict(part) for key, part in whole[name].items()} for name in ("scalars", "fans")}
    figures = simulated_figures(result.prepared, found).values()
    errors = {figure.id: figure.error for figure in figures if figure.error is not None}
    plain: dict[str, Any] = _plain({**whole, **parts, "errors": errors})
    return plain


def story_data(story: Story) -> list[dict[str, Any]]:
    """The entries of a path as plain data."""
    return [asdict(entry) for entry in story.entries]


def _prepared(request: Request) -> tuple[Case, Prepared]:
    case = open_case(request.case)
    return case, prepare(case, request.as_of, load_playbook(request.playbook))


def _refusal(case: Case, prepared: Prepared) -> InvalidInput:
    if prepared.sheet is not None:
        return InvalidInput(case.located(not_simulable(prepared.sheet, prepared)))
    cause = Message.of("desk.simulate.no_sheet", day=prepared.view.as_of.isoformat())
    return InvalidInput(Problem(cause, Place(str(case.folder / "terms")), _fix_of_no_sheet(case)))


def _fix_of_no_sheet(case: Case) -> Message:
    if not case.sheets:
        return Message.of("desk.simulate.no_sheet_at_all.mend")
    return Message.of("desk.simulate.no_sheet.mend", first=min(sheet.known_on for sheet in case.sheets).isoformat())


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
