"""Ranking by several criteria: what each method says, whether they agree, and what would turn the first place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from guanzi.base.core import Message, Progress, dump_json, wrap
from guanzi.cli.speech import say
from guanzi.intake.inputs import read_ranking
from guanzi.study import ranking

WIDTH = 100


def show_ranking(file: Path, seed: int, lang: str, as_json: bool) -> None:
    """Print the rankings of a file.

    Args:
        file: YAML, CSV or workbook.
        seed: Key of the random weights.
        lang: Language.
        as_json: Print JSON alone.
    """
    read = read_ranking(file)
    criteria = [ranking.Criterion(c.id, c.weight, c.goal, c.title, c.indifference, c.preference) for c in read.criteria]
    table = ranking.ranking_table(read.title, criteria, read.alternatives)
    ranked = ranking.rank(table)
    agreed = ranking.agreement(ranked)
    with Progress(Message.of("cli.progress.alternatives"), len(table.alternatives), lang=lang) as progress:
        robust = ranking.robustness(table, seed, progress=progress.advance)
    if as_json:
        print(dump_json(_plain(table, ranked, agreed, robust, seed)), end="")
        return
    _show_ranks(table, ranked, robust, lang)
    _show_agreement(ranked, agreed, lang)
    _show_turns(table, ranked[0], robust, lang)


def _plain(
    table: ranking.RankingTable,
    ranked: tuple[ranking.Ranked, ...],
    agreed: dict[tuple[str, str], float | None],
    robust: ranking.Robustness,
    seed: int,
) -> dict[str, Any]:
    names = table.alternatives
    return {
        "title": table.title,
        "criteria": [{"id": c.id, "weight": c.weight, "goal": c.goal} for c in table.criteria],
        "left_out": [c.id for c, tells in zip(table.criteria, table.telling, strict=True) if not tells],
        "methods": {
            r.method: {
                "scores": dict(zip(names, r.scores, strict=True)),
                "ranks": dict(zip(names, r.ranks, strict=True)),
                "first": [names[i] for i in r.first],
            }
            for r in ranked
        },
        "agreement": [{"methods": list(pair), "kendall_tau": tau} for pair, tau in agreed.items()],
        "first_share_around_weights": dict(zip(names, robust.around, strict=True)),
        "first_share_any_weights": dict(zip(names, robust.anywhere, strict=True)),
        "standard_error_at_most": robust.error,
        "smallest_changes": [
            {
                "alternative": names[turn.alternative],
                "moved": turn.moved,
                "weights": dict(zip((c.id for c in table.criteria), turn.weights, strict=True)),
            }
            for turn in robust.turns
        ],
        "never_first": [names[i] for i in robust.never],
        "seed": seed,
    }


def _show_ranks(
    table: ranking.RankingTable, ranked: tuple[ranking.Ranked, ...], robust: ranking.Robustness, lang: str
) -> None:
    if table.title:
        _tell("cli.rank.title", lang, title=table.title)
    shown = Table(box=None, pad_edge=False)
    columns = ("alternative", *(r.method for r in ranked), "around", "anywhere")
    for i, name in enumerate(columns):
        shown.add_column(say(f"cli.rank.column.{name}", lang), justify="right" if i else "left")
    for i in sorted(range(len(table.alternatives)), key=lambda i: (ranked[0].ranks[i], i)):
        ranks = (f"{r.ranks[i]:g}" for r in ranked)
        shown.add_row(Text(table.alternatives[i]), *ranks, f"{robust.around[i]:.1%}", f"{robust.anywhere[i]:.1%}")
    Console().print(shown)
    left = tuple(c.title or c.id for c, tells in zip(table.criteria, table.telling, strict=True) if not tells)
    if left:
        _tell("cli.rank.left_out", lang, criteria=left)
    _tell("cli.rank.shares", lang, error=robust.error)


def _show_agreement(ranked: tuple[ranking.Ranked, ...], agreed: dict[tuple[str, str], float | None], lang: str) -> None:
    firsts = {r.first for r in ranked}
    _tell("cli.rank.agree" if len(firsts) == 1 else "cli.rank.disagree", lang)
    for (one, two), tau in agreed.items():
        methods = tuple(say(f"cli.rank.column.{name}", lang) for name in (one, two))
        said = "–" if tau is None else f"{tau:+.2f}"
        print("  " + say("cli.rank.tau", lang, one=methods[0], two=methods[1], tau=said))


def _show_turns(table: ranking.RankingTable, first: ranking.Ranked, robust: ranking.Robustness, lang: str) -> None:
    names = table.alternatives
    if robust.turns:
        nearest = robust.turns[0]
        best = tuple(names[i] for i in first.first)
        _tell("cli.rank.turn", lang, alternative=names[nearest.alternative], best=best, moved=nearest.moved)
        for criterion, weight in zip(table.criteria, nearest.weights, strict=True):
            if abs(weight - criterion.weight) > 5e-4:
                name, before = criterion.title or criterion.id, criterion.weight
                print("  " + say("cli.rank.turn.weight", lang, criterion=name, before=before, after=weight))
    else:
        _tell("cli.rank.no_turn", lang)
    if robust.never:
        _tell("cli.rank.never", lang, alternatives=tuple(names[i] for i in robust.never))


def _tell(id: str, lang: str, **params: Any) -> None:
    print("\n".join(wrap(say(id, lang, **params), WIDTH)))
