"""What is drafted of a contract so far, and what the drafting of every clause needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from guanzi.deal.drafting.conditions import DraftedCondition, conditions_in
from guanzi.deal.drafting.parties import NamedParty
from guanzi.deal.drafting.patterns import words
from guanzi.deal.drafting.statements import ContractStatement
from guanzi.deal.drafting.subjects import subject_of
from guanzi.intake.contracts import PageQuote, StatedFigure, head_of

_RATE = words("rate")
_MUST_OR_MAY = words("duty_or_right")
_ALWAYS_NAMED = frozenset({"put", "ratchet", "guarantee", "clawback", "revenue_share"})
"""Kinds that are named as a clause not seen even where they state no figure."""


class Workbench:
    """What is drafted of one contract, and how a clause is added to it.

    Args:
        parties: Of the contract.
        statements: Of the contract.
        day: Of the contract.
        currency: Of the sheet; amounts in another are not drafted.
    """

    def __init__(
        self, parties: Sequence[NamedParty], statements: Sequence[ContractStatement], day: date, currency: str
    ) -> None:
        self.parties, self.statements, self.day, self.currency = parties, statements, day, currency
        self.sections: dict[str, dict[str, dict[str, Any]]] = {}
        self.quoted: set[PageQuote] = set()
        self.anchor = ""

    def of(self, kind: str) -> list[ContractStatement]:
        """The statements of a kind."""
        return [one for one in self.statements if one.kind == kind]

    def party(self, role: str) -> str:
        """The id of the only party of a role; empty where there is none, or several."""
        ids = [party.id for party in self.parties if party.role == role]
        return ids[0] if len(ids) == 1 else ""

    def add(self, section: str, id: str, entry: dict[str, Any], quotes: Iterable[PageQuote]) -> str:
        """The id under which an entry was added, with its quotes."""
        own = self.sections.setdefault(section, {})
        taken = {name for entries in self.sections.values() for name in entries}
        name = id if id not in taken else next(f"{id}-{n}" for n in range(2, 999) if f"{id}-{n}" not in taken)
        quoted = list(dict.fromkeys(quotes))
        own[name] = {**entry, "quotes": quoted}
        self.quoted.update(quoted)
        return name

    def unknown(self, kind: str, statement: ContractStatement) -> None:
        """Name a clause that is of a kind, and of which the text does not give what the kind needs."""
        always = kind in _ALWAYS_NAMED and _MUST_OR_MAY.search(statement.text)
        stated, lead = statement.figures or always or kind == "covenant", self.lead_of(statement)
        of_lead = lead is not None and lead.kind == statement.kind
        if of_lead or not stated or subject_of(statement.sentence) == "heading":
            return
        items = [one for one in self.statements if one.lead == statement.text]
        quotes = [quote for one in (statement, *items) for quote in one.quotes()]
        of = {"instalment": ["equity"], "covenant": []}.get(kind, [kind])
        self.add("unknown_clauses", kind.replace("_", "-"), {"text": head_of(statement.sentence), "of": of}, quotes)

    def money(self, statement: ContractStatement) -> list[StatedFigure]:
        """Amounts in the currency of the sheet."""
        return [one for one in statement.of("money") if one.unit in ("", self.currency)]

    def conditions(self, statement: ContractStatement) -> tuple[DraftedCondition, ...]:
        """The conditions that a statement names, counted from the first instalment."""
        return conditions_in(statement.sentence.text, statement.figures, self.anchor or "closing")

    def lead_of(self, statement: ContractStatement) -> ContractStatement | None:
        """The statement of which another is an item."""
        return next((one for one in self.statements if statement.lead and one.text == statement.lead), None)

    def coming_days(self, statement: ContractStatement) -> list[StatedFigure]:
        """The days of a statement that are not before that of the contract."""
        return [one for one in statement.of("day") if isinstance(one.value, date) and one.value >= self.day]


def is_rate(statement: ContractStatement, figure: StatedFigure) -> bool:
    """Whether a share is a rate of return."""
    return _RATE.search(statement.text[max(0, figure.start - 30) : figure.end + 30]) is not None
