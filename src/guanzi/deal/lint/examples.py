"""A minimal bad and a minimal clean term sheet for each rule: shown in the reference, and what the tests run on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from guanzi.base.reading import TextFile, YamlDocument, parse_yaml
from guanzi.deal.lint.context import LintContext

_SECTION = re.compile(r"^(\w+):", re.MULTILINE)
_FRAME = "frame.yaml"


@dataclass(frozen=True, slots=True)
class Example:
    """Two term sheets that differ in what a rule looks at.

    Attributes:
        bad, clean: The clauses that matter, as text.
        bad_sheet, clean_sheet: The whole sheets.
        context: What is known beyond them.
    """

    bad: str
    clean: str
    bad_sheet: YamlDocument
    clean_sheet: YamlDocument
    context: LintContext


def example(code: str) -> Example:
    """The example of a rule; KeyError when there is none."""
    entry = _entries()[code]
    known = {name: _plain(value) for name, value in (entry.get("context") or {}).items()}
    context = LintContext(**known)
    sheets = {end: whole_sheet(f"{code}-{end}.yaml", entry[end]) for end in ("bad", "clean")}
    return Example(entry["bad"], entry["clean"], sheets["bad"], sheets["clean"], context)


def whole_sheet(name: str, clauses: str) -> YamlDocument:
    """Clauses with the head that all examples share; a section that they have themselves is theirs."""
    own = set(_SECTION.findall(clauses))
    head = [text.rstrip("\n") for section, text in _read(_FRAME).items() if section not in own]
    text = "\n".join([*head, clauses])
    return parse_yaml(TextFile(name, text, tuple(text.split("\n"))))


@cache
def _entries() -> Mapping[str, Any]:
    folder = files("guanzi") / "library" / "lint" / "examples"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name != _FRAME and entry.name.endswith(".yaml"))
    found: dict[str, Any] = {}
    for name in names:
        found |= _read(name)
    return found


@cache
def _read(name: str) -> Mapping[str, Any]:
    text = (files("guanzi") / "library" / "lint" / "examples" / name).read_text("utf-8")
    data: Mapping[str, Any] = parse_yaml(TextFile(name, text, tuple(text.split("\n")))).data
    return data


def _plain(value: Any) -> Any:
    """Lists of the file as tuples, as the context holds them."""
    return tuple(value) if isinstance(value, list) else value
