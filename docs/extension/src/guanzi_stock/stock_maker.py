"""A company model: a maker whose sales are down at the start for want of parts, unless its stock lasts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from guanzi.advice.calibration import JUDGEMENTS
from guanzi.advice.calibration.making import estimate, fixed
from guanzi.advice.calibration.model import RULES, Rules
from guanzi.deal.program import Emitter
from guanzi.engine.company import Distribution, Parameter, ScaleUpManufacturer
from guanzi.record.evidence import View, latest

ENOUGH = 2.0
"""Months of stock from which on no sale is lost: a judgement of this extension."""
LOST = Distribution("triangular", (0.0, 0.05, 0.3))
"""Log of the sales lost where the stock was not held or is short: a judgement of this extension."""


@dataclass(frozen=True)
class StockMaker(ScaleUpManufacturer):
    """The manufacturer of the library with one parameter more; what it loses comes back as its slump passes."""

    ID: ClassVar[str] = "stock-maker"
    VERSION: ClassVar[str] = f"{ID}/1"
    UNITS: ClassVar[Mapping[str, str]] = ScaleUpManufacturer.UNITS | {"stock_gap": "log"}
    PARAMETERS: ClassVar[tuple[str, ...]] = tuple(UNITS)
    MEANINGS: ClassVar[Mapping[str, str]] = {name: f"simulation.parameter.{name}" for name in UNITS}

    def declare_product(self, e: Emitter) -> None:
        """Step 0: the slump is deeper by what the gap in the stock costs."""
        super().declare_product(e)
        e.do("COPY", "m.slump", e("ADD", "m.slump", "p.stock_gap"))


def _derive(view: View, signed: date) -> Iterator[Parameter]:
    """What the library derives of a manufacturer, and no gap where the stock is long."""
    yield from RULES[ScaleUpManufacturer.ID].derive(view, signed)
    stock = latest(view, "inventory_cover_months")
    if stock is not None and stock.value >= ENOUGH:
        yield estimate("stock_gap", fixed(0.0), "trend", stock.facts, months=stock.value)


CALIBRATION = Rules(StockMaker.ID, "stock-calibration/1", {**JUDGEMENTS, "stock_gap": LOST}, _derive)
