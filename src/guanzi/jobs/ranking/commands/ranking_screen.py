"""Ranking by several criteria on the screen: what each method says, whether they agree, what turns the first place."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from guanzi.console import say
from guanzi.jobs.ranking import ranking as service
from guanzi.jobs.shared.show import print_message
from guanzi.study import ranking


def show_ranking(found: service.Result, lang: str) -> None:
    """Print the rankings of a file."""
    _show_ranks(found.table, found.ranked, found.robust, lang)
    _show_agreement(found.ranked, found.agreed, lang)
    _show_reversals(found.table, found.ranked[0], found.robust, lang)


def _show_ranks(
    table: ranking.RankingTable, ranked: tuple[ranking.Ranked, ...], robust: ranking.Robustness, lang: str
) -> None:
    if table.title:
        print_message("cli.rank.title", lang, title=table.title)
    shown = Table(box=None, pad_edge=False)
    columns = ("alternative", *(r.method for r in ranked), "around", "anywhere")
    for i, name in enumerate(columns):
        shown.add_column(say(f"cli.rank.column.{name}", lang), justify="right" if i else "left")
    for i in sorted(range(len(table.alternatives)), key=lambda i: (ranked[0].ranks[i], i)):
        ranks = (f"{r.ranks[i]:g}" for r in ranked)
        shown.add_row(Text(table.alternatives[i]), *ranks, f"{robust.around[i]:.1%}", f"{robust.anywhere[i]:.1%}")
    Console().print(shown)
    left = tuple(c.title or c.id for c, tells in zip(table.criteria, table.distinguishing, strict=True) if not tells)
    if left:
        print_message("cli.rank.left_out", lang, criteria=left)
    print_message("cli.rank.shares", lang, error=robust.error)


def _show_agreement(ranked: tuple[ranking.Ranked, ...], agreed: dict[tuple[str, str], float | None], lang: str) -> None:
    firsts = {r.first for r in ranked}
    print_message("cli.rank.agree" if len(firsts) == 1 else "cli.rank.disagree", lang)
    for (one, two), tau in agreed.items():
        methods = tuple(say(f"cli.rank.column.{name}", lang) for name in (one, two))
        said = "–" if tau is None else f"{tau:+.2f}"
        print("  " + say("cli.rank.tau", lang, one=methods[0], two=methods[1], tau=said))


def _show_reversals(table: ranking.RankingTable, first: ranking.Ranked, robust: ranking.Robustness, lang: str) -> None:
    names = table.alternatives
    if robust.reversals:
        nearest = robust.reversals[0]
        best = tuple(names[i] for i in first.first)
        print_message("cli.rank.turn", lang, alternative=names[nearest.alternative], best=best, moved=nearest.moved)
        for criterion, weight in zip(table.criteria, nearest.weights, strict=True):
            if abs(weight - criterion.weight) > 5e-4:
                name, before = criterion.title or criterion.id, criterion.weight
                print("  " + say("cli.rank.turn.weight", lang, criterion=name, before=before, after=weight))
    else:
        print_message("cli.rank.no_turn", lang)
    if robust.never:
        print_message("cli.rank.never", lang, alternatives=tuple(names[i] for i in robust.never))
