"""Patterns of sentences that state facts: data of the library."""

from __future__ import annotations

from functools import cache
from typing import Literal

from guanzi.base.reading import Format, load_shipped
from guanzi.record.evidence import FactName


class SentenceRule(Format):
    """A pattern of sentences; see ``library/importers/sentences.yaml``."""

    fact: FactName
    time: Literal["flow", "stock", "day", "document", "signed", "named"]
    pattern: str
    unit: str = ""
    per: str = ""
    hedged: Literal["no", "yes", "any"] = "no"
    unless: str = ""
    not_reported: bool = False
    as_: bool | None = None
    conditional: bool = False


class SentenceRules(Format):
    """``library/importers/sentences.yaml``."""

    hedges: tuple[str, ...]
    denied: tuple[str, ...]
    supposed: tuple[str, ...]
    others: tuple[str, ...]
    ourselves: tuple[str, ...]
    elsewhere: tuple[str, ...]
    not_reported: tuple[str, ...]
    lead: str
    frames: tuple[str, ...]
    sentences: tuple[SentenceRule, ...]


@cache
def sentence_rules() -> SentenceRules:
    """The patterns as they are shipped."""
    return load_shipped(SentenceRules, "importers", "sentences.yaml")
