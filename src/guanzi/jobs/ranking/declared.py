"""What can be asked of alternatives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from guanzi.console import Ask, Only
from guanzi.jobs.shared.question import JobQuestion
from guanzi.jobs.shared.run import USUAL, Run


@dataclass(frozen=True, slots=True)
class RankingRequest:
    """What is ranked: a file (YAML, CSV or workbook); the seed of the run is that of the random weights."""

    file: Annotated[Path, Ask("argument.ranking", metavar="FILE")]
    run: Annotated[Run, Only(("seed",))] = USUAL


RANKING = JobQuestion(
    "experts rank",
    RankingRequest,
    None,
    "guanzi.jobs.ranking.ranking:rank_alternatives",
    screen="guanzi.jobs.ranking.commands.ranking_screen:show_ranking",
)
QUESTIONS = (RANKING,)
