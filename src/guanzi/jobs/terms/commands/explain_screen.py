"""Every clause of a deal in words, on the screen."""

from __future__ import annotations

from itertools import groupby

from guanzi.base.core import render, wrap
from guanzi.console import say
from guanzi.deal.terms import group_title
from guanzi.jobs.shared.show import WIDTH
from guanzi.jobs.terms import explanation
from guanzi.render import joint


def print_explanation(result: explanation.Result, lang: str) -> None:
    """Print a term sheet clause by clause."""
    for group, clauses in groupby(result.clauses, key=lambda clause: clause.group):
        print(render(group_title(group), lang))
        for clause in clauses:
            state = "" if clause.state == "known" else " " + say(f"cli.explain.{clause.state}", lang)
            _print_item(clause.id, render(clause.message, lang) + state, lang)
        print()
    if result.gaps:
        print(say("cli.explain.assumptions", lang, n=len(result.gaps)))
        for gap in result.gaps:
            told = say("cli.explain.assumption", lang, what=gap.what, assumption=gap.assumption)
            _print_item(gap.clause, told, lang)


def _print_item(id: str, sentence: str, lang: str) -> None:
    print("\n".join(wrap(f"{id}{joint('colon', lang)}{sentence}", WIDTH, indent="      ", first="  ")))
