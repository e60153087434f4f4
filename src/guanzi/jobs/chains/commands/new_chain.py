"""A table to begin with: a small invented chain of forty rows, as CSV or as a workbook."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.console import say
from guanzi.intake.chains import write_chain_workbook
from guanzi.jobs.shared import results

ENDINGS = (".csv", ".xlsx")


def new_chain(file: Path, lang: str) -> None:
    """Write the example; a file that is there already is left alone."""
    if file.suffix.lower() not in ENDINGS:
        fix = Message.of("chains.export.ending.mend", endings=ENDINGS)
        cause = Message.of("chains.export.ending", file=file.name)
        raise InvalidInput(Problem(cause, Place("FILE"), fix, excerpt=file.name))
    if file.exists():
        cause, fix = Message.of("chains.new.exists", file=str(file)), Message.of("chains.new.exists.mend")
        raise InvalidInput(Problem(cause, Place("FILE"), fix, excerpt=str(file)))
    text = files("guanzi.library").joinpath("chains", "new", "example.csv").read_text("utf-8")
    if file.suffix.lower() == ".csv":
        results.write_whole(file.parent, {file.name: "\ufeff" + text})  # spreadsheets tell UTF-8 by this mark
    else:
        with results.refusing(file.parent):
            file.parent.mkdir(parents=True, exist_ok=True)
            write_chain_workbook(text, file)
    print(say("cli.chain.new", lang, file=str(file), rows=len(text.splitlines()) - 1))
