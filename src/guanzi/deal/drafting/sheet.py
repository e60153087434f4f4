"""From the sentences of a contract to a sheet in the term language, each clause with the words on which it rests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guanzi.base.core import LANGUAGES, Message, render
from guanzi.deal.drafting.instruments import Drafting
from guanzi.deal.drafting.parties import parties_of
from guanzi.deal.drafting.patterns import words
from guanzi.deal.drafting.statements import ContractStatement, statements_of
from guanzi.deal.drafting.subjects import subject_of
from guanzi.intake.contracts import ContractSentence, PageQuote, head_of

_FRAMEWORK = words("framework")
_DEFINITIVE = words("definitive")


@dataclass(frozen=True, slots=True)
class DraftedSheet:
    """A sheet as plain data, in the order in which it is written.

    Attributes:
        data: The term sheet.
        currency: The currency of its amounts; empty where the contract names none.
        sentences: How many sentences the contract has.
        covered: How many of them a clause quotes.
    """

    data: dict[str, Any]
    currency: str
    sentences: int
    covered: int


def draft_sheet(
    sentences: Sequence[ContractSentence], document: str, deal: str, day: date, currency: str = ""
) -> DraftedSheet:
    """A sheet with what a contract states by the usual patterns; what it does not give is not drafted.

    Args:
        sentences: Of the contract.
        document: How its clauses name it.
        deal: Id of the deal.
        day: Of the contract; the sheet is signed and known on it.
        currency: Of amounts whose currency the contract does not name.
    """
    parties = parties_of(sentences)
    statements = statements_of(sentences, parties)
    money = _currency(statements) or currency
    drafting = Drafting(parties, statements, day, money)
    drafting.draft()
    whole = " ".join(sentence.text.lower() for sentence in sentences)
    status = "framework" if _FRAMEWORK.search(whole) else "definitive" if _DEFINITIVE.search(whole) else "draft"
    data: dict[str, Any] = {
        "deal": deal,
        "status": status,
        "currency": money,
        "unit": 1e6,
        "known_on": day,
        "signed": day,
        "parties": {
            party.id: {
                "role": party.role,
                **({"name": party.name} if party.name else {}),
                "source": _source(document, party.quotes),
            }
            for party in parties
        },
    }
    for section in ("instruments", "covenants", "events", "incentives", "unknown_clauses"):
        if entries := drafting.sections.get(section):
            data[section] = {id: _with_source(document, entry) for id, entry in entries.items()}
    quoted = {quote.clause for quote in drafting.quoted}
    lines = [
        {"clause": one.number, "page": one.page, "text": head_of(one), "subject": subject_of(one)} for one in sentences
    ]
    data["contract"] = {"document": document, "clauses": lines}
    covered = sum(one.number in quoted for one in sentences)
    return DraftedSheet(data, money, len(sentences), covered)


def _currency(statements: Iterable[ContractStatement]) -> str:
    """The one currency in which the contract states most amounts."""
    units = [one.unit for statement in statements for one in statement.of("money")]
    named = [unit for unit in units if unit]
    if named:
        return max(dict.fromkeys(named), key=named.count)
    return "CNY" if units else ""


def _source(document: str, quotes: Sequence[PageQuote]) -> Any:
    found = [
        {"document": document, "page": one.page, "clause": one.clause, "quote": one.quote}
        for one in dict.fromkeys(quotes)
    ]
    return found[0] if len(found) == 1 else found


def _with_source(document: str, entry: dict[str, Any]) -> dict[str, Any]:
    """An entry whose quotes, and those of its parts, are written as sources; notes are written in both languages."""
    written: dict[str, Any] = {}
    for key, value in entry.items():
        if key == "quotes":
            continue
        if isinstance(value, Message):
            value = {lang: render(value, lang) for lang in LANGUAGES}
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            value = [_with_source(document, one) for one in value]
        elif isinstance(value, dict):
            value = _with_source(document, value)
        written[key] = value
    if "quotes" in entry:
        written["source"] = _source(document, entry["quotes"])
    return written
