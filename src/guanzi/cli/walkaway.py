"""How far the public side may go: the walk-away value of each term, with rivals where they are named."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from guanzi.advice.structuring import MEASURES, Draft, Measure, Reach, Rival, chance_to_win, reaches, winners_curse
from guanzi.base.core import InvalidInput, Message, Place, Problem, Progress, dump_json, wrap
from guanzi.cli.diff import WIDTH, amount
from guanzi.cli.speech import say
from guanzi.cli.structure import draft_of, shown
from guanzi.cli.versions import Version, find_version
from guanzi.intake.inputs import RivalsFile, load_rivals

TABLE = 140
BY_ID = {measure.id: measure for measure in MEASURES}
TRIALS_A_TERM = 13
"""About how many values of a term are tried, for the progress bar."""


def run_walkaway(
    text: str,
    terms: tuple[str, ...],
    rivals_file: Path | None,
    floor: float,
    case: str | None,
    as_of: date | None,
    playbook: str,
    paths: int,
    seed: int,
    threads: int | None,
    lang: str,
    as_json: bool,
) -> None:
    """Find the walk-away values and print them."""
    version = find_version(text)
    rivals = None if rivals_file is None else load_rivals(rivals_file, str(rivals_file))
    if rivals is not None and not terms:
        terms = (rivals.term,)
    draft = draft_of(version, terms, case, as_of, playbook, lang, "--term")
    if rivals is not None:
        _check_term(draft, rivals, rivals_file)
    curse = 0.0
    if rivals is not None and rivals.error is not None:
        curse = winners_curse(len(rivals.rivals) + 1) * rivals.error
    numbers = [t for t in draft.terms if t.figure.kind not in ("day", "words")]
    if not numbers:
        names = tuple(t.figure.address for t in draft.terms)
        cause, mend = Message.of("cli.walkaway.no_number", terms=names), Message.of("cli.walkaway.no_number.mend")
        raise InvalidInput(Problem(cause, Place("--term"), mend))
    with Progress(Message.of("cli.progress.variants"), TRIALS_A_TERM * len(numbers), lang=lang) as progress:
        found = reaches(draft, floor + curse, paths=paths, seed=seed, threads=threads, progress=progress.advance)
    if as_json:
        data = _data(version, found, rivals, floor, curse) | {"paths": paths, "seed": seed}
        print(dump_json(data), end="")
        return
    _print(version, draft, found, rivals, floor, curse, paths, seed, lang)


def _check_term(draft: Draft, rivals: RivalsFile, file: Path | None) -> None:
    if rivals.term not in [t.figure.address for t in draft.terms]:
        cause = Message.of("cli.walkaway.other_term", term=rivals.term)
        raise InvalidInput(Problem(cause, Place(str(file)), Message.of("cli.walkaway.other_term.mend")))


def _bids(rivals: RivalsFile) -> list[Rival]:
    return [Rival(r.name, r.low, r.high) for r in rivals.rivals]


def _print(
    version: Version,
    draft: Draft,
    found: tuple[Reach, ...],
    rivals: RivalsFile | None,
    floor: float,
    curse: float,
    paths: int,
    seed: int,
    lang: str,
) -> None:
    sheet = draft.setting.sheet
    money = (sheet.currency, sheet.unit)
    value = BY_ID["public.npv"]
    print(say("cli.walkaway.title", lang, label=version.label))
    _say("cli.walkaway.sample", lang, paths=paths, seed=seed, floor=amount(value, floor, *money, lang))
    own = next(r.value for r in found[0].rungs if r.at == found[0].term.options[found[0].term.draft])
    worth, error = (amount(value, x, *money, lang) for x in (own.mean, own.se))
    _say("cli.walkaway.worth", lang, worth=worth, error=error)
    if rivals is not None:
        _print_curse(rivals, curse, value, money, lang)
    print()
    table = Table(box=None, pad_edge=False)
    for name in ("address", "draft", "range", "walkaway", "interval", "best", "meaning"):
        table.add_column(say(f"cli.walkaway.column.{name}", lang), overflow="fold")
    for reach in found:
        table.add_row(*_row(reach, money, lang))
    Console(width=max(Console().width, TABLE)).print(table)
    _say("cli.walkaway.note", lang)
    _say("cli.walkaway.counted", lang)
    if sheet.only_gives and floor >= 0.0:
        _say("cli.walkaway.cost_only", lang)
    if len(found) == 1:
        print()
        _print_ladder(found[0], money, lang)
    if rivals is not None:
        print()
        _print_rivals(found, rivals, lang)


def _row(reach: Reach, money: tuple[str, float], lang: str) -> tuple[str, ...]:
    term = reach.term
    kind, options = term.figure.kind, term.options
    at = interval = ""
    if reach.at is not None and reach.low is not None and reach.high is not None:
        at = _near(kind, reach.at)
        interval = f"{_near(kind, reach.low)} … {_near(kind, reach.high)}"
    span = f"{shown(kind, options[0])} … {shown(kind, options[-1])}"
    meaning = say(f"cli.walkaway.status.{reach.status}", lang)
    rung = max(reach.rungs, key=lambda r: r.value.mean)
    worth = amount(BY_ID["public.npv"], rung.value.mean, *money, lang)
    best = say("cli.walkaway.best", lang, worth=worth, at=shown(kind, rung.at))
    return term.figure.address, shown(kind, options[term.draft]), span, at, interval, best, meaning


def _near(kind: str, value: float) -> str:
    """A computed value, to three figures."""
    return shown(kind, float(f"{value:.3g}"))


def _print_ladder(reach: Reach, money: tuple[str, float], lang: str) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column(reach.term.figure.address, justify="right")
    for name in ("public.npv", "company.survival_5y", "holders.npv"):
        table.add_column(say(f"structuring.measure.{name}", lang), justify="right")
    own = reach.term.options[reach.term.draft]
    for rung in reach.rungs:
        cells = [
            _cell(BY_ID[name], estimate.mean, estimate.se, money, lang)
            for name, estimate in (
                ("public.npv", rung.value),
                ("company.survival_5y", rung.survival),
                ("holders.npv", rung.holders),
            )
        ]
        mark = " *" if rung.at == own else ""
        table.add_row(shown(reach.term.figure.kind, rung.at) + mark, *cells)
    Console(width=max(Console().width, TABLE)).print(table)
    _say("cli.walkaway.ladder_note", lang)


def _cell(measure: Measure, mean: float, error: float, money: tuple[str, float], lang: str) -> str:
    return f"{amount(measure, mean, *money, lang)} ± {amount(measure, error, *money, lang)}"


def _print_curse(rivals: RivalsFile, curse: float, value: Measure, money: tuple[str, float], lang: str) -> None:
    bidders = len(rivals.rivals) + 1
    if rivals.error is None:
        _say("cli.walkaway.curse_unknown", lang, bidders=bidders, factor=winners_curse(bidders))
    else:
        _say("cli.walkaway.curse", lang, bidders=bidders, raised=amount(value, curse, *money, lang))


def _print_rivals(found: tuple[Reach, ...], rivals: RivalsFile, lang: str) -> None:
    reach = next(r for r in found if r.term.figure.address == rivals.term)
    kind = reach.term.figure.kind
    print(say("cli.walkaway.rivals", lang, term=rivals.term))
    for rival in rivals.rivals:
        span = f"{shown(kind, rival.low)} … {shown(kind, rival.high)}"
        print(f"  {rival.name}: {span} ({rival.source})")
    chance = chance_to_win(reach, _bids(rivals))
    if chance is None:
        _say("cli.walkaway.no_chance", lang)
    else:
        _say("cli.walkaway.chance", lang, chance=chance)


def _say(id: str, lang: str, **params: Any) -> None:
    print("\n".join(wrap(say(id, lang, **params), WIDTH)))


def _data(
    version: Version, found: tuple[Reach, ...], rivals: RivalsFile | None, floor: float, curse: float
) -> dict[str, Any]:
    money = {"currency": version.sheet.currency, "unit": version.sheet.unit}
    data: dict[str, Any] = {"draft": version.label, "floor": floor, "winners_curse": curse, "terms": [], **money}
    for reach in found:
        entry: dict[str, Any] = {
            "address": reach.term.figure.address,
            "draft": reach.term.options[reach.term.draft],
            "range": [reach.term.options[0], reach.term.options[-1]],
            "status": reach.status,
            "rising": reach.rising,
            "walkaway": reach.at,
            "interval": None if reach.at is None else [reach.low, reach.high],
            "rungs": [asdict(rung) for rung in reach.rungs],
        }
        if rivals is not None and reach.term.figure.address == rivals.term:
            entry["chance_to_win"] = chance_to_win(reach, _bids(rivals))
        data["terms"].append(entry)
    return data
