"""How far the public side may go, on the screen: the walk-away value of each term, with rivals where they are named."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from guanzi.advice.structuring import MEASURES, Measure, Reach, winners_curse
from guanzi.cli.diff import amount
from guanzi.cli.show import show_json, show_warnings, tell
from guanzi.cli.speech import say
from guanzi.cli.structure import shown
from guanzi.desk import walkaway
from guanzi.intake.inputs import RivalsFile

TABLE = 140
BY_ID = {measure.id: measure for measure in MEASURES}


def run_walkaway(request: walkaway.Request, lang: str, *, as_json: bool) -> None:
    """Find the walk-away values and print them."""
    result = walkaway.find_walkaway(request)
    show_warnings(result.drafted.warnings, lang)
    if as_json:
        show_json(walkaway.data(result))
    else:
        _print(result, lang)


def _print(result: walkaway.Result, lang: str) -> None:
    sheet, found, rivals = result.drafted.draft.setting.sheet, result.found, result.rivals
    money = (sheet.currency, sheet.unit)
    value = BY_ID["public.npv"]
    print(say("cli.walkaway.title", lang, label=result.drafted.version.label))
    tell(
        "cli.walkaway.sample",
        lang,
        paths=result.run.paths,
        seed=result.run.seed,
        floor=amount(value, result.floor, *money, lang),
    )
    own = next(r.value for r in found[0].rungs if r.at == found[0].term.options[found[0].term.draft])
    worth, error = (amount(value, x, *money, lang) for x in (own.mean, own.se))
    tell("cli.walkaway.worth", lang, worth=worth, error=error)
    if rivals is not None:
        _print_curse(rivals, result.curse, money, lang)
    print()
    table = Table(box=None, pad_edge=False)
    for name in ("address", "draft", "range", "walkaway", "interval", "best", "meaning"):
        table.add_column(say(f"cli.walkaway.column.{name}", lang), overflow="fold")
    for reach in found:
        table.add_row(*_row(reach, money, lang))
    Console(width=max(Console().width, TABLE)).print(table)
    tell("cli.walkaway.note", lang)
    tell("cli.walkaway.counted", lang)
    if sheet.only_gives and result.floor >= 0.0:
        tell("cli.walkaway.cost_only", lang)
    if len(found) == 1:
        print()
        _print_ladder(found[0], money, lang)
    if rivals is not None:
        print()
        _print_rivals(result, rivals, lang)


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
    tell("cli.walkaway.ladder_note", lang)


def _cell(measure: Measure, mean: float, error: float, money: tuple[str, float], lang: str) -> str:
    return f"{amount(measure, mean, *money, lang)} ± {amount(measure, error, *money, lang)}"


def _print_curse(rivals: RivalsFile, curse: float, money: tuple[str, float], lang: str) -> None:
    bidders = len(rivals.rivals) + 1
    if rivals.error is None:
        tell("cli.walkaway.curse_unknown", lang, bidders=bidders, factor=winners_curse(bidders))
    else:
        tell("cli.walkaway.curse", lang, bidders=bidders, raised=amount(BY_ID["public.npv"], curse, *money, lang))


def _print_rivals(result: walkaway.Result, rivals: RivalsFile, lang: str) -> None:
    reach = result.contested
    if reach is None:
        return
    kind = reach.term.figure.kind
    print(say("cli.walkaway.rivals", lang, term=rivals.term))
    for rival in rivals.rivals:
        span = f"{shown(kind, rival.low)} … {shown(kind, rival.high)}"
        print(f"  {rival.name}: {span} ({rival.source})")
    chance = result.chance(reach)
    if chance is None:
        tell("cli.walkaway.no_chance", lang)
    else:
        tell("cli.walkaway.chance", lang, chance=chance)
