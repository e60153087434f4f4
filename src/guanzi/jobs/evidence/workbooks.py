"""Cases as workbooks: a form to fill in, a case from a workbook, a case as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from guanzi.base.core import InvalidInput, Message, Place, Problem, check_slug
from guanzi.deal.rows import sheet_documents, sheet_rows
from guanzi.deal.terms import read_sheet
from guanzi.intake.workbook import SheetRows, case_draft, case_rows, layouts, read_book, write_book, write_case
from guanzi.jobs.evidence.factuse import rate_problems
from guanzi.record.evidence import Case, find_case, load_case, open_case, origin_text
from guanzi.record.evidence import new_case as make_case

_ENDING = ".xlsx"


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """A case that was made of a workbook.

    Attributes:
        folder: Where it lies.
        case: The case.
        warnings: What its reader should know, with the cells.
    """

    folder: Path
    case: Case
    warnings: tuple[Problem, ...]


def new_workbook(text: str, source: str | None) -> Path:
    """Write ``NAME.xlsx``: a small example to write over, or another case under a new name.

    Args:
        text: Name of the case, with a folder before it if it shall not lie here.
        source: Case to take along; None for the example.

    Raises:
        InvalidInput: The name is none, or the file cannot be written.
    """
    target = Path(text.removesuffix(_ENDING))
    check_slug(target.name)
    template = _form() if source is None else find_case(source)
    with TemporaryDirectory() as work:
        case = load_case(make_case(Path(work), target.name, template))
        return write_workbook(case, target.parent / f"{target.name}{_ENDING}")


def import_workbook(text: str, out: Path | None) -> ImportedCase:
    """Make a case folder of a workbook.

    Raises:
        InvalidInput: Everything that is wrong with it, at once; then nothing is made.
    """
    path = Path(text)
    book = read_book(path, (*layouts("case"), *layouts("terms")), text)
    draft = case_draft(book, path.parent)
    documents, problems = sheet_documents(book)
    problems += draft.problems
    for document in documents.values():
        problems += [*read_sheet(document).problems, *draft.clashes(document)]
    problems = book.in_order(problems)
    if any(problem.severity == "error" for problem in problems):
        raise InvalidInput(problems)
    target = out or Path(draft.header["case"])
    sheets = {name: document.data for name, document in documents.items()}

    def check(made: Path) -> None:
        if wrong := draft.in_cells(rate_problems(load_case(made))):
            raise InvalidInput(book.in_order(wrong))

    write_case(target, draft, sheets, path.parent / "documents", origin_text(text, documents), check)
    case = load_case(target)
    return ImportedCase(target, case, tuple(problems))


def export_workbook(text: str, out: Path | None) -> tuple[Case, Path]:
    """Write a case as a workbook.

    Raises:
        InvalidInput: There is no such case, or the file cannot be written.
    """
    case = open_case(text)
    return case, write_workbook(case, out or Path(f"{case.id}{_ENDING}"))


def write_workbook(case: Case, path: Path, before: Sequence[SheetRows] = ()) -> Path:
    """Write a case as a workbook, with sheets before its own that are for people alone.

    Raises:
        InvalidInput: The file cannot be written, or its name does not say that it is a workbook.
    """
    if path.suffix.lower() != _ENDING:
        cause = Message.of("desk.workbook.ending", file=str(path), ending=_ENDING)
        raise InvalidInput(Problem(cause, Place(""), Message.of("desk.workbook.ending.mend", ending=_ENDING)))
    write_book(path, [*before, *case_rows(case), *sheet_rows(case.sheets)])
    return path


def _form() -> Path:
    """The small example that a new workbook begins with."""
    return Path(str(files("guanzi"))) / "library" / "workbook" / "form"
