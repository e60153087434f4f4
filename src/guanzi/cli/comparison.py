"""A case under several playbooks: one table on the screen."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from guanzi.advice.appraisal import Comparison, DealData
from guanzi.base.core import wrap
from guanzi.cli.show import WIDTH, show_json
from guanzi.cli.speech import say
from guanzi.desk import comparison
from guanzi.reports import format_value

FAILURE = "company.failure_probability_5y"
TABLE = 120
"""Columns that the table takes at least."""


def run_comparison(request: comparison.Request, out: Path | None, lang: str, *, as_json: bool) -> None:
    """Compare, write ``comparison.json`` and ``comparison.html``, print a table (or the JSON alone)."""
    result = comparison.compare_methods(request)
    page = comparison.write(result, out, lang)
    if as_json:
        show_json(comparison.data(result))
        return
    _print(result.found, lang)
    print(say("cli.playbook.page", lang, page=str(page)))


def _print(found: Comparison, lang: str) -> None:
    table = Table(box=None, pad_edge=False)
    for name in ("playbook", "draft", "form", "money", "value", "failure", "own"):
        numeric = name in ("money", "value", "failure")
        table.add_column(say(f"cli.playbook.column.{name}", lang), justify="right" if numeric else "left")
    for column in found.columns:
        own = column.own
        table.add_row(
            column.id,
            say(f"playbooks.advice.{column.draft.advice}", lang),
            say(f"playbooks.form.{column.form}", lang) if column.form else "",
            *(_value(own, id, lang) for id in ("mechanism.total", "compare.public_npv", FAILURE)),
            "" if own is None else say(f"playbooks.advice.{own.advice}", lang),
        )
    Console(width=max(Console().width, TABLE)).print(table)
    for column in found.columns:
        if column.why_not is not None:
            reason = say(column.why_not.id, lang, **column.why_not.params)
            print("\n".join(wrap(f"{column.id}: {reason}", WIDTH, indent="  ", first="")))


def _value(deal: DealData | None, id: str, lang: str) -> str:
    figure = None if deal is None else deal.figures.get(id)
    return say("reports.figure.none", lang) if figure is None else format_value(figure, lang)
