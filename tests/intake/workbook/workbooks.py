"""Workbooks to try things on."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from tests.record.evidence.folders import CASE, GOOD_FACT, facts_yaml, write_case

from guanzi.base.core import InvalidInput, Problem, format_problem
from guanzi.intake.workbook import Book, case_draft, case_rows, layouts, read_book, write_book
from guanzi.record.evidence import load_case

FACTS = facts_yaml(
    GOOD_FACT,
    "id: guidance, name: delivery_guidance, period: 2020Q1, value: {low: 3400, high: 3600}, unit: vehicles, "
    "known_on: 2020-03-18, source: press, confidence: low, known_to: parties, note: '=not a formula'",
    "id: doubt, name: going_concern_doubt, period: 2019-12-31, value: true, unit: flag, known_on: 2020-03-18, "
    "source: filing",
)


def make_book(folder: Path) -> Path:
    """A workbook with three facts and three sources."""
    case = load_case(write_case(folder / "case", {"case.yaml": CASE, "facts/a.yaml": FACTS}))
    path = folder / "book.xlsx"
    write_book(path, case_rows(case))
    return path


def change(path: Path, cells: Mapping[str, Any]) -> Path:
    """Change cells of a workbook, given as ``Sheet!A1``."""
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        sheet, cell = name.split("!")
        book[sheet][cell] = value
    book.save(path)
    return path


def problems_of(path: Path) -> list[Problem]:
    """Everything that is wrong with the case in a workbook; every sentence can be said."""
    book = read_book(path, layouts("case"), "book.xlsx")
    problems = book.in_order(case_draft(book, path.parent).problems)
    for problem in problems:
        format_problem(problem)
    return problems


def errors_of(path: Path) -> list[tuple[str, str]]:
    """Place and cause of every error."""
    return [(p.place.file, p.cause.id) for p in problems_of(path) if p.severity == "error"]


def refusal(path: Path) -> str:
    """The cause for which a file is not read at all."""
    try:
        book: Book = read_book(path, layouts("case"), "book.xlsx")
    except InvalidInput as error:
        for problem in error.problems:
            format_problem(problem)
        return error.problems[0].cause.id.removeprefix("evidence.").removeprefix("reading.").removeprefix("workbook.")
    return f"read {list(book.rows)}"
