"""One item of one company in one period from several sources: do they agree, and if not, what is between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guanzi.base.core import Message
from guanzi.intake.conflicts.finding import Conflict, ConflictKind, conflict
from guanzi.intake.conflicts.ratios import BANDS, power_of_ten, rate_between
from guanzi.intake.conflicts.readings import SourceReading, agree
from guanzi.intake.conflicts.remarks import kinds_of

type Cells = Mapping[tuple[str, str, str], Sequence[SourceReading]]
#: A figure with fewer digits is too often the same by chance.
_SIGNIFICANT_DIGITS = 3
#: Kinds of which the explanation may be unknown.
_PLAIN = ("currency", "definition")
#: How far a source must depart in several items of a year for its year to be that of another entity; and how far these
#: ratios must lie apart, because a currency or a unit would be one ratio.
_FAR, _ONE_RATIO = 3.0, 1.3


def disagreements(cells: Cells) -> Iterator[Conflict]:
    """Conflicts between sources on one cell: one for every value that departs from the one that most sources give.

    When a source departs far in several items of one year, and not by one ratio, its year is that of another entity: of
    the shell with which the company later merged, or of a part of it.
    """
    found = list(_disagreements(cells))
    ratios: dict[tuple[str, str, frozenset[str]], list[float]] = {}
    for odd in found:
        if odd.kind in ("value", "currency") and _ratio(odd) > _FAR:
            ratios.setdefault(_year_of(odd), []).append(_ratio(odd))
    others = {year for year, found in ratios.items() if len(found) > 1 and max(found) > _ONE_RATIO * min(found)}
    for odd in found:
        if odd.kind in ("value", "currency") and _year_of(odd) in others and _ratio(odd) > _FAR:
            params = {name: value for name, value in odd.cause.params if name != "by"}
            yield conflict("shell", Message.of("conflicts.cell.entity", **params), *odd.readings)
        else:
            yield odd


def _year_of(odd: Conflict) -> tuple[str, str, frozenset[str]]:
    first = odd.readings[0]
    return first.company, first.period, frozenset(reading.source for reading in odd.readings)


def _ratio(odd: Conflict) -> float:
    sizes = sorted(abs(reading.value) for reading in odd.readings)
    return sizes[-1] / sizes[0] if sizes[0] else 0.0


def _disagreements(cells: Cells) -> Iterator[Conflict]:
    for key, readings in cells.items():
        groups = _agreeing(readings)
        if len(groups) < 2:
            continue
        first, *others = groups
        for other in others:
            kind, explained = _between(first[0], other[0], key, cells)
            params = {
                "company": key[0],
                "item": key[1],
                "period": key[2],
                "a": _value_words(first[0]),
                "b": _value_words(other[0]),
            }
            plain = kind in _PLAIN and not explained
            cause = Message.of(f"conflicts.cell.{kind}{'.plain' if plain else ''}", **params, by=explained)
            yield conflict(kind, cause, *first, *other, mild=kind == "currency")


def _agreeing(readings: Sequence[SourceReading]) -> list[list[SourceReading]]:
    """Readings in groups that say the same; the largest group first, then in the order of their places."""
    groups: list[list[SourceReading]] = []
    for reading in readings:
        for group in groups:
            same_money = group[0].currency == reading.currency
            if same_money and agree(group[0].value, reading.value, group[0].half + reading.half):
                group.append(reading)
                break
        else:
            groups.append([reading])
    groups.sort(key=lambda group: -len(group))
    return groups


def _between(a: SourceReading, b: SourceReading, key: tuple[str, str, str], cells: Cells) -> tuple[ConflictKind, str]:
    """What kind of difference there is between two readings, and the item or currency that explains it."""
    slack = a.half + b.half
    if a.currency != b.currency:
        if agree(abs(a.value), abs(b.value), slack) or power_of_ten(a.value, b.value, slack):
            return "currency", ""  # the same figure under two currencies
        pair = frozenset({a.currency, b.currency}) & BANDS.keys()
        rate = rate_between(a.value, b.value, frozenset(pair)) if "USD" in (a.currency, b.currency) else ""
        return ("currency", rate) if rate or not pair else ("value", "")
    if a.value * b.value < 0 and agree(abs(a.value), abs(b.value), slack):
        return "sign", ""
    if power := power_of_ten(a.value, b.value, slack):
        return "scale", str(abs(power))
    if rate := rate_between(a.value, b.value, _currencies(key[0], cells)):
        return "currency", rate
    declared = {reading.item.variety for reading in (a, b) if reading.item.variety}
    remarked = {kind for reading in (a, b) for kind in kinds_of(reading.note)}
    if "preliminary" in declared | remarked:
        return "preliminary", ""
    if year := _copied_from(a, b, key, cells):
        return "stale", year
    for kind in ("shell", "period"):
        if kind in remarked:
            return ("shell", "") if kind == "shell" else ("period", "")
    explained = _explained_by(abs(a.value - b.value), slack, key, cells)
    if "definition" in declared | remarked or explained:
        return "definition", explained
    return "value", ""


def _currencies(company: str, cells: Cells) -> frozenset[str]:
    """The currencies that come into question: those of the company, and the two of Chinese companies."""
    own = {reading.currency for (of, _, _), readings in cells.items() if of == company for reading in readings}
    return frozenset(own | {"CNY", "HKD"})


def _copied_from(a: SourceReading, b: SourceReading, key: tuple[str, str, str], cells: Cells) -> str:
    """The other year of which one of the readings is a copy; empty when it is of none."""
    company, base, _ = key
    for reading, other in ((a, b), (b, a)):
        for (of, item, period), readings in cells.items():
            if (of, item) != (company, base) or not readings or abs(readings[0].year - reading.year) != 1:
                continue
            for witness in readings:
                same = witness.value == reading.value and witness.currency == reading.currency
                if same and reading.digits >= _SIGNIFICANT_DIGITS and witness.value != other.value:
                    return period
    return ""


def _explained_by(difference: float, slack: float, key: tuple[str, str, str], cells: Cells) -> str:
    """The item of the same company and period that is as large as the difference; empty for none."""
    company, base, period = key
    for (of, item, when), readings in cells.items():
        if of == company and when == period and item != base:
            for reading in readings:
                if (
                    reading.digits >= _SIGNIFICANT_DIGITS
                    and abs(abs(reading.value) - difference) <= slack + reading.half
                ):
                    return item
    return ""


def _value_words(reading: SourceReading) -> str:
    return f"{reading.figure} {reading.unit}".strip()
