"""After how many years a decision can be scored: early loss is not failure, and early gain is not success."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from guanzi.base.reading import read_yaml


@dataclass(frozen=True, slots=True)
class ScoreHorizon:
    """Years after which the outcome of a decision counts, with the reason.

    Attributes:
        years: Whole years after the decision.
        because: The reason in English.
        because_zh: The reason in Chinese.
    """

    years: int
    because: str
    because_zh: str

    def end(self, decided: date) -> date:
        """First day on which a decision can be scored.

        >>> ScoreHorizon(5, "", "").end(date(2020, 2, 29))
        datetime.date(2025, 3, 1)
        """
        try:
            return decided.replace(year=decided.year + self.years)
        except ValueError:  # 29 February
            return date(decided.year + self.years, 3, 1)


def score_horizon(model: str) -> ScoreHorizon:
    """The horizon of a company model, fixed before outcomes are read; that of a manufacturer where none is stated.

    Args:
        model: Company model of the case, e.g. ``capacity-cycle-fab``.

    >>> score_horizon("capacity-cycle-fab").years
    8
    """
    table = _table()
    return next((_horizon(row) for row in table["horizons"] if row["model"] == model), _horizon(table["otherwise"]))


def _horizon(row: dict[str, Any]) -> ScoreHorizon:
    return ScoreHorizon(row["years"], row["because"]["en"], row["because"]["zh"])


@cache
def _table() -> dict[str, Any]:
    path = Path(str(files("guanzi"))) / "library" / "outcomes" / "horizons.yaml"
    data: dict[str, Any] = read_yaml(path, path.name).data
    return data
