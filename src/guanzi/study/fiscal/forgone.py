"""Revenue forgone: a table of tax abatements after statement No. 77 of the Governmental Accounting Standards Board.

The statement (Tax Abatement Disclosures, 2015, paragraph 7) asks a government to disclose, for the agreements by which
it gives up tax in return for something the other side does: name and purpose of the programme, the tax, the authority,
who is eligible, by what mechanism, how abated tax is recaptured, what the recipient undertakes, the gross amount of the
period; and what else the government undertook. What the record does not say is said to be missing, and a deal without
abatements has a table that says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from guanzi.base.core import HOME, Message
from guanzi.study.fiscal.ranges import Range

type Field = Literal[
    "programme", "purpose", "tax", "authority", "eligibility", "mechanism", "recapture", "undertakings"
]

FIELDS: tuple[Field, ...] = (
    "programme",
    "purpose",
    "tax",
    "authority",
    "eligibility",
    "mechanism",
    "recapture",
    "undertakings",
)
"""What paragraph 7 asks for in words, in its order; the amounts stand beside."""


@dataclass(frozen=True, slots=True)
class Incentive:
    """An incentive of the deal as a plain row.

    Attributes:
        id: Id of the clause.
        kind: Word for what it is.
        party: The public party, as people call it.
        amounts: Year and amount, CNY m; a range where only bounds are known, None where nothing is.
        abatement: Tax is given up by it; all others are other commitments of the government.
        contingent: It is paid only if somebody calls for it; its amount is a ceiling.
        standing: One ceiling stands in each of its years: it is paid once.
        programme, purpose, tax, authority, eligibility, mechanism, recapture, undertakings: In words; None: the record
            does not say.
    """

    id: str
    kind: str
    party: str
    amounts: tuple[tuple[int, float | Range | None], ...]
    abatement: bool = False
    contingent: bool = False
    standing: bool = False
    programme: Message | None = None
    purpose: Message | None = None
    tax: Message | None = None
    authority: Message | None = None
    eligibility: Message | None = None
    mechanism: Message | None = None
    recapture: Message | None = None
    undertakings: Message | None = None


@dataclass(frozen=True, slots=True)
class ForgoneEntry:
    """One incentive in the table.

    Attributes:
        fields: Every field of :data:`FIELDS` in order, with what the record says, or that it says nothing.
        missing: Fields of which the record says nothing.
        amounts: Amount by year for all years of the table, zero where nothing is due, None where it is not known.
        total: Of the known amounts; of one that stands over years, that of one of them.
        complete: Every amount is known, at least within bounds.
    """

    id: str
    kind: str
    party: str
    fields: tuple[tuple[Field, Message], ...]
    missing: tuple[Field, ...]
    amounts: tuple[Range | None, ...]
    total: Range
    complete: bool


@dataclass(frozen=True, slots=True)
class ForgoneYear:
    """Revenue forgone in one year: the sum of what is known, and the incentives whose amount is not."""

    year: int
    amount: Range
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForgoneTable:
    """Revenue forgone and other commitments.

    Attributes:
        abatements: Incentives by which tax is given up.
        others: Other commitments of the government (grants, land, guarantees, promises).
        years: Tax given up by year.
        total: Tax given up in all years, of the known amounts.
        message: What the table says in a sentence; that the record holds none, when it is empty.
        others_message: The same for the other commitments.
    """

    abatements: tuple[ForgoneEntry, ...]
    others: tuple[ForgoneEntry, ...]
    years: tuple[ForgoneYear, ...]
    total: Range
    message: Message
    others_message: Message


def forgone_table(incentives: Iterable[Incentive], currency: str = HOME) -> ForgoneTable:
    """Build the table.

    Args:
        incentives: Rows in the order of the deal.
        currency: Of their amounts.

    Raises:
        ValueError: A negative amount, or an id that occurs twice.
    """
    rows = tuple(incentives)
    for row in rows:
        if any(amount is not None and Range.of(amount).low < 0 for _, amount in row.amounts):
            raise ValueError(f"{row.id}: an amount is negative; what is recaptured is not revenue forgone")
    if len({row.id for row in rows}) < len(rows):
        raise ValueError("an id of an incentive occurs twice")
    span = _span(rows)
    taxes = tuple(_entry(row, span) for row in rows if row.abatement)
    others = tuple(_entry(row, span) for row in rows if not row.abatement)
    years = tuple(
        ForgoneYear(
            year,
            sum((amount for entry in taxes if (amount := entry.amounts[i]) is not None), Range(0.0, 0.0)),
            tuple(entry.id for entry in taxes if entry.amounts[i] is None),
        )
        for i, year in enumerate(span)
    )
    total = _total(taxes)
    called = {row.id for row in rows if row.contingent}
    parts = [
        _sentence(part, entries, currency)
        for part, entries in (
            ("others", tuple(entry for entry in others if entry.id not in called)),
            ("called", tuple(entry for entry in others if entry.id in called)),
        )
        if entries or (part == "others" and not called)
    ]
    told = parts[0] if len(parts) == 1 else Message.of("fiscal.forgone.both", parts=tuple(parts))
    return ForgoneTable(taxes, others, years, total, _sentence("abatements", taxes, currency), told)


def _span(rows: Iterable[Incentive]) -> tuple[int, ...]:
    named = [year for row in rows for year, _ in row.amounts]
    return tuple(range(min(named), max(named) + 1)) if named else ()


def _entry(row: Incentive, span: tuple[int, ...]) -> ForgoneEntry:
    said: dict[Field, Message | None] = {field: getattr(row, field) for field in FIELDS}
    missing = tuple(field for field, text in said.items() if text is None)
    fields = tuple((field, text or Message.of("fiscal.forgone.not_in_record")) for field, text in said.items())
    by_year: defaultdict[int, list[float | Range | None]] = defaultdict(list)
    for year, amount in row.amounts:
        by_year[year].append(amount)
    amounts = tuple(_sum(by_year[year]) for year in span)
    known = [amount for amount in amounts if amount is not None]
    complete = bool(row.amounts) and len(known) == len(amounts)
    once = known[:1] if row.standing else known
    return ForgoneEntry(row.id, row.kind, row.party, fields, missing, amounts, sum(once, Range(0.0, 0.0)), complete)


def _sum(amounts: Iterable[float | Range | None]) -> Range | None:
    total = Range(0.0, 0.0)
    for amount in amounts:
        if amount is None:
            return None
        total += Range.of(amount)
    return total


def _total(entries: Iterable[ForgoneEntry]) -> Range:
    return sum((entry.total for entry in entries), Range(0.0, 0.0))


def _sentence(part: str, entries: tuple[ForgoneEntry, ...], currency: str) -> Message:
    if not entries:
        return Message.of(f"fiscal.forgone.{part}.none")
    total, incomplete = _total(entries), tuple(entry.id for entry in entries if not entry.complete)
    state = "incomplete" if incomplete else "complete" if total.known else "bounded"
    return Message.of_money(
        currency,
        f"fiscal.forgone.{part}.{state}",
        count=len(entries),
        low=total.low,
        high=total.high,
        incomplete=incomplete,
    )
