"""Readings: what a source says of an item of a company in a period, from a table of any form or from a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, parse_number
from guanzi.base.reading import Cell, Table, read_table
from guanzi.intake.conflicts.items import Item, item_of
from guanzi.record.evidence import CLOSE, Case, digits_of, last_place

#: The columns of a table of readings, and the headers under which each is recognised.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "company": ("company", "firm", "issuer", "subject", "entity", "公司", "企业"),
    "period": ("fiscal_year", "period", "year", "fy", "date", "期间", "年度", "年份"),
    "item": ("metric", "item", "name", "concept", "line_item", "指标", "项目", "科目"),
    "value": ("value", "amount", "figure", "数值", "金额"),
    "unit": ("unit", "units", "currency", "单位", "币种"),
    "source": ("source_url", "source", "vendor", "publisher", "url", "来源", "出处"),
    "note": ("note", "notes", "remark", "remarks", "comment", "flag", "flags", "warning", "备注", "说明", "提示"),
}
_NEEDED = ("company", "period", "item", "value")
_SCALES = {
    "": 1.0,
    "thousand": 1e3,
    "k": 1e3,
    "千": 1e3,
    "万": 1e4,
    "million": 1e6,
    "millions": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "mm": 1e6,
    "百万": 1e6,
    "亿": 1e8,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "十亿": 1e9,
}
_CURRENCIES: dict[str, str] = {
    **dict.fromkeys(("rmb", "cny", "¥", "元", "人民币"), "CNY"),
    **dict.fromkeys(("usd", "us$", "$", "美元"), "USD"),
    **dict.fromkeys(("eur", "€", "欧元"), "EUR"),
    **dict.fromkeys(("gbp", "£", "英镑"), "GBP"),
    **dict.fromkeys(("hkd", "hk$", "港元"), "HKD"),
    **dict.fromkeys(("jpy", "日元"), "JPY"),
    **{code.lower(): code for code in ("TWD", "KRW", "INR")},
}


@dataclass(frozen=True, slots=True)
class SourceReading:
    """What a source says.

    Attributes:
        company: Whom it is about.
        item: What it states.
        period: The period, as it is written.
        value: The amount in single units of its currency, or the number in its unit.
        half: Half the worth of its last digit, in the same units.
        currency: Currency of an amount; empty for another unit.
        figure: The figure as it is written.
        unit: Its unit as it is written.
        source: Who says so.
        note: What the source, or who copied it, remarks.
        place: Where it stands.
    """

    company: str
    item: Item
    period: str
    value: float
    half: float
    currency: str
    figure: str
    unit: str
    source: str
    note: str
    place: Place

    @property
    def digits(self) -> int:
        """How many digits of the figure say something."""
        return digits_of(self.figure)

    @property
    def year(self) -> int:
        """The year of the period, 0 when it names none."""
        match = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", self.period)
        return int(match.group()) if match else 0


def agree(a: float, b: float, slack: float = 0.0) -> bool:
    """Whether two amounts are one, up to rounding."""
    return abs(a - b) <= slack + CLOSE * max(abs(a), abs(b))


def read_readings(path: Path, name: str) -> tuple[SourceReading, ...]:
    """The readings of a CSV table whose columns have any of the usual headers.

    Raises:
        InvalidInput: The file cannot be read, a needed column is missing, or a value is no number.
    """
    table = read_table(path, name)
    columns = _columns(table)
    problems: list[Problem] = []
    found: list[SourceReading] = []
    for row in table.rows:
        cells = {part: row.get(header) for part, header in columns.items()}
        remarks = [row[cell.text].text for cell in table.columns if _is_note(cell) and cell.text in row]
        lacking = [part for part in _NEEDED if cells[part] is None]
        if lacking:
            place = next(iter(row.values())).place if row else Place(name)
            cause = Message.of("conflicts.row.lacks", columns=tuple(columns[part] for part in lacking))
            problems.append(table.source.problem(cause, place))
            continue
        try:
            found.append(_reading(cells, "; ".join(remarks)))
        except InvalidInput as error:
            problem, value = error.problems[0], cells["value"]
            assert value is not None
            is_formula = value.text.startswith("=")
            cause = Message.of("conflicts.value.formula" if is_formula else "conflicts.value.wrong", text=value.text)
            fix = Message.of("conflicts.value.formula.mend") if is_formula else problem.fix
            problems.append(table.source.problem(cause, value.place, fix, excerpt=value.text))
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def readings_of(case: Case) -> tuple[SourceReading, ...]:
    """The readings of a case: its facts that are numbers, but for those that a newer fact corrects."""
    superseded = {fact.supersedes for fact in case.facts}
    titles = {source.id: f"{source.publisher}: {source.title}" for source in case.sources}
    found: list[SourceReading] = []
    for fact in case.facts:
        if fact.id in superseded or not isinstance(fact.value, float):
            continue
        currency, scale = unit_of(fact.unit)
        item = item_of(fact.name)
        figure = f"{fact.value:.12g}"
        found.append(
            SourceReading(
                fact.subject,
                item,
                str(fact.period),
                fact.value * scale * item.sign,
                last_place(figure.lstrip("-")) * scale / 2,
                currency,
                figure,
                fact.unit,
                titles.get(fact.source, fact.source),
                fact.note,
                fact.place,
            )
        )
    return tuple(found)


def unit_of(text: str) -> tuple[str, float]:
    """Currency and scale of a unit; no currency and 1 for another unit.

    >>> unit_of("CNY million"), unit_of("万元"), unit_of("USD m"), unit_of("vehicles")
    (('CNY', 1000000.0), ('CNY', 10000.0), ('USD', 1000000.0), ('', 1.0))
    """
    plain = text.strip().lower()
    for sign in sorted(_CURRENCIES, key=len, reverse=True):
        if sign in plain:
            scale = re.sub(r"[\s().,/]+|(?<=[a-z])s$", "", plain.replace(sign, "", 1))
            if scale in _SCALES:
                return _CURRENCIES[sign], _SCALES[scale]
    return "", 1.0


def _is_note(header: Cell) -> bool:
    return header.text.strip().lower() in COLUMNS["note"]


def _reading(cells: Mapping[str, Cell | None], note: str) -> SourceReading:
    def text(part: str) -> str:
        cell = cells.get(part)
        return cell.text if cell is not None else ""

    figure = _plain_figure(text("value"))
    currency, scale = unit_of(text("unit"))
    item = item_of(text("item"))
    value = parse_number(figure)
    place = cells["value"].place if cells["value"] is not None else Place("")
    return SourceReading(
        text("company"),
        item,
        text("period"),
        value * scale * item.sign,
        last_place(figure.lstrip("+-")) * scale / 2,
        currency,
        figure,
        text("unit"),
        text("source"),
        note,
        place,
    )


def _plain_figure(text: str) -> str:
    """A figure without separators of thousands; parentheses are the minus of accountants."""
    plain = text.strip().replace("，", ",")
    if re.fullmatch(r"\([\d,.]+\)", plain):
        plain = "-" + plain[1:-1]
    return plain.replace("−", "-").replace(",", "") if re.fullmatch(r"[-+−]?[\d,]+(\.\d+)?", plain) else plain


def _columns(table: Table) -> dict[str, str]:
    headers = {cell.text.strip().lower(): cell.text for cell in table.columns}
    found = {part: next((headers[name] for name in names if name in headers), "") for part, names in COLUMNS.items()}
    missing = [part for part in _NEEDED if not found[part]]
    if missing:
        problems = [_no_column(table, part) for part in missing]
        raise InvalidInput(problems)
    return found


def _no_column(table: Table, part: str) -> Problem:
    cause = Message.of("conflicts.column.missing", column=part)
    fix = Message.of("conflicts.column.missing.mend", names=COLUMNS[part])
    return Problem(cause, Place(table.source.name, 1), fix)


def by_cell(readings: Iterable[SourceReading]) -> dict[tuple[str, str, str], list[SourceReading]]:
    """Readings by company, family of item and period."""
    groups: dict[tuple[str, str, str], list[SourceReading]] = {}
    for reading in readings:
        groups.setdefault((reading.company, reading.item.base, reading.period), []).append(reading)
    return groups
