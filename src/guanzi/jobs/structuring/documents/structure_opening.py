"""The first screen of a search for a better deal: what changes for both sides, and what limits it."""

from __future__ import annotations

from guanzi.advice.structuring import Draft, OutOfSamplePoint, Search
from guanzi.jobs.shared.documents.words import message
from guanzi.jobs.structuring.documents.deal_figures import measure_words, measured
from guanzi.jobs.structuring.documents.dumbbell_chart import Dumbbell, DumbbellDrawing, finding_rows
from guanzi.render import Chart, FirstScreen, KeyFigure, NextStep, Sentence, Words

SHOWN = ("public.cvar", "public.npv", "company.survival", "holders.npv")
"""Loss, value, survival, and value to the other side."""


def structure_opening(draft: Draft, found: Search) -> FirstScreen:
    """The first screen of a search."""
    point = found.suggestion
    binding = tuple(measure_words(p.limit.measure) for p in found.prices if p.verdict == "binds")
    change = message("structure.binding" if binding else "structure.nothing_binds", measures=binding)
    verdict = "clash" if found.clashes else "none" if point is None else "better"
    step = NextStep(message(f"structure.step.{verdict}"), message("owner.team"), None)
    picture: Chart | Sentence = Sentence(message(f"structure.no_picture.{verdict}"), tone="unknown")
    figures: tuple[KeyFigure, ...] = ()
    if point is not None and not found.clashes:
        rows = _rows(point, draft)
        signed = message(f"deal.{draft.setting.sheet.status}")
        picture, figures = _picture(rows, signed), _figures(rows, signed)
    tones = {"better": "good", "none": "unknown", "clash": "risk"}
    return FirstScreen(
        message(f"structure.verdict.{verdict}"),
        tones[verdict],  # type: ignore[arg-type]
        (),
        picture,
        figures,
        (Sentence(change),),
        step,
    )


def _rows(point: OutOfSamplePoint, draft: Draft) -> tuple[Dumbbell, ...]:
    sheet, pairs = draft.setting.sheet, {pair.measure.id: pair for pair in point.results}
    return tuple(
        Dumbbell(
            measure_words(pair.measure),
            measured(pair.measure, pair.before.mean, sheet),
            measured(pair.measure, pair.after.mean, sheet),
            {"better": True, "worse": False}.get(pair.verdict),
        )
        for pair in (pairs[id] for id in SHOWN if id in pairs)
    )


def _picture(rows: tuple[Dumbbell, ...], signed: Words) -> Chart:
    better, worse = finding_rows(rows)
    loss = rows[0]
    finding = message(
        "structure.finding",
        loss=message("begin", words=loss.name),
        before=loss.before,
        after=loss.after,
        n=len(rows),
        better=better,
        worse=worse,
    )
    drawing = DumbbellDrawing(finding, rows, signed, message("deal.proposed"))
    return Chart("dumbbells", message("structure.results_short"), Sentence(finding), drawing)


def _figures(rows: tuple[Dumbbell, ...], signed: Words) -> tuple[KeyFigure, ...]:
    """The loss of both deals, then what the second is worth to the other side, and how often the company survives."""
    loss, *others = rows
    later = tuple(KeyFigure(row.name, row.after, message("deal.proposed")) for row in others[1:])
    pair = ((loss.before, signed), (loss.after, message("deal.proposed")))
    return (*(KeyFigure(loss.name, value, of) for value, of in pair), *later)
