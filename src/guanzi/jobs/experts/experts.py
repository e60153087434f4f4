"""Whether weighing experts by their performance pays, over panels whose seeds are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guanzi.base.core import Problem
from guanzi.intake.inputs import read_excalibur_folder
from guanzi.jobs.experts.declared import PanelsRequest
from guanzi.study.experts import PanelResult, Performance, Unscored, evaluate_panels, panel_of

Request = PanelsRequest


@dataclass(frozen=True, slots=True)
class Result:
    """What came of each panel, which could not be scored, and which files were left out and why."""

    results: tuple[PanelResult, ...]
    unscored: tuple[Unscored, ...]
    warnings: tuple[Problem, ...]


def evaluate(request: Request) -> Result:
    """Compare performance weights with equal weights, out of sample.

    Raises:
        InvalidInput: There is no such folder, or it holds no panel.
    """
    left_out: list[Problem] = []
    panels = [panel_of(file) for file in read_excalibur_folder(request.folder, left_out)]
    with request.run.working("panels", len(panels)) as advance:
        results, unscored = evaluate_panels(panels, advance)
    return Result(tuple(results), tuple(unscored), tuple(left_out))


def data(found: Result) -> dict[str, Any]:
    """The comparison as plain data."""
    results, unscored = found.results, found.unscored
    distinct = [r for r in results if not r.same_as]
    return {
        "panels": len(results),
        "wins": sum(r.win for r in results),
        "distinct_panels": len(distinct),
        "distinct_wins": sum(r.win for r in distinct),
        "results": [
            {
                "panel": r.panel,
                "experts": r.experts,
                "seeds": r.seeds,
                "equal": _scores(r.equal),
                "left_out": _scores(r.left_out),
                "in_sample": _scores(r.in_sample),
                "win": r.win,
                "same_as": r.same_as or None,
            }
            for r in results
        ],
        "unscored": [{"panel": u.panel, "experts": u.experts, "seeds": u.seeds} for u in unscored],
        "left_out": sorted({problem.place.file for problem in found.warnings}),
    }


def _scores(found: Performance) -> dict[str, float]:
    return {"calibration": found.calibration, "information": found.information, "score": found.score}
