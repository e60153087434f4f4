"""A chain in the formats of other tools: FollowTheMoney entities, and GraphML."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape, quoteattr

from guanzi.intake.chains import ChainView

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_NODE_KEYS = ("kind", "name", "name_zh", "city", "country")
_EDGE_KEYS = ("relation", "low", "high", "unit", "status", "period", "known_on", "source")


def follow_the_money(view: ChainView) -> str:
    """Firms, ownership, sales and joint work as entities of FollowTheMoney, one JSON object a line.

    Firms are ``Company``, ties of ownership ``Ownership``; sales, plants and shared platforms are ``UnknownLink`` with
    their role, because that vocabulary has no word for a supply. Dates are days from which they could be held.
    """
    lines: list[str] = []

    def add(id: str, schema: str, **properties: str) -> None:
        kept = {name: [value] for name, value in properties.items() if value}
        lines.append(json.dumps({"id": id, "schema": schema, "properties": kept}, ensure_ascii=False))

    for firm in view.firms.values():
        city = view.cities[firm.city].name if firm.city in view.cities else firm.city
        names = {"name": str(firm.name), "alias": firm.name.zh, "country": firm.country.lower(), "mainCountry": ""}
        add(firm.id, "Company", **names, address=str(city))
    for statement in view.statements:
        told = {
            "recordId": statement.id,
            "publisher": statement.source.publisher,
            "sourceUrl": statement.source.link or "",
            "date": statement.known_on.isoformat(),
            "summary": statement.note,
        }
        number = _number(statement.low, statement.high)
        for other in statement.to:
            key = f"{statement.kind}-{statement.id}-{other}"
            if statement.kind == "owns":
                add(key, "Ownership", owner=statement.of, asset=other, percentage=number, **told)
            elif statement.kind == "customer":
                add(key, "UnknownLink", subject=statement.of, object=other, role=f"supplies {number}".strip(), **told)
        if statement.kind == "shares":
            for left, right in zip(statement.to, statement.to[1:], strict=False):
                key = f"shares-{statement.id}-{left}-{right}"
                add(key, "UnknownLink", subject=left, object=right, role=f"shares {statement.name}", **told)
    return "".join(line + "\n" for line in lines)


def graphml(view: ChainView) -> str:
    """Components, firms and cities as nodes; parts, plants, sales and ownership as edges with their attributes."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>', f'<graphml xmlns="{_GRAPHML}">']
    out += [f'  <key id="n-{key}" for="node" attr.name="{key}" attr.type="string"/>' for key in _NODE_KEYS]
    for key in _EDGE_KEYS:
        kind = "double" if key in ("low", "high") else "string"
        out.append(f'  <key id="e-{key}" for="edge" attr.name="{key}" attr.type="{kind}"/>')
    out.append(f'  <graph id={quoteattr(view.id)} edgedefault="directed">')

    def node(id: str, **data: str) -> None:
        cells = "".join(f'<data key="n-{key}">{escape(value)}</data>' for key, value in data.items() if value)
        out.append(f"    <node id={quoteattr(id)}>{cells}</node>")

    def edge(left: str, right: str, **data: str) -> None:
        cells = "".join(f'<data key="e-{key}">{escape(value)}</data>' for key, value in data.items() if value)
        out.append(f"    <edge source={quoteattr(left)} target={quoteattr(right)}>{cells}</edge>")

    for component in view.components.values():
        node(f"component:{component.id}", kind="component", name=str(component.name), name_zh=component.name.zh)
    for firm in view.firms.values():
        words = {"name": str(firm.name), "name_zh": firm.name.zh, "city": firm.city, "country": firm.country}
        node(f"firm:{firm.id}", kind="firm", **words)
    for component in view.components.values():
        if component.parent:
            edge(f"component:{component.id}", f"component:{component.parent}", relation="part_of")
    for s in view.statements:
        data = {
            "relation": s.kind,
            "low": "" if s.low is None else repr(s.low),
            "high": "" if s.high is None else repr(s.high),
            "unit": s.unit,
            "status": s.status if s.kind == "plant" else "",
            "period": s.period,
            "known_on": s.known_on.isoformat(),
            "source": s.source.id,
        }
        for other in s.to:
            if s.kind in ("plant", "makes"):
                edge(f"firm:{s.of}", f"component:{other}", **data)
            elif s.kind in ("customer", "owns"):
                edge(f"firm:{s.of}", f"firm:{other}", **data)
            elif s.kind == "substitute":
                edge(f"component:{other}", f"component:{s.of}", **data)
    out += ["  </graph>", "</graphml>"]
    return "\n".join(out) + "\n"


def _number(low: float | None, high: float | None) -> str:
    """A share as words: percent, or an interval of it."""
    if low is None or high is None:
        return ""
    return f"{100 * low:g}" if low == high else f"{100 * low:g}-{100 * high:g}"
