"""Figures that a filing itself names by concepts of a taxonomy: XBRL, as a file of its own or within a web page."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from guanzi.record.evidence.dataroom.placed import Tag

_MOST_TAGS = 50_000
_ROOT = re.compile(r"<(?:\w+:)?xbrl[\s>]")


def is_tagged(text: str) -> bool:
    """Whether a text is an XBRL instance."""
    return _ROOT.search(text[:20_000]) is not None


def tags_of_text(text: str) -> tuple[Tag, ...]:
    """The tagged figures of an XBRL instance; entities and documents outside are not followed.

    Raises:
        ValueError: It defines entities, so that what it states may lie elsewhere.
    """
    from lxml import etree

    if "<!ENTITY" in text:
        raise ValueError("entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return tags_of(etree.fromstring(text.encode(), parser))


def tags_of(root: Any) -> tuple[Tag, ...]:
    """The tagged figures below an element, without those of a part of the company (a segment, a class of shares)."""
    contexts = {c.get("id"): period for c in _named(root, "context") if (period := _period(c)) is not None}
    units = {u.get("id"): _unit(u) for u in _named(root, "unit")}
    tags: list[Tag] = []
    for element in root.iter():
        if not isinstance(element.tag, str) or len(tags) >= _MOST_TAGS:
            continue
        attributes = {key.casefold(): value for key, value in element.attrib.items()}
        period, unit = contexts.get(attributes.get("contextref")), units.get(attributes.get("unitref"))
        if period is None or unit is None:
            continue
        inline = _local(element) == "nonfraction"
        concept = attributes.get("name", "") if inline else _qualified(element)
        text = "".join(element.itertext()).strip()
        value = _value(text, attributes, inline)
        if concept and value is not None:
            tags.append(Tag(concept, text, value, unit, *period))
    return tuple(tags)


def _named(root: Any, name: str) -> list[Any]:
    return [e for e in root.iter() if isinstance(e.tag, str) and _local(e) == name]


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].casefold()


def _qualified(element: Any) -> str:
    """Taxonomy and name of an element of an instance: the taxonomy by its namespace, whatever it is called there."""
    space, _, name = str(element.tag).rpartition("}")
    known = next((t for t in ("us-gaap", "ifrs-full") if t in space), "")
    return f"{known or element.prefix or ''}:{name}"


def _period(context: Any) -> tuple[str, str] | None:
    """First and last day of a context; the first is empty for a balance; None for a part of the company."""
    if _named(context, "segment") or _named(context, "scenario"):
        return None
    said = {_local(e): "".join(e.itertext()).strip()[:10] for e in context.iter() if isinstance(e.tag, str)}
    if "instant" in said:
        return "", said["instant"]
    return (said["startdate"], said["enddate"]) if {"startdate", "enddate"} <= said.keys() else None


def _unit(unit: Any) -> str:
    measures = ["".join(m.itertext()).strip() for m in _named(unit, "measure")]
    return measures[0] if len(measures) == 1 else ""


def _value(text: str, attributes: dict[str, str], inline: bool) -> float | None:
    plain = re.sub(r"[\s,\u00a0]", "", text)
    if "zerodash" in attributes.get("format", "") or "fixed-zero" in attributes.get("format", ""):
        plain = "0"
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", plain):
        return None
    scale = int(attributes.get("scale") or 0) if inline else 0
    value = float(f"{plain}e{scale}")
    return -value if attributes.get("sign") == "-" else value


def months_between(start: str, end: str) -> int | None:
    """Whole months from a first day to a last day; None where they are not whole.

    >>> months_between("2019-01-01", "2019-09-30")
    9
    """
    try:
        first, after = date.fromisoformat(start), date.fromisoformat(end) + timedelta(days=1)
    except ValueError:
        return None
    return 12 * (after.year - first.year) + after.month - first.month if first.day == after.day == 1 else None
