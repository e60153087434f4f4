"""Reading a chain: from the rows of a table to a chain that holds together, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import cast, get_args

from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem, is_slug, meant, nearest, suggest_slug
from guanzi.intake.chains.model import Chain, ChainFirm, ChainStatement, Component, Kind, Locality
from guanzi.intake.chains.rows import ChainRow, read_rows, words
from guanzi.intake.chains.structure import structure_problems
from guanzi.record.evidence import Grade, Source

_KINDS = get_args(Kind.__value__)
#: Kinds whose numbers are percentages of a whole.
_PERCENT = frozenset({"share", "imports", "customer", "owns"})


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a row of a kind needs: filled columns, and what its ends name."""

    needs: tuple[str, ...]
    of: str = ""
    to: str = ""


_RULES: dict[str, _Rule] = {
    "share": _Rule(("to", "low"), to="component"),
    "technology": _Rule(("id", "of"), of="component"),
    "substitute": _Rule(("of", "to"), of="component", to="component"),
    "imports": _Rule(("to", "low"), to="component"),
    "plant": _Rule(("of", "to", "at"), of="firm", to="component"),
    "capacity": _Rule(("of", "low", "unit"), of="plant"),
    "size": _Rule(("of", "low", "unit"), of="firm"),
    "makes": _Rule(("of", "to"), of="firm", to="component"),
    "customer": _Rule(("of", "to"), of="firm", to="firm"),
    "owns": _Rule(("of", "to"), of="firm", to="firm"),
    "shares": _Rule(("id", "to"), to="firm"),
    "laboratory": _Rule(("id", "at")),
    "absent": _Rule(("to", "at"), to="component"),
    "need": _Rule(("of", "name"), of="component"),
    "offer": _Rule(("at", "name")),
    "intensity": _Rule(("of", "low", "unit"), of="component"),
}


def chain_names() -> tuple[str, ...]:
    """Names of the shipped chains."""
    folder = files("guanzi.library").joinpath("chains")
    return tuple(sorted(p.name.removesuffix(".csv") for p in folder.iterdir() if p.name.endswith(".csv")))


def chain_of(industry: str) -> Chain | None:
    """The shipped chain to which the companies of an industry belong; None where there is none."""
    folder = files("guanzi.library").joinpath("chains")
    for name in chain_names():
        # a chain takes a tenth of a second to read and check: only one whose file has the word is
        named = industry in folder.joinpath(f"{name}.csv").read_text("utf-8")
        if named and industry in (chain := load_chain(name)).industries:
            return chain
    return None


@cache
def link_names() -> Mapping[str, Bilingual]:
    """Id of each component of the shipped chains -> its name."""
    return {id: part.name for name in chain_names() for id, part in load_chain(name).components.items()}


def load_chain(name_or_path: str) -> Chain:
    """Read a chain: a shipped one by its id or its name in either language, or a CSV or XLSX file.

    Raises:
        InvalidInput: There is none, or everything that is wrong with it, each with its place and how to fix it.
    """
    if name_or_path in chain_names():
        return _shipped(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        wanted = name_or_path.casefold()
        for chain in map(_shipped, chain_names()):
            if wanted in (chain.name.casefold(), chain.name.zh.casefold()):
                return chain
        near = nearest(name_or_path, chain_names())
        names = (near,) if near else chain_names()
        fix = Message.of("evidence.chain.not_found.mend", names=names)
        cause = Message.of("evidence.chain.not_found", name=name_or_path)
        raise InvalidInput(Problem(cause, Place("CHAIN"), fix, excerpt=name_or_path))
    return read_chain(path, name_or_path)


@cache
def _shipped(name: str) -> Chain:
    """A shipped chain; read once, since every appraisal asks for it."""
    with as_file(files("guanzi.library").joinpath("chains", f"{name}.csv")) as path:
        return read_chain(path, f"{name}.csv")


def read_chain(path: Path, name: str) -> Chain:
    """Read a chain from a table; see :func:`load_chain`, whose refusals it shares."""
    rows, problems = read_rows(path, name)
    sources = _sources(rows, problems)
    components = _components(rows, problems)
    firms = {
        row.text("id"): ChainFirm(row.text("id"), _name(row), row.text("at"), row.text("country"))
        for row in _unique(rows, "firm", problems)
    }
    cities = {row.text("id"): _city(row, problems) for row in _unique(rows, "place", problems)}
    plants = {row.text("id") for row in rows if row.kind == "plant" and row.text("id")}
    ends = {"component": set(components), "firm": set(firms), "plant": plants}
    statements: list[ChainStatement] = []
    for row in rows:
        if row.kind in _KINDS:
            found = _statement(row, sources, ends, components, problems)
            if found is not None:
                statements.append(found)
    if cities:
        _known_places(rows, cities, problems)
    head = next((row for row in rows if row.kind == "chain"), None)
    if head is None:
        fix = Message.of("evidence.chain.no_head.mend")
        problems.append(Problem(Message.of("evidence.chain.no_head"), Place(name, 1), fix))
    problems.extend(structure_problems(name, rows, components, statements))
    if any(problem.severity == "error" for problem in problems) or head is None:
        raise InvalidInput(sorted(problems, key=lambda problem: problem.place))
    root = next(component.id for component in components.values() if not component.parent)
    id = head.text("id") or suggest_slug(Path(name).stem)
    return Chain(
        id,
        _name(head),
        root,
        _ordered(components, root),
        firms,
        cities,
        tuple(statements),
        head.text("note"),
        head.several("codes"),
    )


def _ordered(components: dict[str, Component], root: str) -> dict[str, Component]:
    """Parents before their parts, parts in the order of the file."""
    parts: dict[str, list[str]] = {}
    for component in components.values():
        parts.setdefault(component.parent, []).append(component.id)
    found: dict[str, Component] = {}
    waiting = [root]
    while waiting:
        id = waiting.pop()
        found[id] = components[id]
        waiting.extend(reversed(parts.get(id, [])))
    return found


def _name(row: ChainRow) -> Bilingual:
    return Bilingual(row.text("name") or row.text("name_zh") or row.text("id"), row.text("name_zh"))


def _unique(rows: Iterable[ChainRow], kind: str, problems: list[Problem]) -> list[ChainRow]:
    """The rows of a kind whose ids are valid and stand once."""
    seen: dict[str, ChainRow] = {}
    for row in rows:
        if row.kind != kind:
            continue
        id = row.text("id")
        if not is_slug(id):
            fix = Message.of("evidence.chain.id.mend", proposal=suggest_slug(id or row.text("name")))
            problems.append(row.problem("id", Message.of("evidence.chain.id", text=id, kind=kind), fix))
        elif id in seen:
            cause = Message.of("evidence.chain.twice", id=id, place=str(seen[id].place))
            problems.append(row.problem("id", cause, Message.of("evidence.chain.twice.mend")))
        else:
            seen[id] = row
    return list(seen.values())


def _sources(rows: Iterable[ChainRow], problems: list[Problem]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for row in _unique(rows, "source", problems):
        grade = row.text("grade").upper()
        if grade not in ("A", "B", "C", "D"):
            cause = Message.of("evidence.chain.grade", text=row.text("grade"))
            problems.append(row.problem("grade", cause, Message.of("evidence.chain.grade.mend")))
            grade = "D"
        published = row.day("known_on", problems)
        if published is None and row.text("known_on"):
            published = date.min  # what is wrong with it is told; the statements that cite it are not told of it, too
        address = row.text("address") or None
        id = row.text("id")
        found[id] = Source(
            id, row.text("name") or id, row.text("title") or row.text("note"), published, address,
            mirror=grade == "D", grade=cast(Grade, grade), note=row.text("note"),
        )  # fmt: skip
    return found


def _components(rows: Iterable[ChainRow], problems: list[Problem]) -> dict[str, Component]:
    found = {
        row.text("id"): Component(row.text("id"), _name(row), row.text("of"), row.several("codes"), row.text("note"))
        for row in _unique(rows, "component", problems)
    }
    return found


def _city(row: ChainRow, problems: list[Problem]) -> Locality:
    latitude, longitude = row.number("low", problems), row.number("high", problems)
    for column, value, most in (("low", latitude, 90.0), ("high", longitude, 180.0)):
        if value is not None and abs(value) > most:
            cause = Message.of("evidence.chain.degrees", value=value, most=most)
            problems.append(row.problem(column, cause, Message.of("evidence.chain.degrees.mend")))
    return Locality(row.text("id"), _name(row), latitude, longitude)


def _statement(
    row: ChainRow,
    sources: dict[str, Source],
    ends: dict[str, set[str]],
    components: dict[str, Component],
    problems: list[Problem],
) -> ChainStatement | None:
    before = len(problems)
    rule = _RULES[row.kind]
    for column in rule.needs:
        if not row.text(column) and not (column == "name" and row.text("name_zh")):
            cause = Message.of("evidence.chain.empty", column=column, kind=row.kind)
            problems.append(row.problem(column, cause, Message.of(f"evidence.chain.empty.{column}")))
    to = row.several("to")
    for column, single in (("of", row.several("of")), ("to", to if row.kind == "share" else ())):
        if len(single) > 1:
            cause = Message.of("evidence.chain.several", column=column, kind=row.kind, ids=single)
            problems.append(row.problem(column, cause, Message.of("evidence.chain.several.mend")))
    for column, kind, named in (("of", rule.of, row.several("of")), ("to", rule.to, to)):
        for id in named if kind else ():
            if id not in ends[kind]:
                _unknown(row, column, kind, id, ends[kind], problems)
    low, high = _numbers(row, problems)
    unit = row.text("unit")
    if row.kind == "share":
        unit = unit or (components[to[0]].parent if to and to[0] in components else "")
        if unit and unit not in components:
            _unknown(row, "unit", "component", unit, set(components), problems)
    status = words("statuses").get(row.text("status").casefold(), "") if row.text("status") else "operating"
    if not status:
        cause = Message.of("evidence.chain.status", text=row.text("status"))
        problems.append(row.problem("status", cause, Message.of("evidence.chain.status.mend")))
    source = _source_of(row, sources, problems)
    known_on = row.day("known_on", problems) or (source.date if source else None)
    if source is not None and known_on is None:
        cause = Message.of("evidence.chain.undated", source=source.id)
        problems.append(row.problem("known_on", cause, Message.of("evidence.chain.undated.mend")))
    early = source is not None and source.date is not None and known_on is not None and known_on < source.date
    if early and source and source.date and known_on and not row.text("because"):
        cause = Message.of("evidence.chain.too_early", known=known_on.isoformat(), published=source.date.isoformat())
        problems.append(row.problem("known_on", cause, Message.of("evidence.chain.too_early.mend")))
    if len(problems) > before or source is None or known_on is None:
        return None
    return ChainStatement(
        row.text("id") or f"{row.kind}-{row.at_row}",
        cast(Kind, row.kind), row.text("of"), to, row.text("at"), low, high, unit, status, row.text("period"),
        known_on, source, _name(row), row.several("codes"), row.text("note"), row.place, row.text("because"),
    )  # fmt: skip


def _numbers(row: ChainRow, problems: list[Problem]) -> tuple[float | None, float | None]:
    """Lower and upper end; a single number is both; percentages become ratios."""
    low, high = row.number("low", problems), row.number("high", problems)
    if low is None and high is not None:
        low = 0.0
    if high is None:
        high = low
    if low is None or high is None:
        return None, None
    if low > high:
        cause = Message.of("evidence.chain.order", low=low, high=high)
        problems.append(row.problem("low", cause, Message.of("evidence.chain.order.mend")))
    checked: list[tuple[str, float, Callable[[float], bool]]] = [("low", low, lambda v: v < 0.0)]
    if row.kind in _PERCENT:
        checked.append(("high" if row.text("high") else "low", high, lambda v: v > 100.0))
    for column, value, wrong in checked:
        if wrong(value):
            which = "negative" if value < 0.0 else "over_100"
            cause = Message.of(f"evidence.chain.{which}", value=value, kind=row.kind)
            problems.append(row.problem(column, cause, Message.of(f"evidence.chain.{which}.mend")))
    scale = 0.01 if row.kind in _PERCENT else 1.0
    return low * scale, high * scale


def _source_of(row: ChainRow, sources: dict[str, Source], problems: list[Problem]) -> Source | None:
    id = row.text("source")
    if not id:
        cause = Message.of("evidence.chain.no_source", kind=row.kind)
        problems.append(row.problem("source", cause, Message.of("evidence.chain.no_source.mend")))
        return None
    if id not in sources:
        _unknown(row, "source", "source", id, set(sources), problems)
    return sources.get(id)


def _unknown(row: ChainRow, column: str, kind: str, id: str, known: set[str], problems: list[Problem]) -> None:
    fix = meant(id, known, Message.of(f"evidence.chain.unknown.{kind}.mend", id=id))
    problems.append(row.problem(column, Message.of(f"evidence.chain.unknown.{kind}", id=id), fix))


def _known_places(rows: Iterable[ChainRow], cities: dict[str, Locality], problems: list[Problem]) -> None:
    """Where a file names places at all, every place of a plant is one of them."""
    for row in rows:
        at = row.text("at")
        if at and row.kind in ("plant", "absent", "offer", "laboratory") and at not in cities:
            _unknown(row, "at", "place", at, set(cities), problems)
