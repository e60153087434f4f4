"""The command that shows what a case still needs to carry a forecast, and settles what one step can settle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from guanzi.advice.appraisal import CaseNeed, Review, review_case
from guanzi.base.core import dump_json, render
from guanzi.cli.speech import say
from guanzi.cli.workbook import write_workbook
from guanzi.intake.notes import accept_names, confirm_facts
from guanzi.intake.workbook import SheetRows, layouts
from guanzi.record.evidence import Case, find_case, load_case

SHOWN = 20
"""Rows of the table; ``--all`` shows every one."""


def review(
    text: str,
    playbook: str,
    accept: bool,
    confirm: str | None,
    facts: Sequence[str],
    xlsx: Path | None,
    every: bool,
    lang: str,
    as_json: bool,
) -> None:
    """Settle what was asked for, then show what is left, in the order of its effect.

    Args:
        text: Name or folder of a case.
        playbook: Name of the playbook of the appraisal that is to come.
        accept: Rename facts to the nearest names of the vocabulary.
        confirm: Confirm doubtful facts with this reason.
        facts: Ids to which both are limited; empty for all that one step can settle.
        xlsx: Write the case with the list as a workbook.
        every: Show all rows.
        lang: Language of the sentences.
        as_json: Print JSON alone.
    """
    folder = find_case(text)
    done = []
    if accept:
        renamed = accept_names(folder, facts)
        done.append(say("cli.review.accepted", lang, n=len(renamed), names=_names([p.fact.id for p in renamed])))
    if confirm is not None:
        confirmed = confirm_facts(folder, confirm, facts)
        done.append(say("cli.review.confirmed", lang, n=len(confirmed), names=_names(confirmed)))
    case = load_case(folder)
    found = review_case(case, playbook)
    if xlsx is not None:
        layout = layouts("review")[0]
        write_workbook(case, xlsx, (SheetRows(layout, tuple(_row(n, lang) for n in found.needs)),))
        done.append(say("cli.review.written", lang, file=str(xlsx)))
    if as_json:
        needs = [_data(need, lang) for need in found.needs]
        held = {"held": found.coverage.held, "checks": found.coverage.checks}
        data = {"measured": found.measured or None, "payments": found.payments, "core_checks": held, "needs": needs}
        print(dump_json(data), end="")
        return
    for line in done:
        print(line)
    _print(case, found, text, every, lang)


def _print(case: Case, found: Review, text: str, every: bool, lang: str) -> None:
    blocking = found.blocking
    print(say("cli.review.blocked" if blocking else "cli.review.free", lang, case=case.id, n=len(blocking)))
    if found.measured:
        print(say(f"cli.review.measured.{found.measured}", lang))
    if found.payments:
        print(say("cli.review.measured.deal.paid", lang))
    print(say("cli.review.coverage", lang, held=found.coverage.held, checks=found.coverage.checks))
    table = Table(box=None, pad_edge=False, show_lines=False, expand=True)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column(say("cli.review.column.effect", lang), justify="right", no_wrap=True)
    table.add_column(say("cli.review.column.what", lang), ratio=5, overflow="fold")
    table.add_column(say("cli.review.column.mend", lang), ratio=4, overflow="fold")
    needs = found.needs if every else found.needs[:SHOWN]
    for number, need in enumerate(needs, start=1):
        what = Text(render(need.what, lang))
        if place := str(need.place):
            what.append(f"\n{place}", style="dim")
        table.add_row(str(number), _effect(need, lang), what, Text(render(need.mend, lang)))
    if needs:
        Console().print(table)
    if len(needs) < len(found.needs):
        print(say("cli.review.more", lang, n=len(found.needs) - len(needs)))
    for kind, id in (("name", "cli.review.step.names"), ("doubt", "cli.review.step.dates")):
        if n := sum(need.kind == kind and need.one_step for need in found.needs):
            print(say(id, lang, n=n, case=text))
    print(say("cli.review.then.blocked" if blocking else "cli.review.then.free", lang, case=text))


def _effect(need: CaseNeed, lang: str) -> str:
    if need.blocks:
        return say("cli.review.blocks", lang)
    return say("cli.review.share", lang, value=need.effect) if need.effect else "–"


def _row(need: CaseNeed, lang: str) -> dict[str, str]:
    row = {
        "effect": _effect(need, lang),
        "what": render(need.what, lang),
        "mend": render(need.mend, lang),
        "fact": need.fact,
        "place": str(need.place),
    }
    return {key: text for key, text in row.items() if text}


def _data(need: CaseNeed, lang: str) -> dict[str, object]:
    return {
        "kind": need.kind,
        "effect": need.effect,
        "what": render(need.what, lang),
        "mend": render(need.mend, lang),
        "place": str(need.place),
        "fact": need.fact or None,
        "one_step": need.one_step,
    }


def _names(ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(ids) or ("–",)
