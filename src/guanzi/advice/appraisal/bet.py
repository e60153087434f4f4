"""What kind of bet a case is, and how those of its kind came out that were settled by the as-of date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from guanzi.deal.terms import Nature, TermSheet, owed_by
from guanzi.record.evidence import Case, View, builtin_precedents
from guanzi.study.precedents import OutsideView, Profile, class_rate, outside_view

KINDS: Mapping[Nature, str] = {
    **dict.fromkeys(("given", "forgone"), "grant"),
    "invested": "equity",
    "lent": "debt",
    "discounted": "land",
}
"""Nature of public money to the kind of instrument by which the table of precedents knows it; it knows no others."""


def instruments_of(sheet: TermSheet | None) -> tuple[str, ...]:
    """Kinds of public money in a term sheet, in alphabetical order."""
    flows = () if sheet is None else owed_by(sheet, *sheet.public)
    found = {KINDS[flow.nature] for flow in flows if flow.nature in KINDS}
    return tuple(sorted(found | {"guarantee" for flow in flows if flow.failed}))


def profile_of(case: Case | View, sheet: TermSheet | None) -> Profile:
    """By which other bets a case is compared."""
    return Profile(
        case=case.id,
        company=case.company.id,
        region=case.region.id,
        country=case.region.country,
        industry=case.industry,
        model=case.model,
        instruments=instruments_of(sheet),
    )


def outside_of(view: View, sheet: TermSheet | None) -> OutsideView:
    """The outside view on a case: never its own company or city, and nothing that was settled later.

    Ended bets of its own house stand beside, and do not count in the rate: they are of the same city.
    """
    found = outside_view(profile_of(view, sheet), builtin_precedents(), as_of=view.as_of)
    own = [one for one in view.precedents if view.company.id != one.company and view.id != one.case]
    house = (class_rate("house", "", own, found.nested[0].rate),) if own else ()
    return replace(found, beside=(*found.beside, *house))
