"""Stations on the screen: which sites to build, what they cover, and how far from the best plan that can be."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.cli.show import WIDTH, show_json, tell
from guanzi.cli.speech import say
from guanzi.desk import stations
from guanzi.study.chains import coverage

SHOWN = 12


def show_stations(request: stations.Request, out: Path | None, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, a plan of stations; with ``out`` also a map."""
    placed = stations.place(request)
    if out is not None:
        stations.write(placed, out, lang)
    if as_json:
        show_json(stations.data(placed))
        return
    _show(placed, lang)
    if out is not None:
        tell("coverage.written", lang, file=str(out))


def _show(placed: coverage.Placed, lang: str) -> None:
    file, asked = placed.file, placed.asked
    tell(f"coverage.title.{asked.aim}", lang, sites=len(file.sites), points=len(file.points), radius=asked.radius)
    if file.invented:
        tell("coverage.invented", lang)
    if asked.aim != "near":
        tell("coverage.before", lang, standing=placed.standing, beyond=placed.beyond)
    rows = Table(box=None, pad_edge=False)
    for head in ("phase", "new", "cost", "near" if asked.aim == "near" else "covered", "gap"):
        rows.add_column(say(f"coverage.head.{head}", lang), justify="right")
    for k, plan in enumerate(placed.plans, start=1):
        value = f"{plan.value:,.1f}" if asked.aim == "near" else f"{100.0 * plan.covered:.1f} %"
        rows.add_row(str(k), str(len(plan.chosen)), f"{plan.cost:,.1f}", value, f"{100.0 * plan.gap:.2f} %")
    Console(width=max(Console().width, WIDTH)).print(rows)
    for k, plan in enumerate(placed.plans, start=1):
        names = tuple(file.sites[i] for i in plan.chosen[:SHOWN])
        more = max(len(plan.chosen) - SHOWN, 0)
        if more:
            tell("coverage.sites_more", lang, phase=k, names=names, more=more)
        else:
            tell("coverage.sites", lang, phase=k, names=names)
    tell(f"coverage.gap.{'best' if all(p.gap < 1e-6 for p in placed.plans) else 'open'}", lang)


def read_numbers(text: str | None) -> tuple[int, ...]:
    """Numbers of sites of phases as they are typed, parted by commas."""
    if text is None:
        return ()
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        cause, mend = Message.of("coverage.numbers", text=text), Message.of("coverage.numbers.mend")
        raise InvalidInput(Problem(cause, Place("--phases"), mend, excerpt=text)) from None
