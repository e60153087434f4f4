"""The forecast of entries, tested on the past of the panel that is given."""

from __future__ import annotations

import json
import math
import os
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Parameter, Place, Problem, Progress, format_problems, wrap
from guanzi.cli.speech import say
from guanzi.intake.industries import IndustryPanel, Roles, read_industries, rows_of
from guanzi.study.tracks import forecast

WIDTH = 100
DIGITS = 6
_WORST = 8
"""Regions that are named where a simple method ranks as well."""


def evaluate_scan(
    file: Path,
    roles: Roles,
    table: str | None,
    horizon: int,
    until: int | None,
    minimum: float,
    seed: int,
    threads: int | None,
    lang: str,
    as_json: bool,
) -> None:
    """Test the forecast of entries on a panel and print the figures.

    Args:
        file: Parquet, CSV or DuckDB.
        roles: Which column says what.
        table: Of a database.
        horizon: Years ahead.
        until: Last year that is looked at; None: the last of the panel.
        minimum: Least value that counts as an entry.
        seed: Key of the random numbers.
        threads: Threads; None: one a processor.
        lang: Language.
        as_json: Print JSON alone.
    """
    panel = read_panel_of(file, roles, table, lang)
    if until is not None and not any(year <= until for year in panel.years):
        cause = Message.of("cli.scan.until", year=str(until), first=str(panel.years[0]))
        raise InvalidInput(Problem(cause, Place("--until"), Message.of("cli.scan.until.mend")))
    settings = forecast.Settings(horizon, None, minimum, seed=seed, threads=threads or os.cpu_count() or 1)
    with Progress(Message.of("cli.progress.windows"), forecast.steps(panel, settings, until), lang=lang) as progress:
        found = forecast.evaluate(panel, settings, until, progress.advance)
    if as_json:
        print(json.dumps(evaluation_document(found, panel, lang), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        _show(found, panel, lang)


def read_panel_of(file: Path, roles: Roles, table: str | None, lang: str) -> IndustryPanel:
    """Read a panel with progress, and say on standard error what is odd about it."""
    with Progress(Message.of("cli.progress.rows"), max(rows_of(file), 1), lang=lang) as progress:
        panel = read_industries(file, roles, table, progress.advance)
    told = [p for p in panel.findings if p.severity != "error"]  # errors refuse the panel, and are told there
    if told:
        print(format_problems(told, lang), file=sys.stderr)
    return panel


def evaluation_document(found: forecast.Evaluation, panel: IndustryPanel, lang: str) -> dict[str, Any]:
    """The figures as plain data: one object a method, and beside them what they were measured on."""
    return {
        **{name: _method(found.methods[name]) for name in forecast.METHODS},
        "panel": {
            "name": panel.name,
            "regions": len(panel.regions),
            "industries": len(panel.industries),
            "years": list(panel.years),
            "measure": panel.measure,
        },
        "window": {"origin": found.window.origin, "target": found.window.target},
        "learnt_from": [{"origin": w.origin, "target": w.target} for w in found.learnt.windows],
        "learnt_cells": found.learnt.cells,
        "learnt_rate": _number(found.learnt.rate),
        "features": list(found.learnt.names),
        "cells": found.cells,
        "entries": found.entries,
        "left_out": found.left_out,
        "k": found.k,
        "interval_level": 0.95,
        "gains": [
            {
                "of": gain.better,
                "over": gain.other,
                "roc_auc": _number(gain.roc_auc),
                "roc_auc_interval": [_number(end) for end in gain.roc_auc_interval],
                "region_auc": _number(gain.region_auc),
                "region_auc_interval": [_number(end) for end in gain.region_auc_interval],
            }
            for gain in found.gains
        ],
        "verdicts": [say(id, lang, **params) for id, params in verdicts(found)],
        "no_better_than": {other: list(found.no_better_than(other)) for other in ("density", "ubiquity")},
        "calibration": [
            {"probability": _number(p), "entered": _number(share), "cells": cells}
            for p, share, cells in found.calibration
        ],
        "regions": [
            {
                "region": row.region,
                "cells": row.cells,
                "entries": row.entries,
                "roc_auc": {name: _number(row.aucs[name]) for name in forecast.METHODS},
            }
            for row in found.regions
        ],
    }


def _method(measured: forecast.Measured) -> dict[str, Any]:
    return {
        "roc_auc": _number(measured.roc_auc),
        "roc_auc_interval": [_number(end) for end in measured.roc_auc_interval],
        "average_precision": _number(measured.average_precision),
        "average_precision_interval": [_number(end) for end in measured.average_precision_interval],
        "precision_at_k": _number(measured.precision_at_k),
        "ece": _number(measured.ece),
        "region_auc": _number(measured.region_auc),
        "region_auc_interval": [_number(end) for end in measured.region_auc_interval],
        "region_precision_at_10": _number(measured.region_precision_at_10),
    }


def _number(value: float) -> float | None:
    return round(value, DIGITS) if math.isfinite(value) else None


def verdicts(found: forecast.Evaluation) -> list[tuple[str, dict[str, Parameter]]]:
    """What the figures say in sentences: whether each method adds anything to what it is compared with."""
    said: list[tuple[str, dict[str, Parameter]]] = []
    for gain in found.gains:
        low, high = gain.region_auc_interval
        kind = "adds" if low > 0 else "worse" if high < 0 else "nothing"
        shown = {"gain": f"{gain.region_auc:+.3f}", "low": f"{low:+.3f}", "high": f"{high:+.3f}"}
        said.append((f"cli.scan.verdict.{gain.better}.{gain.other}.{kind}", dict(shown)))
    return said


def _show(found: forecast.Evaluation, panel: IndustryPanel, lang: str) -> None:
    def tell(id: str, **params: Parameter) -> None:
        print("\n".join(wrap(say(id, lang, **params), WIDTH)))

    window = f"{found.window.origin}–{found.window.target}"
    learnt = tuple(f"{w.origin}–{w.target}" for w in found.learnt.windows)
    shares: dict[str, Parameter] = {
        "cells": found.cells,
        "entries": found.entries,
        "share": found.entries / found.cells,
    }
    tell("cli.scan.window", file=panel.name, window=window, **shares)
    tell("cli.scan.learnt", windows=learnt, cells=found.learnt.cells, share=found.learnt.rate)
    if found.left_out:
        tell("cli.scan.left_out", cells=found.left_out)
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
    for id, params in verdicts(found):
        print("\n".join(wrap(say(id, lang, **params), WIDTH, indent="  ", first="· ")))
    for other in ("density", "ubiquity"):
        regions = found.no_better_than(other)
        shown: dict[str, Parameter] = {"number": len(regions), "of": found.judged_regions, "regions": regions[:_WORST]}
        line = say(f"cli.scan.no_better.{other}" if regions else f"cli.scan.better.{other}", lang, **shown)
        print("\n".join(wrap(line, WIDTH, indent="  ", first="· ")))
