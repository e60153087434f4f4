"""Multi-criteria ranking: alternatives by several methods of a library, and how far a ranking hangs on the weights."""

from guanzi.study.ranking.methods import Ranked, agreement, rank
from guanzi.study.ranking.table import Criterion, RankingTable, ranking_table
from guanzi.study.ranking.weights import Robustness, robustness

__all__ = [
    "Criterion",
    "Ranked",
    "RankingTable",
    "Robustness",
    "agreement",
    "rank",
    "ranking_table",
    "robustness",
]
