"""The command that shows what a case still needs to carry a forecast, and settles what one step can settle."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from guanzi.advice.appraisal import CaseNeed, CaseReview
from guanzi.base.core import render
from guanzi.console import say
from guanzi.intake.workbook import SheetRows, layouts
from guanzi.jobs.evidence import review as service
from guanzi.jobs.evidence import workbooks
from guanzi.jobs.shared.show import show_json
from guanzi.record.evidence import Case

SHOWN = 20
"""Rows of the table; ``--all`` shows every one."""


def show_review(result: service.Result, lang: str, request: service.Request, as_json: bool) -> None:
    """Show what was settled and what is left, in the order of its effect; write the workbook that is asked for."""
    case, found, xlsx = result.case, result.review, request.xlsx
    done = [
        say(f"cli.review.{kind}", lang, n=len(ids), names=_names(ids))
        for kind, ids in (("accepted", result.renamed), ("confirmed", result.confirmed))
        if ids is not None
    ]
    if xlsx is not None:
        layout = layouts("review")[0]
        workbooks.write_workbook(case, xlsx, (SheetRows(layout, tuple(_row(n, lang) for n in found.needs)),))
        done.append(say("cli.review.written", lang, file=str(xlsx)))
    if as_json:
        show_json(service.data(result, lang))
        return
    for line in done:
        print(line)
    _print(case, found, request.case, request.every, lang)


def _print(case: Case, found: CaseReview, text: str, every: bool, lang: str) -> None:
    blocking = found.blocking
    measured = any(need.effect is not None for need in found.needs)
    state = "blocked" if blocking else "implausible" if found.implausible else "free" if measured else "unmeasured"
    print(say(f"cli.review.{state}", lang, case=case.id, n=len(blocking)))
    for reason in found.implausible:
        print(render(reason, lang))
    for kind in found.kinds:
        print(say(f"desk.simulate.{kind}.mend", lang))
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
        table.add_row(str(number), _effect(need, lang), what, Text(render(need.fix, lang)))
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
        "mend": render(need.fix, lang),
        "fact": need.fact,
        "place": str(need.place),
    }
    return {key: text for key, text in row.items() if text}


def _names(ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(ids) or ("–",)
