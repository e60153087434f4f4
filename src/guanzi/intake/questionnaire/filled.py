"""Reading a form that an expert filled in: every cell is checked, and what is wrong is said with its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import RawCell, filled_cells, open_workbook
from guanzi.intake.questionnaire.form import (
    FIELDS,
    LEFT,
    PANEL,
    asking_order,
    left_cells,
    panel_cells,
    sheet_title,
    title_of,
)
from guanzi.intake.workbook import UNKNOWN, BadCell, ColumnKind, SheetColumn, cell_place, read_cell
from guanzi.record.evidence import ElicitationFormat, QuestionEntry, answer_problem, bound_problem

MOST_ROWS, MOST_COLUMNS = 300, 30
type Cells = Mapping[tuple[int, int], RawCell]


@dataclass(frozen=True, slots=True)
class Filled:
    """What an expert answered in one round.

    Attributes:
        file: How places call the form.
        round: Number of the round.
        name: Of the expert.
        field: What he or she knows about.
        day: Of the answers.
        answers: Question to quantiles, ascending.
        reasons: Question to reasons; only those that were given.
    """

    file: str
    round: int
    name: str
    field: str
    day: date
    answers: Mapping[str, tuple[float, ...]]
    reasons: Mapping[str, str]


def panel_of_form(path: Path, name: str | None = None) -> str:
    """Id of the panel whose form this is.

    Raises:
        InvalidInput: The file is no form of this kind.
    """
    found = _sheets(path, name or str(path))["panel"].get((1, 2))
    return "" if found is None else found.text.strip()


def read_form(path: Path, form: ElicitationFormat, name: str | None = None) -> Filled:
    """Read a filled-in form.

    Args:
        path: The workbook.
        form: What was asked.
        name: How places should call the file.

    Raises:
        InvalidInput: The file cannot be opened, is a form of other questions, was changed where it is locked, or holds
            an answer that cannot be used; all problems at once, each with its cell.
    """
    name = name or str(path)
    sheets = _sheets(path, name)
    reader = _Reader(name, form)
    round = reader.panel(sheets["panel"])
    who = reader.expert(sheets["expert"])
    answers, reasons = reader.answers(sheets["answers"])
    if not answers and not reader.problems:
        cause, fix = Message.of("evidence.elicitation.empty"), Message.of("evidence.elicitation.empty.mend")
        reader.report("answers", 2, len(LEFT) + 1, cause, fix)
    if reader.problems:
        raise InvalidInput(reader.problems)
    return Filled(name, round, who["name"], who["field"], who["day"], answers, reasons)


def _sheets(path: Path, name: str) -> dict[str, Cells]:
    """The cells of the sheets that are read, by row and column from 1."""
    found: dict[str, Cells] = {}
    with open_workbook(path, name) as workbook:
        for key in ("panel", "expert", "answers"):
            title = sheet_title(key)
            if title not in workbook.sheetnames:
                cause = Message.of("evidence.elicitation.no_form", sheet=title)
                raise InvalidInput(Problem(cause, Place(name), Message.of("evidence.elicitation.no_form.mend")))
            rows = filled_cells(workbook[title], columns=MOST_COLUMNS, rows=MOST_ROWS)
            found[key] = {(row, column): raw for row, cells in rows for column, raw in cells.items()}
    return found


class _Reader:
    """Reads the sheets of one form and gathers what is wrong with them."""

    def __init__(self, name: str, form: ElicitationFormat) -> None:
        self.name, self.form = name, form
        self.problems: list[Problem] = []

    def report(self, sheet: str, row: int, column: int, cause: Message, fix: Message | None, text: str = "") -> None:
        place = cell_place(self.name, sheet_title(sheet), row, column)
        self.problems.append(Problem(cause, place, fix, excerpt=text[:200]))

    def panel(self, cells: Cells) -> int:
        """The round; the questions must be those that were asked."""
        found = [raw.text.strip() if (raw := cells.get((i, 2))) else "" for i in range(1, len(PANEL) + 1)]
        said = dict(zip(PANEL, found, strict=True))
        round = int(said["round"]) if said["round"] in set("123456789") else 0
        if not round:
            self.report("panel", 3, 2, *_locked(said["round"]))
        wanted = dict(zip(PANEL, panel_cells(self.form, round), strict=True))
        for row, key in enumerate(PANEL, start=1):
            if key in ("panel", "questions") and said[key] != wanted[key]:
                cause = Message.of(f"evidence.elicitation.other.{key}", found=said[key], wanted=wanted[key])
                self.report("panel", row, 2, cause, Message.of("evidence.elicitation.other.mend"), said[key])
        return round

    def expert(self, cells: Cells) -> dict[str, Any]:
        """Name, field and day."""
        found: dict[str, Any] = {"name": "", "field": "", "day": date.min}
        for row, key in enumerate(FIELDS, start=1):
            raw = cells.get((row, 2))
            if raw is not None:
                value = self._value("expert", row, 2, raw, "date" if key == "day" else "words")
                found[key] = value.strip() if isinstance(value, str) else value
            elif key != "field":
                cause = Message.of("evidence.elicitation.missing", field=title_of("fields", key))
                self.report("expert", row, 2, cause, Message.of(f"evidence.elicitation.missing.{key}"))
        return found

    def answers(self, cells: Cells) -> tuple[dict[str, tuple[float, ...]], dict[str, str]]:
        """Quantiles and reasons by question."""
        count = len(self.form.quantiles)
        answers: dict[str, tuple[float, ...]] = {}
        reasons: dict[str, str] = {}
        for row, question in enumerate(self.form.questions, start=2):
            self._locked_cells(cells, row, question)
            values = self._answer(cells, row, question)
            if values is not None:
                answers[question.id] = values
            raw = cells.get((row, len(LEFT) + count + 1))
            reason = self._value("answers", row, len(LEFT) + count + 1, raw, "words") if raw is not None else None
            if reason is not None:
                reasons[question.id] = reason.strip()
        beyond = len(self.form.questions) + 1
        for row, column in sorted(place for place in cells if place[0] > beyond):
            text = cells[row, column].text
            self.report("answers", row, column, *_locked(""), text=text)
        return answers, reasons

    def _locked_cells(self, cells: Cells, row: int, question: QuestionEntry) -> None:
        for column, wanted in enumerate(left_cells(question), start=1):
            raw = cells.get((row, column))
            found = "" if raw is None or raw.data_type == "f" else raw.text
            if found.split() != wanted.split():  # programs write line ends and blanks their own way
                self.report("answers", row, column, *_locked(wanted), text=found)

    def _answer(self, cells: Cells, row: int, question: QuestionEntry) -> tuple[float, ...] | None:
        """The quantiles of a question, ascending; None where nothing was answered, or something wrong."""
        order = asking_order(len(self.form.quantiles))
        columns = {place: len(LEFT) + 1 + i for i, place in enumerate(order)}
        raws = {place: cells.get((row, column)) for place, column in columns.items()}
        if all(raw is None for raw in raws.values()):
            return None
        values: dict[int, float] = {}
        fine = True
        for place in range(len(order)):
            raw = raws[place]
            if raw is None:
                cause = Message.of("evidence.elicitation.half")
                self.report("answers", row, columns[place], cause, Message.of("evidence.elicitation.half.mend"))
                fine = False
                continue
            value = self._value("answers", row, columns[place], raw, "number")
            if value is None:
                fine = False
                continue
            values[place] = float(value)
            wrong = bound_problem(question, values[place])
            if wrong is not None:
                self.report("answers", row, columns[place], *wrong, text=raw.text)
                fine = False
        if not fine:
            return None
        said = tuple(values[place] for place in range(len(order)))
        unfit = answer_problem(question, said)
        if unfit is not None:
            self.report("answers", row, len(LEFT) + 1, *unfit, text=", ".join(f"{v:g}" for v in said))
            return None
        return said

    def _value(self, sheet: str, row: int, column: int, raw: RawCell, kind: ColumnKind) -> Any:
        """The value of a cell; None when it is not what the form asks for, which is reported."""
        try:
            value = read_cell(raw, SheetColumn(kind, (kind, kind), kind, ("", "")))
        except BadCell as bad:
            self.report(sheet, row, column, bad.cause, bad.fix, raw.text)
            return None
        if kind == "number" and value == UNKNOWN:
            cause, fix = Message.of("evidence.elicitation.unknown"), Message.of("evidence.elicitation.half.mend")
            self.report(sheet, row, column, cause, fix, raw.text)
            return None
        return value


def _locked(wanted: str) -> tuple[Message, Message]:
    return Message.of("evidence.elicitation.locked"), (
        Message.of("evidence.elicitation.locked.mend", text=wanted)
        if wanted
        else Message.of("evidence.elicitation.locked.mend.empty")
    )
