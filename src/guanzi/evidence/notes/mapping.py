"""The tables by which notes are read; they lie in ``library/notes/mapping.yaml``, where a reader can extend them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from guanzi.evidence.documents import read_yaml

_RATE = re.compile(r"\s*\w*/")
"""What makes an amount a rate: GBP m/month is no GBP."""


@dataclass(frozen=True, slots=True)
class UnitRule:
    """A unit of the notes that begins with ``starts`` is ``factor`` of ``unit``."""

    starts: str
    unit: str
    factor: float


@dataclass(frozen=True, slots=True)
class NameRule:
    """A name of the notes that matches is this name of the vocabulary, in facts, in the outcome, or in both."""

    match: re.Pattern[str]
    name: str
    at: str
    subject: str


@dataclass(frozen=True, slots=True)
class PublisherRule:
    """Who publishes on a host and below it."""

    host: str
    publisher: str
    grade: str
    mirror: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables; see the comments of the file."""

    units: tuple[UnitRule, ...]
    names: tuple[NameRule, ...]
    publishers: tuple[PublisherRule, ...]
    models: tuple[tuple[tuple[str, ...], str], ...]
    currencies: Mapping[str, str]


@cache
def tables() -> Tables:
    """The tables, read once."""
    path = Path(str(files("guanzi"))) / "library" / "notes" / "mapping.yaml"
    data: dict[str, Any] = read_yaml(path, path.name).data
    units = sorted((UnitRule(**row) for row in data["units"]), key=lambda rule: -len(rule.starts))
    names = (
        NameRule(re.compile(row["match"]), row["name"], row.get("at", ""), row.get("subject", "company"))
        for row in data["names"]
    )
    publishers = (
        PublisherRule(row["host"], row["publisher"], row["grade"], row.get("mirror", False))
        for row in data["publishers"]
    )
    return Tables(
        units=tuple(units),
        names=tuple(names),
        publishers=tuple(sorted(publishers, key=lambda rule: -len(rule.host))),
        models=tuple((tuple(row["words"]), row["model"]) for row in data["models"]),
        currencies=data["currencies"],
    )


def unit_rule(text: str) -> tuple[UnitRule, str] | None:
    """The rule for a unit of the notes, and what follows it; None when there is none.

    >>> rule, rest = unit_rule("CNY bn (over)")
    >>> rule.unit, rule.factor, rest
    ('CNY m', 1000, '(over)')
    >>> unit_rule("GBP m/month") is None
    True
    """
    for rule in tables().units:
        if text.lower().startswith(rule.starts.lower()):
            rest = text[len(rule.starts) :]
            if rest[:1].isalnum() or (_RATE.match(rest) and not rest.startswith(("/yr", "/year"))):
                continue
            return rule, rest.strip()
    return None


def name_rule(name: str, part: str) -> NameRule | None:
    """The rule for a name of the notes, in ``facts`` or in ``outcome``."""
    return next((r for r in tables().names if r.at in ("", part) and r.match.fullmatch(name)), None)


def model_of(industry: str) -> str:
    """The company model that words of an industry suggest; empty when none does.

    >>> model_of("TFT-LCD panels"), model_of("pilotless eVTOL"), model_of("opera")
    ('capacity-cycle-fab', 'pre-revenue-deep-tech', '')
    """
    words = re.findall(r"[a-z0-9]+", industry.lower())
    for listed, model in tables().models:
        if any(word.startswith(tuple(listed)) for word in words):
            return model
    return ""
