"""Where the clauses of a sheet stand in a contract: quotes with their page, and what of the contract is listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from guanzi.base.core import Message, Place

MOST_QUOTED = 15
"""Words of a quote, at most; two Chinese characters count as a word."""

SUBJECTS = (
    *("heading", "parties", "recital", "definition", "law", "general", "warranty", "approval", "report", "default"),
    *("buyback", "guarantee", "land", "incentive", "jobs", "tax", "governance", "transfer", "investment", "payment"),
    *("project", "duty", "other"),
)
"""What a sentence of a contract is about, where no clause of a sheet quotes it."""
PLAIN_SUBJECTS = frozenset(SUBJECTS[: SUBJECTS.index("approval") + 1])
"""Subjects of sentences that move no money and promise nothing that a sheet could say."""


@dataclass(frozen=True, slots=True)
class ClauseQuote:
    """Words of a contract on which a clause of a sheet rests.

    Attributes:
        of: Field of the clause in the sheet, e.g. ``instruments.put``.
        document: Id of a source of the case, or name of the file.
        page: Counted from 1.
        clause: Its number in the document; empty where it is not said.
        quote: The words.
        place: Where it stands in the sheet.
    """

    of: str
    document: str
    page: int
    clause: str
    quote: str
    place: Place


@dataclass(frozen=True, slots=True)
class ContractLine:
    """A sentence of a contract: its number, page and first words.

    Attributes:
        aside: Why no clause of the sheet needs to say it; empty where nobody said so.
        subject: What it is about, one of ``SUBJECTS``.
    """

    clause: str
    page: int
    text: str
    place: Place
    aside: str = ""
    subject: str = "other"

    @property
    def about(self) -> Message:
        """Its subject in words."""
        return Message.of(f"terms.subject.{self.subject}")


@dataclass(frozen=True, slots=True)
class ContractText:
    """The contract of a sheet, sentence by sentence."""

    document: str
    lines: tuple[ContractLine, ...]

    def uncovered(self, quotes: Iterable[ClauseQuote]) -> tuple[ContractLine, ...]:
        """The sentences that none of these quotes is of and nobody set aside; those that may bind money come first."""
        quoted = {one.clause for one in quotes}
        left = [line for line in self.lines if line.clause not in quoted and not line.aside]
        return tuple(sorted(left, key=lambda line: line.subject in PLAIN_SUBJECTS))


def document_of(source: Any) -> Any:
    """The document of a source that is given with page and quote; any other source as it is."""
    first = source[0] if isinstance(source, list) and source else source
    return first["document"] if isinstance(first, dict) and "document" in first else source


def words_in(text: str) -> float:
    """How many words a text has, by which quotes are kept short; two Chinese characters count as a word.

    >>> words_in("at RMB 3.5 billion"), words_in("投资方")
    (4.0, 1.5)
    """
    han = sum("\u3400" <= character <= "\u9fff" for character in text)
    rest = "".join(" " if "\u3400" <= character <= "\u9fff" else character for character in text)
    return han / 2 + len([word for word in rest.split() if any(character.isalnum() for character in word)])
