"""The form: a workbook without formulas or macros that experts fill in offline; it holds no true value of a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from guanzi.base.core import sha256_of
from guanzi.base.reading import new_workbook, read_yaml
from guanzi.record.evidence import ElicitationFormat, QuestionEntry, new_file

type Bilingual = tuple[str, str]

FIRST_ROW = 1
"""Rows of questions begin here, counted from 0, below the header."""
_WIDTHS = {"id": 14, "text": 60, "text_zh": 44, "unit": 14, "range": 18, "reason": 60}
ANSWER_WIDTH = 18
LEFT = ("id", "text", "text_zh", "unit", "range")
"""Columns of the answers before the quantiles."""
FIELDS = ("name", "field", "day")
PANEL = ("panel", "title", "round", "quantiles", "questions")
_LARGEST = 1e300


@dataclass(frozen=True, slots=True)
class FormFeedback:
    """What was said of a question in the round before, without names.

    Attributes:
        answers: Mark of an expert, quantiles and reason.
        group: Quantiles of all experts pooled alike.
    """

    answers: tuple[tuple[str, tuple[float, ...], str], ...]
    group: tuple[float, ...]


@cache
def form_words() -> Mapping[str, Any]:
    """The words of the form, English and Chinese."""
    data: Mapping[str, Any] = read_yaml(Path(str(files("guanzi"))) / "library" / "experts" / "form.yaml").data
    return data


def title_of(part: str, key: str) -> str:
    """A title in both languages."""
    english, chinese = form_words()[part][key]
    return f"{english} / {chinese}"


def sheet_title(key: str) -> str:
    """Title of a sheet, without the slash that a sheet cannot have in its name."""
    english, chinese = form_words()["sheets"][key]
    return f"{english} {chinese}"


def asking_order(count: int) -> tuple[int, ...]:
    """Places of the quantiles in the order in which they are asked: from the ends inwards, the middle last.

    >>> asking_order(3), asking_order(5)
    ((0, 2, 1), (0, 4, 1, 3, 2))
    """
    order: list[int] = []
    for i in range((count + 1) // 2):
        order.extend(dict.fromkeys((i, count - 1 - i)))
    return tuple(order)


def question_mark(form: ElicitationFormat) -> str:
    """A mark of what is asked; another question, unit, range or quantile gives another mark. True values are not in."""
    asked = [q.model_dump(mode="json", exclude={"seed", "parameter"}) for q in form.questions]
    return sha256_of({"panel": form.panel, "quantiles": list(form.quantiles), "questions": asked})[:16]


def write_form(path: Path, form: ElicitationFormat, round: int = 1, feedback: Sequence[FormFeedback] = ()) -> None:
    """Write the form of a round; nothing is overwritten, and nothing is left behind when it fails.

    Args:
        path: Where to; ends with ``.xlsx``.
        form: What is asked.
        round: Number of the round.
        feedback: What was said before, one for each question; empty for the first round.

    Raises:
        InvalidInput: The file is there already or cannot be written.
    """
    with new_file(path) as draft:
        _write(draft, form, round, feedback)


def quantile_title(p: float) -> str:
    """Header of a column of answers."""
    key = "middle" if p == 0.5 else "low" if p < 0.5 else "high"
    english, chinese = form_words()["quantiles"][key]
    said = {"p": f"{100 * p:g}", "q": f"{100 * (1 - p):g}"}
    return f"{english.format(**said)} / {chinese.format(**said)}"


def range_text(question: QuestionEntry) -> str:
    """What the question calls possible, in both languages; empty for no bounds."""
    low, high = question.least, question.most
    if low is None and high is None:
        return ""
    key = "both" if low is not None and high is not None else "least" if low is not None else "most"
    said = {"low": "" if low is None else f"{low:g}", "high": "" if high is None else f"{high:g}"}
    return " / ".join(text.format(**said) for text in form_words()["range"][key])


def left_cells(question: QuestionEntry) -> tuple[str, ...]:
    """The locked cells of a row of answers, in the order of :data:`LEFT`."""
    return (question.id, question.text, question.text_zh, question.unit, range_text(question))


def panel_cells(form: ElicitationFormat, round: int) -> tuple[str, ...]:
    """The locked values of the sheet that says which form this is, in the order of :data:`PANEL`."""
    return (form.panel, form.title, str(round), ", ".join(f"{p:g}" for p in form.quantiles), question_mark(form))


def _write(path: Path, form: ElicitationFormat, round: int, feedback: Sequence[FormFeedback]) -> None:
    with new_workbook(path) as book:
        writer = _Writer(book, form, round)
        writer.instructions()
        writer.expert()
        writer.answers()
        if feedback:
            writer.feedback(feedback)
        writer.panel()


class _Writer:
    """Writes the sheets in one look; only the cells to fill in are unlocked."""

    def __init__(self, book: Any, form: ElicitationFormat, round: int) -> None:
        self.book, self.form, self.round = book, form, round
        font = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
        self.header = book.add_format({**font, "bold": True, "bg_color": "#D3DEEA", "bottom": 1})
        self.words = book.add_format(font)
        self.open = book.add_format({**font, "locked": False, "bg_color": "#FFF9E5", "border": 1})
        self.open_day = book.add_format(
            {**font, "locked": False, "bg_color": "#FFF9E5", "border": 1, "num_format": "yyyy-mm-dd"}
        )
        self.number = book.add_format({**font, "num_format": "General"})
        self.wrong = book.add_format({"bg_color": "#F4C7C3"})

    def _sheet(self, key: str) -> Any:
        sheet = self.book.add_worksheet(sheet_title(key))
        # No password: it keeps a structure from slipping, it is no lock against intent; reading checks every cell.
        sheet.protect("", {"format_columns": True, "format_rows": True})
        return sheet

    def instructions(self) -> None:
        """How to answer."""
        sheet = self._sheet("instructions")
        sheet.set_column(0, 1, 80)
        notes = [*form_words()["notes"], *(form_words()["second"] if self.round > 1 else ())]
        titles = (self.form.title, self.form.title_zh or self.form.title)
        for row, pair in enumerate(notes):
            for column, text in enumerate(pair):
                sheet.write_string(row, column, text.format(title=titles[column], round=self.round), self.words)

    def expert(self) -> None:
        """Who answers, and when."""
        sheet = self._sheet("expert")
        sheet.set_column(0, 1, 50)
        for row, key in enumerate(FIELDS):
            sheet.write_string(row, 0, title_of("fields", key), self.header)
            sheet.write_blank(row, 1, None, self.open_day if key == "day" else self.open)
        day = {"validate": "date", "criteria": ">=", "value": datetime(1990, 1, 1)}
        sheet.data_validation(FIELDS.index("day"), 1, FIELDS.index("day"), 1, day)

    def answers(self) -> None:
        """One row for each question."""
        sheet = self._sheet("answers")
        sheet.freeze_panes(FIRST_ROW, 2)
        for column, key in enumerate(LEFT):
            sheet.set_column(column, column, _WIDTHS[key])
            sheet.write_string(0, column, title_of("columns", key), self.header)
        levels = self.form.quantiles
        first, last = len(LEFT), len(LEFT) + len(levels)
        for column, place in enumerate(asking_order(len(levels)), start=first):
            sheet.set_column(column, column, ANSWER_WIDTH)
            sheet.write_string(0, column, quantile_title(levels[place]), self.header)
        sheet.set_column(last, last, _WIDTHS["reason"])
        sheet.write_string(0, last, title_of("columns", "reason"), self.header)
        for row, question in enumerate(self.form.questions, start=FIRST_ROW):
            for column, text in enumerate(left_cells(question)):
                sheet.write_string(row, column, text, self.words)
            for column in range(first, last + 1):
                sheet.write_blank(row, column, None, self.open)
            sheet.data_validation(row, first, row, last - 1, _between(question))
            rule = {"type": "formula", "criteria": _falling(row, first, len(levels)), "format": self.wrong}
            sheet.conditional_format(row, first, row, last - 1, rule)

    def feedback(self, feedback: Sequence[FormFeedback]) -> None:
        """What the others said in the round before, and all of them pooled alike."""
        sheet = self._sheet("feedback")
        sheet.freeze_panes(FIRST_ROW, 0)
        levels = self.form.quantiles
        heads = [title_of("columns", key) for key in ("id", "text", "expert")]
        heads += [*map(quantile_title, levels), title_of("columns", "reason")]
        widths = [_WIDTHS["id"], _WIDTHS["text"], 22, *[ANSWER_WIDTH] * len(levels), _WIDTHS["reason"]]
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, self.header)
        for row, (question, mark, values, reason) in enumerate(self._feedback_rows(feedback), start=FIRST_ROW):
            for column, text in enumerate((question.id, question.text, mark)):
                sheet.write_string(row, column, text, self.words)
            for column, value in enumerate(values, start=3):
                sheet.write_number(row, column, value, self.number)
            sheet.write_string(row, 3 + len(levels), reason, self.words)

    def _feedback_rows(
        self, feedback: Sequence[FormFeedback]
    ) -> Iterator[tuple[QuestionEntry, str, tuple[float, ...], str]]:
        for question, said in zip(self.form.questions, feedback, strict=True):
            for mark, values, reason in said.answers:
                yield question, mark, values, reason
            if said.answers:
                yield question, title_of("quantiles", "group"), said.group, ""

    def panel(self) -> None:
        """Which form this is."""
        sheet = self._sheet("panel")
        sheet.set_column(0, 1, 50)
        for row, (key, text) in enumerate(zip(PANEL, panel_cells(self.form, self.round), strict=True)):
            sheet.write_string(row, 0, title_of("panel", key), self.header)
            sheet.write_string(row, 1, text, self.words)


def _between(question: QuestionEntry) -> dict[str, Any]:
    low = -_LARGEST if question.least is None else question.least
    high = _LARGEST if question.most is None else question.most
    said = "\n".join((*form_words()["typed"], range_text(question))).strip()
    return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high, "error_message": said[:255]}


def _falling(row: int, first: int, count: int) -> str:
    """The rule that colours the answers of a row while a lower quantile is above a higher one."""
    from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]

    columns = {place: first + i for i, place in enumerate(asking_order(count))}
    cells = [xl_rowcol_to_cell(row, columns[place], row_abs=True, col_abs=True) for place in range(count)]
    pairs = [
        f"AND(ISNUMBER({low}),ISNUMBER({high}),{low}>{high})" for i, low in enumerate(cells) for high in cells[i + 1 :]
    ]
    return f"=OR({','.join(pairs)})"
