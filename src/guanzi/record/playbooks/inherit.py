"""A playbook that extends another one: what it does not say itself is taken over, and is called a judgement.

A threshold that was found for one government is not a rule of another. So whatever rests on a source is taken over as
a default of the project, unless the playbook names that source among those that hold for it, too (``keeps``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CARRIED = ("models", "committee", "hurdle_rate", "discount_rate", "exit", "but_for", "pricing")
"""Settings that are taken over as they are."""
LISTED = ("demands", "table")
"""Lists in which an item replaces the one of its id."""
OWN = ("keeps", "takes", "without")
"""Keys that only say how to take over."""
STAGES = ("gate", "limit", "tradeoff")
BECAUSE = "playbooks.because.carried"


def inherited(data: Mapping[str, Any], parent: Mapping[str, Any]) -> dict[str, Any]:
    """The whole playbook: ``data`` over what it takes from ``parent``.

    Args:
        data: A playbook as it stands in its file, with ``keeps`` (sources of the parent that hold here, too),
            ``takes`` (parts of the parent that are taken over whole) and ``without`` (rows that do not belong here).
        parent: A whole playbook.
    """
    whole = {key: value for key, value in data.items() if key not in OWN}
    keeps, without = data.get("keeps") or [], data.get("without") or []
    own = data.get("sources") or []
    known = {source.get("id") for source in own if isinstance(source, dict)}
    kept = [source for source in parent["sources"] if source["id"] in keeps and source["id"] not in known]
    whole["sources"] = [*own, *kept] if isinstance(own, list) else own
    held = known | {source["id"] for source in kept}
    for key in CARRIED:
        if key not in whole:
            whole[key] = _carried(parent[key], held)
    for key in LISTED:
        items = whole.get(key) or []
        if isinstance(items, list):
            taken = [_carried(item, held) for item in parent[key] if item["id"] not in without]
            whole[key] = _merged(taken, items)
    whole |= {key: _carried(parent[key], held) for key in data.get("takes") or [] if key not in whole}
    _take_requirements(whole, parent, held)
    governance = whole.get("governance") or {}
    counts = parent.get("governance", {}).get("scenarios", {}).get("counts")
    if counts and isinstance(governance, dict) and "counts" not in (governance.get("scenarios") or {}):
        scenarios = {**(governance.get("scenarios") or {}), "counts": _carried(counts, held)}
        whole["governance"] = {**governance, "scenarios": scenarios}
    return whole


def _take_requirements(whole: dict[str, Any], parent: Mapping[str, Any], held: set[Any]) -> None:
    """What a city must have, unless the playbook has a list of its own."""
    governance = whole.get("governance") or {}
    required = parent.get("governance", {}).get("requires")
    if required and isinstance(governance, dict) and "requires" not in governance:
        whole["governance"] = {**governance, "requires": _carried(required, held)}


def unknown_names(data: Mapping[str, Any], parent: Mapping[str, Any]) -> dict[str, list[str]]:
    """Names in ``keeps``, ``takes`` and ``without`` that the parent does not have."""
    there = {
        "keeps": {source["id"] for source in parent["sources"]},
        "takes": set(parent),
        "without": {row["id"] for row in parent["table"]},
    }
    return {key: [str(name) for name in data.get(key) or [] if name not in names] for key, names in there.items()}


def _carried(item: Any, sources: set[Any]) -> Any:
    """A part of the parent; an origin that rests on a source which is not held here becomes a judgement."""
    if isinstance(item, list):
        return [_carried(part, sources) for part in item]
    if not isinstance(item, dict):
        return item
    if item.get("kind") == "source" and "source" in item and item["source"] not in sources:
        return {"kind": "judgement", "because": BECAUSE}
    return {key: _carried(value, sources) for key, value in item.items()}


def _merged(taken: list[Any], own: list[Any]) -> list[Any]:
    """Items of the parent, each replaced by the one of its id; new rows stand at the end of their stage."""
    by_id = {item.get("id"): item for item in own if isinstance(item, dict)}
    merged = [by_id.pop(item["id"], item) for item in taken]
    merged += [item for item in own if not isinstance(item, dict) or item.get("id") in by_id]
    if all(isinstance(item, dict) and item.get("stage") in STAGES for item in merged):
        merged.sort(key=lambda item: STAGES.index(item["stage"]))
    return merged
