"""Every clause of a deal in words."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, render, wrap
from guanzi.base.reading import read_yaml
from guanzi.cli.speech import say
from guanzi.deal.terms import TermSheet, explain, group_title, parse_sheet, unknowns
from guanzi.record.evidence import find_case, load_case

WIDTH = 100


def explain_terms(text: str, as_of: date | None, lang: str) -> None:
    """Print the newest term sheet of a case on a day, or a term sheet from a file, clause by clause."""
    sheet = _sheet(text, as_of)
    for group, clauses in groupby(explain(sheet), key=lambda clause: clause.group):
        print(render(group_title(group), lang))
        for clause in clauses:
            state = "" if clause.state == "known" else " " + say(f"cli.explain.{clause.state}", lang)
            _print_item(clause.id, render(clause.message, lang) + state)
        print()
    gaps = unknowns(sheet)
    if gaps:
        print(say("cli.explain.assumptions", lang, n=len(gaps)))
        for gap in gaps:
            _print_item(gap.clause, say("cli.explain.assumption", lang, what=gap.what, assumption=gap.assumption))


def _sheet(text: str, as_of: date | None) -> TermSheet:
    path = Path(text)
    if path.is_file():
        return parse_sheet(read_yaml(path, text))
    case = load_case(find_case(text))
    day = as_of or case.decision_date
    sheet = case.view(day).sheet
    if sheet is None:
        raise InvalidInput(
            Problem(
                Message.of("cli.explain.no_sheet", case=text, day=day.isoformat()),
                Place(str(case.folder / "terms")),
                Message.of("cli.explain.no_sheet.mend"),
            )
        )
    try:
        return parse_sheet(sheet.document)
    except InvalidInput as error:
        raise InvalidInput(case.located(error.problems)) from error


def _print_item(id: str, sentence: str) -> None:
    print("\n".join(wrap(f"{id}: {sentence}", WIDTH, indent="      ", first="  ")))
