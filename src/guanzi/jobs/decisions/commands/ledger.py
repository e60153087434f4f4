"""Commands on decisions and the ledger: record, show, export, verify, check, witness, erase."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import (
    AsJson,
    Ask,
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

Where = Annotated[str | None, Ask("option.ledger", "--ledger", "FILE|ADDRESS")]
Key = Annotated[Path | None, Ask("option.ledger_key", "--key", "FILE")]
Known = Annotated[list[str] | None, Ask("option.ledger_public", "--key", "KEY")]
Kept = Annotated[list[Path] | None, Ask("option.kept", "--kept", "FILE")]
By = Annotated[str | None, Ask("option.by", "--by", "NAME")]
CaseOrFile = Annotated[str, Ask("argument.ledger_or_case", metavar="CASE|FILE")]
Number = Annotated[int | None, Ask("option.entry_number", "--entry", "N", 0)]


@app.command(help=help_text("decide"))
def decide(
    case: CaseName,
    decision: Annotated[str, Ask("option.decision", "--decision", "WORD")],
    reasons: Annotated[Path, Ask("option.reasons", "--reasons", "FILE")],
    as_of: AsOf = None,
    dissent: Annotated[Path | None, Ask("option.dissent", "--dissent", "FILE")] = None,
    by: By = None,
    vote: Annotated[list[str] | None, Ask("option.vote", "--vote", "NAME=VOTE")] = None,
    decided_on: Annotated[str | None, Ask("option.decided_on", "--decided-on", "DATE")] = None,
    appraisal: Annotated[Path | None, Ask("option.decided_appraisal", "--appraisal", "FOLDER")] = None,
    expected: Annotated[str | None, Ask("option.appraisal_hash", "--appraisal-hash", "SHA256")] = None,
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
    name: Annotated[str | None, Ask("option.ledger_name", "--name", "NAME")] = None,
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
    until: Annotated[str | None, Ask("option.ledger_until", "--until", "DATE")] = None,
    again: Annotated[bool, Ask("option.ledger_again", "--again")] = False,
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
    out: Annotated[Path, Ask("option.bundle_out", "--out", "BUNDLE")],
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
    bundle: Annotated[Path, Ask("argument.bundle", metavar="BUNDLE")],
    case: Annotated[str | None, Ask("option.bundle_case", "--case", "CASE")] = None,
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
    seen: Annotated[Path, Ask("option.seen", "--seen", "FILE")],
    name: Annotated[str | None, Ask("option.witness_name", "--name", "NAME")] = None,
    ledger: Where = None,
    key: Annotated[Path | None, Ask("option.witness_key", "--key", "FILE")] = None,
    lang: Language = "en",
) -> None:
    """Let a second key sign the newest checkpoint."""
    with refusals(lang):
        from guanzi.jobs.decisions import ledgers
        from guanzi.jobs.decisions.commands.ledger_screen import show_witnessed

        show_witnessed(ledgers.Request(case, ledger, key, name), seen, lang)


@ledger_app.command("erase", help=help_text("ledger.erase"))
def ledger_erase(
    case: CaseName,
    what: Annotated[str, Ask("argument.erase", metavar="NAME|N.PART")],
    by: By = None,
    ledger: Where = None,
    key: Key = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Erase the words of a person; proofs hold as before."""
    with refusals(lang):
        from guanzi.jobs.decisions import erasure, ledgers
        from guanzi.jobs.decisions.commands.decisions_screen import show_erased

        show_erased(erasure.Request(ledgers.Request(case, ledger, key), what, by), lang, as_json=as_json)
