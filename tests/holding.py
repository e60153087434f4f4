"""Term sheets with other instruments: by the names that tests give to the groups of a kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from guanzi.deal.terms import TermSheet
from guanzi.deal.terms.instruments import (
    Call,
    ConvertibleNote,
    Equity,
    Grant,
    Guarantee,
    Land,
    Loan,
    Put,
    in_order,
)

GROUPS: dict[str, type[Any]] = {
    "equities": Equity,
    "loans": Loan,
    "notes": ConvertibleNote,
    "puts": Put,
    "calls": Call,
    "grants": Grant,
    "lands": Land,
    "guarantees": Guarantee,
}


def holding(sheet: TermSheet, **changes: Any) -> TermSheet:
    """The sheet with other instruments of some groups, and other parts."""
    groups = {name: changes.pop(name) for name in GROUPS.keys() & changes.keys()}
    kept = sheet.without(*(GROUPS[name] for name in groups)).instruments
    items = in_order((*kept, *(item for group in groups.values() for item in group)))
    return replace(sheet, instruments=items, **changes)
