"""A term sheet drafted from a contract on the screen: each clause with its quotes, and what no clause covers."""

from __future__ import annotations

import sys

from guanzi.base.core import format_problems, render
from guanzi.console import say
from guanzi.jobs.shared.show import show_json, show_wrapped
from guanzi.jobs.terms import reading


def show_contracts(request: reading.Request, lang: str, *, as_json: bool) -> bool:
    """Show what contracts state in the language of term sheets.

    Returns:
        True when no contract was refused.
    """
    result = reading.read_contracts(request)
    if as_json:
        show_json(reading.data(result, lang))
    else:
        for one in result.contracts:
            _show(one, request, lang)
    if result.problems:
        print(format_problems(list(result.problems), lang), file=sys.stderr)
    return not result.problems


def _show(one: reading.ReadContract, request: reading.Request, lang: str) -> None:
    covered = one.sentences - len(one.uncovered)
    counts = {"n": one.sentences, "covered": covered, "clauses": len(one.clauses)}
    print(say("cli.terms.read.head", lang, document=one.name, **counts))
    for clause in one.clauses:
        quotes = [quote for quote in one.quotes if quote.of == clause.place.field]
        show_wrapped(render(clause.message, lang), indent="  ")
        for quote in quotes:
            told = say("cli.terms.read.quote", lang, quote=quote.quote, clause=quote.clause, page=quote.page)
            show_wrapped(told, indent=" " * 6)
        if not quotes and clause.group != "deal":
            show_wrapped(say("cli.terms.read.no_quote", lang), indent=" " * 6)
    if one.uncovered:
        print(say("cli.terms.read.uncovered", lang, n=len(one.uncovered)))
        for line in one.uncovered:
            told = say(
                "cli.terms.read.line", lang, clause=line.clause, page=line.page, about=line.about, text=line.text
            )
            show_wrapped(told, indent="  ")
    if request.out is None:
        print(say("cli.terms.read.not_written", lang))
        print(one.text)
    else:
        print(say("cli.terms.read.written", lang, file=str(request.out)))
