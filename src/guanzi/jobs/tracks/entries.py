"""The forecast of entries, tested on the past of the panel that is given."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, render
from guanzi.intake.industries import IndustryPanel
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.jobs.tracks import industries
from guanzi.study.tracks import forecast, verdicts

if TYPE_CHECKING:
    from guanzi.render import Document

DIGITS = 6


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        panel: Region x industry x year.
        horizon: Years ahead.
        until: Last year that is looked at; None: the last of the panel.
        minimum: Least value in the target year that counts as an entry.
        run: Its seed, threads and watch count.
    """

    panel: industries.IndustryFile
    horizon: int = 5
    until: int | None = None
    minimum: float = 0.0
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class Result:
    """The panel, with what is odd about it in its findings, and how each method did on its last window."""

    panel: IndustryPanel
    evaluation: forecast.Evaluation


def evaluate(request: Request) -> Result:
    """Forecast the last window of a panel from what was known before it, and compare with what came.

    Raises:
        InvalidInput: The panel cannot be read, or is too short for the horizon.
    """
    run, until = request.run, request.until
    panel = industries.read(request.panel, run)
    if until is not None and not any(year <= until for year in panel.years):
        cause = Message.of("desk.scan.until", year=str(until), first=str(panel.years[0]))
        raise InvalidInput(Problem(cause, Place("--until"), Message.of("desk.scan.until.mend")))
    panel = industries.large_enough(panel, request.horizon, until)
    threads = run.threads or os.cpu_count() or 1
    settings = forecast.Settings(request.horizon, None, request.minimum, seed=run.seed, threads=threads)
    with run.working("windows", forecast.steps(panel, settings, until)) as advance:
        return Result(panel, forecast.evaluate(panel, settings, until, lambda: advance(1)))


def document_of(result: Result) -> Document:
    """How good the forecast is on a panel, as a document."""
    from guanzi.jobs.tracks.documents.entry_test import entry_test_document  # loads late: charts need a large library

    return entry_test_document(result.evaluation, result.panel)


def data(result: Result, lang: str = "en") -> dict[str, Any]:
    """The figures as plain data; what they say, in sentences of a language."""
    return evaluation_data(result.evaluation, result.panel, lang)


def evaluation_data(found: forecast.Evaluation, panel: IndustryPanel, lang: str) -> dict[str, Any]:
    """One object a method, and beside them what they were measured on."""
    return {
        **{name: _method(found.methods[name]) for name in forecast.METHODS},
        "panel": {
            "name": str(panel.name),
            "regions": len(panel.regions),
            "industries": len(panel.industries),
            "years": list(panel.years),
            "measure": str(panel.measure),
        },
        "window": {"origin": found.window.origin, "target": found.window.target},
        "learnt_from": [{"origin": w.origin, "target": w.target} for w in found.learnt.windows],
        "learnt_cells": found.learnt.cells,
        "learnt_rate": _number(found.learnt.rate),
        "features": list(found.learnt.names),
        "cells": found.cells,
        "entries": found.entries,
        "left_out": found.left_out,
        "k": found.k,
        "interval_level": 0.95,
        "gains": [
            {
                "of": gain.better,
                "over": gain.other,
                "roc_auc": _number(gain.roc_auc),
                "roc_auc_interval": _ends(gain.roc_auc_interval),
                "region_auc": _number(gain.region_auc),
                "region_auc_interval": _ends(gain.region_auc_interval),
            }
            for gain in found.gains
        ],
        "verdicts": [render(said, lang) for said in verdicts(found)],
        "no_better_than": {
            other: [str(region) for region in found.no_better_than(other)] for other in ("density", "ubiquity")
        },
        "calibration": [
            {"probability": _number(p), "entered": _number(share), "cells": cells}
            for p, share, cells in found.calibration
        ],
        "regions": [
            {
                "region": str(row.region),
                "cells": row.cells,
                "entries": row.entries,
                "roc_auc": {name: _number(row.aucs[name]) for name in forecast.METHODS},
            }
            for row in found.regions
        ],
    }


def _method(measured: forecast.MethodScores) -> dict[str, Any]:
    return {
        "roc_auc": _number(measured.roc_auc),
        "roc_auc_interval": _ends(measured.roc_auc_interval),
        "average_precision": _number(measured.average_precision),
        "average_precision_interval": _ends(measured.average_precision_interval),
        "precision_at_k": _number(measured.precision_at_k),
        "ece": _number(measured.ece),
        "region_auc": _number(measured.region_auc),
        "region_auc_interval": _ends(measured.region_auc_interval),
        "region_precision_at_10": _number(measured.region_precision_at_10),
    }


def _ends(interval: tuple[float, float]) -> list[float | None]:
    return [_number(end) for end in interval]


def _number(value: float) -> float | None:
    return round(value, DIGITS) if math.isfinite(value) else None
