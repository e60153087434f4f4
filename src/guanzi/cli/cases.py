"""Commands on cases: list the shipped ones, check a folder, begin a new one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guanzi.base.core import InvalidInput, Problem, dump_json, format_problems, said
from guanzi.base.reading import read_yaml
from guanzi.cli.factuse import print_fact_use, rate_problems
from guanzi.cli.speech import say
from guanzi.deal.terms import read_sheet
from guanzi.record.evidence import (
    Case,
    builtin_cases,
    check_outcome,
    find_case,
    kind_of_tie,
    load_case,
    schema_problems,
)
from guanzi.record.evidence import new_case as make_case


def list_cases(lang: str, as_json: bool) -> None:
    """Print the shipped cases: name, decision date, what was decided, title."""
    cases = [load_case(find_case(name)) for name in builtin_cases()]
    if as_json:
        print(dump_json([_row(case) for case in cases]), end="")
        return
    widest = max((len(case.id) for case in cases), default=0)
    for case in cases:
        title = said(case.title, lang)
        decision = say(f"cli.cases.{case.decision}", lang)
        day = case.decision_date.isoformat()
        name = case.id.ljust(widest)
        line = say("cli.cases.row", lang, name=name, title=title, date=day, decision=decision)
        print(line if case.fitness == "fit" else f"{line} {say('cli.cases.unfit', lang)}")


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


def check_case(text: str, lang: str) -> bool:
    """Print everything that is wrong with a case folder: facts, term sheets, outcome.

    Returns:
        True when there is no error; warnings do not count.
    """
    folder = find_case(text)
    try:
        case = load_case(folder)
    except InvalidInput as error:
        apart = (problem for problem in _sheets_apart(folder) if problem not in error.problems)
        problems = sorted((*error.problems, *apart), key=lambda problem: problem.place)
        if not any(problem.cause.id == "reading.file.outside" for problem in error.problems):
            problems += check_outcome(folder)  # what a link mixes up would be told of every fact once more
    else:
        problems = [*case.warnings, *sheet_problems(case), *panel_problems(case), *check_outcome(folder)]
        problems += case.located(schema_problems(folder))
        problems += rate_problems(case)
    if problems:
        print(format_problems(problems, lang))
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        print(say("cli.check.error" if errors == 1 else "cli.check.errors", lang, case=text, n=errors))
        return False
    counts = {"facts": len(case.facts), "sources": len(case.sources), "sheets": len(case.sheets)}
    print(say("cli.check.fine", lang, case=case.id, warnings=len(problems), **counts))
    if case.entities:
        ties = sum(kind_of_tie(dated.entity) is not None for dated in case.entities)
        print(say("cli.check.entities", lang, n=len(case.entities), ties=ties))
    print_fact_use(case, lang)
    return True


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


def new_case(text: str, source: str, lang: str) -> None:
    """Copy a case under a new name, to be changed by its analyst."""
    target = Path(text)
    made = make_case(target.parent, target.name, find_case(source))
    print(say("cli.case.created", lang, folder=str(made), source=source))
