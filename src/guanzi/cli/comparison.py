"""A case under several playbooks: one table on the screen, the page and the data in a folder."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from guanzi.advice.appraisal import Comparison, DealData, compare_playbooks
from guanzi.base.core import InvalidInput, Message, Place, Problem, Progress, dump_json, wrap
from guanzi.cli.appraise import default_folder
from guanzi.cli.files import write_results
from guanzi.cli.speech import say
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import Playbook, load_playbook, playbook_names
from guanzi.reports import format_value

FAILURE = "company.failure_probability_5y"
CITIES = "hefei,shenzhen,shanghai,xian,hangzhou"
WIDTH = 100
TABLE = 120
"""Columns that the table takes at least."""


def run_comparison(
    text: str,
    playbooks: str | None,
    as_of: date | None,
    paths: int,
    seed: int,
    out: Path | None,
    threads: int | None,
    lang: str,
    as_json: bool,
) -> None:
    """Compare, write ``comparison.json`` and ``comparison.html``, print a table (or the JSON alone)."""
    books = _named(playbooks)
    case = load_case(find_case(text))
    with Progress(Message.of("cli.progress.paths"), paths * (len(books) + 1), lang=lang) as progress:
        found = compare_playbooks(case, books, as_of, paths, seed, threads, progress.advance)
    from guanzi.reports import comparison_html  # loads late: charts need a large library

    content = dump_json(found.model_dump(mode="json"))
    folder = out if out is not None else default_folder(case.id, found.as_of)
    write_results(folder, {"comparison.json": content, "comparison.html": comparison_html(found, lang)})
    if as_json:
        sys.stdout.write(content)
        return
    _print(found, lang)
    print(say("cli.playbook.page", lang, page=str(folder / "comparison.html")))


def _named(text: str | None) -> list[Playbook]:
    names = [name.strip() for name in (CITIES if text is None else text).split(",") if name.strip()]
    if not names:
        cause = Message.of("cli.playbook.no_playbook")
        mend = Message.of("cli.playbook.no_playbook.mend", names=playbook_names())
        raise InvalidInput(Problem(cause, Place("--playbooks"), mend, excerpt=text or ""))
    return [load_playbook(name) for name in dict.fromkeys(names)]


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
