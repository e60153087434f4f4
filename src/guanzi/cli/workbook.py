"""Commands on workbooks: a form to fill in, a case from a workbook, a case as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from guanzi.base.core import InvalidInput, Message, Place, Problem, check_slug, format_problems
from guanzi.cli.factuse import print_fact_use, rate_problems
from guanzi.cli.speech import say
from guanzi.deal.rows import sheet_documents, sheet_rows
from guanzi.deal.terms import read_sheet
from guanzi.intake.workbook import SheetRows, case_draft, case_rows, layouts, read_book, write_book, write_case
from guanzi.record.evidence import ENTITIES, Case, builtin_cases, find_case, load_case, origin_text
from guanzi.record.evidence import new_case as make_case

_ENDING = ".xlsx"


def new_workbook(text: str, source: str | None, lang: str) -> None:
    """Write ``NAME.xlsx``: a small example to write over, or another case under a new name.

    Args:
        text: Name of the case, with a folder before it if it shall not lie here.
        source: Case to take along; None for the example.
        lang: Language of the sentences.
    """
    target = Path(text.removesuffix(_ENDING))
    check_slug(target.name)
    template = _form() if source is None else find_case(source)
    with TemporaryDirectory() as work:
        case = load_case(make_case(Path(work), target.name, template))
        path = write_workbook(case, target.parent / f"{target.name}{_ENDING}")
    print(say("cli.workbook.created", lang, file=str(path)))


def import_workbook(text: str, out: Path | None, lang: str) -> None:
    """Make a case folder of a workbook; everything that is wrong with it is said at once, and then nothing is made."""
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
    write_case(target, draft, sheets, path.parent / "documents", origin_text(text, documents))
    case = load_case(target)
    if problems:
        print(format_problems(problems, lang))
    counts = {"facts": len(case.facts), "sources": len(case.sources), "sheets": len(case.sheets)}
    shown = f"./{target}" if str(target) in builtin_cases() else str(target)  # as the next command finds it
    print(say("cli.workbook.imported", lang, folder=shown, **counts))
    if wrong := rate_problems(case):
        print(format_problems(wrong, lang))
    print_fact_use(case, lang)


def export_workbook(text: str, out: Path | None, lang: str) -> None:
    """Write a case as a workbook."""
    case = load_case(find_case(text))
    path = write_workbook(case, out or Path(f"{case.id}{_ENDING}"))
    print(say("cli.workbook.exported", lang, file=str(path)))
    if case.documents:
        print(say("cli.workbook.documents", lang, n=len(case.documents), folder=str(path.parent / "documents")))
    if case.judgements:
        print(say("cli.workbook.judgements", lang, n=len(case.judgements)))
    if case.entities:
        print(say("cli.workbook.entities", lang, n=len(case.entities), file=ENTITIES))


def write_workbook(case: Case, path: Path, before: Sequence[SheetRows] = ()) -> Path:
    """Write a case as a workbook, with sheets before its own that are for people alone.

    Raises:
        InvalidInput: The file cannot be written, or its name does not say that it is a workbook.
    """
    if path.suffix.lower() != _ENDING:
        cause = Message.of("cli.workbook.ending", file=str(path))
        raise InvalidInput(Problem(cause, Place(""), Message.of("cli.workbook.ending.mend")))
    write_book(path, [*before, *case_rows(case), *sheet_rows(case.sheets)])
    return path


def _form() -> Path:
    """The small example that a new workbook begins with."""
    return Path(str(files("guanzi"))) / "library" / "workbook" / "form"
