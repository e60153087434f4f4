"""Commands on workbooks: a form to fill in, a case from a workbook, a case as a workbook."""

from __future__ import annotations

from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, format_problems
from guanzi.console import say
from guanzi.jobs.evidence import workbooks
from guanzi.jobs.evidence.commands.factuse_screen import print_fact_use
from guanzi.record.evidence import ENTITIES, builtin_cases


def refuse_head(*stated: str) -> None:
    """A workbook begins as its example: what was stated on the command line would be dropped without a word.

    Raises:
        InvalidInput: Something other than what an empty case begins with was stated.
    """
    if {*stated} - {"", "CN", "battery-electric-vehicles", "CNY"}:
        cause, fix = Message.of("cli.workbook.head"), Message.of("cli.workbook.head.mend")
        raise InvalidInput(Problem(cause, Place("--xlsx"), fix))


def new_workbook(text: str, source: str | None, lang: str) -> None:
    """Write ``NAME.xlsx``: a small example to write over, or another case under a new name."""
    print(say("cli.workbook.created", lang, file=str(workbooks.new_workbook(text, source))))


def import_workbook(text: str, out: Path | None, lang: str) -> None:
    """Make a case folder of a workbook, and say what the forecast makes of its facts."""
    made = workbooks.import_workbook(text, out)
    case, target = made.case, made.folder
    if made.warnings:
        print(format_problems(made.warnings, lang))
    counts = {"facts": len(case.facts), "sources": len(case.sources), "sheets": len(case.sheets)}
    shown = f"./{target}" if str(target) in builtin_cases() else str(target)  # as the next command finds it
    print(say("cli.workbook.imported", lang, folder=shown, **counts))
    print_fact_use(case, lang)


def export_workbook(text: str, out: Path | None, lang: str) -> None:
    """Write a case as a workbook."""
    case, path = workbooks.export_workbook(text, out)
    print(say("cli.workbook.exported", lang, file=str(path)))
    if case.documents:
        print(say("cli.workbook.documents", lang, n=len(case.documents), folder=str(path.parent / "documents")))
    if case.judgements:
        print(say("cli.workbook.judgements", lang, n=len(case.judgements)))
    if case.entities:
        print(say("cli.workbook.entities", lang, n=len(case.entities), file=ENTITIES))
