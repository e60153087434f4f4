"""Stations: which sites to build, what they cover, and how far from the best plan that can be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Parameter, Place, Problem, wrap
from guanzi.cli.speech import say
from guanzi.desk import results
from guanzi.intake.networks import find_stations
from guanzi.study.chains import coverage

WIDTH = 100
SHOWN = 12


def show_stations(
    folder: str,
    aim: str,
    radius: float,
    sites: int | None,
    budget: float | None,
    phases: str | None,
    out: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Print, or write as JSON, a plan of stations; with ``out`` also a map file.

    Args:
        folder: With the tables ``sites`` and ``demand``.
        aim: ``most``, ``all`` or ``near``.
        radius: Within which a site reaches a point, km.
        sites: Number of new sites.
        budget: Money.
        phases: Numbers of new sites of phases, with commas.
        out: GeoJSON file to write.
        lang: Language.
        as_json: Print JSON alone.
    """
    asked = coverage.Asked(aim, radius, sites, budget, _numbers(phases))
    placed = coverage.place_stations(find_stations(folder), asked)
    if out is not None:
        text = json.dumps(placed.as_geojson(), ensure_ascii=False, indent=1) + "\n"
        results.write_whole(out.parent, {out.name: text})
    if as_json:
        print(json.dumps(_document(placed), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False))
        return
    _tell(f"coverage.title.{aim}", lang, sites=len(placed.file.sites), points=len(placed.file.points), radius=radius)
    if placed.file.invented:
        _tell("coverage.invented", lang)
    if aim != "near":
        _tell("coverage.before", lang, standing=placed.standing, beyond=placed.beyond)
    rows = Table(box=None, pad_edge=False)
    for head in ("phase", "new", "cost", "near" if aim == "near" else "covered", "gap"):
        rows.add_column(say(f"coverage.head.{head}", lang), justify="right")
    for k, plan in enumerate(placed.plans, start=1):
        value = f"{plan.value:,.1f}" if aim == "near" else f"{100.0 * plan.covered:.1f} %"
        rows.add_row(str(k), str(len(plan.chosen)), f"{plan.cost:,.1f}", value, f"{100.0 * plan.gap:.2f} %")
    Console(width=max(Console().width, WIDTH)).print(rows)
    for k, plan in enumerate(placed.plans, start=1):
        names = tuple(placed.file.sites[i] for i in plan.chosen[:SHOWN])
        more = max(len(plan.chosen) - SHOWN, 0)
        _tell("coverage.sites", lang, phase=k, names=names, more=more)
    _tell(f"coverage.gap.{'best' if all(p.gap < 1e-6 for p in placed.plans) else 'open'}", lang)
    if out is not None:
        _tell("coverage.written", lang, file=str(out))


def _numbers(text: str | None) -> tuple[int, ...]:
    if text is None:
        return ()
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        cause, mend = Message.of("coverage.numbers", text=text), Message.of("coverage.numbers.mend")
        raise InvalidInput(Problem(cause, Place("--phases"), mend, excerpt=text)) from None


def _document(placed: coverage.Placed) -> dict[str, Any]:
    return {
        "aim": placed.asked.aim,
        "radius_km": placed.asked.radius,
        "standing": _round(placed.standing),
        "beyond": _round(placed.beyond),
        "phases": [
            {
                "sites": [placed.file.sites[i] for i in plan.chosen],
                "value": _round(plan.value),
                "bound": _round(plan.bound),
                "gap": _round(plan.gap),
                "covered": _round(plan.covered),
                "cost": _round(plan.cost),
            }
            for plan in placed.plans
        ],
    }


def _tell(id: str, lang: str, **params: Parameter) -> None:
    print("\n".join(wrap(say(id, lang, **params), WIDTH)))


def _round(value: float) -> float:
    return float(f"{value:.9g}")
