"""Scale-up manufacturer: a company that must grow its volume before its money runs out.

Per quarter: volume follows a growth rate that reverts to a long-run one, slows towards a ceiling that moves with the
market and is faster in a hot market, with seasons, launches that lift it at once, and a slump at the start that passes;
unit cost falls with cumulative volume (Wright's law); fixed cost, capital expenditure and interest burn cash; fixed
cost is cut while cash is short, and what of it sales cannot bear is given up over the years; suppliers' credit grows
and shrinks with sales. A planned plant that at least doubles the company lifts the level as it rises, and costs its
investment before it opens. Outside money, the value of the shares and distress are those of every company
(:mod:`guanzi.engine.company.models.shares`).

Demand, cost and what the market pays are the same in the worlds with and without the deal (common draws); cash, funding
and survival are each world's own.

References:
    Fama, French: Forecasting profitability and earnings. J. Business 73 (2000) (profitability reverts to its mean).
    Wright: Factors affecting the cost of airplanes. J. Aeronautical Sciences 3 (1936).
    Chan, Karceski, Lakonishok: The level and persistence of growth rates. J. Finance 58 (2003).
    Kerr, Nanda: Financing innovation. Annual Review of Financial Economics 7 (2015) (funding windows).
    Kermani, Ma: Asset specificity of nonfinancial firms. Quarterly J. of Economics 138 (2023) (fire-sale values).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from guanzi.deal.program import CompanySlots, Emitter
from guanzi.engine.company.models.firm import FIRM_UNITS, Firm
from guanzi.engine.company.models.staff import beside_plant, employ
from guanzi.engine.company.models.volume import (
    VOLUME_UNITS,
    declare_volume,
    followed,
    learning_power,
    step_growth,
    unit_margin,
)

UNITS: dict[str, str] = {
    "units": "units",
    **VOLUME_UNITS,
    "units_ceiling": "units",
    "ceiling_growth": "log per quarter",
    "slump": "log",
    "slump_fade": "ratio",
    "launch": "ratio",
    "launch_size": "log",
    **{f"season_{i}": "ratio" for i in range(4)},
    "cumulative_units": "units",
    "capex_share": "ratio",
    "opex_reversion": "ratio",
    "capacity_local": "units/year",
    "capacity_use": "ratio",
    **FIRM_UNITS,
    "plant_units": "units",
    "plant_investment": "CNY m",
    "plant_loan": "ratio",
}
"""Parameter to unit. Rates of events (``window_opens``, ``filing``, …) are probabilities per quarter."""

MEANINGS: dict[str, str] = {name: f"simulation.parameter.{name}" for name in UNITS}
"""Parameter to the message that says what it means."""


@dataclass(frozen=True)
class ScaleUpManufacturer(Firm):
    """The model with its parameters; all of :data:`UNITS` must be given."""

    ID: ClassVar[str] = "scale-up-manufacturer"
    VERSION: ClassVar[str] = f"{ID}/7"
    PARAMETERS: ClassVar[tuple[str, ...]] = tuple(UNITS)
    UNITS: ClassVar[Mapping[str, str]] = UNITS
    MEANINGS: ClassVar[Mapping[str, str]] = MEANINGS
    COMMON: ClassVar[frozenset[str]] = frozenset({"revenue", "sales", "margin", "assets", "payables"})

    def declare_product(self, e: Emitter) -> None:
        """Step 0: volume, price, cost, assets and the sales of the year before."""
        declare_volume(e)
        for name in ("level", "units", "cumulative", "cost", "revenue", "margin", "profit", "capex", "trade",
                     "sales", "assets", "payables", "before", "ceiling", "slump", "plant_full", "plant_pace", "ramped",
                     "lent"):  # fmt: skip
            e.number(f"m.{name}")
        for i in range(4):
            e.number(f"m.ring.{i}")
        e.truth("m.elsewhere")
        plans = e("AND", e("GTK", "p.plant_units", k=0.0), e("LEK", "p.plant_local", k=0.5))
        e.do("AND", "m.elsewhere", plans, e("GTK", "p.units", k=0.0))
        e.do("COPY", "m.level", "p.units")
        e.do("COPY", "m.ceiling", "p.units_ceiling")
        e.do("COPY", "m.slump", "p.slump")
        e.do("COPY", "m.cumulative", "p.cumulative_units")
        e.do("MUL", "m.cost", "p.price", e("RSUBK", "p.margin", k=1.0))
        learning_power(e)
        e.do("MUL", "m.plant_full", "p.plant_units", "p.plant_kept")
        e.do("MUL", "m.plant_pace", e("DIV", "p.plant_investment", "m.plant_opens"), "p.plant_kept")
        e.do("COPY", "m.assets", "p.assets")
        e.do("MUL", "m.before", "p.units", "p.price")
        for i in range(4):
            e.do("COPY", f"m.ring.{i}", "m.before")
        e.do("MULK", "m.sales", "m.before", k=4.0)
        e.do("MUL", "m.payables", "p.payables", "m.sales")

    def grow_local(self, e: Emitter, w: str) -> None:
        """Local capacity follows volume; of a company that makes it elsewhere, that of the planned plant alone."""
        of_plant = e("MIN", f"{w}.units", e("MUL", "m.ramped", "m.plant_full"))
        self.local_for(e, w, e("SEL", "m.elsewhere", of_plant, f"{w}.units"))

    def step_product(self, e: Emitter, t: int) -> None:
        """Demand, price, cost and investment of step t."""
        step_growth(e)
        e.do("COPY", "m.ceiling", e("MUL", "m.ceiling", e("EXP", "p.ceiling_growth")))
        fullness = e("MINK", e("DIV", "m.level", "m.ceiling"), k=1.0)
        grown = followed(e)
        slowed = e("SUB", grown, e("MUL", fullness, e("MAXK", grown, k=0.0)))
        launched = e("MSK", e("GT", "p.launch", "luck.launch"), "p.launch_size")
        expected = e("MUL", "p.launch", "p.launch_size")
        lifted = e("ADD", slowed, e("SUB", launched, expected))
        e.do("COPY", "m.level", e("MADD", "m.level", e("EXP", lifted), self._rise(e, t)))
        scatter = e("SUB", e("MUL", "p.units_noise", "luck.volume"), "m.slump")
        e.do("COPY", "m.slump", e("MUL", "m.slump", e("RSUBK", "p.slump_fade", k=1.0)))
        e.do("MUL", "m.units", e("MUL", "m.level", f"p.season_{t % 4}"), e("EXP", scatter))
        e.do("ACC", "m.cumulative", "m.units")
        e.do("MUL", "m.revenue", "m.units", "m.price")
        e.do("COPY", "m.margin", unit_margin(e, "m.cost", "m.cumulative", "p.cumulative_units"))
        e.do("MUL", "m.profit", "m.margin", "m.revenue")
        building = e("MSK", e("GTK", "m.plant_opens", k=float(t)), "m.plant_pace")
        e.do("MUL", "m.lent", "p.plant_loan", building)
        e.do("MADD", "m.capex", "p.capex_share", "m.revenue", building)
        above = e("MAXK", e("SUB", "m.opex_full", e("MUL", "p.opex_share", "m.revenue")), k=0.0)
        e.do("COPY", "m.opex_full", e("SUB", "m.opex_full", e("MUL", "p.opex_reversion", above)))
        e.do("MADD", "m.assets", e("COPY", "m.assets"), e("RSUBK", "p.depreciation", k=1.0), "m.capex")
        e.do("COPY", f"m.ring.{t % 4}", "m.revenue")
        oldest = [f"m.ring.{(t + 1 + i) % 4}" for i in range(4)]
        sales = e.sum(e("COPY", oldest[0]), *oldest[1:])
        e.do("MUL", "m.trade", "p.trade_credit", e("SUB", sales, "m.sales"))
        e.do("COPY", "m.sales", sales)
        e.do("MUL", "m.payables", "p.payables", "m.sales")

    def _rise(self, e: Emitter, t: int) -> str:
        """What the planned plant adds to the level in step t, once it is open; the same in both worlds."""
        open_for = e("RSUBK", "m.plant_opens", k=float(t + 1))
        ramped = e("MINK", e("MAXK", e("MUL", open_for, "m.plant_step"), k=0.0), k=1.0)
        added = e("MUL", e("SUB", ramped, "m.ramped"), "m.plant_full")
        e.do("COPY", "m.ramped", ramped)
        return added

    def declare_made(self, e: Emitter, w: str) -> dict[str, str]:
        """Step 0: local capacity; what is made is the same in both worlds."""
        e.do("COPY", f"{w}.capacity_local", "p.capacity_local")
        return {"units": "p.units", "revenue": "m.before"}

    def move(self, e: Emitter, w: str, slots: CompanySlots, t: int, bound: str | None) -> None:
        """The company moves in one world: operations, interest, outside money, places and listing.

        Args:
            e: Emitter.
            w: Prefix of the world.
            slots: Its slots.
            t: Step.
            bound: Truth from which on the deal draws headquarters and research to the region; None: no deal.
        """
        with e.clause("company.operations"):
            overhead = self.overhead(e, w, slots, "m.opex_full")
            ebitda = e("SUB", "m.profit", overhead)
            interest = e("MULK", e("MUL", "p.interest", slots.debt), k=0.25)
            paid = e("ADD", e("SUB", e("SUB", ebitda, "m.capex"), interest), "m.trade")
            e.do("XFER", slots.world, slots.cash, e("MSK", slots.solvent, paid))
            lent = e("MSK", slots.solvent, "m.lent")
            e.do("XFER", slots.market, slots.cash, lent)
            e.do("COPY", slots.debt, e("ADD", slots.debt, lent))
            flow = e("ADD", paid, "m.lent")
        self.fund(e, w, slots, t, flow)
        self.observe(e, w, slots, "m.units", ebitda)
        self.settle_in(e, w, slots, bound)
        self.grow_local(e, w)
        part = e("MINK", e("DIV", e("MUL", "m.ramped", "m.plant_full"), "m.level"), k=1.0)
        employ(e, w, slots, t, overhead, beside_plant(e, e("SUB", "m.revenue", "m.profit"), part))
        self.list_shares(e, w, slots)
