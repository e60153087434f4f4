"""Capacity-cycle fab: capital is spent years ahead of a price that nobody controls.

Panels, memory chips, solar cells. One unit is what a good wafer or substrate held at signing: a number of bits, an
area. Each generation of tools puts more of them on a start, and the unit becomes cheaper. The price follows a regime
that the track shares: in a *shortage* it stays flat while the industry's cost falls, in a *glut* it drops quickly to
cost or below.
The company builds a project as far as its money goes, ramps it up, learns to yield, renews its tools so as not to fall
behind the industry's cost, expands, borrows, repays, and raises money while a window is open. What its shares are
worth moves with the product's price (:mod:`guanzi.engine.company.models.shares`).

Per quarter, with x = ln(price / industry cost)::

    industry(t)  = industry(t-1) exp(-decline)
    shortage: x  = min(x + decline + sigma z, cap)          glut: x = floor + kappa (x - floor) + sigma z
    good         = density use (old mature_yield + loaded yield)
    cash cost    = density industry cash_share gap mature_yield
                   [fixed usual_use (old + ready) + (1 - fixed) use (old + loaded)]
    density(t)   = density exp(productivity decline renewed)
    yield(t)     = yield + speed (mature_yield - yield)      once the project produces
    gap(t)       = long + rho (gap - long) + behind (1 - renewed)

The industry's cost is that of a good unit at the usual use, the middle of a shortage's and a glut's. What is being
built is neither worn nor renewed before it is in service, and has the tools of the day on which it opens. Prices are
the same in the worlds with and without the deal; how much is built, and so what is sold, is each world's own.

References:
    Mathews: Strategy and the crystal cycle. California Management Review 47 (2005) (cycles of panels; entry in gluts).
    Handy: Where are we in the memory cycle? The Memory Guy, Objective Analysis (flat in a shortage, a steep fall to
        cost in a glut).
    Tarui, Tarui: New DRAM pricing trends: the bi rule. IEEE Circuits and Devices Magazine 7 (1991) (a generation halves
        the cost of a bit).
    Terwiesch, Bohn: Learning and process improvement during production ramp-up. Int. J. of Production Economics 70
        (2001) (yield ramp).
    Leachman, Hodges: Benchmarking semiconductor manufacturing. IEEE Trans. Semiconductor Manufacturing 9 (1996).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from guanzi.deal.program import CompanySlots, Emitter
from guanzi.engine.company.models.firm import FIRM_UNITS, Firm
from guanzi.engine.company.models.plant import SOONEST
from guanzi.engine.company.models.shares import LEAST
from guanzi.engine.company.models.staff import beside_plant, employ

FAB_UNITS: dict[str, str] = {
    "capacity": "units",
    "price": "CNY m",
    "cycle_at_start": "log",
    "industry_decline": "log per quarter",
    "price_shock": "log per quarter",
    "shortage_cap": "log",
    "glut_floor": "log",
    "glut_speed": "ratio",
    "use_shortage": "ratio",
    "use_glut": "ratio",
    "cost_gap": "ratio",
    "cost_gap_long": "ratio",
    "gap_persistence": "ratio",
    "falling_behind": "ratio",
    "productivity": "ratio",
    "cash_share": "ratio",
    "fixed_share": "ratio",
    "yield_mature": "ratio",
    "yield_start": "ratio",
    "yield_speed": "ratio",
    "project_capacity": "units",
    "project_capex": "CNY m",
    "build_quarters": "quarters",
    "first_output": "ratio",
    "ramp_quarters": "quarters",
    "project_loan": "ratio",
    "amortisation": "ratio",
    "renewal": "ratio",
    "expansion": "log per quarter",
    "replacement": "x",
    "liquid_quarters": "quarters",
    "capacity_share_local": "ratio",
}
"""Parameters of the fab itself; ``capacity`` and ``project_capacity`` are starts a quarter."""

UNITS: dict[str, str] = {**FAB_UNITS, **FIRM_UNITS}
MEANINGS: dict[str, str] = {
    name: f"simulation.parameter.fab.{name}"
    if name in FAB_UNITS or name in ("hot_at_start", "hot_ends", "cold_ends")
    else f"simulation.parameter.{name}"
    for name in UNITS
}
"""Parameter to the message that says what it means."""


@dataclass(frozen=True)
class CapacityCycleFab(Firm):
    """The model with its parameters; all of :data:`UNITS` must be given."""

    ID: ClassVar[str] = "capacity-cycle-fab"
    VERSION: ClassVar[str] = f"{ID}/6"
    PARAMETERS: ClassVar[tuple[str, ...]] = tuple(UNITS)
    UNITS: ClassVar[Mapping[str, str]] = UNITS
    MEANINGS: ClassVar[Mapping[str, str]] = MEANINGS
    GROWTH_SHOCK: ClassVar[str] = "t.second"

    def declare_product(self, e: Emitter) -> None:
        """Step 0: price, cost of the industry, and the state of the cycle."""
        for name in ("industry", "cycle", "price", "use", "usual_use", "capex", "capacity", "pace"):
            e.number(f"m.{name}")
        e.do("MULK", "m.usual_use", e("ADD", "p.use_shortage", "p.use_glut"), k=0.5)
        e.do("MUL", "m.capex", "p.project_capex", "p.plant_kept")
        e.do("MUL", "m.capacity", "p.project_capacity", "p.plant_kept")
        e.do("DIV", "m.pace", "m.capex", e("MAXK", e("ADD", "p.build_quarters", "p.plant_late"), k=SOONEST))
        e.do("COPY", "m.cycle", "p.cycle_at_start")
        e.do("MUL", "m.industry", "p.price", e("EXP", e("NEG", "p.cycle_at_start")))
        e.do("COPY", "m.price", "p.price")

    def step_product(self, e: Emitter, t: int) -> None:
        """The price cycle of step t, and use of capacity."""
        e.do("COPY", "m.industry", e("MUL", "m.industry", e("EXP", e("NEG", "p.industry_decline"))))
        shock = e("MUL", "p.price_shock", "t.second")
        held = e("MIN", e("ADD", e("ADD", "m.cycle", "p.industry_decline"), shock), "p.shortage_cap")
        fallen = e("MADD", "p.glut_speed", e("SUB", "m.cycle", "p.glut_floor"), e("ADD", "p.glut_floor", shock))
        e.do("COPY", "m.cycle", e("SEL", "t.hot", held, fallen))
        e.do("MUL", "m.price", "m.industry", e("EXP", "m.cycle"))
        e.do("SEL", "m.use", "t.hot", "p.use_shortage", "p.use_glut")

    def declare_made(self, e: Emitter, w: str) -> dict[str, str]:
        """Step 0: what stands, what is being built, and the sales of the year before."""
        for name in ("old", "loaded", "ready", "progress", "yield", "gap", "assets", "revenue", "margin", "sales",
                     "payables", "trade", "good", "costs", "before", "sold", "extra", "density", "works",
                     "part"):  # fmt: skip
            e.number(f"{w}.m.{name}")
        for i in range(4):
            e.number(f"{w}.m.ring.{i}")
        e.do("COPY", f"{w}.m.old", "p.capacity")
        e.do("SET", f"{w}.m.extra", k=1.0)
        e.do("SET", f"{w}.m.density", k=1.0)
        nothing_to_build = e("SET", k=1.0)
        e.do("SEL", f"{w}.m.progress", e("GTK", "m.capex", k=0.0), e("SET", k=0.0), nothing_to_build)
        e.do("COPY", f"{w}.m.yield", "p.yield_start")
        e.do("COPY", f"{w}.m.gap", "p.cost_gap")
        e.do("COPY", f"{w}.m.assets", "p.assets")
        use = e("SEL", "t.hot", "p.use_shortage", "p.use_glut")
        e.do("MUL", f"{w}.m.sold", e("MUL", "p.capacity", use), "p.yield_mature")
        e.do("MUL", f"{w}.m.before", f"{w}.m.sold", "p.price")
        for i in range(4):
            e.do("COPY", f"{w}.m.ring.{i}", f"{w}.m.before")
        e.do("MULK", f"{w}.m.sales", f"{w}.m.before", k=4.0)
        e.do("MUL", f"{w}.capacity_local", e("MULK", "p.capacity", k=4.0), "p.capacity_share_local")
        return {"units": f"{w}.m.sold", "revenue": f"{w}.m.before"}

    def move(self, e: Emitter, w: str, slots: CompanySlots, t: int, bound: str | None) -> None:
        """The company makes and sells, pays interest, builds, renews, repays and raises money.

        Args:
            e: Emitter.
            w: Prefix of the world.
            slots: Its slots.
            t: Step.
            bound: Truth from which on the deal draws headquarters and research to the region; None: no deal.
        """
        with e.clause("company.operations"):
            self._make(e, w, t)
            overhead = self.overhead(e, w, slots, "m.opex_full")
            ebitda = e("SUB", e("SUB", f"{w}.m.revenue", f"{w}.m.costs"), overhead)
            interest = e("MULK", e("MUL", "p.interest", slots.debt), k=0.25)
            earned = e("ADD", e("SUB", ebitda, interest), f"{w}.m.trade")
            e.do("XFER", slots.world, slots.cash, e("MSK", slots.solvent, earned))
        least = e("MUL", "p.liquid_quarters", e("ADD", overhead, f"{w}.m.costs"))
        wanted = self._invest(e, w, slots, least)
        self.fund(e, w, slots, t, e("SUB", earned, wanted), earned)
        self.observe(e, w, slots, f"{w}.m.good", ebitda)
        standing = e("MULK", e("MADD", f"{w}.m.old", "p.capacity_share_local", f"{w}.m.ready"), k=4.0)
        e.do("COPY", f"{w}.capacity_local", e("MSK", slots.solvent, standing))
        produces = e("AND", slots.solvent, e("GTK", f"{w}.m.ready", k=0.0))
        e.do("LATCH", f"{w}.plant_local", produces)
        self.settle_in(e, w, slots, bound)
        employ(e, w, slots, t, overhead, beside_plant(e, f"{w}.m.costs", f"{w}.m.part"))
        self.list_shares(e, w, slots)

    def build(self, e: Emitter, w: str, slots: CompanySlots, bound: str | None) -> None:
        """The project is the plant: it runs as far as its lines are loaded."""
        e.do("DIV", f"{w}.running", f"{w}.m.loaded", e("MUL", "m.capacity", f"{w}.m.extra"))
        e.do("DIV", f"{w}.m.part", f"{w}.m.loaded", e("ADD", f"{w}.m.old", f"{w}.m.loaded"))

    def _used_up(self, e: Emitter, w: str) -> str:
        """Depreciation of a quarter: of what is in service, not of what is being built."""
        in_service = e("MAXK", e("SUB", f"{w}.m.assets", f"{w}.m.works"), k=0.0)
        return e("MUL", "p.depreciation", in_service)

    def _make(self, e: Emitter, w: str, t: int) -> None:
        """Good units, revenue and cash cost of the step; yield and the gap to the industry's cost move on."""
        built = e("SUB", f"{w}.m.progress", "p.first_output")
        ready = e("MAXK", e("DIV", built, e("RSUBK", "p.first_output", k=1.0)), k=0.0)
        project = e("MUL", "m.capacity", f"{w}.m.extra")
        in_service = e("MINK", ready, k=1.0)
        e.do("MUL", f"{w}.m.ready", project, in_service)
        spent = e("MUL", e("MINK", f"{w}.m.progress", k=1.0), "m.capex")
        e.do("MUL", f"{w}.m.works", spent, e("RSUBK", in_service, k=1.0))
        rising = e("DIV", e("SUB", f"{w}.m.ready", f"{w}.m.loaded"), "p.ramp_quarters")
        e.do("COPY", f"{w}.m.loaded", e("ADD", f"{w}.m.loaded", rising))
        produces = e("GTK", f"{w}.m.loaded", k=0.0)
        learnt = e("MUL", "p.yield_speed", e("SUB", "p.yield_mature", f"{w}.m.yield"))
        e.do("COPY", f"{w}.m.yield", e("ADD", f"{w}.m.yield", e("MSK", produces, learnt)))
        old = e("MUL", f"{w}.m.old", "p.yield_mature")
        good = e("MUL", "m.use", e("MADD", f"{w}.m.loaded", f"{w}.m.yield", old))
        e.do("MUL", f"{w}.m.good", good, f"{w}.m.density")
        e.do("MUL", f"{w}.m.revenue", f"{w}.m.good", "m.price")
        standing = e("ADD", f"{w}.m.old", f"{w}.m.ready")
        started = e("MUL", "m.use", e("ADD", f"{w}.m.old", f"{w}.m.loaded"))
        variable = e("MUL", e("RSUBK", "p.fixed_share", k=1.0), started)
        kept_ready = e("MUL", "p.fixed_share", e("MUL", "m.usual_use", standing))
        starts = e("MUL", "p.yield_mature", e("ADD", kept_ready, variable))
        volume = e("MUL", starts, f"{w}.m.density")
        unit_cost = e("MUL", e("MUL", "m.industry", f"{w}.m.gap"), "p.cash_share")
        e.do("MUL", f"{w}.m.costs", unit_cost, volume)
        used_up = self._used_up(e, w)
        profit = e("SUB", e("SUB", f"{w}.m.revenue", f"{w}.m.costs"), used_up)
        e.do("DIV", f"{w}.m.margin", profit, f"{w}.m.revenue")
        e.do("COPY", f"{w}.m.ring.{t % 4}", f"{w}.m.revenue")
        oldest = [f"{w}.m.ring.{(t + 1 + i) % 4}" for i in range(4)]
        sales = e.sum(e("COPY", oldest[0]), *oldest[1:])
        e.do("MUL", f"{w}.m.trade", "p.trade_credit", e("SUB", sales, f"{w}.m.sales"))
        e.do("COPY", f"{w}.m.sales", sales)
        e.do("MUL", f"{w}.m.payables", "p.payables", sales)

    def _invest(self, e: Emitter, w: str, slots: CompanySlots, least: str) -> str:
        """Build, renew and expand as far as the cash above the least allows, and repay; returns what was wanted.

        Only what is in service is worn and renewed.
        """
        with e.clause("company.investment"):
            unfinished = e("AND", slots.solvent, e("LTK", f"{w}.m.progress", k=1.0))
            to_build = e("MSK", unfinished, "m.pace")
            own_share = e("RSUBK", "p.project_loan", k=1.0)
            own_wanted = e("MUL", to_build, own_share)
            spare = e("MAXK", e("SUB", slots.cash, least), k=0.0)
            own = e("MIN", own_wanted, spare)
            spent = e("DIV", own, own_share)
            lent = e("SUB", spent, own)
            e.do("XFER", slots.market, slots.cash, e("COPY", lent))
            e.do("XFER", slots.cash, slots.world, e("COPY", spent))
            e.do("COPY", f"{w}.m.progress", e("ADD", f"{w}.m.progress", e("DIV", spent, "m.capex")))
            grows = e("MSK", e("ANDN", slots.solvent, unfinished), "p.expansion")
            used_up = self._used_up(e, w)
            renewal = e("MUL", "p.renewal", used_up)
            growth = e("MUL", e("MUL", grows, "p.replacement"), f"{w}.m.assets")
            upkeep = e("MSK", slots.solvent, e("ADD", renewal, growth))
            kept_up = e("MIN", upkeep, e("SUB", spare, own))
            e.do("XFER", slots.cash, slots.world, e("COPY", kept_up))
            up_to_date = e("MSK", slots.solvent, e("SET", k=1.0))
            renewed = e("SEL", e("GTK", upkeep, k=LEAST), e("DIV", kept_up, upkeep), up_to_date)
            larger = e("AFF", e("MUL", grows, renewed), k=(1.0, 1.0))
            e.do("COPY", f"{w}.m.old", e("MUL", f"{w}.m.old", larger))
            e.do("COPY", f"{w}.m.extra", e("MUL", f"{w}.m.extra", larger))
            denser = e("EXP", e("MUL", e("MUL", "p.productivity", "p.industry_decline"), renewed))
            e.do("COPY", f"{w}.m.density", e("MUL", f"{w}.m.density", denser))
            behind = e("MUL", "p.falling_behind", e("RSUBK", renewed, k=1.0))
            pulled = e("MADD", "p.gap_persistence", e("SUB", f"{w}.m.gap", "p.cost_gap_long"), "p.cost_gap_long")
            e.do("ADD", f"{w}.m.gap", pulled, behind)
            invested = e("ADD", spent, kept_up)
            e.do("COPY", f"{w}.m.assets", e("ADD", e("SUB", f"{w}.m.assets", used_up), invested))
            due = e("MSK", e("ANDN", slots.solvent, unfinished), e("MUL", "p.amortisation", slots.debt))
            repaid = e("MIN", due, e("MAXK", e("SUB", slots.cash, least), k=0.0))
            e.do("XFER", slots.cash, slots.market, e("COPY", repaid))
            e.do("COPY", slots.debt, e("SUB", e("ADD", slots.debt, lent), repaid))
            notes = e("MIN", f"{w}.notes", slots.debt)
            e.do("COPY", f"{w}.notes", notes)
        return e("ADD", own_wanted, upkeep)
