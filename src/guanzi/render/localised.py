"""Words and cells in a language: what page, screen and paper show alike."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message, Period, localised, render
from guanzi.render.amounts import Measurement, exact, format_amount, localise_quantity
from guanzi.render.document import Cell, Column, KeyFigure, Row, Sentence, Table, Worded, Words
from guanzi.render.scales import Scale, decimals, number, scale_for
from guanzi.render.typography import joint, typeset

COUNT = "count"
"""The unit of plain numbers: no head names it."""


@dataclass(frozen=True, slots=True)
class LocalisedCell:
    """A cell in a language.

    Attributes:
        exact: A number in full precision.
        words: It holds words and stands to the left; an empty cell holds none.
    """

    cell: Cell
    text: str
    exact: str = ""
    words: bool = False


@dataclass(frozen=True, slots=True)
class LocalisedTable:
    """A table in a language: its caption with the unit that all its numbers share, heads, and rows."""

    table: Table
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Row, LocalisedCell, tuple[LocalisedCell, ...]], ...]
    columns: tuple[Column, ...]


def localise(words: Words, lang: str) -> str:
    """Words in a language, with true minus signs."""
    return typeset(render(words, lang).strip()) if isinstance(words, Message) else localised(words, lang)


def localise_sentence(sentence: Sentence, lang: str) -> str:
    """A sentence in a language, after the name of what it is about."""
    localised_cell = localise(sentence.words, lang)
    return f"{localise(sentence.name, lang)}{joint('colon', lang)}{localised_cell}" if sentence.name else localised_cell


def localise_key_figure(figure: KeyFigure, lang: str) -> str:
    """A figure in a line: its label, of what it is, and its value."""
    of = joint("unit", lang).format(localise(figure.of, lang)) if figure.of else ""
    return f"{localise(figure.label, lang)}{of}{joint('colon', lang)}{localise_quantity(figure.value, lang)}"


def localise_value(cell: Cell, lang: str) -> str:
    """A cell by itself, a number with its own unit."""
    value = cell.value
    if value is None:
        return render(Message.of("reports.figure.none"), lang)
    if isinstance(value, bool):
        return render(Message.of("core.text.yes" if value else "core.text.no"), lang)
    if isinstance(value, date):
        return render(Message.of("reports.date.day", day=value.isoformat()), lang)
    if isinstance(value, Period):
        return render(Message.of("reports.date.period", period=str(value)), lang)
    if isinstance(value, Measurement):
        return localise_quantity(value, lang)
    if isinstance(value, Worded):
        return value.localised(lang)
    if isinstance(value, int | float):
        return format_amount(value, cell.unit, lang) if cell.unit else exact(value, "", lang)
    return localise(value, lang)


def localise_table(table: Table, lang: str, *, book: bool = False) -> LocalisedTable:
    """A table in a language; numbers of one unit stand on one scale.

    Args:
        table: The table.
        lang: Language.
        book: With the columns that stand in workbooks alone.
    """
    kept = tuple(n for n, column in enumerate(table.columns) if book or not column.book_only)
    scales = _alike(table, [_scale(table, n, lang) for n in range(len(table.columns))])
    heads = []
    for n in kept:
        column, scale = table.columns[n], scales[n]
        head = localise(column.head, lang)
        named = column.unit not in ("", COUNT) and scale is not None
        heads.append(head + joint("unit", lang).format(scale[0].title(lang)) if named and scale else head)
    caption, shared = localise(table.caption, lang), _scale_of(table, table.unit, _shared(table), lang)
    if table.unit and shared is not None:
        caption += joint("unit", lang).format(shared[0].title(lang))
    rows = []
    for row in table.rows:
        cells = (row.head, *row.cells)
        localised_cell = [_localised(cells[n], table.columns[n].unit or table.unit, scales[n], lang) for n in kept]
        rows.append((row, localised_cell[0], tuple(localised_cell[1:])))
    return LocalisedTable(table, caption, tuple(heads), tuple(rows), tuple(table.columns[n] for n in kept))


def localise_noted(localised_cell: LocalisedCell, lang: str) -> str:
    """A cell, and what stands below it on lines of their own."""
    notes = (localise_sentence(note, lang) for note in localised_cell.cell.notes if note.words)
    return "\n".join((localised_cell.text, *notes)).strip()


type _Shown = tuple[Scale, int]
_MORE = 3
"""At most so many decimals more are shown for numbers that are parts of a sum, less one."""


def _scale(table: Table, n: int, lang: str) -> _Shown | None:
    """The scale of a column, and its decimals; None: its numbers have units of their own."""
    if unit := table.columns[n].unit:
        return None if _mixed(table, n, unit) else _scale_of(table, unit, (n,), lang)
    return _scale_of(table, table.unit, _shared(table), lang)


def _alike(table: Table, scales: list[_Shown | None]) -> list[_Shown | None]:
    """The scales of columns; of those that tell one amount in a row again, with the same decimals."""
    for row in table.rows:
        localised_cell: dict[object, list[int]] = {}
        for n, (cell, shown) in enumerate(zip((row.head, *row.cells), scales, strict=True)):
            if isinstance(cell.value, float) and cell.value and shown is not None:
                localised_cell.setdefault((cell.value, table.columns[n].unit, shown[0].divisor), []).append(n)
        for columns in localised_cell.values():
            best = max((shown for n in columns if (shown := scales[n])), key=lambda shown: shown[1])
            scales = [best if n in columns else shown for n, shown in enumerate(scales)]
    return scales


def _mixed(table: Table, n: int, unit: str) -> bool:
    """Whether a number of a column has another unit, so that its head cannot name one for all."""
    cells = ((row.head, *row.cells)[n] for row in table.rows)
    units = (cell.value.unit if isinstance(cell.value, Measurement) else cell.unit for cell in cells)
    return any(own not in ("", unit) for own in units)


def _shared(table: Table) -> tuple[int, ...]:
    """The columns whose numbers are in the unit of the table."""
    return tuple(n for n, column in enumerate(table.columns) if not column.unit)


def _numbers(row: Row, table: Table, columns: Sequence[int]) -> Iterator[float]:
    cells = (row.head, *row.cells)
    for n in columns:
        value = cells[n].value
        if isinstance(value, Measurement) and value.unit == (table.columns[n].unit or table.unit):
            yield from _ends(value) or ()
        elif not cells[n].unit and isinstance(value, int | float) and not isinstance(value, bool):
            yield value


def _scale_of(table: Table, unit: str, columns: Sequence[int], lang: str) -> _Shown | None:
    if not unit:
        return None
    values = [value for row in table.rows for value in _numbers(row, table, columns)]
    scale = scale_for(unit, values, lang)
    shown = [v / scale.divisor for v in values]
    places = decimals(shown, scale)
    if table.parts and not unit.startswith("ratio"):
        rows = [[v / scale.divisor for v in _numbers(row, table, columns)] for row in table.rows]
        more = (p for p in range(places, places + _MORE) if all(_adds_up(row, p) for row in rows))
        places = next(more, places)
    return scale, places


def _adds_up(values: Sequence[float], places: int) -> bool:
    """Whether numbers rounded so add up to their rounded sum, and none of them is cut exactly at a half."""
    halves = any(math.isclose(abs(v) * 10**places % 1.0, 0.5, abs_tol=1e-6) for v in values)
    shown = sum(round(v, places) for v in values)
    return not halves and math.isclose(shown, round(sum(values), places), abs_tol=10**-places / 2)


def _localised(cell: Cell, unit: str, shown: _Shown | None, lang: str) -> LocalisedCell:
    value = cell.value
    if isinstance(value, Measurement):
        return _localised_measurement(cell, value, shown if value.unit == unit else None, lang)
    if isinstance(value, Worded):
        return LocalisedCell(cell, value.localised(lang), value.full(lang), words=True)
    if isinstance(value, bool) or not isinstance(value, int | float):
        words = isinstance(value, Message | str | bool) and value != ""
        return LocalisedCell(cell, localise_value(cell, lang), words=words)
    own = cell.unit or unit
    if not own or cell.full:
        return LocalisedCell(cell, exact(value, own, lang))
    if cell.unit or shown is None:
        return LocalisedCell(cell, format_amount(value, own, lang), exact(value, own, lang))
    scale, places = shown
    return LocalisedCell(cell, number(value / scale.divisor, places, scale.digits), exact(value, unit, lang))


def _localised_measurement(cell: Cell, value: Measurement, shown: _Shown | None, lang: str) -> LocalisedCell:
    """A measurement; a range in the unit of its column stands on the scale of the column."""
    ends = _ends(value)
    held: float | tuple[float, float] | None = ends or value.value
    full = "" if held is None else exact(held, value.unit, lang)
    if cell.full and full:
        return LocalisedCell(cell, full, full)
    if ends is None or shown is None:
        return LocalisedCell(cell, localise_value(cell, lang), full)
    scale, places = shown
    low, high = (number(end / scale.divisor, places, scale.digits) for end in ends)
    text = low if low == high else render(Message.of("reports.figure.range", low=low, high=high), lang)
    return LocalisedCell(cell, text, full)


def _ends(value: Measurement) -> tuple[float, float] | None:
    """The ends of what is possible; None of a measurement with a middle."""
    if not value.bounds or value.low is None or value.high is None:
        return None
    return value.low, value.high
