"""What kind of bet a case is, and how those of its kind came out that were settled by the as-of date."""

from __future__ import annotations

from guanzi.deal.terms import TermSheet
from guanzi.record.evidence import View, builtin_precedents
from guanzi.study.precedents import OutsideView, Profile, outside_view

KINDS = {
    "equities": "equity",
    "convertible_notes": "debt",
    "loans": "debt",
    "guarantees": "guarantee",
    "grants": "grant",
    "lands": "land",
}
"""Field of a term sheet to the kind of public money that its instruments are."""


def instruments_of(sheet: TermSheet | None) -> tuple[str, ...]:
    """Kinds of public money in a term sheet, in alphabetical order."""
    return tuple(sorted({kind for name, kind in KINDS.items() if getattr(sheet, name, ())}))


def outside_of(view: View, instruments: tuple[str, ...]) -> OutsideView:
    """The outside view on a case: never its own company or city, and nothing that was settled later."""
    profile = Profile(
        view.id, view.company.id, view.region.id, view.region.country, view.industry, view.model, instruments
    )
    return outside_view(profile, builtin_precedents(), as_of=view.as_of)
