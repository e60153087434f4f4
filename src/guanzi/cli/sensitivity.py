"""Which assumption moves the result, and which fact turns the advice, on the screen."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from guanzi.advice.appraisal import Appraisal
from guanzi.base.core import render
from guanzi.cli.show import show_json
from guanzi.cli.speech import say
from guanzi.desk import sensitivity

SHOWN = 12


def show_sensitivity(request: sensitivity.Request, lang: str, *, as_json: bool) -> None:
    """Print the assumptions by their share, and where they are asked for the facts that turn the advice."""
    result = sensitivity.find_sensitivity(request)
    if as_json:
        show_json(sensitivity.data(result))
        return
    _print_assumptions(result.appraisal, lang)
    if result.turning is not None:
        print()
        print(say("cli.sensitivity.facts" if result.turning else "cli.sensitivity.no_facts", lang))
        for t in result.turning:
            advice = say(f"cli.advice.{t.becomes}", lang)
            print("  " + say("cli.sensitivity.fact", lang, fact=t.fact, change=t.change, advice=advice))


def _print_assumptions(appraisal: Appraisal, lang: str) -> None:
    swings = appraisal.sensitivity
    if swings is None:
        print(say("cli.sensitivity.none", lang))
        return
    print(render(swings.sentence.model_dump(), lang))
    if not any(s.total > 0.0 for s in swings.swings):
        return
    table = Table(box=None, pad_edge=False)
    asked = swings.result.id.rpartition(".")[2]
    for name in ("assumption", "share", "low", "high"):
        end = f".{asked}" if name in ("low", "high") else ""
        head = say(f"cli.sensitivity.{name}{end}", lang)
        table.add_column(head, justify="left" if name == "assumption" else "right")
    for s in swings.swings[:SHOWN]:
        ends = [say("cli.sensitivity.percent", lang, value=v) if v is not None else "" for v in (s.at_low, s.at_high)]
        share = say("cli.sensitivity.percent", lang, value=s.total)
        table.add_row(render(s.label.model_dump(), lang), share, *ends)
    Console().print(table)
