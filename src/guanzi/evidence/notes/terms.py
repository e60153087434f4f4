"""A first term sheet from research notes: clauses in words, without a meaning that the notes do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from guanzi.core import suggest_slug
from guanzi.evidence.notes.facts import FactsDraft, looks_back

_DRAWN = re.compile(r"\b(drawn|repaid|refused|restructur\w+|collapsed?|bankrupt\w*)\b", re.IGNORECASE)
"""What happened to a clause does not belong in a sheet of the day."""
_TRANCHE = ("date", "amount", "unit", "condition")
_AMOUNT_SOURCES = ("source", "source2", "nanjing_source")


def draft_sheet(draft: FactsDraft, header: dict[str, Any]) -> dict[str, Any]:
    """The term sheet as plain data: company and region as parties, and all clauses as unknown clauses with their words.

    What an amount, an instalment or a covenant means is for the person who edits the sheet: notes are not a contract.
    """
    region = header["region"]
    clauses: dict[str, Any] = {}
    for id, text, source, line in _clauses(draft):
        if looks_back(text, draft.notes.decided) or _DRAWN.search(text):
            draft.remark("doubtful", line, "evidence.notes.remark.later_clause", id=id, text=text)
            continue
        known = {"text": text}
        if source is not None:
            known["source"] = draft.source(source, line)[0]
        clauses[id] = known
        draft.remark("unmapped", line, "evidence.notes.remark.clause", id=id, text=text[:200])
    sheet: dict[str, Any] = {
        "deal": header["case"],
        "title": header["title"],
        "status": "framework",
        "currency": header["currency"],
        "unit": "1e6",
        "known_on": header["decision_date"],
        "signed": header["decision_date"],
        "horizon": "10 years",
        "step": "quarter",
        "parties": {
            "company": {"role": "issuer", "name": header["company"]["name"]},
            _party(region["id"]): {"role": "public", "name": region["name"]},
        },
    }
    if clauses:
        sheet["unknown_clauses"] = clauses
    return sheet


def _party(id: str) -> str:
    id = id.replace(".", "-")
    return "region" if id == "company" else id


def _clauses(draft: FactsDraft) -> Iterator[tuple[str, str, Any, int]]:
    notes = draft.notes
    if text := notes.text("instrument"):
        yield "instrument", text, None, notes.line("instrument")
    amount = notes.document.data.get("amount")
    if isinstance(amount, dict):
        told = {k: v for k, v in amount.items() if k not in _AMOUNT_SOURCES and v is not None}
        yield "amount", _told(told), amount.get("source"), notes.line("amount")
    elif amount is not None:
        yield "amount", str(amount), None, notes.line("amount")
    if parties := notes.lists["counterparties"]:
        names = "; ".join(_told(dict(entry.data)) for entry in parties)
        yield "counterparties", names, None, parties[0].line
    for n, entry in enumerate(notes.lists["tranches"], start=1):
        rest = {k: v for k, v in entry.data.items() if k != "source" and v is not None}
        ordered = {k: rest[k] for k in (*_TRANCHE, *rest) if k in rest}
        yield f"instalment_{n}", _told(ordered), entry.data.get("source"), entry.line
    for n, entry in enumerate(notes.lists["covenants"], start=1):
        rest = {k: v for k, v in entry.data.items() if k != "source" and v is not None}
        words = [part for part in suggest_slug(str(entry.data.get("text", ""))).split("-")[:4] if part]
        id = "_".join(["clause", str(n), *words])
        yield id[:60].strip("_"), _told(rest), entry.data.get("source"), entry.line


def _told(fields: dict[str, Any]) -> str:
    if set(fields) == {"text"}:
        return str(fields["text"])
    return "; ".join(f"{key}: {value}" for key, value in fields.items())
