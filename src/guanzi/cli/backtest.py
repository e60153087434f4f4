"""The backtest on one screen: how good the forecasts are, against what, and what each case was told."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from guanzi.advice.backtest import Backtest, backtest, backtest_json, limits, load_library, work
from guanzi.base.core import InvalidInput, Message, Place, Problem, Progress, format_problems, render, wrap
from guanzi.cli.files import write_results
from guanzi.cli.speech import say
from guanzi.record.playbooks import load_playbook
from guanzi.study.forecasting import Estimate

WIDTH = 100


def run_backtest(
    library: Path | None,
    playbook: str,
    paths: int,
    seed: int,
    threads: int | None,
    out: Path | None,
    doubtful: bool,
    lang: str,
    as_json: bool,
) -> None:
    """Replay the cases of a library, score the forecasts, and print or write the result.

    Args:
        library: Folder of case folders; None: the shipped cases.
        playbook: Name or file of the playbook.
        paths: Simulated paths per case.
        seed: Key of the random numbers.
        threads: None: as many as there are cores.
        out: Folder for ``backtest.json`` and ``backtest.html``; None: nothing is written.
        doubtful: Also report what doubtful facts would change.
        lang: Language.
        as_json: Print the JSON alone.
    """
    if library is not None and not library.is_dir():
        raise InvalidInput(Problem(Message.of("cli.backtest.no_folder"), Place(str(library))))
    cases, problems = load_library(library)
    if not cases:
        mend = Message.of("cli.backtest.empty.mend")
        raise InvalidInput(problems or [Problem(Message.of("cli.backtest.empty"), Place(str(library)), mend)])
    method = load_playbook(playbook)
    with Progress(Message.of("cli.progress.replays"), work(cases, doubtful=doubtful), lang=lang) as bar:
        result = backtest(cases, method, paths, seed, threads, bar.advance, doubtful=doubtful, unreadable=problems)
    content = backtest_json(result)
    if out is not None:
        from guanzi.reports import backtest_html

        write_results(out, {"backtest.json": content, "backtest.html": backtest_html(result, lang)})
    if as_json:
        sys.stdout.write(content)
        return
    _print(result, lang)
    if out is not None:
        print(say("cli.backtest.written", lang, file=str(out / "backtest.html")))


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


def _estimate(e: Estimate, lang: str) -> str:
    if e.value is None:
        return "–"
    if e.low is None or e.high is None:
        return f"{e.value:.3f}"
    return say("cli.backtest.estimate", lang, value=f"{e.value:.3f}", low=f"{e.low:.3f}", high=f"{e.high:.3f}")
