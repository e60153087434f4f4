"""Conditions of a contract as the term language says them, each with the figures on which it rests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guanzi.deal.drafting.patterns import one_of, shipped, words
from guanzi.intake.contracts import PEOPLE, StatedFigure

_LESS = words("less")
_MORE = words("more")
_NOT = words("not")
_METRICS = tuple((one.name, one.of, one_of(one.words)) for one in shipped().metrics)
_YEARLY = frozenset({"units", "revenue", "ebitda", "tax_local"})
_YEAR = re.compile(r"(?<![\d-])20\d\d(?=年?(?![\d年月/-]))(?!\d|-\d|年\d)(?<!, \d\d\d\d)")
"""A year by itself: no part of a day."""
_CONSECUTIVE = words("consecutive")
_LISTED = words("listed")
_FILED = words("filed")
_CONTROL = words("control")
_LEFT = words("left")
_CEASED = words("ceased")
_PER_PIECE = words("per_piece")
_PAUSE = re.compile(r"[,;，；。]")


@dataclass(frozen=True, slots=True)
class DraftedCondition:
    """A condition in the term language, and where in the sentence its figures and words stand.

    Attributes:
        text: E.g. ``year_total(units) < 20_000``.
        spans: Places of the sentence on which it rests.
        metric: The observable on which it turns.
        kept: The promise that it is kept to, of a threshold; empty where the language cannot say it.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    metric: str
    kept: str = ""


def conditions_in(text: str, figures: Sequence[StatedFigure], anchor: str) -> tuple[DraftedCondition, ...]:
    """The conditions that a sentence names, as its words say them.

    Args:
        text: The sentence.
        figures: Its figures.
        anchor: Instalment or event from which spans are counted.
    """
    plain = text.lower()
    return (*_listing(plain, figures, anchor), *_plain(plain), *_metrics(plain, figures))


def _plain(text: str) -> Iterator[DraftedCondition]:
    if found := _CONTROL.search(text):
        yield DraftedCondition("control_changed", (found.span(),), "control_changed")
    if found := _LEFT.search(text):
        yield DraftedCondition("not hq_local", (found.span(),), "hq_local")
    if found := _CEASED.search(text):
        yield DraftedCondition("not plant_local", (found.span(),), "plant_local")


def _listing(text: str, figures: Sequence[StatedFigure], anchor: str) -> Iterator[DraftedCondition]:
    filed, listed = _FILED.search(text), _LISTED.search(text)
    found, word = (filed, "listing_filed") if filed else (listed, "listed")
    if found is None or not _NOT.search(text):
        return
    when = next((one for one in figures if one.kind in ("months", "day")), None)
    if when is None:
        return
    elapsed = f"after('{when.value}')" if isinstance(when.value, date) else f"months_since('{anchor}') > {when.value:g}"
    yield DraftedCondition(f"({elapsed} and not {word})", ((when.start, when.end), found.span()), word)


def _metrics(text: str, figures: Sequence[StatedFigure]) -> Iterator[DraftedCondition]:
    for one in figures:
        kind = "people" if one.kind == "count" and one.unit in PEOPLE else one.kind
        before = text[max(0, one.start - 90) : one.start]
        compared = _comparison(before, text[one.end : one.end + 12])
        metric = _metric(kind, text, one)
        if compared is None or metric is None or is_per_piece(text, one):
            continue
        if metric == "capacity_local" and kind == "people":
            continue
        yield _threshold(metric, compared, one, text, figures)


def is_per_piece(text: str, figure: StatedFigure) -> bool:
    """Whether a figure is for a piece: a job, an acre, a share."""
    before = _PAUSE.split(text[max(0, figure.start - 14) : figure.start])[-1]
    return _PER_PIECE.search(before + _PAUSE.split(text[figure.end : figure.end + 24])[0]) is not None


def _threshold(
    metric: str, compared: str, one: StatedFigure, text: str, figures: Sequence[StatedFigure]
) -> DraftedCondition:
    """A figure as a threshold: of a state at any time, of a flow in a whole year, a named one or any."""
    spans, value = [(one.start, one.end)], _value(one)
    if metric not in _YEARLY:
        return DraftedCondition(f"{metric} {compared} {value}", tuple(spans), metric, f"{metric} >= {value}")
    told, missed = (f"year_total({metric}) {sign} {value}" for sign in (compared, "<"))
    years = next((y for y in figures if y.kind == "months" and y.value in (24, 36, 48, 60)), None)
    if years is not None and _CONSECUTIVE.search(text):
        spans.append((years.start, years.end))
        return DraftedCondition(f"consecutive({told}, years={_years(years)})", tuple(spans), metric)
    if (year := _YEAR.search(text)) is not None:
        spans.append(year.span())
        frame = f"(after('{year[0]}-09-30') and before('{int(year[0]) + 1}-01-01') and {{}})"
    else:
        frame = "consecutive({}, years=1)"
    return DraftedCondition(frame.format(told), tuple(spans), metric, f"not {frame.format(missed)}")


def _years(span: StatedFigure) -> int:
    assert not isinstance(span.value, date)
    return int(span.value) // 12


def _metric(kind: str, text: str, one: StatedFigure) -> str | None:
    """The observable whose word stands nearest to a figure."""
    near = [
        (min(abs(found.start() - one.end), abs(one.start - found.end())), name)
        for name, of, pattern in _METRICS
        if of == kind
        for found in pattern.finditer(text, max(0, one.start - 120), min(len(text), one.end + 60))
    ]
    return min(near)[1] if near else None


def _comparison(before: str, after: str) -> str | None:
    """How a figure is compared, by the words before it; a failure to reach is the opposite of reaching."""
    sayings = [
        (found.end(), sign)
        for pattern, sign in ((_LESS, "<"), (_MORE, ">="))
        for found in pattern.finditer(before)
        if not (sign == "<" and _MORE.search(before[max(0, found.start() - 8) : found.end() + 2]))
    ]
    if not sayings:
        return ">=" if _MORE.match(after) else None
    sign = max(sayings)[1]
    return "<" if sign == ">=" and _NOT.search(before) else sign


def _value(one: StatedFigure) -> str:
    """A figure as the term language writes it: money in millions, a share as a percentage."""
    assert not isinstance(one.value, date)
    if one.kind == "share":
        return f"{float(f'{100 * one.value:.12g}'):g}%"
    value = one.value / 1e6 if one.kind == "money" else one.value
    return f"{int(value):_}" if float(value).is_integer() else f"{float(f'{value:.12g}')!r}"
