"""Pre-revenue deep tech: a product that may not be sold before it is certified.

Aircraft that take off vertically, humanoid robots, reactors. Four stages follow one another: *design* (a prototype that
works), *basis* (the authority's requirements are agreed), *testing* (compliance is shown; ends with the type
certificate), *production* (the factory and the operation are approved). Each has its own duration, setbacks that throw
it back, and a chance that it ends in failure; work slows when money is short. Then sales begin and ramp up as those of
a scale-up manufacturer. Before that there are only trial units.

The value of the shares moves with the market (:mod:`guanzi.engine.company.models.shares`) and with the risk that is
left:
whoever pays a fair price before a stage sees the value rise by 1 / (1 - chance of failure) when the stage is passed,
and fall to nothing when it fails (risk-adjusted net present value).

Per quarter::

    progress(t) = progress + austerity / duration(stage)      or, with the chance of a setback, progress - lost
    at 1        = the stage is passed, or with its chance of failure the programme ends
    burn        = fixed cost (1 + step) ^ stages passed, cut while cash is short

References:
    Stewart, Allison, Johnson: Putting a price on biotechnology. Nature Biotechnology 19 (2001) (risk-adjusted value).
    Kerr, Nanda: Financing innovation. Annual Review of Financial Economics 7 (2015) (funding windows, staged finance).
    Flyvbjerg: What you should know about megaprojects and why. Project Management J. 45 (2014) (schedule overruns).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from guanzi.deal.program import CompanySlots, Emitter
from guanzi.engine.company.models.firm import FIRM_UNITS, OBSERVABLES, Firm
from guanzi.engine.company.models.staff import beside_plant, employ
from guanzi.engine.company.models.volume import (
    VOLUME_UNITS,
    declare_volume,
    followed,
    learning_power,
    step_growth,
    unit_margin,
)

STAGES = ("design", "basis", "testing", "production")
CERTIFIED = 3
"""Stages that are passed when the type certificate is held."""

DEEP_UNITS: dict[str, str] = {
    "stage_at_start": "count",
    "progress_at_start": "ratio",
    **{f"{stage}_quarters": "quarters" for stage in STAGES},
    **{f"{stage}_fails": "ratio" for stage in STAGES},
    "setback": "ratio",
    "setback_lost": "ratio",
    "opex_step": "ratio",
    "plant_capex": "CNY m",
    "trial_units": "units",
    "launch_units": "units",
    "units_ceiling": "units",
    "cumulative_units": "units",
    "capex_share": "ratio",
    "capacity_local": "units/year",
    "capacity_use": "ratio",
}
"""Parameters of the stages and of the launch; ``setback`` is a probability per quarter."""

UNITS: dict[str, str] = {**DEEP_UNITS, **VOLUME_UNITS, **FIRM_UNITS}
NAMED = frozenset(DEEP_UNITS) - {"capex_share", "capacity_use", "capacity_local"} | {"price", "opex"}
MEANINGS: dict[str, str] = {
    name: f"simulation.parameter.deep.{name}" if name in NAMED else f"simulation.parameter.{name}" for name in UNITS
}
"""Parameter to the message that says what it means."""


@dataclass(frozen=True)
class PreRevenueDeepTech(Firm):
    """The model with its parameters; all of :data:`UNITS` must be given."""

    ID: ClassVar[str] = "pre-revenue-deep-tech"
    VERSION: ClassVar[str] = f"{ID}/5"
    PARAMETERS: ClassVar[tuple[str, ...]] = tuple(UNITS)
    UNITS: ClassVar[Mapping[str, str]] = UNITS
    MEANINGS: ClassVar[Mapping[str, str]] = MEANINGS
    UNIFORMS: ClassVar[tuple[str, ...]] = (*Firm.UNIFORMS, "setback", "outcome")
    ALARM: ClassVar[float] = 0.5

    @classmethod
    def observables(cls) -> dict[str, str]:
        """As every company, and whether the type certificate is held."""
        return {**OBSERVABLES, "certified": "certified"}

    def declare_product(self, e: Emitter) -> None:
        """Step 0: growth, price and cost; they run from signing, whoever is ready to sell."""
        declare_volume(e)
        for name in ("cost", "followed"):
            e.number(f"m.{name}")
        e.do("MUL", "m.cost", "p.price", e("RSUBK", "p.margin", k=1.0))
        learning_power(e)

    def step_product(self, e: Emitter, t: int) -> None:
        """Growth of demand, and price."""
        step_growth(e)
        e.do("COPY", "m.followed", followed(e))

    def declare_made(self, e: Emitter, w: str) -> dict[str, str]:
        """Step 0: the stage in which it is, and the trial units of the year before."""
        for name in ("stage", "progress", "scale", "level", "units", "made", "assets", "revenue", "margin",
                     "sales", "payables", "trade", "before"):  # fmt: skip
            e.number(f"{w}.m.{name}")
        for i in range(4):
            e.number(f"{w}.m.ring.{i}")
        e.truth(f"{w}.certified")
        e.truth(f"{w}.sells")
        e.truth(f"{w}.ended")
        e.do("COPY", f"{w}.m.stage", "p.stage_at_start")
        e.do("COPY", f"{w}.m.progress", "p.progress_at_start")
        e.do("SET", f"{w}.m.scale", k=1.0)
        e.do("COPY", f"{w}.m.level", "p.launch_units")
        e.do("COPY", f"{w}.m.made", "p.cumulative_units")
        e.do("COPY", f"{w}.m.assets", "p.assets")
        e.do("GEK", f"{w}.certified", f"{w}.m.stage", k=CERTIFIED - 0.5)
        e.do("GEK", f"{w}.sells", f"{w}.m.stage", k=len(STAGES) - 0.5)
        e.do("MUL", f"{w}.m.before", "p.trial_units", "p.price")
        for i in range(4):
            e.do("COPY", f"{w}.m.ring.{i}", f"{w}.m.before")
        e.do("MULK", f"{w}.m.sales", f"{w}.m.before", k=4.0)
        e.do("COPY", f"{w}.capacity_local", "p.capacity_local")
        return {"units": "p.trial_units", "revenue": f"{w}.m.before"}

    def move(self, e: Emitter, w: str, slots: CompanySlots, t: int, bound: str | None) -> None:
        """The company works on its stage, sells what it may, burns cash and raises money.

        Args:
            e: Emitter.
            w: Prefix of the world.
            slots: Its slots.
            t: Step.
            bound: Truth from which on the deal draws headquarters and research to the region; None: no deal.
        """
        with e.clause("company.certification"):
            worked = self._stage(e, w, slots)
        with e.clause("company.operations"):
            self._sell(e, w, t)
            overhead = self.overhead(e, w, slots, e("MUL", "m.opex_full", f"{w}.m.scale"))
            ebitda = e("SUB", e("MUL", f"{w}.m.margin", f"{w}.m.revenue"), overhead)
            interest = e("MULK", e("MUL", "p.interest", slots.debt), k=0.25)
            building = e("MSK", e("ANDN", e("GEK", f"{w}.m.stage", k=1.5), f"{w}.sells"), worked)
            plant = e("MULK", e("MUL", "p.plant_capex", building), k=0.5)
            capex = e("MADD", "p.capex_share", f"{w}.m.revenue", plant)
            flow = e("ADD", e("SUB", e("SUB", ebitda, capex), interest), f"{w}.m.trade")
            e.do("XFER", slots.world, slots.cash, e("MSK", slots.solvent, flow))
            worn = e("MUL", f"{w}.m.assets", e("RSUBK", "p.depreciation", k=1.0))
            e.do("COPY", f"{w}.m.assets", e("ADD", worn, e("MSK", slots.solvent, capex)))
        self.fund(e, w, slots, t, flow)
        self.observe(e, w, slots, f"{w}.m.units", ebitda)
        self.settle_in(e, w, slots, bound)
        self.grow_local(e, w)
        costs = e("MUL", e("RSUBK", f"{w}.m.margin", k=1.0), f"{w}.m.revenue")
        employ(e, w, slots, t, overhead, beside_plant(e, costs, f"{w}.running"))
        self.list_shares(e, w, slots)

    def build(self, e: Emitter, w: str, slots: CompanySlots, bound: str | None) -> None:
        """The planned plant stands ready, but nobody works in it before the product may be sold."""
        if bound is not None:
            super().build(e, w, slots, e("AND", bound, f"{w}.sells"))

    def _of_stage(self, e: Emitter, w: str, names: tuple[str, ...]) -> str:
        """The parameter that belongs to the stage under work."""
        value = f"p.{names[-1]}"
        for i in range(len(names) - 2, -1, -1):
            value = e("SEL", e("LTK", f"{w}.m.stage", k=i + 0.5), f"p.{names[i]}", value)
        return value

    def _stage(self, e: Emitter, w: str, slots: CompanySlots) -> str:
        """Progress, setback, the end of a stage; returns the progress made in this step."""
        works = e("ANDN", slots.solvent, f"{w}.sells")
        duration = self._of_stage(e, w, tuple(f"{s}_quarters" for s in STAGES))
        fails = self._of_stage(e, w, tuple(f"{s}_fails" for s in STAGES))
        thrown = e("GT", "p.setback", "luck.setback")
        ahead = e("DIV", f"{w}.austerity", duration)
        gained = e("MSK", works, e("SEL", thrown, e("NEG", "p.setback_lost"), ahead))
        moved = e("MAXK", e("ADD", f"{w}.m.progress", gained), k=0.0)
        ends = e("AND", works, e("GEK", moved, k=1.0))
        failed = e("AND", ends, e("GT", fails, "luck.outcome"))
        passed = e("ANDN", ends, failed)
        e.do("LATCH", f"{w}.ended", failed)
        e.do("COPY", f"{w}.m.progress", e("SEL", ends, e("SET", k=0.0), moved))
        e.do("ADD", f"{w}.m.stage", e("COPY", f"{w}.m.stage"), e("MSK", passed, e("SET", k=1.0)))
        stepped = e("MUL", f"{w}.m.scale", e("ADDK", "p.opex_step", k=1.0))
        e.do("KEEP", f"{w}.m.scale", passed, stepped)
        e.do("KEEP", f"{w}.equity", passed, e("DIV", f"{w}.equity", e("RSUBK", fails, k=1.0)))
        e.do("GEK", f"{w}.certified", f"{w}.m.stage", k=CERTIFIED - 0.5)
        return e("MAXK", gained, k=0.0)

    def _sell(self, e: Emitter, w: str, t: int) -> None:
        """Trial units before the last stage is passed, the launch and its ramp afterwards."""
        fullness = e("MINK", e("DIV", f"{w}.m.level", "p.units_ceiling"), k=1.0)
        slowed = e("SUB", "m.followed", e("MUL", fullness, e("MAXK", "m.followed", k=0.0)))
        e.do("KEEP", f"{w}.m.level", f"{w}.sells", e("MUL", f"{w}.m.level", e("EXP", slowed)))
        noise = e("EXP", e("MUL", "p.units_noise", "luck.volume"))
        e.do("MUL", f"{w}.m.units", e("SEL", f"{w}.sells", f"{w}.m.level", "p.trial_units"), noise)
        e.do("ACC", f"{w}.m.made", f"{w}.m.units")
        e.do("MUL", f"{w}.m.revenue", f"{w}.m.units", "m.price")
        e.do("COPY", f"{w}.m.margin", unit_margin(e, "m.cost", f"{w}.m.made", "p.cumulative_units"))
        e.do("COPY", f"{w}.m.ring.{t % 4}", f"{w}.m.revenue")
        oldest = [f"{w}.m.ring.{(t + 1 + i) % 4}" for i in range(4)]
        sales = e.sum(e("COPY", oldest[0]), *oldest[1:])
        e.do("MUL", f"{w}.m.trade", "p.trade_credit", e("SUB", sales, f"{w}.m.sales"))
        e.do("COPY", f"{w}.m.sales", sales)
        e.do("MUL", f"{w}.m.payables", "p.payables", f"{w}.m.sales")
        e.do("GEK", f"{w}.sells", f"{w}.m.stage", k=len(STAGES) - 0.5)

    def solvency(self, e: Emitter, w: str, slots: CompanySlots, t: int) -> str:
        """It also fails when a stage ends the programme."""
        e.do("KEEP", f"{w}.drain", f"{w}.ended", e("SET", k=0.0))
        fails = super().solvency(e, w, slots, t)
        return e("OR", fails, e("AND", slots.solvent, f"{w}.ended"))
