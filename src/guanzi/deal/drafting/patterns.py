"""The patterns by which sentences of contracts are told apart: data of the library, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from guanzi.base.reading import Format, load_shipped

type TermKind = Literal[
    "put", "ratchet", "revenue_share", "guarantee", "clawback", "grant", "instalment", "covenant", "share"
]
type PartyRole = Literal["holder", "public", "issuer"]


class MetricWords(Format):
    """By which words a contract means an observable, and the kind of figure it is compared with."""

    name: str
    of: Literal["count", "share", "people", "money"]
    words: tuple[str, ...]


class DraftingPatterns(Format):
    """``library/drafting/patterns.yaml``."""

    kinds: dict[TermKind, tuple[str, ...]]
    metrics: tuple[MetricWords, ...]
    roles: dict[PartyRole, tuple[str, ...]]
    subjects: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]


@cache
def shipped() -> DraftingPatterns:
    """The patterns as they are shipped."""
    return load_shipped(DraftingPatterns, "drafting", "patterns.yaml")


def words(name: str) -> re.Pattern[str]:
    """The pattern of that name."""
    return one_of(shipped().words[name])


def one_of(alternatives: Iterable[str]) -> re.Pattern[str]:
    """A pattern of which any alternative fits."""
    return re.compile("|".join(alternatives))
