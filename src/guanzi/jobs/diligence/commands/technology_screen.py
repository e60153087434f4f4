"""Patents from an export, and technology routes side by side, on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from guanzi.base.core import render, wrap
from guanzi.console import say
from guanzi.jobs.diligence import measures, patents, routes
from guanzi.jobs.shared.show import WIDTH, print_message
from guanzi.study import technology

SHOWN = 12


def show_patents(result: patents.Result, lang: str, request: patents.Request) -> None:
    """Print what an export of patents says; with ``facts`` as facts of a case."""
    if request.facts:
        print(measures.facts_text(result.facts, request.on, request.file.name))
        return
    found, company = result.found, request.company
    counts = {
        "families": len(found.own),
        "documents": found.documents,
        "abroad": found.abroad,
        "ended": found.ended,
        "expiring": found.expiring,
        "others": len(found.others),
    }
    print_message("cli.patents.counts", lang, **counts)
    if found.others and not found.own:
        holders = sorted({holder for family in found.others for p in family.patents for holder in p.holders})
        print_message("cli.patents.nobody", lang, company=company, holders=tuple(holders[:SHOWN]))
    table = Table(box=None, pad_edge=False)
    for head in ("class", "families", "claims", "others"):
        table.add_column(say(f"cli.patents.{head}", lang), justify="left" if head == "class" else "right")
    for row in found.classes[:SHOWN]:
        claims = say("cli.patents.unknown", lang) if row.claims is None else f"{row.claims:.0f}"
        table.add_row(row.name, str(row.families), claims, str(row.others))
    Console().print(table)
    for family, rate in found.cited[:3]:
        title = family.first.title or family.first.number
        print_message(
            "cli.patents.cited", lang, number=family.first.number, title=title, cited=family.cited_by, rate=rate
        )
    _show_inventors(found, lang)
    if found.questions:
        print()
        print(say("cli.patents.questions", lang))
        for question in found.questions:
            print("\n".join(wrap("- " + render(question, lang), WIDTH)))
    if result.unread:
        print()
        print_message("cli.patents.unread", lang, columns=result.unread)


def _show_inventors(found: technology.PatentPortfolio, lang: str) -> None:
    if not found.inventors:
        return
    first = found.inventors[0]
    share = first.families / len(found.own)
    print_message("cli.patents.inventors", lang, n=len(found.inventors), name=first.name, share=share)
    if found.left_share is not None:
        print_message("cli.patents.left", lang, share=found.left_share)


def show_routes(result: routes.Result, lang: str, request: routes.Request) -> None:
    """Print where each technology route goes."""
    told, ahead, target = result.routes, request.ahead, request.target
    if not told:
        print_message("cli.routes.none.file" if result.of_file else "cli.routes.none", lang)
        return
    table = Table(box=None, pad_edge=False)
    for head in ("route", "years", "last", "share", "p5", "p50", "p95", "growing", "reaches"):
        table.add_column(say(f"cli.routes.{head}", lang), justify="left" if head == "route" else "right")
    for row in told:
        table.add_row(row["route"], str(row["years"]), *_cells(row, lang))
    Console().print(table)
    print_message("cli.routes.note", lang, ahead=ahead, target=target)
    for row in told:
        _print_route(row, target, lang)


def _cells(row: Mapping[str, Any], lang: str) -> list[str]:
    if row["fitted"] is None:
        return [say("cli.routes.short", lang)] + [""] * 6
    fitted = row["fitted"]
    shares = [fitted["last_share"], *fitted["share"], fitted["growing"], fitted["reaches_target"]]
    return [str(fitted["last_year"]), *(say("cli.routes.percent", lang, value=round(v, 3)) for v in shares)]


def _print_route(row: Mapping[str, Any], target: float, lang: str) -> None:
    fitted, adoption = row["fitted"], row["adoption"]
    if fitted is not None and fitted["last_share"] < target:
        rates = {"needed": fitted["rate_needed"], "rate": fitted["rate"]}
        low, high = fitted["rate_interval"]
        print_message("cli.routes.needed", lang, route=row["route"], target=target, low=low, high=high, **rates)
    if adoption is not None:
        low, middle, high = adoption["market"]
        found = "cli.routes.market" if adoption["past_peak"] else "cli.routes.market.unknown"
        print_message(
            found, lang, route=row["route"], low=low, middle=middle, high=high, peak=round(adoption["peak"][1])
        )
