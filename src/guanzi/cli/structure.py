"""A search on the screen: the best deals, what each limit costs, and a suggestion as a difference."""

from __future__ import annotations

from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from guanzi.advice.structuring import GOALS, Draft, FreshPoint, MeasureLimit, Pair, Search, compare_clauses
from guanzi.base.core import Message
from guanzi.cli.diff import amount, print_clauses, print_results, signed
from guanzi.cli.show import WIDTH, show_json, show_warnings, tell
from guanzi.cli.speech import say
from guanzi.desk import structuring, versions

COLUMNS = ("public.npv", "public.cvar", "company.survival", "holders.npv")
TABLE = 130


def show_addresses(draft: str, lang: str, *, as_json: bool) -> None:
    """Print every figure of a term sheet that can be freed, and what the usual terms may become."""
    addresses = structuring.list_addresses(draft)
    if as_json:
        show_json(structuring.address_data(addresses))
        return
    table = Table(box=None, pad_edge=False)
    for name in ("address", "draft", "usual"):
        table.add_column(say(f"cli.structure.column.{name}", lang), overflow="fold")
    for figure in addresses:
        term = figure.usual
        row = "" if term is None else f"{shown(figure.kind, term.options[0])} … {shown(figure.kind, term.options[-1])}"
        table.add_row(figure.address, shown(figure.kind, figure.value), row)
    Console(width=max(Console().width, WIDTH)).print(table)


def run_structure(request: structuring.Request, lang: str, *, as_json: bool) -> None:
    """Search and print what was found."""
    result = structuring.find_structure(request)
    show_warnings(result.drafted.warnings, lang)
    if as_json:
        show_json(structuring.data(result))
        return
    found, out = result.found, request.out
    _print(result.drafted.version, result.drafted.draft, found, lang)
    if out is not None:
        print(say("cli.structure.written" if found.suggestion else "cli.structure.not_written", lang, file=str(out)))


def shown(kind: str, value: Any) -> str:
    """A value of a term, as it is written in a sheet."""
    if isinstance(value, float):
        return f"{value * 100:.10g} %" if kind == "ratio" else f"{value:,.10g}".replace(",", " ")
    return value.isoformat() if isinstance(value, date) else str(value)


# -- print


def _print(version: versions.Version, draft: Draft, found: Search, lang: str) -> None:
    sheet = draft.setting.sheet
    money = (sheet.currency, sheet.unit)
    print(say("cli.structure.title", lang, label=version.label))
    tell(
        "cli.structure.sample" if found.raced else "cli.structure.sample_at_once",
        lang,
        evaluations=found.evaluations,
        raced=found.raced,
        paths=found.paths,
        race=found.race,
        seed=found.seed,
        fresh=found.fresh,
        other=found.seed + 1,
    )
    tell("cli.structure.material", lang, material=amount(GOALS[found.goal], found.material, *money, lang))
    print()
    print(say("cli.structure.free", lang))
    chosen = found.suggestion.key if found.suggestion else draft.key
    table = Table(box=None, pad_edge=False)
    for name in ("address", "draft", "low", "high", "suggested"):
        table.add_column(
            say(f"cli.structure.column.{name}", lang), justify="left" if name == "address" else "right", overflow="fold"
        )
    for term, i in zip(found.terms, chosen, strict=True):
        kind, options = term.figure.kind, term.options
        cells = [shown(kind, options[n]) for n in (term.draft, 0, -1)]
        table.add_row("  " + term.figure.address, *cells, "" if i == term.draft else shown(kind, options[i]))
    Console(width=max(Console().width, WIDTH)).print(table)
    print()
    print(say("cli.structure.limits", lang))
    for limit in found.limits:
        print("  " + _limit(limit, money, lang))
    print()
    _print_frontier(found, money, lang)
    print()
    if found.clashes:
        _print_clashes(found, money, lang)
        return
    _print_prices(found, money, lang)
    print()
    _print_suggestion(draft, found, lang)


def _print_frontier(found: Search, money: tuple[str, float], lang: str) -> None:
    if not found.frontier:
        tell("cli.structure.no_frontier", lang)
        return
    print(say("cli.structure.frontier", lang))
    table = Table(box=None, pad_edge=False)
    for id in COLUMNS:
        table.add_column(say(f"structuring.measure.{id}", lang), justify="right")
    table.add_column(say("cli.structure.column.price", lang), justify="right")
    table.add_column("")
    own = {p.measure.id: p for p in found.frontier[0].results}
    cells = [amount(own[id].measure, own[id].before.mean, *money, lang) for id in COLUMNS]
    table.add_row(*cells, "", say("cli.structure.draft", lang))
    for point in found.frontier:
        by_id = {p.measure.id: p for p in point.results}
        price = (
            ""
            if point.price is None
            else say("cli.structure.price", lang, value=point.price.mean, error=point.price.se)
        )
        table.add_row(*(_with_change(by_id[id], money, lang) for id in COLUMNS), price, _mark(found, point, lang))
    Console(width=max(Console().width, TABLE)).print(table)
    tell("cli.structure.frontier_note", lang)


def _with_change(pair: Pair, money: tuple[str, float], lang: str) -> str:
    change, error = signed(pair.measure, pair.difference, *money, lang)
    return f"{amount(pair.measure, pair.after.mean, *money, lang)}\n{change} ± {error}"


def _mark(found: Search, point: FreshPoint, lang: str) -> str:
    return say("cli.structure.the_suggestion", lang) if found.suggestion and point.key == found.suggestion.key else ""


def _print_prices(found: Search, money: tuple[str, float], lang: str) -> None:
    goal = GOALS[found.goal]
    print(say("cli.structure.prices", lang, goal=Message.of(f"structuring.measure.{goal.id}")))
    table = Table(box=None, pad_edge=False)
    for name in ("limit", "step", "better", "error", "meaning"):
        left = name in ("limit", "meaning")
        table.add_column(say(f"cli.structure.column.{name}", lang), justify="left" if left else "right")
    for price in found.prices:
        step = (
            say("cli.diff.points", lang, value=100 * price.step)
            if price.limit.measure.unit == "ratio"
            else amount(price.limit.measure, price.step, *money, lang)
        )
        better = signed(goal, price.gain, *money, lang)
        meaning = say(f"cli.structure.price.{price.verdict}", lang)
        table.add_row("  " + _limit(price.limit, money, lang), step, *better, meaning)
    Console(width=max(Console().width, TABLE)).print(table)
    tell("cli.structure.prices_note", lang)


def _print_clashes(found: Search, money: tuple[str, float], lang: str) -> None:
    """Where nothing keeps all limits: how near each can be come to under the others."""
    tell("cli.structure.clash", lang)
    table = Table(box=None, pad_edge=False)
    for name in ("limit", "reached", "error"):
        table.add_column(say(f"cli.structure.column.{name}", lang), justify="left" if name == "limit" else "right")
    for clash in found.clashes:
        measure, near = clash.limit.measure, clash.reached
        none = (say("cli.structure.not_reached", lang), "")
        cells = none if near is None else tuple(amount(measure, x, *money, lang) for x in (near.mean, near.se))
        table.add_row("  " + _limit(clash.limit, money, lang), *cells)
    Console(width=max(Console().width, TABLE)).print(table)
    tell("cli.structure.clash_note", lang)


def _print_suggestion(draft: Draft, found: Search, lang: str) -> None:
    point = found.suggestion
    if point is None:
        tell(f"cli.structure.none_{found.goal}", lang, tried=found.tried)
        binding = tuple(
            Message.of(f"structuring.measure.{p.limit.measure.id}") for p in found.prices if p.verdict == "binds"
        )
        tell("cli.structure.binding" if binding else "cli.structure.nothing_binds", lang, measures=binding)
        return
    sheet = draft.setting.sheet
    print(say("cli.structure.suggestion_kept" if found.mended else f"cli.structure.suggestion_{found.goal}", lang))
    print_clauses(compare_clauses(sheet, draft.sheet(point.key)), lang)
    print()
    print(say("cli.structure.results", lang, paths=found.fresh, seed=found.seed + 1))
    print_results(point.results, sheet.currency, sheet.unit, lang)
    at_end = [
        t.figure.address
        for t, i in zip(found.terms, point.key, strict=True)
        if i != t.draft and i in (0, len(t.options) - 1) and t.figure.kind != "words"
    ]
    if at_end:
        tell("cli.structure.at_end", lang, addresses=tuple(at_end))


def _limit(limit: MeasureLimit, money: tuple[str, float], lang: str) -> str:
    id = "most" if limit.most else "least"
    origin = "draft" if limit.origin == "draft" else "user"
    measure = Message.of(f"structuring.measure.{limit.measure.id}")
    return say(
        f"cli.structure.{id}_{origin}", lang, measure=measure, bound=amount(limit.measure, limit.bound, *money, lang)
    )
