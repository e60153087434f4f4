"""Bets of the case library that are no rows of the register, with answers by somebody who knew how they ended."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from guanzi.base.reading import read_table
from guanzi.intake.bets.register import ASKED, FOLDER


@cache
def case_answers() -> Mapping[str, Mapping[str, str | float]]:
    """Answers by id of the case, of facts that its library holds; a question without an entry is unknown."""
    found: dict[str, Mapping[str, str | float]] = {}
    for row in read_table(FOLDER / "hefei.csv").rows:
        told: dict[str, str | float] = {name: cell.text for name, cell in row.items() if name in ASKED}
        if "sales_to_plan" in row:
            told["sales_to_plan"] = float(row["sales_to_plan"].text)
        found[row["id"].text] = told
    return found
