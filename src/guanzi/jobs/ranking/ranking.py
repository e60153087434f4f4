"""Rank alternatives by several criteria: what each method says, whether they agree, what turns the first place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guanzi.intake.inputs import read_ranking
from guanzi.jobs.ranking.declared import RankingRequest
from guanzi.study import ranking

Request = RankingRequest


@dataclass(frozen=True, slots=True)
class Result:
    """The table, the ranks of each method, Kendall's tau of each pair, and how sound the first place is."""

    table: ranking.RankingTable
    ranked: tuple[ranking.Ranked, ...]
    agreed: dict[tuple[str, str], float | None]
    robust: ranking.Robustness
    seed: int


def rank_alternatives(request: Request) -> Result:
    """Rank the alternatives of a file.

    Raises:
        InvalidInput: Everything that is wrong with the file.
    """
    read, seed = read_ranking(request.file), request.run.seed
    criteria = [ranking.Criterion(c.id, c.weight, c.goal, c.title, c.indifference, c.preference) for c in read.criteria]
    table = ranking.ranking_table(read.title, criteria, read.alternatives)
    ranked = ranking.rank(table)
    with request.run.working("alternatives", len(table.alternatives)) as advance:
        robust = ranking.robustness(table, seed, progress=advance)
    return Result(table, ranked, ranking.agreement(ranked), robust, seed)


def data(found: Result) -> dict[str, Any]:
    """The ranks as plain data."""
    table, ranked, agreed, robust = found.table, found.ranked, found.agreed, found.robust
    names = table.alternatives
    return {
        "title": table.title,
        "criteria": [{"id": c.id, "weight": c.weight, "goal": c.goal} for c in table.criteria],
        "left_out": [c.id for c, tells in zip(table.criteria, table.distinguishing, strict=True) if not tells],
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
                "alternative": names[reversal.alternative],
                "moved": reversal.moved,
                "weights": dict(zip((c.id for c in table.criteria), reversal.weights, strict=True)),
            }
            for reversal in robust.reversals
        ],
        "never_first": [names[i] for i in robust.never],
        "seed": found.seed,
    }
