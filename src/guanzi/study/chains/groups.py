"""Firms that belong together: whoever controls another decides for both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import asin, cos, radians, sin, sqrt

from guanzi.intake.chains import ChainView

CONTROL = 0.5
"""Share from which an owner decides alone: the majority of the votes."""
_EARTH_KM = 6371.0


def groups_of(view: ChainView) -> dict[str, str]:
    """The group of each firm, by the id of the firm at its top; ownership counts where at least half is stated."""
    owner: dict[str, str] = {}
    for tie in view.of_kind("owns"):
        if tie.low is not None and tie.low >= CONTROL:
            for owned in tie.to:
                owner[owned] = tie.of
    found: dict[str, str] = {}
    for firm in view.firms:
        top, seen = firm, {firm}
        while top in owner and owner[top] not in seen:
            top = owner[top]
            seen.add(top)
        found[firm] = top
    return found


def without(groups: Mapping[str, str], anchors: Iterable[str]) -> frozenset[str]:
    """The firms that go when anchors go: they and all that belongs to their groups."""
    gone = {groups.get(anchor, anchor) for anchor in anchors}
    return frozenset(firm for firm, group in groups.items() if group in gone)


def sites_of(view: ChainView, firm: str) -> frozenset[str]:
    """Every city where a firm is: its head office, and its plants at work. Whoever asks where a firm is asks here."""
    home = view.firms[firm].city
    plants = {s.at for s in view.of_kind("plant") if s.of == firm and s.status == "operating"}
    return frozenset(plants | {home} - {""})


def distance_km(view: ChainView, left: str, right: str) -> float | None:
    """Great-circle distance of two places in kilometres; None where a position is not stated."""
    a, b = view.cities.get(left), view.cities.get(right)
    if a is None or b is None or a.latitude is None or b.latitude is None:
        return None
    if a.longitude is None or b.longitude is None:
        return None
    up, along = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    chord = sin(up / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(along / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(chord)))
