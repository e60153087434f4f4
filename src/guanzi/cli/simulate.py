"""Simulation by itself: the distributions of a deal, or the story of one path."""

from __future__ import annotations

import json
import math
import sys
from dataclasses import asdict
from datetime import date
from typing import Any

from guanzi.advice.appraisal import Prepared, prepare, run, simulated_figures
from guanzi.base.core import InvalidInput, Message, Period, Place, Problem, Progress, render, wrap
from guanzi.cli.engines import engine_of
from guanzi.cli.speech import say
from guanzi.deal.program import grid_of
from guanzi.deal.terms import QUARTER, TermSheet
from guanzi.engine.machine import Entry
from guanzi.engine.simulation import trace
from guanzi.record.evidence import Case, find_case, load_case
from guanzi.record.playbooks import load_playbook
from guanzi.reports import format_figure

WIDTH = 100


def run_simulation(
    text: str,
    as_of: date | None,
    playbook: str,
    paths: int,
    seed: int,
    threads: int | None,
    engine: str,
    lang: str,
    as_json: bool,
) -> None:
    """Simulate a case and print the distributions."""
    case, prepared = _prepared(text, as_of, playbook)
    with engine_of(engine, threads) as where, Progress(Message.of("cli.progress.paths"), paths, lang=lang) as progress:
        result = run(prepared, paths, seed, threads, progress.advance, where)
    if result is None:
        raise _not_simulable(case, prepared)
    if as_json:
        json.dump(_plain(asdict(result)), sys.stdout, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
        sys.stdout.write("\n")
        return
    sheet = prepared.view.sheet
    named = {"case": prepared.view.id, "sheet": sheet.name if sheet is not None else ""}
    print(say("cli.simulate.title", lang, **named, paths=paths, steps=result.steps, seed=seed))
    for figure in simulated_figures(prepared, result).values():
        label = render(figure.label.model_dump(), lang)
        line = f"{figure.id}: {label}: {format_figure(figure, lang)}"
        print("\n".join(wrap(line, WIDTH, indent="      ", first="  ")))


def run_trace(text: str, as_of: date | None, playbook: str, path: int, seed: int, lang: str, as_json: bool) -> None:
    """Tell what each clause did on one path, in the order of time."""
    case, prepared = _prepared(text, as_of, playbook)
    if prepared.sheet is None or prepared.model is None or prepared.policy is None:
        raise _not_simulable(case, prepared)
    entries = trace(prepared.sheet, prepared.model, prepared.policy, seed=seed, path=path)
    if as_json:
        json.dump([asdict(entry) for entry in entries], sys.stdout, indent=2, sort_keys=True)
        sys.stdout.write("\n")
        return
    print(say("cli.trace.title", lang, case=prepared.view.id, path=path, seed=seed))
    for entry in entries:
        if not entry.subject.startswith("done."):  # the bookkeeping of an event that is told by its own name
            print("  " + _event(entry, prepared.sheet, lang))


def _event(entry: Entry, sheet: TermSheet, lang: str) -> str:
    quarter = str(Period.of("quarter" if sheet.step == QUARTER else "month", grid_of(sheet).first_day(entry.step)))
    amount = entry.amount * sheet.unit / 1e6
    names = {"payer": _slot(entry.subject), "payee": _slot(entry.object), "subject": _slot(entry.subject)}
    return say(
        f"cli.trace.{entry.what}",
        lang,
        quarter=quarter,
        clause=entry.clause or say("cli.trace.start", lang),
        amount=amount,
        **names,
    )


def _slot(name: str) -> str:
    return name.removeprefix("acct.")


def _prepared(text: str, as_of: date | None, playbook: str) -> tuple[Case, Prepared]:
    case = load_case(find_case(text))
    return case, prepare(case, as_of, load_playbook(playbook))


def _not_simulable(case: Case, prepared: Prepared) -> InvalidInput:
    if prepared.sheet is None:
        cause = Message.of("cli.simulate.no_sheet", day=prepared.view.as_of.isoformat())
        return InvalidInput(Problem(cause, Place(str(case.folder / "terms")), _mend_of_no_sheet(case)))
    if not prepared.blocking:
        cause, mend = Message.of("cli.simulate.no_money"), Message.of("cli.simulate.no_money.mend")
        return InvalidInput(case.located([Problem(cause, prepared.sheet.place, mend)]))
    mend = Message.of("cli.simulate.no_bracket.mend")
    gaps = [Problem(Message.of("cli.simulate.no_bracket", what=g.what), g.place, mend) for g in prepared.blocking]
    return InvalidInput(case.located(gaps))


def _mend_of_no_sheet(case: Case) -> Message:
    if not case.sheets:
        return Message.of("cli.simulate.no_sheet_at_all.mend")
    return Message.of("cli.simulate.no_sheet.mend", first=min(sheet.known_on for sheet in case.sheets).isoformat())


def _plain(value: Any) -> Any:
    """Data for JSON: a number that is not there is null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
