"""Figures that a filing names by concepts of a taxonomy, as facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guanzi.base.core import Message, Period
from guanzi.intake.importers import items_by_concept
from guanzi.intake.reading.found import FoundFact, Spot, Unread
from guanzi.record.evidence import PlacedPage, months_between

_SURE = 0.99


def read_tags(page: PlacedPage) -> Iterator[FoundFact | Unread]:
    """The facts of tagged figures; of several concepts of one item the preferred one, period by period."""
    best: dict[tuple[str, str, str], tuple[int, FoundFact]] = {}
    for tag in page.tags:
        spot = Spot(page.number, f"{tag.concept} {tag.text}")
        taxonomy, _, name = tag.concept.partition(":")
        if taxonomy not in ("us-gaap", "ifrs-full"):
            yield Unread(spot, tag.text, "no_concept")
            continue
        known = items_by_concept("us-gaap" if taxonomy == "us-gaap" else "ifrs-full").get(name)
        currency = tag.unit.rpartition(":")[2]
        if known is None or len(currency) != 3:
            yield Unread(spot, tag.text, "no_concept")
            continue
        rank, item = known
        period = _period(tag.start, tag.end, item.kind)
        if period is None:
            yield Unread(spot, tag.text, "no_period")
            continue
        fact, value = item.fact_of(tag.value)
        found = FoundFact(fact, value, currency, period, spot, _SURE, (Message.of("reading.reason.tag"),), tag.text)
        key = (item.fact, currency, str(period))
        if key not in best or rank < best[key][0]:
            best[key] = (rank, found)
    yield from (found for _, found in best.values())


def _period(start: str, end: str, kind: str) -> Period | None:
    try:
        day = date.fromisoformat(end)
    except ValueError:
        return None
    if kind == "stock":
        return Period.of("day", day) if not start else None
    months = months_between(start, end) if start else None
    return Period.until(day, months) if months else None
