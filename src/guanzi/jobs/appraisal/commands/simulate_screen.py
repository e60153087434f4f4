"""Simulation by itself on the screen: the distributions of a deal, or the story of one path."""

from __future__ import annotations

from guanzi.advice.appraisal import precision_message, simulated_figures
from guanzi.base.core import Period, render, wrap
from guanzi.console import say
from guanzi.deal.program import grid_of
from guanzi.deal.terms import QUARTER, TermSheet
from guanzi.engine.machine import PathEvent
from guanzi.jobs.appraisal import simulation
from guanzi.jobs.shared.documents.figures import format_figure
from guanzi.jobs.shared.show import WIDTH, show_json


def run_simulation(request: simulation.Request, lang: str, *, as_json: bool) -> None:
    """Simulate a case and print the distributions."""
    result = simulation.simulate(request)
    if as_json:
        show_json(simulation.data(result))
        return
    view, sheet = result.prepared.view, result.prepared.view.sheet
    named = {"case": view.id, "sheet": sheet.name if sheet is not None else ""}
    run = request.run
    print(say("cli.simulate.title", lang, **named, paths=result.found.paths, steps=result.found.steps, seed=run.seed))
    figures = simulated_figures(result.prepared, result.found)
    for figure in figures.values():
        label = render(figure.label.model_dump(), lang)
        line = f"{figure.id}: {label}: {format_figure(figure, lang, figures)}"
        print("\n".join(wrap(line, WIDTH, indent="      ", first="  ")))
    if result.reached is not None:
        print("\n".join(wrap(render(precision_message(result.reached, view.currency), lang), WIDTH)))


def run_trace(request: simulation.Request, path: int, lang: str, *, as_json: bool) -> None:
    """Tell what each clause did on one path, in the order of time."""
    story = simulation.trace(request, path)
    if as_json:
        show_json(simulation.story_data(story))
        return
    print(say("cli.trace.title", lang, case=story.prepared.view.id, path=path, seed=request.run.seed))
    for entry in story.entries:
        if not entry.subject.startswith("done."):  # the bookkeeping of an event that is told by its own name
            print("  " + _event(entry, story.sheet, lang))


def _event(entry: PathEvent, sheet: TermSheet, lang: str) -> str:
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
