"""Diagnostics in the form that code hosts and editors read: SARIF 2.1.0.

Reference:
    OASIS: Static Analysis Results Interchange Format (SARIF) Version 2.1.0 (2020).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from guanzi.base.core import Message, render
from guanzi.deal.lint.diagnostic import Diagnostic, Level
from guanzi.deal.lint.registry import LintRule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def sarif(
    diagnostics: Iterable[Diagnostic],
    rules: Sequence[LintRule],
    *,
    version: str,
    lang: str = "en",
    stories: Mapping[Diagnostic, str] | None = None,
) -> dict[str, Any]:
    """A SARIF log with one run.

    Args:
        diagnostics: What was found, in exact places.
        rules: The rules that ran; codes of other origin (compliance packs) get an entry of their own.
        version: Version of the tool.
        lang: Language of the sentences.
        stories: A counterexample, told, for some of the diagnostics.
    """
    listed = tuple(diagnostics)
    entries = {rule.code: _entry(rule, lang) for rule in rules}
    for diagnostic in listed:
        entries.setdefault(diagnostic.code, {"id": diagnostic.code})
    index = {code: number for number, code in enumerate(entries)}
    driver = {"name": "guanzi", "version": version, "language": lang, "rules": list(entries.values())}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(d, index[d.code], lang, (stories or {}).get(d, "")) for d in listed],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _entry(rule: LintRule, lang: str) -> dict[str, Any]:
    return {
        "id": rule.code,
        "shortDescription": _text(rule.title, lang),
        "fullDescription": _text(rule.reason, lang),
        "help": _text(Message.of(f"lint.{rule.code}.mend"), lang),
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"page": rule.page},
    }


def _result(diagnostic: Diagnostic, index: int, lang: str, story: str) -> dict[str, Any]:
    place = diagnostic.place
    physical: dict[str, Any] = {"artifactLocation": {"uri": place.file.replace("\\", "/")}}
    if place.line:
        physical["region"] = {"startLine": place.line, **({"startColumn": place.column} if place.column else {})}
    location: dict[str, Any] = {"physicalLocation": physical}
    if diagnostic.clause:
        location["logicalLocations"] = [{"fullyQualifiedName": diagnostic.clause, "kind": "member"}]
    properties = {}
    if diagnostic.fix is not None:
        properties["mend"] = render(diagnostic.fix, lang)
    if diagnostic.source is not None:
        properties["source"] = render(diagnostic.source, lang)
    if story:
        properties["counterexample"] = story
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.level],
        "message": _text(diagnostic.message, lang),
        "locations": [location],
        **({"properties": properties} if properties else {}),
    }


def _text(message: Message, lang: str) -> dict[str, str]:
    return {"text": render(message, lang)}
