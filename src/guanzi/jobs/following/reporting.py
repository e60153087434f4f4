"""What a company reports of a quarter after signing: the workbook to fill in, and its way into the case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path

from guanzi.base.core import Bilingual, InvalidInput, Message, Period, Place, Problem, write_file
from guanzi.base.reading import yaml_text
from guanzi.deal.terms import TermSheet, parse_sheet
from guanzi.intake.reported import asked_figures, read_report, write_report_form
from guanzi.jobs.following.monitoring import check_not_refused, must_be_within
from guanzi.jobs.shared.results import refusing
from guanzi.record.evidence import WATCHED, Case, open_case, watched_case
from guanzi.study.monitoring import milestones, watch_problems

_ENDING = ".xlsx"


@dataclass(frozen=True, slots=True)
class TemplateRequest:
    """What is asked: a case, a quarter (None: the first after signing that is not reported), and where to."""

    case: str
    quarter: str | None = None
    out: Path | None = None
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What is asked: a filled-in workbook, and the case that it is of."""

    book: str
    case: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A report that was taken in: where its facts lie, how many, of which quarter, and what to look at."""

    path: Path
    facts: int
    quarter: str
    warnings: tuple[Problem, ...]


def write_template(request: TemplateRequest) -> Path:
    """Write the workbook of a quarter.

    Raises:
        InvalidInput: There is no signed deal, the quarter is none, ended before signing or lies far behind the deal, or
            the file cannot be written.
    """
    case, sheet = _signed(request.case)
    quarter = _asked(request.quarter, sheet) if request.quarter is not None else _next(case, sheet)
    path = request.out or Path(f"{case.id}-{quarter}{_ENDING}")
    if path.suffix.lower() != _ENDING:
        cause = Message.of("desk.workbook.ending", file=str(path), ending=_ENDING)
        raise InvalidInput(Problem(cause, Place("--out"), Message.of("desk.workbook.ending.mend", ending=_ENDING)))
    view = watched_case(case).view(max(quarter.end, sheet.signed))
    open_ = (one for one in milestones(sheet, case.view(sheet.signed)) if one.state != "paid")
    named = [(milestone.id, milestone.name) for milestone in open_]
    rows = [
        (id, Bilingual.read(sheet.called(id) if name == id else name).localised(request.lang)) for id, name in named
    ]
    with refusing(path.parent):
        write_report_form(path, case.id, asked_figures(view), quarter, rows, request.lang)
    return path


def import_report(request: ImportRequest) -> Imported:
    """Take in a report: its facts become a file in ``monitoring/`` of the case.

    Raises:
        InvalidInput: Everything that is wrong with it, at once; then nothing is written.
    """
    case, sheet = _signed(request.case)
    if case.folder.resolve().is_relative_to(Path(str(files("guanzi"))).resolve()):
        cause, fix = (
            Message.of("desk.report.shipped", case=case.id),
            Message.of("desk.report.shipped.mend", case=case.id),
        )
        raise InvalidInput(Problem(cause, Place(request.case), fix))
    path = Path(request.book)
    ids = tuple(milestone.id for milestone in milestones(sheet, case.view(sheet.signed)))
    report = read_report(path, case.id, case.currency, sheet.signed, ids, request.book)
    target = case.folder / WATCHED / f"report-{str(report.quarter).lower()}.yaml"
    if target.exists():
        cause = Message.of("desk.report.twice", quarter=str(report.quarter), file=str(target))
        raise InvalidInput(Problem(cause, Place(request.book), Message.of("desk.report.twice.mend")))
    text = yaml_text({"sources": dict(report.sources), "facts": [dict(fact) for fact in report.facts]})
    with refusing(target.parent):
        target.parent.mkdir(exist_ok=True)
        write_file(target, text)
    try:
        warnings = _checked(case, sheet, report.reported_on)
    except InvalidInput as error:
        target.unlink()
        raise InvalidInput([_of_book(problem, target, request.book) for problem in error.problems]) from error
    return Imported(target, len(report.facts), str(report.quarter), warnings)


def _of_book(problem: Problem, target: Path, book: str) -> Problem:
    """A problem of the facts of a report, whose file does not stay: its place is the workbook."""
    if not problem.place.file.endswith(f"{WATCHED}/{target.name}"):
        return problem
    return replace(problem, place=Place(book), line="")


def _checked(case: Case, sheet: TermSheet, day: date) -> tuple[Problem, ...]:
    """Warnings of the new facts; what cannot be together with those that were there is refused."""
    whole = watched_case(case)
    problems = watch_problems(sheet, whole.view(day))
    if problems:
        raise InvalidInput(whole.located(problems))
    return tuple(p for p in whole.warnings if p not in case.warnings)


def _signed(text: str) -> tuple[Case, TermSheet]:
    case = open_case(text)
    check_not_refused(case)
    signed = [file for file in case.sheets if file.document.data.get("status") != "draft"]
    if not signed:
        cause, fix = Message.of("desk.report.unsigned"), Message.of("desk.monitor.draft.mend")
        raise InvalidInput(Problem(cause, Place(str(case.folder / "terms")), fix))
    try:
        return case, parse_sheet(signed[-1].document)
    except InvalidInput as error:
        raise InvalidInput(case.located(error.problems)) from error


def _asked(text: str, sheet: TermSheet) -> Period:
    quarter = Period.parse(text)
    if quarter.kind != "quarter" or quarter.end < sheet.signed:
        cause = Message.of("desk.report.no_quarter", text=text, signed=sheet.signed.isoformat())
        raise InvalidInput(Problem(cause, Place("--quarter"), Message.of("desk.report.no_quarter.mend"), excerpt=text))
    must_be_within(sheet, quarter.end, "--quarter")
    return quarter


def _next(case: Case, sheet: TermSheet) -> Period:
    quarter = Period.of("quarter", sheet.signed)
    while (case.folder / WATCHED / f"report-{str(quarter).lower()}.yaml").exists():
        quarter = quarter.shift(1)
    return quarter
