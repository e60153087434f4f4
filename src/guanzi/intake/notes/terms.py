"""A first term sheet from research notes: clauses in words, without a meaning that the notes do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from guanzi.base.core import suggest_slug
from guanzi.intake.notes.facts import FactsDraft
from guanzi.intake.notes.later import names_later, reveals_outcome

_PART = re.compile(r"(?<=[;.])\s+(?=\S)")
"""Where one part of a clause ends and the next begins: a part that tells the outcome does not take the others along."""
_FIELD_PART = re.compile(r"(?<=[;.,])\s+(?=\S)")
_ASIDE = re.compile(r"\s\([^()]*\)")
_TRANCHE = ("date", "amount", "unit", "condition")
_AMOUNT_SOURCES = ("source", "source2", "nanjing_source")


def draft_sheet(draft: FactsDraft, header: dict[str, Any]) -> dict[str, Any]:
    """The term sheet as plain data: company and region as parties, and all clauses as unknown clauses with their words.

    What an amount, an instalment or a covenant means is for the person who edits the sheet: notes are not a contract.
    """
    region = header["region"]
    clauses: dict[str, Any] = {}
    for id, fields, source, line in _clauses(draft):
        kept, told = _of_the_day(fields, draft)
        if told:
            part = "clause_part" if kept else "later_clause"
            draft.remark("left_out", line, f"evidence.notes.remark.{part}", id=id, text="; ".join(told))
        if not kept:
            continue
        text = _as_text(kept)
        known = {"text": text}
        if source is not None:
            known["source"] = draft.source(source, line)[0]
        clauses[id] = known
        draft.remark("unmapped", line, "evidence.notes.remark.clause", id=id, text=text[:200])
        if names_later(text, draft.notes.decided):
            draft.remark("check", line, "evidence.notes.remark.due_later", id=id)
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


def _clauses(draft: FactsDraft) -> Iterator[tuple[str, dict[str, Any], Any, int]]:
    """Id, fields, source and line of every clause that the notes tell."""
    notes = draft.notes
    if text := notes.text("instrument"):
        yield "instrument", {"text": text}, None, notes.line("instrument")
    amount = notes.document.data.get("amount")
    if isinstance(amount, dict):
        told = {k: v for k, v in amount.items() if k not in _AMOUNT_SOURCES and v is not None}
        yield "amount", told, amount.get("source"), notes.line("amount")
    elif amount is not None:
        yield "amount", {"text": str(amount)}, None, notes.line("amount")
    if parties := notes.lists["counterparties"]:
        names = "; ".join(_as_text(dict(entry.data)) for entry in parties)
        yield "counterparties", {"text": names}, None, parties[0].line
    for n, entry in enumerate(notes.lists["tranches"], start=1):
        rest = {k: v for k, v in entry.data.items() if k != "source" and v is not None}
        ordered = {k: rest[k] for k in (*_TRANCHE, *rest) if k in rest}
        yield f"instalment_{n}", ordered, entry.data.get("source"), entry.line
    for n, entry in enumerate(notes.lists["covenants"], start=1):
        rest = {k: v for k, v in entry.data.items() if k != "source" and v is not None}
        words = [part for part in suggest_slug(str(entry.data.get("text", ""))).split("-")[:4] if part]
        id = "_".join(["clause", str(n), *words])
        yield id[:60].strip("_"), rest, entry.data.get("source"), entry.line


def _of_the_day(fields: dict[str, Any], draft: FactsDraft) -> tuple[dict[str, Any], list[str]]:
    """What of a clause could stand in a contract of the day, and what tells what came of it.

    A deadline after the day is what contracts are made of and stays.
    """
    kept: dict[str, Any] = {}
    left: list[str] = []
    decided = draft.notes.decided
    for key, value in fields.items():
        words = str(value)
        for aside in _ASIDE.findall(words):
            if reveals_outcome(aside, decided):
                words = words.replace(aside, "").replace("  ", " ").strip()
                left.append(aside.strip())
        parts = (_PART if key == "text" else _FIELD_PART).split(words)
        left += [part for part in parts if reveals_outcome(part, decided)]
        told = " ".join(part for part in parts if part and not reveals_outcome(part, decided)).rstrip(" ;,")
        if told:
            kept[key] = value if told == str(value) else told
    if left and not any(key not in ("unit", "currency", "date") for key in kept):
        left = [_as_text(fields)]
        kept = {}
    return kept, left


def _as_text(fields: dict[str, Any]) -> str:
    if set(fields) == {"text"}:
        return str(fields["text"])
    return "; ".join(f"{key}: {value}" for key, value in fields.items())
