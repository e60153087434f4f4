"""The backtest on one screen: how good the forecasts are, against what, and what each case was told."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from guanzi.advice.backtest import Backtest, limits
from guanzi.base.core import Message, format_problems, render, wrap
from guanzi.cli.show import WIDTH, show_json
from guanzi.cli.speech import say
from guanzi.desk import backtest
from guanzi.study.forecasting import BootstrapEstimate


def run_backtest(request: backtest.Request, out: Path | None, lang: str, *, as_json: bool) -> None:
    """Replay the cases of a library, score the forecasts, and print or write the result.

    Args:
        request: What is asked.
        out: Folder for ``backtest.json`` and ``backtest.html``; None: nothing is written.
        lang: Language.
        as_json: Print the JSON alone.
    """
    result = backtest.replay_cases(request)
    page = None if out is None else backtest.write(result, out, lang)
    if as_json:
        show_json(backtest.data(result))
        return
    _print(result, lang)
    if page is not None:
        print(say("cli.backtest.written", lang, file=str(page)))


def _print(result: Backtest, lang: str) -> None:
    console = Console()
    scored = sum(r.group == "scored" for r in result.cases)
    print(say("cli.backtest.title", lang, scored=scored, apart=len(result.cases) - scored, unfit=len(result.unfit)))
    table = Table(box=None, pad_edge=False)
    for name in ("forecast", "brier", "auc"):
        table.add_column(say(f"cli.backtest.{name}", lang), justify="left" if name == "forecast" else "right")
    for name, scores in {**result.scores, **result.ablations}.items():
        table.add_row(
            render(Message.of(f"backtest.of.{name}"), lang), _estimate(scores.brier, lang), _estimate(scores.auc, lang)
        )
    console.print(table)
    cases = Table(box=None, pad_edge=False)
    for name in ("case", "advice", "probability", "label"):
        cases.add_column(say(f"cli.backtest.{name}", lang), justify="right" if name == "probability" else "left")
    for r in result.cases:
        label = render(Message.of(f"backtest.label.{r.label or r.group}"), lang)
        probability = say("cli.sensitivity.percent", lang, value=r.probability)
        cases.add_row(r.replay.profile.case, say(f"cli.advice.{r.replay.advice}", lang), probability, label)
    console.print(cases)
    for message in limits(result):
        print("\n".join(wrap(render(message, lang), WIDTH)))
    if result.problems:
        print(say("cli.backtest.left_out", lang), file=sys.stderr)
        print(format_problems(result.problems, lang), file=sys.stderr)


def _estimate(e: BootstrapEstimate, lang: str) -> str:
    if e.value is None:
        return "–"
    if e.low is None or e.high is None:
        return f"{e.value:.3f}"
    return say("cli.backtest.estimate", lang, value=f"{e.value:.3f}", low=f"{e.low:.3f}", high=f"{e.high:.3f}")
