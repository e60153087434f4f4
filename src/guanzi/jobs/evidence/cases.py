"""Cases: the shipped ones, everything that is wrong with one, and a new one, empty or begun from another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import Bilingual, InvalidInput, Message, Problem
from guanzi.base.reading import read_yaml
from guanzi.deal.terms import read_sheet
from guanzi.jobs.evidence.factuse import rate_problems
from guanzi.jobs.shared.beginning import begin
from guanzi.record.evidence import (
    Case,
    CaseHead,
    builtin_cases,
    check_outcome,
    find_case,
    load_case,
    open_case,
    parts_beyond,
    schema_problems,
    unknown_industry,
    unnamed_industry,
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
        problems += part_problems(case)
        if (unknown := unknown_industry(case.industry)) is not None:
            header = read_yaml(folder / "case.yaml")
            problems.append(header.problem(("industry",), *unknown, severity="warning"))
            if (unnamed := unnamed_industry(case.industry, case.industry_name)) is not None:
                problems.append(header.problem(("industry",), *unnamed, severity="warning"))
    checked = CheckedCase(held, tuple(problems))
    return CheckedCase(None, checked.problems) if checked.errors else checked


@dataclass(frozen=True, slots=True)
class Beginning:
    """A case to begin.

    Attributes:
        name: Folder to make; its last part is the id of the case.
        source: Case to copy; empty: the new one holds nothing of another.
        head: What an empty case begins with; its model follows from the industry.
        lang: Language of the questions that stand above its facts.
    """

    name: str
    source: str = ""
    head: CaseHead = field(default_factory=CaseHead)
    lang: str = "en"


def head_of(company: str, region: str, country: str, industry: str, currency: str, day: date | None) -> CaseHead:
    """What an empty case begins with, from what was typed: a name stands for both languages."""
    return CaseHead(Bilingual(company), Bilingual(region), country, industry, currency=currency, decided=day)


def begin_case(request: Beginning) -> Path:
    """Make a case that is empty but for what is to be found out, or a copy of another to be changed.

    Raises:
        InvalidInput: The name is none, or taken; industry, currency or country is no code; the source is no case.
    """
    target = Path(request.name)
    if request.source:
        return make_case(target.parent, target.name, find_case(request.source))
    return begin(request.name, request.head, request.lang)


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


def part_problems(case: Case) -> Iterator[Problem]:
    """Warnings of figures of the decision day of which a part is more than its whole, at the part."""
    view = case.view(case.decision_date)
    for one in parts_beyond(view):
        fix = Message.of("evidence.parts.mend", facts=one.facts)
        place = view.fact(one.part.facts[0]).place
        yield from case.located([Problem(one.as_message(view.currency), place, fix, "warning")])


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
