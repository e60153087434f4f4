"""The backtest on one screen: how good the forecasts are, against what, and what each case was told."""

from __future__ import annotations

import sys
from pathlib import Path

from guanzi.base.core import format_problems
from guanzi.console import say
from guanzi.jobs.backtest import backtest
from guanzi.jobs.shared.show import show_json
from guanzi.render import document_screen


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
    print(document_screen(backtest.document_of(result), lang))
    if result.problems:
        print(say("cli.backtest.left_out", lang), file=sys.stderr)
        print(format_problems(result.problems, lang), file=sys.stderr)
    if page is not None:
        print(say("cli.backtest.written", lang, file=str(page)))
