"""The test of the forecast of entries on the screen."""

from __future__ import annotations

import math

from rich.console import Console
from rich.table import Table

from guanzi.base.core import Parameter, render, wrap
from guanzi.cli.show import WIDTH, show_json, show_oddities, tell
from guanzi.cli.speech import say
from guanzi.desk import entries
from guanzi.study.tracks import verdicts

_WORST = 8
"""Regions that are named where a simple method ranks as well."""


def show_evaluation(request: entries.Request, lang: str, as_json: bool) -> None:
    """Print how each method did on the last window of a panel, and what that says."""
    result = entries.evaluate(request)
    show_oddities(result.panel, lang)
    if as_json:
        show_json(entries.data(result, lang))
    else:
        _show(result, lang)


def _show(result: entries.Result, lang: str) -> None:
    found, panel = result.evaluation, result.panel
    window = f"{found.window.origin}–{found.window.target}"
    learnt = tuple(f"{w.origin}–{w.target}" for w in found.learnt.windows)
    share = found.entries / found.cells
    tell("cli.scan.window", lang, file=panel.name, window=window, cells=found.cells, entries=found.entries, share=share)
    tell("cli.scan.learnt", lang, windows=learnt, cells=found.learnt.cells, share=found.learnt.rate)
    if found.left_out:
        tell("cli.scan.left_out", lang, cells=found.left_out)
    print()
    columns = ("method", "roc_auc", "interval", "average_precision", "precision_at_k", "ece", "region_auc", "top")
    table = Table(box=None, pad_edge=False)
    for i, name in enumerate(columns):
        table.add_column(say(f"cli.scan.column.{name}", lang), justify="right" if i else "left", no_wrap=not i)
    for name, m in found.methods.items():
        low, high = m.roc_auc_interval
        figures = (m.average_precision, m.precision_at_k, m.ece, m.region_auc, m.region_precision_at_10)
        told = (f"{m.roc_auc:.3f}", f"{low:.3f}–{high:.3f}", *("–" if math.isnan(f) else f"{f:.3f}" for f in figures))
        table.add_row(say(f"cli.scan.method.{name}", lang), *told)
    Console(width=WIDTH, highlight=False).print(table)
    print()
    for verdict in verdicts(found):
        print("\n".join(wrap(render(verdict, lang), WIDTH, indent="  ", first="· ")))
    for other in ("density", "ubiquity"):
        regions = found.no_better_than(other)
        shown: dict[str, Parameter] = {"number": len(regions), "of": found.judged_regions, "regions": regions[:_WORST]}
        line = say(f"cli.scan.no_better.{other}" if regions else f"cli.scan.better.{other}", lang, **shown)
        print("\n".join(wrap(line, WIDTH, indent="  ", first="· ")))
