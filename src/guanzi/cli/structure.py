"""Search for a better deal: the frontier, what each limit costs, and a suggestion as a difference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from guanzi.advice.structuring import (
    GOALS,
    Draft,
    Limit,
    Pair,
    Point,
    Search,
    compare_clauses,
    figures,
    free_terms,
    pair_data,
    parse_limits,
    search,
)
from guanzi.base.core import InvalidInput, Message, Place, Problem, Progress, dump_json, wrap
from guanzi.cli.diff import WIDTH, amount, print_clauses, print_results, signed
from guanzi.cli.files import write_whole
from guanzi.cli.speech import say
from guanzi.cli.versions import Version, find_version, setting_of, view_for
from guanzi.record.playbooks import load_playbook

COLUMNS = ("public.npv", "public.cvar", "company.survival", "holders.npv")
TABLE = 130


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a search, as it was typed."""

    free: tuple[str, ...]
    limits: tuple[str, ...]
    goal: str
    paths: int
    evaluations: int
    material: float | None
    seed: int
    threads: int | None


def list_addresses(text: str, lang: str, as_json: bool) -> None:
    """Print every figure of a term sheet that can be freed, and what the usual terms may become."""
    known = figures(find_version(text).document)
    usual = {t.figure.address: t for t in free_terms(known, ())}
    if as_json:
        data = [
            {"address": f.address, "kind": f.kind, "value": str(f.value), "usual": f.address in usual}
            for f in known.values()
        ]
        print(dump_json(data), end="")
        return
    table = Table(box=None, pad_edge=False)
    for name in ("address", "draft", "usual"):
        table.add_column(say(f"cli.structure.column.{name}", lang), overflow="fold")
    for figure in known.values():
        term = usual.get(figure.address)
        row = "" if term is None else f"{shown(figure.kind, term.options[0])} … {shown(figure.kind, term.options[-1])}"
        table.add_row(figure.address, shown(figure.kind, figure.value), row)
    Console(width=max(Console().width, WIDTH)).print(table)


def run_structure(
    text: str,
    wish: Wish,
    case: str | None,
    as_of: date | None,
    playbook: str,
    out: Path | None,
    lang: str,
    as_json: bool,
) -> None:
    """Search, print what was found, and write the suggestion where a file is named."""
    if wish.goal not in GOALS:
        mend = Message.of("cli.structure.goal.mend", goals=tuple(GOALS))
        raise InvalidInput(Problem(Message.of("cli.structure.goal", goal=wish.goal), Place("--goal"), mend))
    if out is not None and not out.absolute().parent.is_dir():
        mend = Message.of("cli.structure.no_folder.mend")
        raise InvalidInput(Problem(Message.of("cli.structure.no_folder", file=str(out)), Place("--out"), mend))
    limits = parse_limits(wish.limits)
    version = find_version(text)
    draft = draft_of(version, wish.free, case, as_of, playbook, lang)
    with Progress(Message.of("cli.progress.variants"), wish.evaluations, lang=lang) as progress:
        found = search(
            draft,
            limits,
            goal=wish.goal,
            paths=wish.paths,
            evaluations=wish.evaluations,
            seed=wish.seed,
            material=wish.material,
            threads=wish.threads,
            progress=progress.advance,
        )
    if out is not None and found.suggestion is not None:
        write_whole(out.parent, {out.name: draft.text(found.suggestion.key).source.text})
    if as_json:
        print(dump_json(_data(version, draft, found)), end="")
        return
    _print(version, draft, found, lang)
    if out is not None:
        print(say("cli.structure.written" if found.suggestion else "cli.structure.not_written", lang, file=str(out)))


def draft_of(
    version: Version,
    free: tuple[str, ...],
    case: str | None,
    as_of: date | None,
    playbook: str,
    lang: str,
    option: str = "--free",
) -> Draft:
    """A version with its free terms and the company model of its case; warnings are in the language.

    Raises:
        InvalidInput: It belongs to no case, or a wish is none.
    """
    terms = free_terms(figures(version.document), free, Place(option))
    if not terms:
        mend = Message.of("structuring.free.list")
        raise InvalidInput(Problem(Message.of("cli.structure.nothing_free"), version.sheet.place, mend))
    view = view_for((version,), case, as_of)
    if view is None:
        cause, mend = Message.of("cli.structure.no_case"), Message.of("cli.structure.no_case.mend")
        raise InvalidInput(Problem(cause, version.sheet.place, mend))
    return Draft(version.document, setting_of(version, view, load_playbook(playbook), lang), terms)


def shown(kind: str, value: Any) -> str:
    """A value of a term, as it is written in a sheet."""
    if isinstance(value, float):
        return f"{value * 100:.10g} %" if kind == "ratio" else f"{value:,.10g}".replace(",", " ")
    return value.isoformat() if isinstance(value, date) else str(value)


# -- print


def _print(version: Version, draft: Draft, found: Search, lang: str) -> None:
    sheet = draft.setting.sheet
    money = (sheet.currency, sheet.unit)
    print(say("cli.structure.title", lang, label=version.label))
    _say(
        "cli.structure.sample",
        lang,
        evaluations=found.evaluations,
        raced=found.raced,
        paths=found.paths,
        race=found.race,
        seed=found.seed,
        fresh=found.fresh,
        other=found.seed + 1,
    )
    _say("cli.structure.material", lang, material=amount(GOALS[found.goal], found.material, *money, lang))
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
        _say("cli.structure.no_frontier", lang)
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
    _say("cli.structure.frontier_note", lang)


def _with_change(pair: Pair, money: tuple[str, float], lang: str) -> str:
    change, error = signed(pair.measure, pair.difference, *money, lang)
    return f"{amount(pair.measure, pair.after.mean, *money, lang)}\n{change} ± {error}"


def _mark(found: Search, point: Point, lang: str) -> str:
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
    _say("cli.structure.prices_note", lang)


def _print_clashes(found: Search, money: tuple[str, float], lang: str) -> None:
    """Where nothing keeps all limits: how near each can be come to under the others."""
    _say("cli.structure.clash", lang)
    table = Table(box=None, pad_edge=False)
    for name in ("limit", "reached", "error"):
        table.add_column(say(f"cli.structure.column.{name}", lang), justify="left" if name == "limit" else "right")
    for clash in found.clashes:
        measure, near = clash.limit.measure, clash.reached
        none = (say("cli.structure.not_reached", lang), "")
        cells = none if near is None else tuple(amount(measure, x, *money, lang) for x in (near.mean, near.se))
        table.add_row("  " + _limit(clash.limit, money, lang), *cells)
    Console(width=max(Console().width, TABLE)).print(table)
    _say("cli.structure.clash_note", lang)


def _print_suggestion(draft: Draft, found: Search, lang: str) -> None:
    point = found.suggestion
    if point is None:
        _say(f"cli.structure.none_{found.goal}", lang, tried=found.tried)
        binding = tuple(
            Message.of(f"structuring.measure.{p.limit.measure.id}") for p in found.prices if p.verdict == "binds"
        )
        _say("cli.structure.binding" if binding else "cli.structure.nothing_binds", lang, measures=binding)
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
        _say("cli.structure.at_end", lang, addresses=tuple(at_end))


def _limit(limit: Limit, money: tuple[str, float], lang: str) -> str:
    id = "most" if limit.most else "least"
    origin = "draft" if limit.origin == "draft" else "user"
    measure = Message.of(f"structuring.measure.{limit.measure.id}")
    return say(
        f"cli.structure.{id}_{origin}", lang, measure=measure, bound=amount(limit.measure, limit.bound, *money, lang)
    )


def _say(id: str, lang: str, **params: Any) -> None:
    print("\n".join(wrap(say(id, lang, **params), WIDTH)))


# -- plain data


def _data(version: Version, draft: Draft, found: Search) -> dict[str, Any]:
    sheet = draft.setting.sheet
    return {
        "draft": version.label,
        "currency": sheet.currency,
        "unit": sheet.unit,
        "goal": found.goal,
        "terms": [
            {
                "address": t.figure.address,
                "draft": _plain(t.options[t.draft]),
                "low": _plain(t.options[0]),
                "high": _plain(t.options[-1]),
                "values": len(t.options),
            }
            for t in found.terms
        ],
        "limits": [_limit_data(x) for x in found.limits],
        "frontier": [_point(draft, p) for p in found.frontier],
        "prices": [
            {
                "limit": _limit_data(p.limit),
                "step": p.step,
                "better": p.gain.mean,
                "se": p.gain.se,
                "verdict": p.verdict,
            }
            for p in found.prices
        ],
        "clashes": [
            {
                "limit": _limit_data(c.limit),
                "reached": None if c.reached is None else {"mean": c.reached.mean, "se": c.reached.se},
            }
            for c in found.clashes
        ],
        "suggestion": None
        if found.suggestion is None
        else _point(draft, found.suggestion) | {"text": draft.text(found.suggestion.key).source.text},
        "evaluations": found.evaluations,
        "raced": found.raced,
        "tried": found.tried,
        "material": found.material,
        "paths": found.paths,
        "race_paths": found.race,
        "fresh_paths": found.fresh,
        "seed": found.seed,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _limit_data(limit: Limit) -> dict[str, Any]:
    return {"measure": limit.measure.id, "most": limit.most, "bound": limit.bound, "origin": limit.origin}


def _point(draft: Draft, point: Point) -> dict[str, Any]:
    return {
        "terms": {
            t.figure.address: _plain(t.options[i]) for t, i in zip(draft.terms, point.key, strict=True) if i != t.draft
        },
        "results": [pair_data(p) for p in point.results],
        "broken": [x.measure.id for x in point.broken],
        "price_of_tail": None if point.price is None else {"mean": point.price.mean, "se": point.price.se},
    }
