"""Cases: the shipped ones, everything that is wrong with one, and a new one begun from another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Problem
from guanzi.base.reading import read_yaml
from guanzi.deal.terms import read_sheet
from guanzi.jobs.evidence.factuse import rate_problems
from guanzi.record.evidence import (
    Case,
    builtin_cases,
    check_outcome,
    find_case,
    load_case,
    open_case,
    schema_problems,
    unknown_industry,
)
from guanzi.record.evidence import new_case as make_case


@dataclass(frozen=True, slots=True)
class CheckedCase:
    """What is wrong with a case; ``case`` is None when it has errors."""

    case: Case | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """Problems that are no warnings."""
        return sum(problem.severity == "error" for problem in self.problems)


def list_cases() -> list[Case]:
    """The shipped cases."""
    return [open_case(name) for name in builtin_cases()]


def data(cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Cases as plain data: name, day, decision, title."""
    return [_row(case) for case in cases]


def check_case(text: str) -> CheckedCase:
    """Everything that is wrong with a case folder: facts, term sheets, outcome.

    Raises:
        InvalidInput: There is no such folder.
    """
    held: Case | None = None
    folder = find_case(text)
    try:
        case = load_case(folder)
    except InvalidInput as error:
        apart = (problem for problem in _sheets_apart(folder) if problem not in error.problems)
        problems = sorted((*error.problems, *apart), key=lambda problem: problem.place)
        if not any(problem.cause.id == "reading.file.outside" for problem in error.problems):
            problems += check_outcome(folder)  # what a link mixes up would be told of every fact once more
    else:
        held = case
        problems = [*case.warnings, *sheet_problems(case), *panel_problems(case), *check_outcome(folder)]
        problems += case.located(schema_problems(folder))
        problems += rate_problems(case)
        if (unknown := unknown_industry(case.industry)) is not None:
            header = read_yaml(folder / "case.yaml")
            problems.append(header.problem(("industry",), *unknown, severity="warning"))
    checked = CheckedCase(held, tuple(problems))
    return CheckedCase(None, checked.problems) if checked.errors else checked


def new_case(text: str, source: str) -> Path:
    """Copy a case under a new name, to be changed by its analyst.

    Raises:
        InvalidInput: The name is none, or taken.
    """
    target = Path(text)
    return make_case(target.parent, target.name, find_case(source))


def _row(case: Case) -> dict[str, str]:
    return {
        "id": case.id,
        "title": case.title,
        "title_zh": case.title.zh,
        "decision_date": case.decision_date.isoformat(),
        "decision": case.decision,
        "fitness": case.fitness,
        "industry": case.industry,
        "model": case.model,
        "region": case.region.id,
        "country": case.region.country,
    }


def sheet_problems(case: Case) -> Iterator[Problem]:
    """What is wrong with the term sheets of a case, warnings included."""
    from guanzi.advice.appraisal import promise_problems, uncomputed_problems

    view = case.view(case.decision_date)
    for sheet in case.sheets:
        read = read_sheet(sheet.document)
        yield from case.located(read.problems)
        if read.sheet is not None:
            yield from case.located(uncomputed_problems(read.sheet, case.model))
            yield from case.located(promise_problems(read.sheet, view))


def panel_problems(case: Case) -> Iterator[Problem]:
    """What of the panels of experts does not fit the company model; the model itself is only loaded for them."""
    if case.judgements:
        from guanzi.advice.calibration import judgement_problems

        yield from case.located(judgement_problems(case.judgements, case.model))


def _sheets_apart(folder: Path) -> Iterator[Problem]:
    """What is wrong with the term sheets of a case that cannot be loaded; a link is not followed."""
    for path in (folder / "terms").glob("*.yaml"):
        try:
            document = read_yaml(path) if path.is_file() and not path.is_symlink() else None
        except InvalidInput:
            continue  # the loader has said so
        if document is not None and isinstance(document.data, dict):
            yield from read_sheet(document).problems
