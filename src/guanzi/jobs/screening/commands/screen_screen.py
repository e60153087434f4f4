"""Names on the screen: how well matching does, and what it says of two names."""

from __future__ import annotations

import math

from rich.console import Console
from rich.table import Table

from guanzi.base.core import render
from guanzi.console import say
from guanzi.jobs.screening import names
from guanzi.jobs.shared.show import show_json
from guanzi.study import screening as entities


def show_evaluation(request: names.PairsRequest, lang: str, as_json: bool) -> None:
    """Print how name matching does on labelled pairs."""
    found = names.evaluate_matching(request)
    if as_json:
        show_json(names.evaluation_data(found))
        return
    print(say("cli.screen.pairs", lang, n=found.n, positives=found.positives, threshold=found.threshold))
    table = Table(box=None, pad_edge=False)
    for name in ("figure", "value", "low", "high"):
        table.add_column(say(f"cli.screen.{name}", lang), justify="left" if name == "figure" else "right")
    for name in ("precision", "recall", "f1", "auc"):
        figure: entities.MatchFigure = getattr(found, name)
        cells = (_shown(figure.value), _shown(figure.low), _shown(figure.high))
        table.add_row(say(f"cli.screen.{name}", lang), *cells)
    Console().print(table)
    print(say("cli.screen.calibration", lang, ece=_shown(found.ece), brier=_shown(found.brier)))
    print(say("cli.screen.speed", lang, speed=round(found.pairs_per_second), first=round(found.first_pass)))


def show_comparison(request: names.Request, lang: str, as_json: bool) -> None:
    """Print what the comparison of two names found."""
    match = names.compare_names(request)
    if as_json:
        show_json(names.data(match, lang))
        return
    word = "match" if match.matched else "no_match"
    print(say(f"cli.screen.{word}", lang, score=match.score, probability=match.probability))
    for part in match.parts:
        print("  · " + render(part, lang))


def _shown(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"
