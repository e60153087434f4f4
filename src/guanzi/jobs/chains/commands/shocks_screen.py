"""Shocks on the screen: the heaviest firms, what a stop takes and who outlives it, and its course by days."""

from __future__ import annotations

import numpy as np
from rich.console import Console
from rich.table import Table

from guanzi.console import say
from guanzi.jobs.chains import shocks
from guanzi.jobs.shared.show import WIDTH, print_message, show_json
from guanzi.study.chains import disruption

SHOWN = 10
_EVERY = 30


def show_shock(request: shocks.Request, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, what a shock takes: of a folder of firms or of an input-output table."""
    result = shocks.shock(request)
    if as_json:
        show_json(shocks.data(result))
    elif isinstance(result, shocks.Risk):
        _show_risk(result, lang)
    elif isinstance(result, shocks.FirmsStopped):
        _show_stop(result, lang)
    else:
        _show_course(result, lang)


def _show_risk(result: shocks.Risk, lang: str) -> None:
    found, names = result.found, result.file.names
    print_message("disruption.risk", lang, n=len(names))
    _invented(result.file.invented, lang)
    rows = Table(box=None, pad_edge=False)
    for head in ("firm", "index", *(("index_all",) if len(found) > 1 else ()), "bound"):
        rows.add_column(say(f"disruption.head.{head}", lang), justify="left" if head == "firm" else "right")
    for i in result.order[:SHOWN]:
        rows.add_row(names[i], *(_percent(r.index[i]) for r in found), _percent(found[-1].bound[i], 3))
    Console(width=max(Console().width, WIDTH)).print(rows)
    print_message("disruption.residual", lang, residual=result.residual)
    if len(found) > 1:
        print_message("disruption.essential", lang)


def _show_stop(result: shocks.FirmsStopped, lang: str) -> None:
    hit, names = result.hit, result.file.names
    print_message("disruption.scenario", lang, n=len(hit), firms=tuple(names[i] for i in hit[:5]), part=result.part)
    _invented(result.file.invented, lang)
    print_message("disruption.lost", lang, part=result.failures[-1].index)
    _losses(result, lang)
    print()
    print_message("disruption.survival", lang)
    _survival(result.curves, lang)
    if len(result.curves) > 1:
        print_message("disruption.essential", lang)


def _losses(result: shocks.FirmsStopped, lang: str) -> None:
    last = result.failures[-1]
    rows = Table(box=None, pad_edge=False)
    for head in ("firm", "inputs", "sales"):
        rows.add_column(say(f"disruption.head.{head}", lang), justify="left" if head == "firm" else "right")
    for i in result.order[:SHOWN]:
        if last.loss[i] > 0.0:
            rows.add_row(result.file.names[i], _percent(last.down[i]), _percent(last.up[i]))
    Console(width=max(Console().width, WIDTH)).print(rows)


def _survival(curves: tuple[tuple[disruption.Survival, ...], ...], lang: str) -> None:
    rows = Table(box=None, pad_edge=False)
    for head in ("tolerance", "firms_left", "output_left"):
        rows.add_column(say(f"disruption.head.{head}", lang), justify="right")
    for same in zip(*curves, strict=True):
        firms, output = [s.firms for s in same], [s.output for s in same]
        rows.add_row(_percent(same[0].tolerance, 0), _span(firms), _span(output))
    Console(width=max(Console().width, WIDTH)).print(rows)


def _show_course(result: shocks.SectorsStopped, lang: str) -> None:
    table, asked, found = result.table, result.scenario, result.course
    labels = dict(zip(table.codes, table.labels, strict=True))
    print_message(
        "disruption.course", lang, sectors=tuple(labels[c] for c in asked.sector), part=asked.part, days=asked.days
    )
    _invented(table.invented, lang)
    worst = np.argsort((found.output / np.where(found.usual > 0, found.usual, 1.0)).sum(axis=0), kind="stable")
    rows = Table(box=None, pad_edge=False)
    others = [i for i in worst if table.codes[i] not in asked.sector][:3]
    rows.add_column(say("disruption.head.day", lang), justify="right")
    rows.add_column(say("disruption.head.all", lang), justify="right")
    for i in others:
        rows.add_column(table.labels[i].localised(lang), justify="right")
    for day in range(0, asked.horizon, _EVERY):
        cells = [found.output[day, i] / found.usual[i] if found.usual[i] > 0 else 0.0 for i in others]
        rows.add_row(str(day), *(_percent(v) for v in (found.part[day], *cells)))
    Console(width=max(Console().width, WIDTH)).print(rows)
    print_message("disruption.course.lost", lang, days=found.lost_days)
    print_message("disruption.course.stock", lang, stock=asked.stock)


def _invented(invented: bool, lang: str) -> None:
    if invented:
        print_message("disruption.invented", lang)


def _percent(value: float, digits: int = 1) -> str:
    return f"{100.0 * value:.{digits}f} %"


def _span(values: list[float]) -> str:
    low, high = _percent(min(values), 0), _percent(max(values), 0)
    return low if low == high else f"{low} – {high}"
