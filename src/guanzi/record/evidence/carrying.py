"""A file of facts that are held elsewhere, written for a case that is to hold them itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from guanzi.base.reading import yaml_text
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.sources import Source


def facts_file(facts: Iterable[Fact], sources: Iterable[Source]) -> str:
    """The text of a facts file with these facts, and those of the sources that they rest on."""
    carried = tuple(facts)
    used = {fact.source for fact in carried}
    written = {
        source.id: _stated(source.content() | {"date": source.date}, "id") for source in sources if source.id in used
    }
    return yaml_text({"sources": written, "facts": [_entry(fact) for fact in carried]})


def _entry(fact: Fact) -> dict[str, Any]:
    entry = fact.content() | {"known_on": fact.known_on}
    if isinstance(fact.value, tuple):
        entry["value"] = dict(zip(("low", "high"), fact.value, strict=True))
    return _stated(entry)


def _stated(data: dict[str, Any], *left_out: str) -> dict[str, Any]:
    """What an entry states: neither what is empty nor what a file means where it says nothing."""
    usual = {"mirror": False, "known_to": "public", "subject": "company", "confidence": "high"}
    return {k: v for k, v in data.items() if k not in left_out and v not in (None, "") and usual.get(k, data) != v}
