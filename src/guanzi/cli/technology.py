"""Patents from an export, and technology routes side by side."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from guanzi.base.core import dump_json, render, wrap
from guanzi.base.reading import read_text
from guanzi.cli.speech import say
from guanzi.intake.inputs import read_records
from guanzi.record.evidence import find_case, load_case
from guanzi.study import technology

WIDTH = 100
SHOWN = 12


def show_patents(
    file: Path, company: str, staff: Path | None, day: date, facts: bool, lang: str, as_json: bool
) -> None:
    """Print, or write as JSON, what an export of patents says.

    Args:
        file: CSV of a patent office or data base.
        company: Part of the holder's name; empty: all documents are the company's.
        staff: Names of those who still work there, one a line.
        day: Day of the analysis.
        facts: Print the figures as facts of a case.
        lang: Language.
        as_json: Print JSON alone.
    """
    records = read_records(file, "patents")
    lines = read_text(staff, str(staff), legacy=True).lines if staff is not None else ()
    names = tuple(line.strip() for line in lines if line.strip())
    found = technology.portfolio(technology.patents_of(records), company, day, names)
    if as_json:
        print(dump_json(_patent_data(found, lang)), end="")
        return
    if facts:
        print_facts(_patent_facts(found), day, file.name)
        return
    counts = {
        "families": len(found.own),
        "documents": found.documents,
        "abroad": found.abroad,
        "ended": found.ended,
        "expiring": found.expiring,
        "others": len(found.others),
    }
    _tell("cli.patents.counts", lang, **counts)
    if found.others and not found.own:
        holders = sorted({holder for family in found.others for p in family.patents for holder in p.holders})
        _tell("cli.patents.nobody", lang, company=company, holders=tuple(holders[:SHOWN]))
    table = Table(box=None, pad_edge=False)
    for head in ("class", "families", "claims", "others"):
        table.add_column(say(f"cli.patents.{head}", lang), justify="left" if head == "class" else "right")
    for row in found.classes[:SHOWN]:
        claims = say("cli.patents.unknown", lang) if row.claims is None else f"{row.claims:.0f}"
        table.add_row(row.name, str(row.families), claims, str(row.others))
    Console().print(table)
    for family, rate in found.cited[:3]:
        title = family.first.title or family.first.number
        _tell("cli.patents.cited", lang, number=family.first.number, title=title, cited=family.cited_by, rate=rate)
    _show_inventors(found, lang)
    if found.questions:
        print()
        print(say("cli.patents.questions", lang))
        for question in found.questions:
            print("\n".join(wrap("- " + render(question, lang), WIDTH)))
    if records.unread:
        print()
        _tell("cli.patents.unread", lang, columns=records.unread)


def _show_inventors(found: technology.Portfolio, lang: str) -> None:
    if not found.inventors:
        return
    first = found.inventors[0]
    share = first.families / len(found.own)
    _tell("cli.patents.inventors", lang, n=len(found.inventors), name=first.name, share=share)
    if found.left_share is not None:
        _tell("cli.patents.left", lang, share=found.left_share)


def _patent_facts(found: technology.Portfolio) -> list[tuple[str, float, str]]:
    facts: list[tuple[str, float, str]] = [
        ("patents", float(found.documents), "count"),
        ("patent_families", float(len(found.own)), "count"),
        ("patent_families_abroad", float(found.abroad), "count"),
    ]
    if found.own:
        facts.append(("patents_pledged_share", len(found.pledged) / len(found.own), "ratio"))
    if found.left_share is not None:
        facts.append(("inventors_left_share", found.left_share, "ratio"))
    if found.others:
        facts.append(("blocking_families", float(len(found.blocking)), "count"))
    return facts


def _patent_data(found: technology.Portfolio, lang: str) -> dict[str, Any]:
    def numbers(families: tuple[technology.Family, ...]) -> list[str]:
        return [f.first.number for f in families]

    return {
        "families": len(found.own),
        "documents": found.documents,
        "abroad": found.abroad,
        "ended": found.ended,
        "expiring": found.expiring,
        "others": len(found.others),
        "classes": [
            {"class": c.name, "families": c.families, "claims": c.claims, "others": c.others} for c in found.classes
        ],
        "cited": [
            {"number": f.first.number, "title": f.first.title, "cited_by": f.cited_by, "a_year": round(rate, 4)}
            for f, rate in found.cited
        ],
        "inventors": [
            {"name": i.name, "families": i.families, "last": i.last, "left": i.left, "towards": i.towards or None}
            for i in found.inventors
        ],
        "left_share": found.left_share,
        "pledged": numbers(found.pledged),
        "licensed": numbers(found.licensed),
        "shared": numbers(found.shared),
        "blocking": numbers(found.blocking),
        "questions": [render(q, lang) for q in found.questions],
        "facts": [{"name": n, "value": v, "unit": u} for n, v, u in _patent_facts(found)],
    }


def print_facts(facts: list[tuple[str, float, str]], day: date, name: str) -> None:
    """Print figures as a facts file; publisher and title of the export are to be filled in."""
    print(f"sources:\n  export: {{publisher: , title: {json.dumps(name)}, date: {day}, grade: B}}\nfacts:")
    for fact, value, unit in facts:
        id = fact.replace("_", "-")
        print(
            f"  - {{id: {id}, name: {fact}, period: {day}, value: {value:.6g}, unit: {unit}, "
            f"known_on: {day}, known_to: parties, source: export}}"
        )


def show_routes(source: str, as_of: date | None, ahead: int, target: float, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, where each technology route goes.

    Args:
        source: CSV of yearly sales or shares, or a case.
        as_of: Of a case: knowledge date.
        ahead: Years ahead.
        target: Share that would have to be reached.
        lang: Language.
        as_json: Print JSON alone.
    """
    path = Path(source)
    if path.is_file():
        routes = technology.routes_in(read_records(path, "routes"))
    else:
        case = load_case(find_case(source))
        routes = technology.routes_of_case(case.view(as_of or case.decision_date))
    data = [_route_data(route, ahead, target) for route in routes]
    if as_json:
        print(dump_json({"ahead": ahead, "target": target, "routes": data}), end="")
        return
    if not data:
        _tell("cli.routes.none.file" if path.is_file() else "cli.routes.none", lang)
        return
    table = Table(box=None, pad_edge=False)
    for head in ("route", "years", "last", "share", "p5", "p50", "p95", "growing", "reaches"):
        table.add_column(say(f"cli.routes.{head}", lang), justify="left" if head == "route" else "right")
    for row in data:
        table.add_row(row["route"], str(row["years"]), *_cells(row, lang))
    Console().print(table)
    _tell("cli.routes.note", lang, ahead=ahead, target=target)
    for row in data:
        _tell_route(row, target, lang)


def _cells(row: dict[str, Any], lang: str) -> list[str]:
    if row["fitted"] is None:
        return [say("cli.routes.short", lang)] + [""] * 6
    fitted = row["fitted"]
    shares = [fitted["last_share"], *fitted["share"], fitted["growing"], fitted["reaches_target"]]
    return [str(fitted["last_year"]), *(say("cli.routes.percent", lang, value=round(v, 3)) for v in shares)]


def _tell_route(row: dict[str, Any], target: float, lang: str) -> None:
    fitted, adoption = row["fitted"], row["adoption"]
    if fitted is not None and fitted["last_share"] < target:
        rates = {"needed": fitted["rate_needed"], "rate": fitted["rate"]}
        low, high = fitted["rate_interval"]
        _tell("cli.routes.needed", lang, route=row["route"], target=target, low=low, high=high, **rates)
    if adoption is not None:
        low, middle, high = adoption["market"]
        found = "cli.routes.market" if adoption["past_peak"] else "cli.routes.market.unknown"
        _tell(found, lang, route=row["route"], low=low, middle=middle, high=high, peak=round(adoption["peak"][1]))


def _route_data(route: technology.RouteSeries, ahead: int, target: float) -> dict[str, Any]:
    fitted, adoption = route.fitted, technology.adoption(route.units, ahead)
    curve = None
    if fitted is not None:
        year = fitted.last_year + ahead
        curve = {
            "last_year": fitted.last_year,
            "last_share": fitted.last_share,
            "rate": fitted.rate,
            "rate_interval": list(fitted.rate_interval),
            "rate_needed": fitted.rate_needed(target, year),
            "growing": fitted.growing,
            "takeover_years": fitted.takeover,
            "year": year,
            "share": list(fitted.share(year)),
            "reaches_target": fitted.reaches(target, year),
        }
    return {
        "route": route.name,
        "years": len(route.shares),
        "fitted": curve,
        "adoption": adoption
        and {
            "p": list(adoption.p),
            "q": list(adoption.q),
            "market": list(adoption.market),
            "peak": list(adoption.peak),
            "past_peak": adoption.past_peak,
            "sales": {str(y): list(v) for y, v in adoption.sales.items()},
        },
    }


def _tell(id: str, lang: str, **params: Any) -> None:
    print("\n".join(wrap(say(id, lang, **params), WIDTH)))
