"""The difference of two deals on the screen: clause by clause, and in results on the same draws."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table

from guanzi.advice.structuring import ClauseChange, Estimate, Measure, Pair
from guanzi.base.core import render, wrap
from guanzi.cli.show import WIDTH, show_json, show_warnings
from guanzi.cli.speech import say
from guanzi.deal.terms import group_title
from guanzi.desk import difference

TABLE = 120
"""Columns that the table of results takes at least."""
SIGNS = {"added": "+", "removed": "−", "changed": "~"}


def run_diff(request: difference.Request, lang: str, *, as_json: bool) -> None:
    """Print what differs between two term sheets, or two versions of one."""
    result = difference.compare_deals(request)
    show_warnings(result.warnings, lang)
    if as_json:
        show_json(difference.data(result))
        return
    found, old = result.found, result.before
    print(say("cli.diff.title", lang, before=old.label, after=result.after.label))
    print_clauses(found.clauses, lang)
    if found.results:
        print()
        print(say("cli.diff.results", lang, paths=found.paths, seed=found.seed))
        print_results(found.results, old.sheet.currency, old.sheet.unit, lang)
    for note in found.notes:
        print("\n".join(wrap(render(note, lang), WIDTH)))


def print_clauses(clauses: Sequence[ClauseChange], lang: str) -> None:
    """Changed clauses by group: the new words, the old ones, and each value that changed."""
    if not clauses:
        print(say("cli.diff.no_clause", lang))
    for group, changes in groupby(clauses, key=lambda c: c.group):
        print()
        print(render(group_title(group), lang))
        for change in changes:
            now, was = change.after or change.before, change.before if change.kind == "changed" else None
            if now is not None:
                kind = say(f"cli.diff.{change.kind}", lang)
                _item(f"{SIGNS[change.kind]} {change.id} ({kind})", render(now, lang))
            if was is not None and was != now:
                _item("    " + say("cli.diff.was", lang), render(was, lang))
            for value in change.values:
                print("\n".join(wrap(render(value.message, lang), WIDTH, indent="        ", first="      = ")))


def _item(head: str, sentence: str) -> None:
    print("\n".join(wrap(f"{head}: {sentence}", WIDTH, indent="      ", first="  ")))


def print_results(pairs: Sequence[Pair], currency: str, unit: float, lang: str) -> None:
    """A table of both deals and their paired difference with its standard error."""
    table = Table(box=None, pad_edge=False)
    for name in ("measure", "before", "after", "difference", "error", "verdict"):
        title = say(f"cli.diff.column.{name}", lang)
        table.add_column(title, justify="left" if name in ("measure", "verdict") else "right", no_wrap=True)
    account = ""
    for pair in _with_money_at_stake(pairs):
        if pair.measure.account != account:
            account = pair.measure.account
            table.add_row(say(f"structuring.account.{account}", lang))
        cells = [say(f"structuring.measure.{pair.measure.id}", lang)]
        cells += [amount(pair.measure, x.mean, currency, unit, lang) for x in (pair.before, pair.after)]
        cells += signed(pair.measure, pair.difference, currency, unit, lang)
        table.add_row("  " + cells[0], *cells[1:], say(f"structuring.verdict.{pair.verdict}", lang))
    Console(width=max(Console().width, TABLE)).print(table)


def _with_money_at_stake(pairs: Sequence[Pair]) -> list[Pair]:
    """Without the account of the fund where neither deal buys or lends: no noughts of a fund that is not there."""
    idle = all(x.mean == 0.0 for p in pairs if p.measure.account == "fund" for x in (p.before, p.after))
    return [p for p in pairs if not (idle and p.measure.account == "fund")]


def signed(measure: Measure, x: Estimate, currency: str, unit: float, lang: str) -> list[str]:
    """A difference with its sign, and its error; of ratios in percentage points."""
    plus = "+" if x.mean > 0.0 else ""
    if measure.unit == "ratio":
        return [plus + say("cli.diff.points", lang, value=100 * x.mean), say("cli.diff.points", lang, value=100 * x.se)]
    return [plus + amount(measure, x.mean, currency, unit, lang), amount(measure, x.se, currency, unit, lang)]


def amount(measure: Measure, value: float, currency: str, unit: float, lang: str) -> str:
    """A value of a measure with its unit."""
    if measure.unit == "money":
        return say("cli.diff.money", lang, value=value * unit / 1e6, currency=currency)
    if measure.unit == "ratio":
        return say("cli.diff.ratio", lang, value=value)
    return say("cli.diff.count", lang, value=value)
