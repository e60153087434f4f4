"""A whole document: what its pages state, the day on which it could be known, and what of it was not read."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from guanzi.base.core import Message, Period
from guanzi.intake.reading.dating import Dated, days_of, known_on, reports_in
from guanzi.intake.reading.flow import sentences
from guanzi.intake.reading.found import FoundFact, KnownOn, Spot, Unread, Value
from guanzi.intake.reading.heads import Headed
from guanzi.intake.reading.layout import rows_of_page
from guanzi.intake.reading.lexicon import closed, fold, one_of, words
from guanzi.intake.reading.sentences import read_sentence
from guanzi.intake.reading.tables import read_tables
from guanzi.intake.reading.tagged import read_tags
from guanzi.record.evidence import PlacedPage, looks_ahead

_CONTRADICTED = 0.5
"""How sure at most where the document itself states another value of the same: one of the two is wrong."""
_MANY = frozenset({"customer_share", "supplier_share", "equity_raised", "convertible_notes_raised", "pledged_share"})
"""Facts of which a document may state several of one period."""
_VEHICLES = re.compile(r"vehicle|\b(?:cars?|buses|trucks?|automobiles?|automotive)\b|车|辆")
"""By what a document tells that its company makes vehicles."""
_YEAR = 12
_NOT_ITS_DAY = 0.2
"""By how much a proposal is less sure where nobody says when it could be known."""


@dataclass(frozen=True, slots=True)
class WholeReading:
    """What a document states.

    Attributes:
        found: Facts to be confirmed, in the order of its pages.
        unread: What looks like a figure and was not read, and pages that were not.
        known_on: The day on which it was published or signed.
        pages: How many pages were read.
    """

    found: tuple[FoundFact, ...]
    unread: tuple[Unread, ...]
    known_on: KnownOn
    pages: int


def read_document(pages: Iterable[PlacedPage]) -> WholeReading:
    """What the pages of a document state; one page is held at a time.

    Args:
        pages: Its pages, one after the other.
    """
    found: list[FoundFact] = []
    unread: list[Unread] = []
    dated: list[Dated] = []
    reports: set[tuple[Period, bool]] = set()
    currencies: set[str] = set()
    headed: Headed | None = None
    count = last = 0
    of_vehicles = False
    for page in pages:
        last = page.number
        of_vehicles = of_vehicles or any(_VEHICLES.search(text) for text in _lines(page))
        dated.extend(days_of(page))
        reports.update(reports_in(page))
        if page.unread:
            unread.append(Unread(Spot(page.number, "", sheet=page.label), "", page.unread))
        else:
            count += 1
            named = _currencies(page)
            currencies |= named
            headed = _read_page(page, headed, named, found, unread)
    found = list(_in_currency(found, _only(currencies), unread))
    found = list(_in_years(found if of_vehicles else map(_in_units, found), reports))
    known = known_on(dated, _latest(found), last)
    dated_facts = list(_dated(found, known, reports, unread))
    return WholeReading(tuple(_contradicted(dated_facts)), tuple(unread), known, count)


def _read_page(
    page: PlacedPage, before: Headed | None, currencies: set[str], found: list[FoundFact], unread: list[Unread]
) -> Headed | None:
    """Add what a page states; its last head, for a table that goes on on the next one."""
    tables = read_tables(page, rows_of_page(page), before, _only(currencies))
    held = [*read_tags(page), *tables.found, *tables.unread]
    taken = {_place(one) for one in held}
    told = (one for sentence in sentences(page) for one in read_sentence(page, sentence))
    held.extend(one for one in told if _place(one) not in taken)
    seen = {_key(one) for one in found if one.spot.page == page.number}
    for one in held:
        if isinstance(one, Unread):
            unread.append(one)
        elif (key := _key(one)) not in seen:
            seen.add(key)
            found.append(one)
    return tables.headed


def _only(currencies: set[str]) -> str:
    """The one currency that is named; empty where none is, or several."""
    return next(iter(currencies)) if len(currencies) == 1 else ""


def _in_currency(found: Iterable[FoundFact], currency: str, unread: list[Unread]) -> Iterator[FoundFact]:
    """The facts with their units: where a page names no currency, the one that the document names."""
    for one in found:
        if one.unit or currency:
            yield replace(one, unit=one.unit or currency)
        else:
            unread.append(Unread(one.spot, one.figure, "no_unit"))


def _in_units(one: FoundFact) -> FoundFact:
    """A fact of a document that speaks of no vehicles: what it counts are not vehicles."""
    return replace(one, unit=re.sub("^vehicles", "units", one.unit))


def _place(one: FoundFact | Unread) -> object:
    """Where a figure stands: on a page without boxes or cells by the words around it."""
    return one.spot.box or one.spot.cell or (" ".join(one.spot.text.split()), re.sub(r"[^\d.]", "", one.figure))


def _key(one: FoundFact) -> tuple[object, ...]:
    """Facts of one page that say the same."""
    return one.fact, one.value, one.unit, one.period, one.spot.page


def _latest(found: Iterable[FoundFact]) -> date | None:
    """The last day about which a document reports."""
    ends = [one.period.end for one in found if one.period is not None and not looks_ahead(one.fact)]
    return max(ends, default=None)


def _dated(
    found: Iterable[FoundFact], known: KnownOn, reports: set[tuple[Period, bool]], unread: list[Unread]
) -> Iterator[FoundFact]:
    """The facts with their periods: where a sentence names none, the day of the document or what it reports on."""
    named = {period for period, is_named in reports if is_named} or {period for period, _ in reports}
    report = next(iter(named)) if len(named) == 1 else None
    for one in found:
        period = one.period
        if one.lacks == "document" and known.day is not None and known.is_own:
            period = Period.of("day", known.day)
        elif one.lacks in ("flow", "stock") and report is not None:
            period = _of_report(report, one)
        elif report is not None and one.lacks == f"{report.end:%m-%d}":
            period = Period.of("day", report.end)
        elif report is not None and report.months == _YEAR and "+" in one.lacks:
            start, months = map(int, one.lacks.split("+"))
            period = Period.until(date(report.end.year, start + months - 1, 1), months)
        if period is None:
            unread.append(Unread(one.spot, one.figure, "no_period"))
        else:
            sure = one.confidence if known.is_own else round(one.confidence - _NOT_ITS_DAY, 2)
            yield replace(one, period=period, confidence=sure)


def _in_years(found: Iterable[FoundFact], reports: set[tuple[Period, bool]]) -> Iterator[FoundFact]:
    """The facts, those of a bare year with the year that the document reports on where that ends on another day."""
    ends = {(one.end.month, one.end.day) for one, _ in reports if one.months == _YEAR}
    end = next(iter(ends)) if len(ends) == 1 else (12, 31)
    for one in found:
        if one.year is None or one.period is None or end == (12, 31):
            yield one
        else:
            kind = "flow" if one.period.months else "stock"
            yield replace(one, period=_of_report(Period.until(date(one.year, *end), _YEAR), replace(one, lacks=kind)))


def _of_report(report: Period, one: FoundFact) -> Period:
    """The period of a fact of what a document reports on, or of the same part of another year."""
    end = report.end
    if one.year is not None:
        year = one.year if one.year > 0 else end.year + one.year
        end = date(year, end.month, min(end.day, monthrange(year, end.month)[1]))
    return Period.of("day", end) if one.lacks == "stock" else Period.until(end, report.months)


def _contradicted(found: Sequence[FoundFact]) -> Iterator[FoundFact]:
    """The facts, each less sure and with the others beside it where the document states another value of the same."""
    values: dict[tuple[object, ...], dict[Value, FoundFact]] = {}
    for one in found:
        values.setdefault((one.fact, one.unit, one.period), {}).setdefault(one.value, one)
    for one in found:
        others = [
            other
            for other in values[one.fact, one.unit, one.period].values()
            if one.fact not in _MANY and not _is_same(one, other)
        ]
        if others:
            figures = tuple(dict.fromkeys(other.figure for other in others))
            told = Message.of("reading.reason.contradicted", figures=figures)
            yield replace(one, confidence=min(one.confidence, _CONTRADICTED), reasons=(*one.reasons, told))
        else:
            yield one


def _is_same(one: FoundFact, other: FoundFact) -> bool:
    """Whether two values are one, as exactly as the rougher of them is printed."""
    if isinstance(one.value, float | int) and isinstance(other.value, float | int):
        return abs(one.value - other.value) <= max(_grain(one.value, one.figure), _grain(other.value, other.figure))
    return one.value == other.value


def _grain(value: float, figure: str) -> float:
    """What the last printed digit of a figure is worth: of 12.3亿 ten million."""
    digits = re.search(r"(\d[\d,]*)(?:\.(\d+))?", figure)
    number = float(digits[0].replace(",", "")) if digits else 0.0
    return abs(value) / number / 10 ** len(digits[2] or "") if digits and number else 0.0


def _currencies(page: PlacedPage) -> set[str]:
    """The currencies that a page names, by words or signs."""
    return {words().currencies[name] for text in _lines(page) for name in _money().findall(text)}


def _lines(page: PlacedPage) -> Iterator[str]:
    return (closed(fold(" ".join(word.text for word in line.words))) for line in page.lines)


@cache
def _money() -> re.Pattern[str]:
    return re.compile(one_of(re.escape(name) for name in words().currencies))
