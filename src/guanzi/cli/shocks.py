"""Shocks: the systemic risk of all firms, what a stop takes from whom, who outlives it, and how it travels by days."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Parameter, Place, Problem, nearest, wrap
from guanzi.cli.speech import say
from guanzi.intake.inputoutput import IOTable, find_table, table_names
from guanzi.intake.networks import FirmFile, find_firms
from guanzi.study.chains import disruption

WIDTH = 100
SHOWN = 10
_EVERY = 30


@dataclass(frozen=True, slots=True)
class Scenario:
    """What stops: firms by name, place or sector; which part of their output; and, of a table, when."""

    stop: tuple[str, ...]
    place: tuple[str, ...]
    sector: tuple[str, ...]
    part: float
    days: int
    recovery: int
    horizon: int
    stock: float


def show_shock(source: str, asked: Scenario, residual: float, threads: int | None, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, what a shock takes: of a folder of firms or of an input-output table.

    Args:
        source: Folder with ``firms`` and ``links``, or a table.
        asked: The scenario; without one, the systemic risk of every firm.
        residual: Below which a loss is not passed on.
        threads: To use; None: all.
        lang: Language.
        as_json: Print JSON alone.
    """
    if Path(source).is_file() or source in table_names():
        data = _course(find_table(source), asked, lang, as_json)
    else:
        file = find_firms(source)
        hit = disruption.chosen_firms(file, asked.stop, asked.place, asked.sector)
        if len(hit):
            data = _scenario(file, hit, asked, lang, as_json)
        else:
            data = _risk(file, residual, threads or os.cpu_count() or 1, lang, as_json)
    if as_json:
        print(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False))


def _rules(file: FirmFile) -> tuple[bool, ...]:
    """What to suppose of links of which the file does not say whether their buyer can do without: both, apart."""
    return (False, True) if None in file.essential else (True,)


def _risk(file: FirmFile, residual: float, threads: int, lang: str, as_json: bool) -> dict[str, Any]:
    found = [
        disruption.systemic_risk(disruption.network_of(file, rule), residual=residual, threads=threads)
        for rule in _rules(file)
    ]
    order = np.lexsort((np.arange(len(file.names)), -found[-1].index))
    data = {
        "residual": residual,
        "firms": [
            {
                "firm": file.names[i],
                "index": [_round(r.index[i]) for r in found],
                "bound": [_round(r.bound[i]) for r in found],
            }
            for i in order
        ],
    }
    if not as_json:
        _tell("disruption.risk", lang, n=len(file.names))
        _invented(file.invented, lang)
        rows = Table(box=None, pad_edge=False)
        for head in ("firm", "index", *(("index_all",) if len(found) > 1 else ()), "bound"):
            rows.add_column(say(f"disruption.head.{head}", lang), justify="left" if head == "firm" else "right")
        for i in order[:SHOWN]:
            rows.add_row(file.names[i], *(_percent(r.index[i]) for r in found), _percent(found[-1].bound[i], 3))
        Console(width=max(Console().width, WIDTH)).print(rows)
        _tell("disruption.residual", lang, residual=residual)
        if len(found) > 1:
            _tell("disruption.essential", lang)
    return data


def _scenario(file: FirmFile, hit: Any, asked: Scenario, lang: str, as_json: bool) -> dict[str, Any]:
    made = []
    for rule in _rules(file):
        network = disruption.network_of(file, rule)
        curve = disruption.survival_curve(network, hit, part=asked.part)
        made.append((disruption.failure(network, hit, asked.part), curve))
    first, curve = made[-1]
    others = np.setdiff1d(np.arange(len(file.names)), hit)
    order = others[np.lexsort((others, -first.loss[others]))]
    data = {
        "hit": [file.names[i] for i in hit],
        "part": asked.part,
        "index": [_round(f.index) for f, _ in made],
        "losses": [{"firm": file.names[i], "loss": [_round(f.loss[i]) for f, _ in made]} for i in order],
        "survival": [
            {
                "tolerance": s.tolerance,
                "firms": [_round(c[k].firms) for _, c in made],
                "output": [_round(c[k].output) for _, c in made],
            }
            for k, s in enumerate(curve)
        ],
    }
    if not as_json:
        _tell("disruption.scenario", lang, n=len(hit), firms=tuple(file.names[i] for i in hit[:5]), part=asked.part)
        _invented(file.invented, lang)
        _tell("disruption.lost", lang, part=first.index)
        _losses(file, order, [f for f, _ in made], lang)
        print()
        _tell("disruption.survival", lang)
        _survival([c for _, c in made], lang)
        if len(made) > 1:
            _tell("disruption.essential", lang)
    return data


def _losses(file: FirmFile, order: Any, found: list[disruption.Failure], lang: str) -> None:
    rows = Table(box=None, pad_edge=False)
    for head in ("firm", "inputs", "sales"):
        rows.add_column(say(f"disruption.head.{head}", lang), justify="left" if head == "firm" else "right")
    for i in order[:SHOWN]:
        if found[-1].loss[i] > 0.0:
            rows.add_row(file.names[i], _percent(found[-1].down[i]), _percent(found[-1].up[i]))
    Console(width=max(Console().width, WIDTH)).print(rows)


def _survival(curves: list[tuple[disruption.Survival, ...]], lang: str) -> None:
    rows = Table(box=None, pad_edge=False)
    for head in ("tolerance", "firms_left", "output_left"):
        rows.add_column(say(f"disruption.head.{head}", lang), justify="right")
    for same in zip(*curves, strict=True):
        firms, output = [s.firms for s in same], [s.output for s in same]
        rows.add_row(_percent(same[0].tolerance, 0), _span(firms), _span(output))
    Console(width=max(Console().width, WIDTH)).print(rows)


def _course(table: IOTable, asked: Scenario, lang: str, as_json: bool) -> dict[str, Any]:
    stops = []
    for code in asked.sector:
        if code not in table.codes:
            near = nearest(code, table.codes)
            cause = Message.of("disruption.unknown", name=code, file=table.name)
            mend = Message.of("disruption.unknown.mend", near=near) if near else None
            raise InvalidInput(Problem(cause, Place("--sector"), mend, excerpt=code))
        stops.append(disruption.Stop(table.codes.index(code), asked.part, 0, asked.days, asked.recovery))
    if not stops:
        mend = Message.of("disruption.no_sector.mend")
        raise InvalidInput(Problem(Message.of("disruption.no_sector"), Place("--sector"), mend))
    settings = disruption.Settings(stock_days=asked.stock)
    local, final = disruption.local_flows(table)
    found = disruption.ario(local, final, table.output, stops, asked.horizon, settings)
    labels = dict(zip(table.codes, table.labels, strict=True))
    worst = np.argsort((found.output / np.where(found.usual > 0, found.usual, 1.0)).sum(axis=0), kind="stable")
    data = {
        "sectors": list(asked.sector),
        "part": asked.part,
        "days": asked.days,
        "lost_days": _round(found.lost_days),
        "output": [_round(v) for v in found.part],
        "unserved": [_round(v) for v in found.unserved],
        "least_stock": {c: _round(v) for c, v in zip(table.codes, found.least_stock, strict=True)},
    }
    if not as_json:
        _tell(
            "disruption.course", lang, sectors=tuple(labels[c] for c in asked.sector), part=asked.part, days=asked.days
        )
        _invented(table.invented, lang)
        rows = Table(box=None, pad_edge=False)
        others = [i for i in worst if table.codes[i] not in asked.sector][:3]
        rows.add_column(say("disruption.head.day", lang), justify="right")
        rows.add_column(say("disruption.head.all", lang), justify="right")
        for i in others:
            rows.add_column(table.labels[i], justify="right")
        for day in range(0, asked.horizon, _EVERY):
            cells = [found.output[day, i] / found.usual[i] if found.usual[i] > 0 else 0.0 for i in others]
            rows.add_row(str(day), *(_percent(v) for v in (found.part[day], *cells)))
        Console(width=max(Console().width, WIDTH)).print(rows)
        _tell("disruption.course.lost", lang, days=found.lost_days)
        _tell("disruption.course.stock", lang, stock=asked.stock)
    return data


def _invented(invented: bool, lang: str) -> None:
    if invented:
        _tell("disruption.invented", lang)


def _percent(value: float, digits: int = 1) -> str:
    return f"{100.0 * value:.{digits}f} %"


def _span(values: list[float]) -> str:
    low, high = _percent(min(values), 0), _percent(max(values), 0)
    return low if low == high else f"{low} – {high}"


def _tell(id: str, lang: str, **params: Parameter) -> None:
    print("\n".join(wrap(say(id, lang, **params), WIDTH)))


def _round(value: float) -> float:
    return float(f"{value:.9g}")
