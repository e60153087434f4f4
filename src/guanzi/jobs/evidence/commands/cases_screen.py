"""Commands on cases: list the shipped ones, check a folder, begin a new one."""

from __future__ import annotations

from pathlib import Path

from guanzi.base.core import format_problems, localised
from guanzi.console import say
from guanzi.jobs.evidence import cases as service
from guanzi.jobs.evidence.commands.factuse_screen import print_fact_use
from guanzi.jobs.shared.show import show_json
from guanzi.record.evidence import kind_of_tie


def list_cases(lang: str, as_json: bool) -> None:
    """Print the shipped cases: name, decision date, what was decided, title."""
    cases = service.list_cases()
    if as_json:
        show_json(service.data(cases))
        return
    widest = max((len(case.id) for case in cases), default=0)
    for case in cases:
        title = localised(case.title, lang)
        decision = say(f"cli.cases.{case.decision}", lang)
        day = case.decision_date.isoformat()
        name = case.id.ljust(widest)
        line = say("cli.cases.row", lang, name=name, title=title, date=day, decision=decision)
        print(line if case.fitness == "fit" else f"{line} {say('cli.cases.unfit', lang)}")


def check_case(text: str, lang: str) -> bool:
    """Print everything that is wrong with a case folder: facts, term sheets, outcome.

    Returns:
        True when there is no error; warnings do not count.
    """
    checked = service.check_case(text)
    case, problems = checked.case, checked.problems
    if problems:
        print(format_problems(problems, lang))
    if case is None:
        errors = checked.errors
        print(say("cli.check.error" if errors == 1 else "cli.check.errors", lang, case=text, n=errors))
        return False
    counts = {"facts": len(case.facts), "sources": len(case.sources), "sheets": len(case.sheets)}
    print(say("cli.check.fine", lang, case=case.id, warnings=len(problems), **counts))
    if case.entities:
        ties = sum(kind_of_tie(dated.entity) is not None for dated in case.entities)
        print(say("cli.check.entities", lang, n=len(case.entities), ties=ties))
    print_fact_use(case, lang)
    return True


def new_case(request: service.Beginning) -> None:
    """Begin a case, and say what comes next."""
    folder, lang = str(service.begin_case(request)), request.lang
    if request.source:
        print(say("cli.case.created", lang, folder=folder, source=request.source))
    else:
        holds_city = (Path(folder) / "facts" / "region.yaml").is_file()
        print(say("cli.case.begun.city" if holds_city else "cli.case.begun", lang, folder=folder))


def take_over_precedents(case: str, ended: list[str], lang: str) -> None:
    """Write ended cases as precedents of a case, and say which of them count."""
    from guanzi.jobs.evidence import precedents  # loads late: what judges outcomes stands on a large library

    found = precedents.take_over(case, ended)
    print(say("cli.case.precedents", lang, file=str(found.file), n=len(found.precedents)))
    if found.unjudged:
        print(say("cli.case.precedents.unjudged", lang, cases=found.unjudged))
