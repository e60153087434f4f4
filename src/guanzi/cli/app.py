"""The commands and their options; what they do lies in the modules beside, imported only when a command runs."""

from __future__ import annotations

import io
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from guanzi.cli.speech import LANGUAGE_VARIABLE, help_text, refusals
from guanzi.cli.usage import Commands
from guanzi.core import InvalidInput, Message, Place, Problem

DEMO_CASE = "nio-hefei-2020"
DEMO_PATHS = 200_000
MOST_PATHS = 100_000_000
MOST_SEED = 2**63 - 1

app = typer.Typer(
    cls=Commands,
    help=help_text("guanzi"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
case_app = typer.Typer(help=help_text("case"), no_args_is_help=True)
app.add_typer(case_app, name="case")

CaseName = Annotated[str, typer.Argument(metavar="CASE", help=help_text("argument.case"), show_default=False)]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help=help_text("option.as_of"), show_default=False),
]
PlaybookName = Annotated[str, typer.Option("--playbook", metavar="NAME", help=help_text("option.playbook"))]
Paths = Annotated[int, typer.Option("--paths", metavar="N", min=1, max=MOST_PATHS, help=help_text("option.paths"))]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, max=MOST_SEED, help=help_text("option.seed"))]
MaybePaths = Annotated[
    int | None,
    typer.Option("--paths", metavar="N", min=1, max=MOST_PATHS, help=help_text("option.paths"), show_default=False),
]
MaybeSeed = Annotated[
    int | None,
    typer.Option("--seed", metavar="N", min=0, max=MOST_SEED, help=help_text("option.seed"), show_default=False),
]
Threads = Annotated[
    int | None,
    typer.Option("--threads", metavar="N", min=1, max=1024, help=help_text("option.threads"), show_default=False),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help=help_text("option.out"), show_default=False)]
Language = Annotated[
    str,
    typer.Option("--lang", metavar="LANG", envvar=LANGUAGE_VARIABLE, show_envvar=False, help=help_text("option.lang")),
]
AsJson = Annotated[bool, typer.Option("--json", help=help_text("option.json"))]
Reveal = Annotated[bool, typer.Option("--reveal", help=help_text("option.reveal"))]
Brief = Annotated[bool, typer.Option("--brief", help=help_text("option.brief"))]


@app.command(help=help_text("demo"))
def demo(
    paths: Paths = DEMO_PATHS,
    out: Out = None,
    threads: Threads = None,
    reveal: Reveal = False,
    brief: Brief = False,
    lang: Language = "en",
) -> None:
    """Appraise the shipped case with many paths and show where the dossier lies."""
    with refusals(lang):
        from guanzi.cli.appraise import run_appraisal, try_next

        page = run_appraisal(
            DEMO_CASE, None, "hefei", paths, 1, out, threads, lang, as_json=False, reveal=reveal, brief=brief
        )
        try_next(DEMO_CASE, page, lang)


@app.command(help=help_text("cases"))
def cases(lang: Language = "en", as_json: AsJson = False) -> None:
    """List the shipped cases."""
    with refusals(lang):
        from guanzi.cli.cases import list_cases

        list_cases(lang, as_json)


@case_app.command("check", help=help_text("case.check"))
def case_check(folder: CaseName, lang: Language = "en") -> None:
    """Report everything that is wrong with a case; exit code 1 when there is an error."""
    with refusals(lang):
        from guanzi.cli.cases import check_case

        if not check_case(folder, lang):
            raise typer.Exit(1)


@case_app.command("new", help=help_text("case.new"))
def case_new(
    name: Annotated[str, typer.Argument(metavar="NAME", help=help_text("argument.new_name"), show_default=False)],
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="CASE", help=help_text("option.from"), show_default=DEMO_CASE),
    ] = None,
    xlsx: Annotated[bool, typer.Option("--xlsx", help=help_text("option.new_xlsx"))] = False,
    lang: Language = "en",
) -> None:
    """Begin a new case from another one, as a folder or as a workbook to fill in."""
    with refusals(lang):
        if xlsx:
            from guanzi.cli.workbook import new_workbook

            new_workbook(name, source, lang)
        else:
            from guanzi.cli.cases import new_case

            new_case(name, source or DEMO_CASE, lang)


@case_app.command("import", help=help_text("case.import"))
def case_import(
    book: Annotated[str, typer.Argument(metavar="BOOK.xlsx", help=help_text("argument.book"), show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help=help_text("option.import_out"), show_default=False),
    ] = None,
    lang: Language = "en",
) -> None:
    """Make a case folder of a workbook."""
    with refusals(lang):
        from guanzi.cli.workbook import import_workbook

        import_workbook(book, out, lang)


@case_app.command("export", help=help_text("case.export"))
def case_export(
    case: CaseName,
    xlsx: Annotated[bool, typer.Option("--xlsx", help=help_text("option.export_xlsx"), show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help=help_text("option.export_out"), show_default=False),
    ] = None,
    lang: Language = "en",
) -> None:
    """Write a case as a workbook; ``--xlsx`` names the one form there is."""
    with refusals(lang):
        from guanzi.cli.workbook import export_workbook

        export_workbook(case, out, lang)


@app.command(help=help_text("appraise"))
def appraise(
    case: CaseName,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 20_000,
    seed: Seed = 1,
    out: Out = None,
    threads: Threads = None,
    reveal: Reveal = False,
    brief: Brief = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Appraise a case; write ``appraisal.json`` and ``dossier.html``."""
    with refusals(lang):
        from guanzi.cli.appraise import run_appraisal

        day = _day(as_of)
        run_appraisal(case, day, playbook, paths, seed, out, threads, lang, as_json, reveal=reveal, brief=brief)


@app.command(help=help_text("simulate"))
def simulate(
    case: CaseName,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 20_000,
    seed: Seed = 1,
    threads: Threads = None,
    trace: Annotated[
        int | None,
        typer.Option("--trace", metavar="PATH", min=0, help=help_text("option.trace"), show_default=False),
    ] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Print the distributions of a deal, or the story of one path."""
    with refusals(lang):
        from guanzi.cli.simulate import run_simulation, run_trace

        if trace is None:
            run_simulation(case, _day(as_of), playbook, paths, seed, threads, lang, as_json)
        else:
            run_trace(case, _day(as_of), playbook, trace, seed, lang, as_json)


@app.command(help=help_text("sensitivity"))
def sensitivity(
    case: CaseName,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 20_000,
    seed: Seed = 1,
    facts: Annotated[bool, typer.Option("--facts", help=help_text("option.facts"))] = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say which assumption moves the result, and which fact would turn the advice."""
    with refusals(lang):
        from guanzi.cli.sensitivity import show_sensitivity

        show_sensitivity(case, _day(as_of), playbook, paths, seed, facts, lang, as_json)


@app.command(help=help_text("explain"))
def explain(
    case: Annotated[
        str, typer.Argument(metavar="CASE|TERMSHEET", help=help_text("argument.explain"), show_default=False)
    ],
    as_of: AsOf = None,
    lang: Language = "en",
) -> None:
    """Say every clause of a term sheet in words."""
    with refusals(lang):
        from guanzi.cli.explain import explain_terms

        explain_terms(case, _day(as_of), lang)


@app.command(help=help_text("lint"))
def lint(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE|CASE", help=help_text("argument.lint"), show_default=False),
    ] = None,
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="CODE", help=help_text("option.lint_explain"), show_default=False),
    ] = None,
    lang: Language = "en",
    as_json: AsJson = False,
    as_sarif: Annotated[bool, typer.Option("--sarif", help=help_text("option.sarif"))] = False,
) -> None:
    """Say what is weak in term sheets; exit code 1 when there is an error."""
    with refusals(lang):
        from guanzi.cli.lint import explain_rule, run_lint

        if explain is not None:
            explain_rule(explain, lang)
        elif not run_lint(files or [], _day(as_of), playbook, lang, as_json=as_json, as_sarif=as_sarif):
            raise typer.Exit(1)


@app.command(help=help_text("why"))
def why(
    case: CaseName,
    figure: Annotated[str, typer.Argument(metavar="FIGURE", help=help_text("argument.figure"), show_default=False)],
    as_of: AsOf = None,
    playbook: PlaybookName = "hefei",
    paths: MaybePaths = None,
    seed: MaybeSeed = None,
    threads: Threads = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Follow a figure to where it comes from."""
    with refusals(lang):
        from guanzi.cli.why import show_why

        show_why(case, figure, _day(as_of), playbook, paths, seed, threads, lang, as_json)


def _day(text: str | None) -> date | None:
    """The day that an option names; refused like every other wrong input, in the language that was asked for."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        cause, mend = Message.of("cli.as_of.not_a_day", text=text), Message.of("cli.as_of.not_a_day.mend")
        raise InvalidInput(Problem(cause, Place("--as-of"), mend, excerpt=text)) from None


def main() -> None:
    """Run the command line; the entry point ``guanzi``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console that lacks a character shows "?" instead of failing
            stream.reconfigure(errors="replace")
    app(prog_name="guanzi")
