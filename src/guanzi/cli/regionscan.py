"""The scan of one region: on the screen, as a page, as JSON and as a workbook."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Place, Problem, Progress, dump_json, said, wrap
from guanzi.cli.scan import evaluation_document, read_panel_of
from guanzi.cli.speech import say
from guanzi.desk import results
from guanzi.intake.industries import IndustryPanel, Roles, made_up, made_up_panel
from guanzi.record.evidence import Fact, load_city, load_track
from guanzi.study.tracks import (
    FIRST,
    Opening,
    Recommendation,
    RegionScan,
    forecast,
    judge_window,
    scan_region,
    scan_steps,
)

WIDTH = 100
REGION = "Northport"
"""Of the made-up panel, where none is named."""
TRACKS = {
    "Electric vehicles": "nev",
    "Drones": "low-altitude",
    "Industrial robots": "embodied-intelligence",
    "Software": "ai",
}
"""Industries of the made-up panel and the shipped tracks; the figures of the tracks are not made up."""


def scan(
    file: Path | None,
    region: str | None,
    roles: Roles,
    table: str | None,
    settings: forecast.Settings,
    weights: str,
    strategic: Sequence[str],
    tracks: Sequence[str],
    as_of: date | None,
    supposed: str,
    city: str | None,
    out: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Scan a region; with ``out`` write ``scan.html``, ``scan.json`` and ``scan.xlsx`` into that folder.

    Args:
        file: The panel; None: the made-up one.
        region: Which; None: one of the made-up panel.
        roles: Columns of the panel.
        table: Of a database.
        settings: Of the forecast.
        weights: ``criterion=weight`` parted by commas.
        strategic: ``industry=weight``, each.
        tracks: ``industry=track``, each.
        as_of: Day of the windows.
        supposed: An industry that the region is supposed to hold.
        city: A shipped city or a file, whose own figures the page shows.
        out: Folder.
        lang: Language.
        as_json: Print JSON alone.
    """
    panel = made_up_panel() if file is None else read_panel_of(file, roles, table, lang)
    named = _pairs(tracks, "--track") or (TRACKS if file is None else {})
    wanted = _numbers(_pairs([part for part in weights.split(",") if part.strip()], "--weights"), "--weights")
    liked = _numbers(_pairs(strategic, "--strategic"), "--strategic")
    place = load_city(city) if city else None
    with Progress(Message.of("cli.progress.scan"), scan_steps(), lang=lang) as progress:
        found = scan_region(
            panel,
            _region(panel, file, region),
            settings,
            wanted,
            liked,
            {industry: load_track(name) for industry, name in named.items()},
            as_of,
            supposed,
            progress.advance,
        )
    document = scan_document(found, lang)
    if out is not None:
        from guanzi.cli.scanbook import write_scan_workbook
        from guanzi.reports import scan_html

        results.write_whole(out, {"scan.html": scan_html(found, lang, place), "scan.json": dump_json(document)})
        write_scan_workbook(found, out / "scan.xlsx", lang)
    if as_json:
        print(dump_json(document), end="")
        return
    _show(found, lang)
    if out is not None:
        print("\n" + say("cli.scan.written", lang, file=str(out / "scan.html")))


def scan_beside(dossier: Path, file: Path, region: str, seed: int, lang: str, *, quiet: bool) -> None:
    """Write the scan of the region of a case beside its dossier, from what the panel held on the day of the dossier.

    Args:
        dossier: Written, with ``appraisal.json`` beside it.
        file: The panel, with columns ``region``, ``industry``, ``year`` and ``value``; years that had not ended on the
            day are left out.
        region: Of the panel.
        seed: Key of the random numbers.
        lang: Language.
        quiet: Say nothing on standard output.
    """
    from guanzi.reports import scan_html

    day = date.fromisoformat(json.loads((dossier.parent / "appraisal.json").read_text("utf-8"))["as_of"])
    whole = read_panel_of(file, Roles("region", "industry", "year", ("value",)), None, lang)
    known = whole.until(day.year - 1)
    if not known.years:
        cause, mend = Message.of("cli.scan.later", day=day.isoformat()), Message.of("cli.scan.later.mend")
        raise InvalidInput(Problem(cause, Place(str(file)), mend))
    weights = {"feasible": 1.0, "gain": 1.0, "size": 1.0, "open": 1.0}
    found = scan_region(known, _region(known, file, region or None), forecast.Settings(seed=seed), weights)
    results.write_whole(
        dossier.parent, {"scan.html": scan_html(found, lang), "scan.json": dump_json(scan_document(found, lang))}
    )
    if not quiet:
        print(say("cli.scan.written", lang, file=str(dossier.parent / "scan.html")))


def show_window(name: str, as_of: date | None, lang: str, as_json: bool) -> None:
    """Print what could be said of the window of a track on a day."""
    track = load_track(name)
    found = judge_window(track, as_of or max(f.known_on for f in track.facts))
    if as_json:
        print(dump_json(window_document(found)), end="")
        return
    known = len(found.signals) - found.count("unknown")
    counts = {"opens": found.count("opens"), "closes": found.count("closes"), "known": known, "of": len(found.signals)}
    line = say(f"scan.window.{found.verdict}", lang, track=track.name, day=found.as_of.isoformat(), **counts)
    print("\n".join(wrap(line, WIDTH)))
    table = Table(box=None, pad_edge=False)
    for head in ("evidence", "says", "figures"):
        table.add_column(say(f"scan.head.{head}", lang))
    for signal in found.signals:
        facts = "; ".join(f"{f.period} {f.number:g} [{f.source}]" for f in signal.facts[-3:])
        table.add_row(say(f"scan.kind.{signal.kind}", lang), say(f"scan.tendency.{signal.tendency}", lang), facts)
    Console(width=WIDTH, highlight=False, markup=False).print(table)


def _region(panel: IndustryPanel, file: Path | None, region: str | None) -> str:
    if region is not None:
        return region
    if file is None:
        return REGION
    cause, mend = Message.of("cli.scan.no_region"), Message.of("cli.scan.no_region.mend", regions=panel.regions[:10])
    raise InvalidInput(Problem(cause, Place("--region"), mend))


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    problems, found = [], {}
    for text in given:
        name, sign, value = text.rpartition("=")
        if not (name.strip() and sign and value.strip()):
            cause, mend = Message.of("cli.scan.no_pair", text=text), Message.of("cli.scan.no_pair.mend")
            problems.append(Problem(cause, Place(option), mend, excerpt=text))
        found[name.strip()] = value.strip()
    if problems:
        raise InvalidInput(problems)
    return found


def _numbers(pairs: Mapping[str, str], option: str) -> dict[str, float]:
    found, problems = {}, []
    for name, text in pairs.items():
        try:
            found[name] = float(text)
        except ValueError:
            cause, mend = Message.of("cli.scan.no_number", text=text), Message.of("cli.scan.no_pair.mend")
            problems.append(Problem(cause, Place(option), mend, excerpt=text))
    if problems:
        raise InvalidInput(problems)
    return found


def scan_document(found: RegionScan, lang: str) -> dict[str, Any]:
    """A scan as plain data."""
    test = found.forecast.backtest
    return {
        "region": str(found.region),
        "panel": str(found.panel.name),
        "made_up": made_up(found.panel),
        "year": found.forecast.origin,
        "horizon": found.forecast.horizon,
        "weights": dict(found.weights),
        "short_list": [_chosen(chosen) for chosen in found.recommendations],
        "candidates": [
            {
                "industry": str(row.candidate.industry),
                "reachable": row.reachable,
                "front": row.front,
                "score": round(row.score, 6),
                "rank": list(row.rank),
                "top": round(row.top, 6),
                "probability": round(row.candidate.probability, 6),
                "interval": [round(row.candidate.low, 6), round(row.candidate.high, 6)],
                "baseline": round(row.candidate.baseline, 6),
                "density": round(row.candidate.density, 6),
                "gain": round(row.candidate.gain, 6),
                "size": round(row.candidate.size, 6),
                "growth": None if row.candidate.growth is None else round(row.candidate.growth, 6),
            }
            for row in found.ranked
        ],
        "peers": [{"region": str(p.region), "likeness": round(p.likeness, 6)} for p in found.peers],
        "course": [{"year": s.year, "held": s.diversity, "place": s.place, "of": s.of} for s in found.stands],
        "supposed": str(found.supposed),
        "changes": [
            {"industry": str(c.industry), "now": round(c.now, 6), "then": round(c.then, 6)} for c in found.changes
        ],
        "windows": [{"industry": str(code), **window_document(w)} for code, w in found.openings],
        "backtest": None if test is None else evaluation_document(test, found.panel, lang),
    }


def _chosen(chosen: Recommendation) -> dict[str, Any]:
    why, stone = chosen.explanation, chosen.stone
    return {
        "industry": str(why.industry),
        "carriers": [{"industry": str(n.industry), "proximity": round(n.proximity, 6)} for n in why.carriers],
        "missing": [{"industry": str(n.industry), "proximity": round(n.proximity, 6)} for n in why.missing],
        "entrants": [
            {"region": str(e.region), "likeness": round(e.likeness, 6), "held": [str(i) for i in e.held]}
            for e in why.entrants
        ],
        "stepping_stone": None
        if stone is None
        else {
            "industry": str(stone.industry),
            "probability": round(stone.probability, 6),
            "then": round(stone.then, 6),
            "now": round(stone.now, 6),
        },
        "rests_on": chosen.ranked.needs,
    }


def window_document(found: Opening) -> dict[str, Any]:
    """The window of a track as plain data."""
    return {
        "track": found.track.id,
        "as_of": found.as_of.isoformat(),
        "verdict": found.verdict,
        "half": list(found.half),
        "signals": [
            {"kind": s.kind, "tendency": s.tendency, "figures": [_plain(f) for f in s.facts]} for s in found.signals
        ],
    }


def _plain(fact: Fact) -> dict[str, Any]:
    return {
        "period": str(fact.period),
        "value": fact.number,
        "source": fact.source,
        "known_on": fact.known_on.isoformat(),
    }


def _show(found: RegionScan, lang: str) -> None:
    if made_up(found.panel):
        print("\n".join(wrap(say("scan.made_up", lang), WIDTH)) + "\n")
    print(say("scan.title", lang, region=found.region))
    table = Table(box=None, pad_edge=False)
    heads = ("industry", "probability", "interval", "gain", "size", "rank", "top")
    for i, head in enumerate(heads):
        table.add_column(say(f"scan.head.{head}", lang, first=FIRST), justify="right" if i else "left")
    for row in found.ranked[: 2 * FIRST]:
        c = row.candidate
        table.add_row(
            said(c.industry, lang),
            say("scan.share", lang, share=c.probability),
            say("scan.interval", lang, low=c.low, high=c.high),
            f"{c.gain:+.2f}",
            say("scan.size", lang, size=c.size),
            f"{row.rank[1]} ({row.rank[0]}–{row.rank[2]})",
            say("scan.share", lang, share=row.top),
        )
    Console(width=WIDTH, highlight=False, markup=False).print(table)
    from guanzi.reports import scan_tested

    for line in scan_tested(found, lang):
        print("\n".join(wrap(line, WIDTH, indent="  ", first="· ")))
