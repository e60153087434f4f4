"""The tables by which notes are read; they lie in ``library/notes/mapping.yaml``, where a reader can extend them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from guanzi.base.reading import read_yaml


@dataclass(frozen=True, slots=True)
class UnitRule:
    """A unit of the notes that begins with ``starts`` is ``factor`` of ``unit``."""

    starts: str
    unit: str
    factor: float


@dataclass(frozen=True, slots=True)
class NameRule:
    """A name of the notes that matches is this name of the vocabulary, in facts, in the outcome, or in both.

    Attributes:
        match: Matches the whole name.
        name: Name of the vocabulary.
        at: ``facts``, ``outcome``, or empty for both.
        subject: Whom the fact is about.
        loss: Name when the amount is below nought, which it then holds as a positive number.
        past: Name when the notes name a period that has ended.
        spanned: Name when the notes name the years over which it was summed.
        outflow: The notes name what went out, so the number is below nought.
    """

    match: re.Pattern[str]
    name: str
    at: str = ""
    subject: str = "company"
    loss: str = ""
    past: str = ""
    spanned: str = ""
    outflow: bool = False


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
    near: tuple[NameRule, ...]
    topics: tuple[tuple[frozenset[str], str], ...]
    labels: tuple[tuple[re.Pattern[str], str], ...]
    publishers: tuple[PublisherRule, ...]
    models: tuple[tuple[tuple[str, ...], str], ...]
    currencies: Mapping[str, str]
    money_words: Mapping[str, str]
    sizes: Mapping[str, float]


@cache
def tables() -> Tables:
    """The tables, read once."""
    path = Path(str(files("guanzi"))) / "library" / "notes" / "mapping.yaml"
    data: dict[str, Any] = read_yaml(path, path.name).data
    units = sorted((UnitRule(**row) for row in data["units"]), key=lambda rule: -len(rule.starts))
    publishers = (
        PublisherRule(row["host"], row["publisher"], row["grade"], row.get("mirror", False))
        for row in data["publishers"]
    )
    return Tables(
        units=tuple(units),
        names=tuple(_name_rule(row) for row in data["names"]),
        near=tuple(_name_rule(row) for row in data["near"]),
        topics=tuple((frozenset(row["words"]), row["name"]) for row in data["topics"]),
        labels=tuple((re.compile(row["match"], re.IGNORECASE), row["label"]) for row in data["labels"]),
        publishers=tuple(sorted(publishers, key=lambda rule: -len(rule.host))),
        models=tuple((tuple(row["words"]), row["model"]) for row in data["models"]),
        currencies=data["currencies"],
        money_words=data["money_words"],
        sizes={word.lower(): float(size) for word, size in data["sizes"].items()},
    )


def _name_rule(row: Mapping[str, Any]) -> NameRule:
    return NameRule(**{**row, "match": re.compile(row["match"])})


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
