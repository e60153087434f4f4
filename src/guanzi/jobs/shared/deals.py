"""The deal that is meant: a term sheet from a file or a workbook, or the newest one of a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import YamlDocument, read_yaml
from guanzi.deal.rows import sheet_documents
from guanzi.deal.terms import TermSheet, parse_sheet, read_sheet
from guanzi.intake.workbook import layouts, read_book
from guanzi.record.evidence import View, load_case, open_case

WORKBOOK = ".xlsx"
"""How the name of a workbook ends."""


def newest_in_book(path: Path, text: str, as_of: date | None) -> YamlDocument:
    """The newest term sheet of a workbook that was held on a day; its places are cells."""
    book = read_book(path, (*layouts("case"), *layouts("terms")), text)
    documents, problems = sheet_documents(book)
    for document in documents.values():
        problems += read_sheet(document).problems
    wrong = [problem for problem in book.in_order(problems) if problem.severity == "error"]
    if wrong:
        raise InvalidInput(wrong)
    days = {name: document.data["known_on"] for name, document in documents.items()}
    held = [name for name, day in days.items() if as_of is None or day <= as_of]
    if not held:
        cause = Message.of("desk.lint.no_sheet_in_book", file=text)
        raise InvalidInput(Problem(cause, Place(text), Message.of("desk.lint.no_sheet_in_book.mend")))
    return documents[max(held, key=lambda name: (days[name], name))]


def read_deal(text: str, as_of: date | None) -> tuple[TermSheet, View | None]:
    """A term sheet from a file, or the newest one of a case with its view; a file within a case has its view, too."""
    path = Path(text)
    if path.is_file() and path.suffix.lower() == WORKBOOK:
        return parse_sheet(newest_in_book(path, text, as_of)), None
    if path.is_file():
        sheet = parse_sheet(read_yaml(path, text))
        around = path.resolve().parent.parent
        if path.resolve().parent.name != "terms" or not (around / "case.yaml").is_file():
            return sheet, None
        held = load_case(around)
        return sheet, held.view(as_of or max(held.decision_date, sheet.known_on))
    case = open_case(text)
    view = case.view(as_of or case.decision_date)
    if view.sheet is None:
        cause = Message.of("desk.explain.no_sheet", case=text, day=view.as_of.isoformat())
        raise InvalidInput(Problem(cause, Place(str(case.folder / "terms")), Message.of("desk.explain.no_sheet.mend")))
    try:
        return parse_sheet(view.sheet.document), view
    except InvalidInput as error:
        raise InvalidInput(case.located(error.problems)) from error
