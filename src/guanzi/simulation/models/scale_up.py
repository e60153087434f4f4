"""Scale-up manufacturer: a company that must grow its volume before its money runs out.

Per quarter: volume follows a mean-reverting growth rate that slows towards a ceiling; unit cost falls with cumulative
volume (Wright's law); fixed cost, capital expenditure and interest burn cash, and fixed cost is cut while cash is
short; suppliers' credit grows and shrinks with sales; outside money comes only while a funding
window is open, and never more than a fraction of the company's value; value is a mean-reverting multiple of sales that
moves with a sector factor. The company fails when it cannot pay, or for other causes with a small hazard.

Demand, cost and valuation are the same in the worlds with and without the deal (common draws); cash, funding and
survival are each world's own.

References:
    Wright: Factors affecting the cost of airplanes. J. Aeronautical Sciences 3 (1936).
    Chan, Karceski, Lakonishok: The level and persistence of growth rates. J. Finance 58 (2003).
    Kerr, Nanda: Financing innovation. Annual Review of Financial Economics 7 (2015) (funding windows).
    Kermani, Ma: Asset specificity of nonfinancial firms. Quarterly J. of Economics 138 (2023) (fire-sale values).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from guanzi.simulation.parameters import Parameter, draw_parameters
from guanzi.terms import CompanySlots, Emitter

UNITS: dict[str, str] = {
    "units": "vehicles",
    "growth": "log per quarter",
    "growth_long": "log per quarter",
    "growth_persistence": "ratio",
    "growth_shock": "log per quarter",
    "units_noise": "log",
    "units_ceiling": "vehicles",
    "price": "CNY m",
    "price_drift": "log per quarter",
    "margin": "ratio",
    "margin_cap": "ratio",
    "learning": "ratio",
    "cumulative_units": "vehicles",
    "opex": "CNY m",
    "opex_inflation": "log per quarter",
    "opex_cut": "ratio",
    "opex_least": "ratio",
    "opex_share": "ratio",
    "capex_share": "ratio",
    "cash": "CNY m",
    "debt": "CNY m",
    "interest": "ratio",
    "payables": "ratio",
    "payables_stretch": "ratio",
    "trade_credit": "ratio",
    "assets": "CNY m",
    "depreciation": "ratio",
    "fire_sale": "ratio",
    "multiple": "x",
    "multiple_long": "x",
    "multiple_persistence": "ratio",
    "multiple_shock": "log per quarter",
    "sector_loading": "log per quarter",
    "window_opens": "ratio",
    "window_shuts": "ratio",
    "window_open_at_start": "ratio",
    "runway_target": "quarters",
    "raise_cap": "ratio",
    "issuer_dilution": "ratio",
    "through_founder": "ratio",
    "put_borrowing": "ratio",
    "put_reserve": "quarters",
    "other_failure": "ratio",
    "filing_sales": "CNY m",
    "filing": "ratio",
    "listing": "ratio",
    "control_change": "ratio",
    "founder_share": "ratio",
    "headquarters_move": "ratio",
    "research_move": "ratio",
    "plant_local": "flag",
    "capacity_local": "vehicles/year",
    "capacity_use": "ratio",
    "supplier_share": "ratio",
    "supplier_growth": "ratio",
}
"""Parameter to unit. Rates of events (``window_opens``, ``filing``, …) are probabilities per quarter."""

MEANINGS: dict[str, str] = {name: f"simulation.parameter.{name}" for name in UNITS}
"""Parameter to the message that says what it means."""


@dataclass(frozen=True, slots=True)
class ScaleUpManufacturer:
    """The model with its parameters; all of :data:`UNITS` must be given.

    Attributes:
        parameters: Parameter name to distribution with origin.
    """

    parameters: Mapping[str, Parameter]

    ID: ClassVar[str] = "scale-up-manufacturer"
    VERSION: ClassVar[str] = f"{ID}/1"
    PARAMETERS: ClassVar[tuple[str, ...]] = tuple(UNITS)
    UNITS: ClassVar[Mapping[str, str]] = UNITS
    MEANINGS: ClassVar[Mapping[str, str]] = MEANINGS
    VOLUME: ClassVar[str] = "vehicles"

    def __post_init__(self) -> None:
        missing = [n for n in UNITS if n not in self.parameters]
        unknown = [n for n in self.parameters if n not in UNITS]
        if missing or unknown:
            raise ValueError(f"parameters missing: {missing}; unknown: {unknown}")

    def provides(self) -> frozenset[str]:
        """Observables of the condition language that the model computes."""
        return frozenset(OBSERVABLES)

    def declare(self, e: Emitter, *, given: bool = False) -> None:
        """Step 0: slots that both worlds share, and the path's parameters: drawn, or given by the caller."""
        draw_parameters(e, self.parameters, self.PARAMETERS, given=given)
        for block in ("draw0", "draw1", "draw2", "draw3"):
            for part in ("z0", "z1", "u0", "u1"):
                e.number(f"{block}.{part}")
        for name in ("growth", "level", "units", "cumulative", "price", "cost", "revenue", "margin",
                     "opex_full", "profit", "capex", "trade", "sales", "assets", "logmultiple", "value", "payables",
                     "learning_power", "log_long", "before"):  # fmt: skip
            e.number(f"m.{name}")
        for i in range(4):
            e.number(f"m.ring.{i}")
        e.truth("m.window")
        e.do("COPY", "m.growth", "p.growth")
        e.do("COPY", "m.level", "p.units")
        e.do("COPY", "m.cumulative", "p.cumulative_units")
        e.do("COPY", "m.price", "p.price")
        e.do("MUL", "m.cost", "p.price", e("RSUBK", "p.margin", k=1.0))
        power = e("MULK", e("LOG", e("RSUBK", "p.learning", k=1.0)), k=1.0 / 0.6931471805599453)
        e.do("COPY", "m.learning_power", power)
        e.do("COPY", "m.opex_full", "p.opex")
        e.do("COPY", "m.assets", "p.assets")
        e.do("LOG", "m.logmultiple", "p.multiple")
        e.do("LOG", "m.log_long", "p.multiple_long")
        e.do("MUL", "m.before", "p.units", "p.price")
        for i in range(4):
            e.do("COPY", f"m.ring.{i}", "m.before")
        e.do("MULK", "m.sales", "m.before", k=4.0)
        e.do("MUL", "m.payables", "p.payables", "m.sales")
        # the window's first state is drawn from a parameter stream: its second uniform is free
        e.do("GT", "m.window", "p.window_open_at_start", self._spare_uniform(e))

    def _spare_uniform(self, e: Emitter) -> str:
        e.number("window0.z0")
        for part in ("z1", "u0", "u1"):
            e.number(f"window0.{part}")
        e.do("DRAW", "window0.z0", k=4095.0)
        return "window0.u0"

    def market(self, e: Emitter, t: int) -> None:
        """Demand, cost, valuation and the funding window of step t, common to both worlds."""
        for i in range(4):
            e.do("DRAW", f"draw{i}.z0", k=float(i))
        away = e("SUB", "m.growth", "p.growth_long")
        growth = e("MADD", "p.growth_persistence", away, "p.growth_long")
        e.do("MADD", "m.growth", "p.growth_shock", "draw0.z0", growth)
        fullness = e("MINK", e("DIV", "m.level", "p.units_ceiling"), k=1.0)
        slowed = e("SUB", e("COPY", "m.growth"), e("MUL", fullness, e("MAXK", "m.growth", k=0.0)))
        e.do("COPY", "m.level", e("MUL", "m.level", e("EXP", slowed)))
        noise = e("EXP", e("MUL", "p.units_noise", "draw0.z1"))
        e.do("MUL", "m.units", "m.level", noise)
        e.do("ACC", "m.cumulative", "m.units")
        e.do("COPY", "m.price", e("MUL", "m.price", e("EXP", "p.price_drift")))
        e.do("MUL", "m.revenue", "m.units", "m.price")
        experience = e("LOG", e("DIV", "m.cumulative", e("MAXK", "p.cumulative_units", k=1.0)))
        unit_cost = e("MUL", "m.cost", e("EXP", e("MUL", "m.learning_power", experience)))
        margin = e("RSUBK", e("DIV", unit_cost, "m.price"), k=1.0)
        e.do("MIN", "m.margin", margin, "p.margin_cap")
        e.do("COPY", "m.opex_full", e("MUL", "m.opex_full", e("EXP", "p.opex_inflation")))
        e.do("MUL", "m.profit", "m.margin", "m.revenue")
        e.do("MUL", "m.capex", "p.capex_share", "m.revenue")
        e.do("MADD", "m.assets", e("COPY", "m.assets"), e("RSUBK", "p.depreciation", k=1.0), "m.capex")
        e.do("COPY", f"m.ring.{t % 4}", "m.revenue")
        oldest = [f"m.ring.{(t + 1 + i) % 4}" for i in range(4)]
        sales = e.sum(e("COPY", oldest[0]), *oldest[1:])
        e.do("MUL", "m.trade", "p.trade_credit", e("SUB", sales, "m.sales"))
        e.do("COPY", "m.sales", sales)
        away = e("SUB", "m.logmultiple", "m.log_long")
        pulled = e("MADD", "p.multiple_persistence", away, "m.log_long")
        shocked = e("MADD", "p.multiple_shock", "draw1.z0", pulled)
        e.do("MADD", "m.logmultiple", "p.sector_loading", "draw1.z1", shocked)
        e.do("MUL", "m.value", "m.sales", e("EXP", "m.logmultiple"))
        e.do("MUL", "m.payables", "p.payables", "m.sales")
        stays = e("GT", "draw0.u0", "p.window_shuts")
        opens = e("GT", "p.window_opens", "draw0.u0")
        open_now = e.any(e("AND", "m.window", stays), e("ANDN", opens, "m.window"))
        e.do("COPYT", "m.window", open_now)

    def declare_world(self, e: Emitter, w: str) -> CompanySlots:
        """Step 0: the slots of one world; ``w`` is its prefix."""
        cash, world, market = f"acct.company.{w}", f"acct.world.{w}", f"acct.market.{w}"
        for account in (cash, world, market):
            e.account(account)
        for name in ("debt", "mark", "dilution", "raised", "reserve", "borrowable", "estate", "ahead", "sale",
                     "founder_share", "supplier_share_local", "capacity_local", "equity_value",
                     "cash_seen", "units", "revenue", "gross_margin", "ebitda", "burn"):  # fmt: skip
            e.number(f"{w}.{name}")
        e.number(f"{w}.austerity", 1.0)
        for name in ("solvent", "failed", "hq_local", "rnd_local", "plant_local", "listing_filed", "listed",
                     "control_changed"):  # fmt: skip
            e.truth(f"{w}.{name}")
        e.do("XFER", market, cash, e("COPY", "p.cash"))
        e.do("COPY", f"{w}.debt", "p.debt")
        e.do("SET", f"{w}.dilution", k=1.0)
        e.do("SETT", f"{w}.solvent", k=1.0)
        e.do("COPY", f"{w}.founder_share", "p.founder_share")
        e.do("COPY", f"{w}.supplier_share_local", "p.supplier_share")
        e.do("COPY", f"{w}.capacity_local", "p.capacity_local")
        e.do("GTK", f"{w}.plant_local", "p.plant_local", k=0.5)
        value = e("MUL", e("MULK", e("MUL", "p.units", "p.price"), k=4.0), "p.multiple")
        e.do("MAXK", f"{w}.mark", e("SUB", e("ADD", value, "p.cash"), "p.debt"), k=0.0)
        return CompanySlots(
            observables={name: f"{w}.{slot}" for name, slot in OBSERVABLES.items()},
            before={"units": "p.units", "revenue": "m.before"},
            cash=cash,
            world=world,
            market=market,
            mark=f"{w}.mark",
            solvent=f"{w}.solvent",
            dilution=f"{w}.dilution",
            debt=f"{w}.debt",
            reserve=f"{w}.reserve",
            borrowable=f"{w}.borrowable",
            estate=f"{w}.estate",
            ahead=f"{w}.ahead",
        )

    def move(self, e: Emitter, w: str, slots: CompanySlots, t: int, bound: str | None) -> None:
        """The company moves in one world: operations, interest, outside money, places and listing.

        Args:
            e: Emitter.
            w: Prefix of the world.
            slots: Its slots.
            t: Step.
            bound: Truth from which on the deal draws headquarters and research to the region; None: no deal.
        """
        solvent = slots.solvent
        with e.clause("company.operations"):
            ebitda = e("SUB", "m.profit", self._overhead(e, w, slots))
            interest = e("MULK", e("MUL", "p.interest", slots.debt), k=0.25)
            flow = e("ADD", e("SUB", e("SUB", ebitda, "m.capex"), interest), "m.trade")
            e.do("XFER", slots.world, slots.cash, e("MSK", solvent, flow))
        with e.clause("company.funding"):
            burn = e("MAXK", e("NEG", flow), k=0.0)
            e.do("COPY", f"{w}.burn", burn)
            want = e("MAXK", e("SUB", e("MUL", "p.runway_target", burn), slots.cash), k=0.0)
            most = e("MSK", e("AND", "m.window", solvent), e("MUL", "p.raise_cap", slots.mark))
            raised = e("MIN", want, most)
            e.do("COPY", f"{w}.raised", raised)
            e.do("XFER", slots.market, slots.cash, e("COPY", raised))
            fraction = e("DIV", raised, e("ADD", slots.mark, raised))
            kept = e("RSUBK", e("MUL", "p.issuer_dilution", fraction), k=1.0)
            e.do("COPY", slots.dilution, e("MUL", slots.dilution, kept))
            joins = e("MUL", "p.through_founder", e("RSUBK", kept, k=1.0))
            e.do("COPY", f"{w}.founder_share", e("MADD", f"{w}.founder_share", kept, joins))
        e.do("MUL", slots.reserve, "p.put_reserve", burn)
        e.do("MUL", slots.borrowable, "p.put_borrowing", slots.mark)
        e.do("MSK", f"{w}.units", solvent, "m.units")
        e.do("MSK", f"{w}.revenue", solvent, "m.revenue")
        e.do("MSK", f"{w}.ebitda", solvent, ebitda)
        e.do("COPY", f"{w}.gross_margin", "m.margin")
        e.do("COPY", f"{w}.cash_seen", slots.cash)
        e.do("MUL", f"{w}.equity_value", slots.mark, e("MSK", solvent, e("SET", k=1.0)))
        self._places(e, w, slots, bound)
        self._listing(e, w, slots)

    def _overhead(self, e: Emitter, w: str, slots: CompanySlots) -> str:
        """Fixed cost: cut while the cash in hand lasts less than the runway it wants, and slowly restored after."""
        short = e("GT", e("MUL", "p.runway_target", f"{w}.burn"), slots.cash)
        cut = e("MAX", e("MUL", f"{w}.austerity", e("RSUBK", "p.opex_cut", k=1.0)), "p.opex_least")
        restored = e("MINK", e("MUL", f"{w}.austerity", e("AFF", "p.opex_cut", k=(0.5, 1.0))), k=1.0)
        e.do("COPY", f"{w}.austerity", e("SEL", short, cut, restored))
        fixed = e("MUL", "m.opex_full", f"{w}.austerity")
        return e("MAX", fixed, e("MUL", "p.opex_share", "m.revenue"))

    def _places(self, e: Emitter, w: str, slots: CompanySlots, bound: str | None) -> None:
        if bound is not None:
            for name, rate, u in (
                ("hq_local", "headquarters_move", "draw2.u0"),
                ("rnd_local", "research_move", "draw2.u1"),
            ):
                moves = e.all(e("GT", f"p.{rate}", u), bound, slots.solvent)
                e.do("LATCH", f"{w}.{name}", moves)
        wanted = e("MULK", e("MUL", f"{w}.units", "p.capacity_use"), k=4.0)
        e.do("COPY", f"{w}.capacity_local", e("MAX", e("COPY", f"{w}.capacity_local"), wanted))
        grown = e("ADD", f"{w}.supplier_share_local", e("MSK", slots.solvent, "p.supplier_growth"))
        e.do("MINK", f"{w}.supplier_share_local", grown, k=0.9)

    def _listing(self, e: Emitter, w: str, slots: CompanySlots) -> None:
        ready = e.all(e("GE", "m.sales", "p.filing_sales"), e("GTK", "m.margin", k=0.0), slots.solvent, "m.window")
        lists = e.all(f"{w}.listing_filed", e("GT", "p.listing", "draw1.u0"), slots.solvent, "m.window")
        e.do("LATCH", f"{w}.listed", lists)
        files = e("AND", ready, e("GT", "p.filing", "draw0.u1"))
        e.do("LATCH", f"{w}.listing_filed", files)
        changes = e("AND", slots.solvent, e("GT", "p.control_change", "draw1.u1"))
        e.do("LATCH", f"{w}.control_changed", changes)

    def mark(self, e: Emitter, w: str, slots: CompanySlots) -> None:
        """Mark the equity to market at the end of the step, and what a failure now would fetch."""
        equity = e("MAXK", e("SUB", e("ADD", "m.value", slots.cash), slots.debt), k=0.0)
        e.do("MSK", slots.mark, slots.solvent, equity)
        e.do("MUL", f"{w}.sale", "p.fire_sale", "m.assets")
        e.do("ADD", slots.estate, f"{w}.sale", e("MAXK", slots.cash, k=0.0))
        overdraft = e("MAXK", e("NEG", slots.cash), k=0.0)
        e.do("ADD", slots.ahead, e("ADD", slots.debt, "m.payables"), overdraft)

    def solvency(self, e: Emitter, w: str, slots: CompanySlots, t: int) -> str:
        """The company fails if it cannot pay, or for another cause; returns the truth that it fails now."""
        stretch = e("MUL", "p.payables_stretch", "m.revenue")
        broke = e("GT", e("NEG", slots.cash), stretch)
        other = e("GT", "p.other_failure", "draw3.u0")
        return e("AND", slots.solvent, e("OR", broke, other))

    def liquidate(self, e: Emitter, w: str, slots: CompanySlots, failed: str) -> None:
        """Sell the assets of a failed company and pay what ranks ahead of equity."""
        with e.clause("failure"):
            e.do("XFER", slots.world, slots.cash, e("MSK", failed, f"{w}.sale"))

    def close(self, e: Emitter, w: str, slots: CompanySlots, failed: str) -> None:
        """After the recoveries: what is left of the estate goes to creditors and other holders; the company ends."""
        with e.clause("failure"):
            rest = e("MSK", failed, e("COPY", slots.cash))
            e.do("XFER", slots.cash, slots.market, rest)
            e.do("KEEP", slots.mark, failed, e("SET", k=0.0))
            e.do("DROP", slots.solvent, failed)


OBSERVABLES: dict[str, str] = {
    "units": "units",
    "revenue": "revenue",
    "gross_margin": "gross_margin",
    "ebitda": "ebitda",
    "cash": "cash_seen",
    "debt": "debt",
    "equity_value": "equity_value",
    "capacity_local": "capacity_local",
    "supplier_share_local": "supplier_share_local",
    "founder_share": "founder_share",
    "hq_local": "hq_local",
    "rnd_local": "rnd_local",
    "plant_local": "plant_local",
    "listing_filed": "listing_filed",
    "listed": "listed",
    "control_changed": "control_changed",
    "solvent": "solvent",
}
"""Observable to slot. Local jobs and tax are not here: the model has no facts for them."""
