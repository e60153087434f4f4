"""Expert judgement: does weighing experts by their performance pay, over panels whose seeds are known."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from guanzi.base.core import Message, Problem, Progress, dump_json, format_problems
from guanzi.cli.speech import say
from guanzi.intake.inputs import read_excalibur_folder
from guanzi.study.experts import PanelResult, Performance, Unscored, evaluate_panels, panel_of


def show_evaluation(folder: Path, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, how performance weights do against equal weights on every panel of a folder.

    Args:
        folder: Panels in the exchange format, a ``.dtt`` and a ``.rls`` file each.
        lang: Language.
        as_json: Print JSON alone.
    """
    left_out: list[Problem] = []
    panels = [panel_of(file) for file in read_excalibur_folder(folder, left_out)]
    if left_out:
        print(format_problems(left_out, lang), file=sys.stderr)
    with Progress(Message.of("cli.progress.panels"), len(panels), lang=lang) as progress:
        results, unscored = evaluate_panels(panels, progress.advance)
    if as_json:
        print(dump_json(_plain(results, unscored, left_out)), end="")
        return
    table = Table(box=None, pad_edge=False)
    for name in ("panel", "experts", "seeds", "equal", "left_out", "in_sample", "better"):
        table.add_column(say(f"cli.experts.{name}", lang), justify="left" if name == "panel" else "right")
    for result in results:
        scores = (f"{p.score:.3f}" for p in (result.equal, result.left_out, result.in_sample))
        better = say("cli.experts.weighted" if result.win else "cli.experts.alike", lang)
        table.add_row(Text(result.panel), str(result.experts), str(result.seeds), *scores, better)
    Console().print(table)
    print(say("cli.experts.wins", lang, wins=sum(r.win for r in results), panels=len(results)))
    same = tuple(f"{r.panel} = {r.same_as}" for r in results if r.same_as)
    if same:
        print(say("cli.experts.same", lang, same=same))
    for short in unscored:
        print(say("cli.experts.unscored", lang, panel=short.panel, experts=short.experts, seeds=short.seeds))


def _plain(results: Sequence[PanelResult], unscored: Sequence[Unscored], left_out: Sequence[Problem]) -> dict[str, Any]:
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
        "left_out": sorted({problem.place.file for problem in left_out}),
    }


def _scores(found: Performance) -> dict[str, float]:
    return {"calibration": found.calibration, "information": found.information, "score": found.score}
