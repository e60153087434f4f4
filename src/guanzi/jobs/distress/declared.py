"""What can be asked of the distress of firms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from guanzi.console import Ask, AsOf, KnownBy, Only
from guanzi.jobs.shared.question import LAST, AskedCase, JobQuestion, Nothing
from guanzi.jobs.shared.run import USUAL, Run

BaseRate = Annotated[float | None, Ask("option.base_rate", "--base-rate", "P")]
Years = Annotated[int | None, Ask("option.years", "--horizon", "YEARS", 1, 5)]


@dataclass(frozen=True, slots=True)
class FirmRows:
    """Which rows of a file of firms (Parquet or CSV) are meant.

    Attributes:
        file: Parquet or CSV.
        where: Which rows; None: all.
        firm: Column that names the firm; None: one of the usual names.
    """

    file: Annotated[Path, Ask("argument.panel", metavar="FILE")]
    where: Annotated[str | None, Ask("option.where", "--where", "EXPR")] = None
    firm: Annotated[str | None, Ask("option.firm", "--firm", "COLUMN")] = None


@dataclass(frozen=True, slots=True)
class DistressRequest:
    """What is judged and how; without ``train`` and ``train_where`` it is learnt by folds from the same rows."""

    rows: FirmRows
    train: Annotated[Path | None, Ask("option.train", "--train", "FILE")] = None
    train_where: Annotated[str | None, Ask("option.train_where", "--train-where", "EXPR")] = None
    label: Annotated[str, Ask("option.label", "--label", "COLUMN")] = "bankrupt"
    folds: Annotated[int, Ask("option.folds", "--folds", "N", 2, 100)] = 10
    repeats: Annotated[int, Ask("option.repeats", "--repeats", "N", 1, 20)] = 2
    base_rate: BaseRate = None
    run: Annotated[Run, Only(("seed", "threads"))] = USUAL


@dataclass(frozen=True, slots=True)
class ScoresRequest:
    """Which firms, one statement a row, are scored.

    Attributes:
        rows: The firms.
        model: Name of a shipped model; None: that with the youngest data which fits the columns and the day.
        base_rate: Stated share of failures within the horizon; None: none is stated.
        horizon: Years; None: those of the model.
        as_of: Models whose data could first be held later are not used.
    """

    rows: FirmRows
    model: Annotated[str | None, Ask("option.model", "--model", "NAME")] = None
    base_rate: BaseRate = None
    horizon: Years = None
    as_of: KnownBy = None


@dataclass(frozen=True, slots=True)
class CompanyRequest:
    """Which company is scored: that of a case on a day (None: that of the decision)."""

    case: AskedCase
    as_of: AsOf = None
    base_rate: BaseRate = None
    horizon: Years = None


_SCREEN = "guanzi.jobs.distress.commands.distress_screen:"
_SCORES = "guanzi.jobs.distress.scores:"
QUESTIONS = (
    JobQuestion(
        "distress evaluate",
        DistressRequest,
        None,
        "guanzi.jobs.distress.distress:evaluate",
        screen=f"{_SCREEN}show_evaluation",
        last=(*("where", "train_where", "label", "firm", "folds", "repeats", "base_rate", "seed"), "threads", *LAST),
    ),
    JobQuestion(
        "distress score",
        ScoresRequest,
        None,
        f"{_SCORES}score_firms",
        screen=f"{_SCREEN}show_scores",
        last=("where", "firm", "base_rate", "horizon", "as_of", *LAST),
    ),
    JobQuestion("distress case", CompanyRequest, None, f"{_SCORES}score_case", "case_data", f"{_SCREEN}show_case"),
    JobQuestion("distress models", Nothing, None, f"{_SCORES}list_models", "model_data", f"{_SCREEN}show_models"),
)
