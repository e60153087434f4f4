"""What can be asked of signed deals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from guanzi.console import Ask, Only, Paths, PlaybookName, Seed, WatchDay
from guanzi.jobs.shared.question import LAST, AskedCase, JobQuestion
from guanzi.jobs.shared.run import Run

PATHS = 16_384
"""Paths of the forecast of signing that is followed, and of each deal of a fund."""
LOOKING = Run(paths=PATHS)
"""How the deals of a fund are run unless asked otherwise."""
TESTING = Run(paths=4_096)
"""How the losses beside a payment are run unless asked otherwise."""
Simulated = Annotated[Run, Only(("paths", "seed", "threads"))]
Folder = Annotated[Path | None, Ask("option.out", "--out", "DIR")]


@dataclass(frozen=True, slots=True)
class MonitorRequest:
    """What is asked: a case, and the day (None: the last on which a fact of it became known).

    Attributes:
        playbook: The governance model whose rule on holding counts.
        paths, seed: Of the forecast of signing that is followed; no paths: nothing is simulated.
    """

    case: AskedCase
    as_of: WatchDay = None
    playbook: PlaybookName = "hefei"
    paths: Paths = PATHS
    seed: Seed = 1
    out: Folder = None


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """What is asked: an instalment of a case, by its id, on a day (None: the last on which a fact became known)."""

    case: AskedCase
    tranche: Annotated[str, Ask("argument.tranche", metavar="TRANCHE")]
    as_of: WatchDay = None
    playbook: PlaybookName = "hefei"
    run: Simulated = TESTING


@dataclass(frozen=True, slots=True)
class FundRequest:
    """What is asked.

    Attributes:
        folders: Cases with signed deals by name or folder; a folder that holds cases stands for all of them.
        as_of: The day; None: the last on which a fact of any of them became known.
        currency: Of the fund; None: that of the first deal.
        playbook: The governance model: what a sale of shares costs.
        run: Paths of each deal, and the seed that all share; no paths: nothing is simulated.
    """

    folders: Annotated[tuple[str, ...], Ask("argument.fund", metavar="FOLDER...")]
    as_of: WatchDay = None
    currency: Annotated[str | None, Ask("option.fund_currency", "--currency", "CODE")] = None
    playbook: PlaybookName = "hefei"
    run: Simulated = LOOKING
    out: Folder = None


_JOB = "guanzi.jobs.following."
MONITOR = JobQuestion("monitor show", MonitorRequest, None, f"{_JOB}monitoring:monitor", pages="cli.monitor.page")
RELEASE = JobQuestion("release", ReleaseRequest, None, f"{_JOB}release:release", holds="clear")
FUND = JobQuestion(
    "fund",
    FundRequest,
    None,
    f"{_JOB}fund:hold",
    pages="cli.fund.page",
    last=("out", "currency", "playbook", "paths", "seed", "threads", "page", *LAST),
)
QUESTIONS = (MONITOR, RELEASE, FUND)
