"""Reading the workbook of a quarter: every cell is checked, and what is wrong is said with its cell, all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import (
    LARGEST,
    InvalidInput,
    Message,
    Parameter,
    Period,
    Problem,
    catalogue_languages,
    money_form,
    nearest,
)
from guanzi.base.reading import RawCell, filled_cells, open_workbook
from guanzi.intake.reported.form import (
    FIELDS,
    FIRST_ROW,
    HEAD,
    MILESTONE_COLUMNS,
    SHEETS,
    STANDS,
    STATED,
    STATES,
    localised_unit,
    title,
    unit_of,
)
from guanzi.intake.workbook import UNKNOWN, BadCell, ColumnKind, SheetColumn, cell_place, read_cell
from guanzi.record.evidence import UNITS_BY_NAME

MOST_ROWS, MOST_COLUMNS = 300, 12
_PIECES = {*UNITS_BY_NAME["deliveries"], *UNITS_BY_NAME["local_plant_capacity"]} - {"GWh"}
_COUNTS = frozenset({"people", "jobs", "count", *_PIECES})
_SIGNED = frozenset({"gross_margin", "ebitda", "net_loss", "operating_cash_flow", "free_cash_flow"})
"""Figures that may lie below nought."""
_FACT_OF = {
    "promised": ("milestone_promised", True),
    "reported": ("milestone_reported", True),
    "not_reached": ("milestone_reported", False),
    "verified": ("milestone_verified", True),
    "not_verified": ("milestone_verified", False),
}
type Cells = Mapping[tuple[int, int], RawCell]


@dataclass(frozen=True, slots=True)
class Report:
    """What a company reports of a quarter.

    Attributes:
        quarter: The quarter.
        reported_on: Day on which the public side got it.
        reported_by: Who reports.
        sources, facts: As a file of facts has them.
    """

    quarter: Period
    reported_on: date
    reported_by: str
    sources: Mapping[str, Mapping[str, Any]]
    facts: tuple[Mapping[str, Any], ...]


def read_report(
    path: Path, case: str, currency: str, signed: date, milestones: tuple[str, ...], name: str | None = None
) -> Report:
    """Read a filled-in workbook.

    Args:
        path: The workbook.
        case: Id of the case that it must be of.
        currency: Currency of the case.
        signed: Day of signing.
        milestones: Ids of the milestones of the deal.
        name: How places should call the file.

    Raises:
        InvalidInput: The file is no such workbook, is of another case, or holds cells that cannot be; all at once.
    """
    reader = _Reader(name or str(path), case, currency, signed, milestones)
    sheets = reader.sheets(path)
    reader.head(sheets["figures"])
    reader.figures(sheets["figures"])
    reader.milestones_of(sheets["milestones"])
    if not reader.facts and not reader.problems:
        reader.report("figures", FIRST_ROW, 4, "empty")
    if reader.problems or reader.quarter is None or reader.day is None:
        raise InvalidInput(reader.problems)
    return Report(reader.quarter, reader.day, reader.by, reader.sources, tuple(reader.facts))


def read_beside(given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """:func:`read_report` for a process of its own: its arguments by their names, and the report as plain data.

    Raises:
        InvalidInput: As there.
    """
    milestones = tuple(given["milestones"])
    path, name = Path(given["path"]), given["name"]
    report = read_report(path, given["case"], given["currency"], given["signed"], milestones, name)
    yield {
        "quarter": str(report.quarter),
        "reported_on": report.reported_on,
        "reported_by": report.reported_by,
        "sources": report.sources,
        "facts": report.facts,
    }


def report_of(data: Mapping[str, Any]) -> Report:
    """The report that :func:`read_beside` gave."""
    quarter = Period.parse(data["quarter"])
    return Report(quarter, data["reported_on"], data["reported_by"], data["sources"], tuple(data["facts"]))


@dataclass
class _Reader:
    name: str
    case: str
    currency: str
    signed: date
    milestones: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)
    facts: list[dict[str, Any]] = field(default_factory=list)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    quarter: Period | None = None
    day: date | None = None
    by: str = ""

    def sheets(self, path: Path) -> dict[str, Cells]:
        """The cells of the two sheets, by row and column from 1."""
        found: dict[str, Cells] = {}
        with open_workbook(path, self.name) as book:
            for key in SHEETS:
                names = [title("sheet", key, lang) for lang in catalogue_languages()]
                own = next((n for n in names if n in book.sheetnames), None)
                if own is None:
                    cause = Message.of("importers.report.no_sheet", sheet=names[0])
                    fix = Message.of("importers.report.no_sheet.mend")
                    raise InvalidInput(Problem(cause, cell_place(self.name, names[0], 1, 1), fix))
                self.titles[key] = own
                rows = filled_cells(book[own], columns=MOST_COLUMNS, rows=MOST_ROWS)
                found[key] = {(row, column): raw for row, cells in rows for column, raw in cells.items()}
        return found

    def report(self, sheet: str, row: int, column: int, kind: str, shown: str = "", /, **params: Parameter) -> None:
        """Note what is wrong with a cell."""
        cause, fix = (Message.of(f"importers.report.{kind}{part}", **params) for part in ("", ".mend"))
        place = cell_place(self.name, self.titles[sheet], row, column)
        self.problems.append(Problem(cause, place, fix, excerpt=shown[:200]))

    def value(self, sheet: str, row: int, column: int, raw: RawCell, kind: ColumnKind) -> Any:
        """The value of a cell; None where it is none, which is noted."""
        try:
            value = read_cell(raw, SheetColumn(kind, (kind, kind), kind, ("", "")))
        except BadCell as bad:
            place = cell_place(self.name, self.titles[sheet], row, column)
            self.problems.append(Problem(bad.cause, place, bad.fix, excerpt=raw.text[:200]))
            return None
        return None if value == UNKNOWN else value

    def head(self, cells: Cells) -> None:
        """Case, quarter, day and who reports."""
        said = {key: cells.get((row, 2)) for row, key in enumerate(HEAD, start=1)}
        found = said["case"].text.strip() if said["case"] else ""
        if found != self.case:
            self.report("figures", 1, 2, "other_case", found, found=found, wanted=self.case)
        self.quarter = self._quarter(said["quarter"])
        for row, key in ((3, "reported_on"), (4, "reported_by")):
            if said[key] is None:
                self.report("figures", row, 2, f"no_{key}")
        if (raw := said["reported_by"]) is not None:
            self.by = str(self.value("figures", 4, 2, raw, "words") or "").strip()
        if (raw := said["reported_on"]) is not None:
            self.day = self.value("figures", 3, 2, raw, "date")
        if self.quarter is not None and self.day is not None and self.day <= self.quarter.end:
            text, end = self.day.isoformat(), self.quarter.end.isoformat()
            self.report("figures", 3, 2, "before_end", text, day=text, end=end)
        if self.quarter is not None and self.day is not None:
            self.sources[self._source()] = {
                "publisher": self.by or "?",
                "title": f"Report to the public side for {self.quarter}",
                "date": self.day,
                "grade": "B",
            }

    def _quarter(self, raw: RawCell | None) -> Period | None:
        text = raw.text.strip() if raw is not None else ""
        try:
            quarter = Period.parse(text)
        except InvalidInput:
            quarter = None
        if quarter is None or quarter.kind != "quarter":
            self.report("figures", 2, 2, "no_quarter", text, text=text)
            return None
        if quarter.end < self.signed:
            signed = self.signed.isoformat()
            self.report("figures", 2, 2, "before_signing", text, quarter=str(quarter), signed=signed)
        return quarter

    def _source(self) -> str:
        return f"report-{str(self.quarter).lower()}"

    def figures(self, cells: Cells) -> None:
        """One fact for each figure that is filled in."""
        for row in sorted({row for row, _ in cells if row >= FIRST_ROW}):
            named, raw = cells.get((row, 1)), cells.get((row, 4))
            name = named.text.strip() if named is not None else ""
            if raw is None:
                continue
            if name not in (*FIELDS, *STATED):
                near = nearest(name, (*FIELDS, *STATED)) or FIELDS[0]
                self.report("figures", row, 1, "no_field", name, name=name, near=near)
                continue
            unit, wanted = cells.get((row, 3)), unit_of(name, self.currency)
            text = "" if unit is None else unit.text
            own = self._unit(name, text.strip())
            if own is None:
                self.report("figures", row, 3, "unit", text, name=name, found=text, wanted=wanted)
                continue
            self._figure(row, name, own, raw, cells.get((row, 5)))

    def _unit(self, name: str, text: str) -> str | None:
        """The unit that a cell says, of those that the figure can have, as a word of any language; None: it is none."""
        usual = unit_of(name, self.currency)
        units = (usual,) if money_form(usual) is not None else UNITS_BY_NAME[name]
        said = {localised_unit(unit, lang): unit for unit in units for lang in catalogue_languages()}
        return (said | {unit: unit for unit in units}).get(text)

    def _figure(self, row: int, name: str, unit: str, raw: RawCell, note: RawCell | None) -> None:
        flag = "flag" in UNITS_BY_NAME[name]
        kinds: dict[str, ColumnKind] = {"flag": "flag", "ratio": "percent", "text": "words"}
        value = self.value("figures", row, 4, raw, kinds.get(unit, "number"))
        if value is None or self.quarter is None or self.day is None:
            return
        if unit != "text" and not self._can_be(row, name, unit, raw, value, flag=flag):
            return
        of_day = flag or name in STATES
        self.facts.append(
            {
                "id": f"{self._source()}-{name.replace('_', '-')}",
                "name": name,
                "period": self.quarter.end if of_day and not flag else str(self.quarter),
                "value": value if flag or unit == "text" else float(value),
                "unit": unit,
                "known_on": self.day,
                "source": self._source(),
                **({"note": note.text.strip()} if note is not None else {}),
            }
        )

    def _can_be(self, row: int, name: str, unit: str, raw: RawCell, value: Any, *, flag: bool) -> bool:
        """Whether a figure can be as it is said; what is wrong with it is noted."""
        if not flag and value < 0 and name not in _SIGNED:
            self.report("figures", row, 4, "negative", raw.text, name=name)
            return False
        if not flag and abs(value) > LARGEST:
            self.report("figures", row, 4, "too_large", raw.text, name=name)
            return False
        if unit == "ratio" and name != "gross_margin" and value > 1:
            self.report("figures", row, 4, "above_whole", raw.text, name=name)
            return False
        if unit in _COUNTS and value != int(value):
            self.report("figures", row, 4, "not_whole", raw.text, name=name)
            return False
        return True

    def milestones_of(self, cells: Cells) -> None:
        """One fact for each milestone of which something is said."""
        words = {title("stand", s, lang): s for lang in catalogue_languages() for s in STANDS} | {s: s for s in STANDS}
        for row in sorted({row for row, _ in cells if row > 1}):
            said = {key: cells.get((row, column)) for column, key in enumerate(MILESTONE_COLUMNS, start=1)}
            raw = said["stand"]
            if raw is None:
                continue
            id = said["id"].text.strip() if said["id"] is not None else ""
            if id not in self.milestones:
                self.report("milestones", row, 1, "no_milestone", id, id=id, ids=self.milestones)
                continue
            stand = words.get(raw.text.strip())
            if stand is None:
                self.report(
                    "milestones", row, 3, "no_stand", raw.text, text=raw.text, words=tuple(words)[: len(STANDS)]
                )
                continue
            self._milestone(row, id, stand, said)

    def _milestone(self, row: int, id: str, stand: str, cells: Mapping[str, RawCell | None]) -> None:
        day = None if (raw := cells["day"]) is None else self.value("milestones", row, 4, raw, "date")
        if day is None:
            if cells["day"] is None:
                self.report("milestones", row, 4, "no_day")
            return
        if self.day is None or self.quarter is None:
            return
        if stand != "promised" and day > self.day:
            text = day.isoformat()
            self.report("milestones", row, 4, "in_future", text, day=text, known_on=self.day.isoformat())
            return
        source, who = self._source(), cells["who"]
        if stand in ("verified", "not_verified"):
            if who is None or who.text.strip().casefold() == self.by.casefold():
                self.report("milestones", row, 5, "own_word", "" if who is None else who.text, id=id)
                return
            source = f"{self._source()}-verified-{id.replace('_', '-')}"
            self.sources[source] = {
                "publisher": who.text.strip(),
                "title": f"Verification of {id}, handed in with the report for {self.quarter}",
                "date": self.day,
                "grade": "B",
            }
        name, value = _FACT_OF[stand]
        note = cells["note"]
        self.facts.append(
            {
                "id": f"{self._source()}-{id.replace('_', '-')}-{stand.replace('_', '-')}",
                "subject": id.replace("_", "-"),
                "name": name,
                "period": day,
                "value": value,
                "unit": "flag",
                "known_on": self.day,
                "source": source,
                **({"note": note.text.strip()} if note is not None else {}),
            }
        )
