"""What must hold for a chain as a whole: one product at the top, no circle, no part that costs more than the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from guanzi.base.core import Message, Place, Problem, meant
from guanzi.intake.chains.model import ChainStatement, Component
from guanzi.intake.chains.rows import ChainRow

_SLACK = 1e-9


def structure_problems(
    name: str, rows: Sequence[ChainRow], components: Mapping[str, Component], statements: Sequence[ChainStatement]
) -> Iterator[Problem]:
    """Everything that contradicts itself, each at the row that shows it."""
    defined = {row.text("id"): row for row in rows if row.kind == "component"}
    tops = [id for id, component in components.items() if not component.parent]
    if not components:
        at = rows[-1].place if rows else Place(name, 1)
        yield Problem(Message.of("evidence.chain.no_component"), at, Message.of("evidence.chain.no_component.mend"))
    for id, component in components.items():
        row = defined[id]
        if component.parent and component.parent not in components:
            other = Message.of("evidence.chain.unknown.component.mend", id=component.parent)
            fix = meant(component.parent, components, other)
            cause = Message.of("evidence.chain.unknown.component", id=component.parent)
            yield row.problem("of", cause, fix)
    for id in tops[1:]:
        cause = Message.of("evidence.chain.two_tops", first=tops[0], second=id)
        yield defined[id].problem("id", cause, Message.of("evidence.chain.top.mend"))
    yield from _circles(components, defined)
    by_place = {row.place: row for row in rows}
    yield from _too_much(components, statements, by_place)
    yield from _customers(statements, by_place)
    yield from _strange_bases(components, statements, by_place)
    for statement in statements:
        if statement.kind in ("owns", "customer", "substitute") and statement.of in statement.to:
            cause = Message.of("evidence.chain.itself", id=statement.of, kind=statement.kind)
            yield by_place[statement.place].problem("to", cause, Message.of("evidence.chain.itself.mend"))


def _circles(components: Mapping[str, Component], defined: Mapping[str, ChainRow]) -> Iterator[Problem]:
    """Circles of the bill of materials: each is told once, at its first component in the file."""
    told: set[str] = set()
    for start in components:
        path: list[str] = []
        at = start
        while at in components and at not in path and at not in told:
            path.append(at)
            at = components[at].parent
        if at in path:
            circle = path[path.index(at) :]
            told.update(circle)
            cause = Message.of("evidence.chain.circle", path=(*circle, circle[0]))
            fix = Message.of("evidence.chain.circle.mend")
            yield defined[circle[0]].problem("of", cause, fix)
        told.update(path)


def _too_much(
    components: Mapping[str, Component], statements: Iterable[ChainStatement], by_place: Mapping[Place, ChainRow]
) -> Iterator[Problem]:
    """Of one source, the lower ends of the parts of a component may not add up to more than the whole."""
    groups: dict[tuple[str, str, str, str], list[ChainStatement]] = {}
    for statement in statements:
        if statement.kind == "share" and statement.to and statement.to[0] in components:
            parent = components[statement.to[0]].parent
            groups.setdefault((parent, statement.unit, statement.source.id, statement.period), []).append(statement)
    for (parent, base, source, _), group in groups.items():
        least: dict[str, float] = {}
        for statement in group:
            id = statement.to[0]
            least[id] = min(least.get(id, 1.0), statement.interval[0])
        total = sum(least.values())
        if total > 1.0 + _SLACK:
            cause = Message.of(
                "evidence.chain.shares_over", parent=parent, base=base, total=100.0 * total, source=source
            )
            fix = Message.of("evidence.chain.shares_over.mend")
            yield by_place[group[-1].place].problem("low", cause, fix)


def _customers(statements: Iterable[ChainStatement], by_place: Mapping[Place, ChainRow]) -> Iterator[Problem]:
    """Of one source and year, the lower ends of the customer shares of a supplier stay within 100 %."""
    groups: dict[tuple[str, str, str], list[ChainStatement]] = {}
    for statement in statements:
        if statement.kind == "customer" and statement.low is not None:
            groups.setdefault((statement.of, statement.source.id, statement.period), []).append(statement)
    for (supplier, _, period), group in groups.items():
        total = sum(statement.interval[0] for statement in group)
        if total > 1.0 + _SLACK:
            which = "customers_over" if period else "customers_over_undated"
            cause = Message.of(f"evidence.chain.{which}", firm=supplier, total=100.0 * total, period=period)
            yield by_place[group[-1].place].problem("low", cause, Message.of("evidence.chain.customers_over.mend"))


def _strange_bases(
    components: Mapping[str, Component], statements: Iterable[ChainStatement], by_place: Mapping[Place, ChainRow]
) -> Iterator[Problem]:
    """The base of a share is something of which the component is a part, at whatever depth."""
    for statement in statements:
        if statement.kind != "share" or statement.to[0] not in components or statement.unit not in components:
            continue
        wholes: list[str] = []
        at = components[statement.to[0]].parent
        while at in components and at not in wholes:
            wholes.append(at)
            at = components[at].parent
        if statement.unit not in wholes:
            cause = Message.of("evidence.chain.base", id=statement.to[0], base=statement.unit)
            fix = Message.of("evidence.chain.base.mend", wholes=tuple(wholes))
            yield by_place[statement.place].problem("unit", cause, fix)
