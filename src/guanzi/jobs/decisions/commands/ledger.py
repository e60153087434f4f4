"""Commands on decisions and the ledger: record, show, export, verify, check, witness, forget."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import (
    AsJson,
    AsOf,
    CaseName,
    CommandGroup,
    Language,
    MaybePaths,
    PlaybookName,
    Seed,
    Threads,
    day_of,
    help_text,
    refusals,
)

app = CommandGroup()
ledger_app = CommandGroup(help=help_text("ledger"), no_args_is_help=True)
app.add_typer(ledger_app, name="ledger")

Where = Annotated[
    str | None, typer.Option("--ledger", metavar="FILE|ADDRESS", help=help_text("option.ledger"), show_default=False)
]
Key = Annotated[
    Path | None, typer.Option("--key", metavar="FILE", help=help_text("option.ledger_key"), show_default=False)
]
Known = Annotated[
    list[str] | None, typer.Option("--key", metavar="KEY", help=help_text("option.ledger_public"), show_default=False)
]
Kept = Annotated[
    list[Path] | None, typer.Option("--kept", metavar="FILE", help=help_text("option.kept"), show_default=False)
]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help=help_text("option.by"), show_default=False)]
CaseOrFile = Annotated[
    str, typer.Argument(metavar="CASE|FILE", help=help_text("argument.ledger_or_case"), show_default=False)
]
Number = Annotated[
    int | None,
    typer.Option("--entry", metavar="N", min=0, help=help_text("option.entry_number"), show_default=False),
]


@app.command(help=help_text("decide"))
def decide(
    case: CaseName,
    decision: Annotated[str, typer.Option("--decision", metavar="WORD", help=help_text("option.decision"))],
    reasons: Annotated[Path, typer.Option("--reasons", metavar="FILE", help=help_text("option.reasons"))],
    as_of: AsOf = None,
    dissent: Annotated[
        Path | None, typer.Option("--dissent", metavar="FILE", help=help_text("option.dissent"), show_default=False)
    ] = None,
    by: By = None,
    vote: Annotated[
        list[str] | None, typer.Option("--vote", metavar="NAME=VOTE", help=help_text("option.vote"), show_default=False)
    ] = None,
    decided_on: Annotated[
        str | None,
        typer.Option("--decided-on", metavar="DATE", help=help_text("option.decided_on"), show_default=False),
    ] = None,
    appraisal: Annotated[
        Path | None,
        typer.Option("--appraisal", metavar="FOLDER", help=help_text("option.decided_appraisal"), show_default=False),
    ] = None,
    expected: Annotated[
        str | None,
        typer.Option("--appraisal-hash", metavar="SHA256", help=help_text("option.appraisal_hash"), show_default=False),
    ] = None,
    ledger: Where = None,
    key: Key = None,
    playbook: PlaybookName = "hefei",
    paths: MaybePaths = None,
    seed: Seed = 1,
    threads: Threads = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Record a decision on an appraisal."""
    with refusals(lang):
        from guanzi.jobs.decisions import decisions, ledgers
        from guanzi.jobs.decisions.commands.decisions_screen import show_recorded
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        words = decisions.Spoken(decision, reasons, dissent, by, tuple(vote or ()))
        run = how.Run(paths or how.PATHS, seed, threads, watch=bars(lang))
        request = decisions.Request(
            ledgers.Request(case, ledger, key),
            words,
            as_of,
            day_of(decided_on, "--decided-on"),
            playbook,
            appraisal,
            expected,
            run,
        )
        show_recorded(request, lang, as_json=as_json)


@ledger_app.command("new", help=help_text("ledger.new"))
def ledger_new(
    case: CaseName,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help=help_text("option.ledger_name"), show_default=False)
    ] = None,
    ledger: Where = None,
    key: Key = None,
    lang: Language = "en",
) -> None:
    """Begin a ledger beside a case."""
    with refusals(lang):
        from guanzi.jobs.decisions import ledgers
        from guanzi.jobs.decisions.commands.ledger_screen import show_begun

        show_begun(ledgers.Request(case, ledger, key, name), lang)


@ledger_app.command("show", help=help_text("ledger.show"))
def ledger_show(
    case: CaseName,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help=help_text("option.ledger_until"), show_default=False)
    ] = None,
    again: Annotated[bool, typer.Option("--again", help=help_text("option.ledger_again"))] = False,
    ledger: Where = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say what was decided on a case, and what is new since."""
    with refusals(lang):
        from guanzi.jobs.decisions import ledgers, standing
        from guanzi.jobs.decisions.commands.decisions_screen import show_standing
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(watch=bars(lang))
        request = standing.Request(ledgers.Request(case, ledger), day_of(until, "--until"), again, run)
        show_standing(request, lang, as_json=as_json)


@ledger_app.command("export", help=help_text("ledger.export"))
def ledger_export(
    case: CaseName,
    out: Annotated[Path, typer.Option("--out", metavar="BUNDLE", help=help_text("option.bundle_out"))],
    entry: Number = None,
    ledger: Where = None,
    key: Key = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Write a decision as a folder of plain files."""
    with refusals(lang):
        from guanzi.jobs.decisions import ledgers
        from guanzi.jobs.decisions.commands.ledger_screen import show_exported

        show_exported(ledgers.Request(case, ledger, key), out, entry, lang, as_json=as_json)


@ledger_app.command("verify", help=help_text("ledger.verify"))
def ledger_verify(
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help=help_text("argument.bundle"), show_default=False)],
    case: Annotated[
        str | None, typer.Option("--case", metavar="CASE", help=help_text("option.bundle_case"), show_default=False)
    ] = None,
    key: Known = None,
    kept: Kept = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Verify a bundle offline; exit code 1 when something is wrong with it."""
    with refusals(lang):
        from guanzi.jobs.decisions import bundles
        from guanzi.jobs.decisions.commands.ledger_screen import show_verified

        request = bundles.Request(bundle, case, tuple(key or ()), tuple(kept or ()))
        if not show_verified(request, lang, as_json=as_json):
            raise typer.Exit(1)


@ledger_app.command("check", help=help_text("ledger.check"))
def ledger_check(
    case: CaseOrFile,
    key: Known = None,
    kept: Kept = None,
    ledger: Where = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Check a whole ledger; exit code 1 when something is wrong with it."""
    with refusals(lang):
        from guanzi.jobs.decisions import ledgers
        from guanzi.jobs.decisions.commands.ledger_screen import show_checked

        request = ledgers.Request(case, ledger, verifiers=tuple(key or ()), kept=tuple(kept or ()))
        if not show_checked(request, lang, as_json=as_json):
            raise typer.Exit(1)


@ledger_app.command("witness", help=help_text("ledger.witness"))
def ledger_witness(
    case: CaseOrFile,
    seen: Annotated[Path, typer.Option("--seen", metavar="FILE", help=help_text("option.seen"))],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help=help_text("option.witness_name"), show_default=False)
    ] = None,
    ledger: Where = None,
    key: Annotated[
        Path | None, typer.Option("--key", metavar="FILE", help=help_text("option.witness_key"), show_default=False)
    ] = None,
    lang: Language = "en",
) -> None:
    """Let a second key sign the newest checkpoint."""
    with refusals(lang):
        from guanzi.jobs.decisions import ledgers
        from guanzi.jobs.decisions.commands.ledger_screen import show_witnessed

        show_witnessed(ledgers.Request(case, ledger, key, name), seen, lang)


@ledger_app.command("forget", help=help_text("ledger.forget"))
def ledger_forget(
    case: CaseName,
    what: Annotated[str, typer.Argument(metavar="NAME|N.PART", help=help_text("argument.forget"), show_default=False)],
    by: By = None,
    ledger: Where = None,
    key: Key = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Forget the words of a person; proofs hold as before."""
    with refusals(lang):
        from guanzi.jobs.decisions import erasure, ledgers
        from guanzi.jobs.decisions.commands.decisions_screen import show_erased

        show_erased(erasure.Request(ledgers.Request(case, ledger, key), what, by), lang, as_json=as_json)
