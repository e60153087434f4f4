"""What all company models have in common: money, funding windows, notes, places, listing, failure.

What the shares are worth, how rounds are priced and how distress ends is in :mod:`guanzi.engine.company.models.shares`.

A model of a kind of company is a :class:`Firm` that says what it makes and sells; the rest is here. Slots: ``p.<name>``
parameters, ``t.<name>`` the track, ``m.<name>`` what both worlds share, ``<world>.<name>`` what belongs to one world.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

from guanzi.deal.program import CompanySlots, Emitter
from guanzi.engine.company.models import shares
from guanzi.engine.company.models.plant import PLANT_UNITS, begin_plant, declare_plant, step_plant
from guanzi.engine.company.models.staff import STAFF_UNITS, begin_staff, declare_staff, step_wages
from guanzi.engine.company.models.streams import Streams
from guanzi.engine.company.models.track import (
    REGIME_UNITS,
    declare_tilted,
    declare_track,
    shared_streams,
    step_track,
    tilted,
)
from guanzi.engine.company.parameters import Distribution, Parameter, ShapingParameters, draw_parameters

FIRM_UNITS: dict[str, str] = {
    "opex": "CNY m",
    "opex_inflation": "log per quarter",
    "opex_cut": "ratio",
    "opex_least": "ratio",
    "opex_share": "ratio",
    "cash": "CNY m",
    "debt": "CNY m",
    "interest": "ratio",
    "convertible": "ratio",
    "conversion": "x",
    "payables": "ratio",
    "payables_stretch": "ratio",
    "trade_credit": "ratio",
    "assets": "CNY m",
    "depreciation": "ratio",
    "fire_sale": "ratio",
    **shares.SHARE_UNITS,
    "regime_window": "ratio",
    "window_opens": "ratio",
    "window_shuts": "ratio",
    "window_open_at_start": "ratio",
    "issuer_dilution": "ratio",
    "through_founder": "ratio",
    "put_borrowing": "ratio",
    "put_reserve": "quarters",
    "filing_sales": "CNY m",
    "filing": "ratio",
    "listing": "ratio",
    "control_change": "ratio",
    "founder_share": "ratio",
    "headquarters_move": "ratio",
    "research_move": "ratio",
    "plant_local": "flag",
    "supplier_share": "ratio",
    "supplier_growth": "ratio",
    **REGIME_UNITS,
    "listed_at_start": "flag",
    **STAFF_UNITS,
    **PLANT_UNITS,
}
"""Parameters of every company. Rates of events (``window_opens``, ``filing``, …) are probabilities per quarter."""

NOTHING = Distribution("fixed", (0.0,))
NEVER = 1e300
"""A price that no share reaches: notes of a company whose shares were worth nothing at the start do not convert."""
OWN_STREAMS = {"NORMAL": 0, "UNIFORM": 1}
"""Streams of what a company draws each quarter: the names of each kind in their order, quarter after quarter."""
WINDOW_STREAM = 4095
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
    **{name: name for name in shares.DISTRESS},
    "solvent": "solvent",
    "headcount": "headcount",
    "jobs_local": "jobs_local",
}
"""Observable to slot. Local tax is not here: the models have no facts for it."""


@dataclass(frozen=True)
class Firm:
    """A company with its parameters; all of the model's ``UNITS`` must be given.

    Attributes:
        parameters: Parameter name to distribution with origin.
        streams: Names under which it draws its random numbers.
    """

    parameters: Mapping[str, Parameter]
    streams: Streams = field(default_factory=Streams)

    ID: ClassVar[str]
    VERSION: ClassVar[str]
    PARAMETERS: ClassVar[tuple[str, ...]]
    UNITS: ClassVar[Mapping[str, str]]
    MEANINGS: ClassVar[Mapping[str, str]]
    NORMALS: ClassVar[tuple[str, ...]] = ("business", "volume", "value")
    """Normals that it draws each quarter, into slots ``luck.<name>``."""
    UNIFORMS: ClassVar[tuple[str, ...]] = ("window", "filing", "listing", "control", "default", "launch", "hq", "rnd")
    """Uniforms that it draws each quarter, into slots ``luck.<name>``."""
    ALARM: ClassVar[float] = 1.0
    """It cuts cost while its cash lasts less than this part of the runway for which it raises money."""
    GROWTH_SHOCK: ClassVar[str] = "luck.business"
    """The shock of its business that also moves the value of its shares."""
    COMMON: ClassVar[frozenset[str]] = frozenset()
    """Quantities of :meth:`at` that are the same in both worlds."""
    SHAPING: ClassVar[frozenset[str]] = frozenset({"convertible"})
    """Parameters at whose distributions the steps look."""

    def __post_init__(self) -> None:
        missing = [n for n in self.UNITS if n not in self.parameters]
        unknown = [n for n in self.parameters if n not in self.UNITS]
        if missing or unknown:
            raise ValueError(f"parameters missing: {missing}; unknown: {unknown}")

    def for_steps(self) -> Self:
        """The model as its steps see it: without the distributions that do not shape them."""
        return replace(self, parameters=ShapingParameters(self.parameters, self.SHAPING))

    @classmethod
    def provides(cls) -> frozenset[str]:
        """Observables of the condition language that the model computes."""
        return frozenset(cls.observables())

    @classmethod
    def observables(cls) -> dict[str, str]:
        """Observable to the slot of a world."""
        return OBSERVABLES

    def at(self, w: str, name: str) -> str:
        """The slot of ``revenue``, ``sales`` (four quarters), ``margin``, ``assets`` or ``payables``."""
        return f"m.{name}" if name in self.COMMON else f"{w}.m.{name}"

    # What a model of a kind of company adds.

    def declare_product(self, e: Emitter) -> None:
        """Step 0: slots of what it makes and sells, common to both worlds."""
        raise NotImplementedError

    def step_product(self, e: Emitter, t: int) -> None:
        """Demand, prices and costs of a step, common to both worlds."""
        raise NotImplementedError

    def declare_made(self, e: Emitter, w: str) -> dict[str, str]:
        """Step 0: slots of what is made in one world; returns ``units`` and ``revenue`` per step before signing."""
        raise NotImplementedError

    def build(self, e: Emitter, w: str, slots: CompanySlots, bound: str | None) -> None:
        """A quarter of building the planned plant in the region."""
        step_plant(e, w, slots, bound)

    # Step 0 and the market.

    def declare(self, e: Emitter, *, given: bool = False) -> None:
        """Step 0: slots that both worlds share, and the path's parameters: drawn, or given by the caller."""
        draw_parameters(e, self.parameters, self.PARAMETERS, given=given, shared=shared_streams(self.streams))
        for name in (*self.NORMALS, *self.UNIFORMS):
            e.number(f"luck.{name}")
        declare_track(e, self.streams)
        e.number("m.opex_full")
        e.truth("m.window")
        declare_staff(e)
        declare_plant(e)
        e.do("COPY", "m.opex_full", "p.opex")
        shares.declare_value(e)
        declare_tilted(e, "opens", "p.window_opens", e("MUL", "p.window_opens", "p.regime_window"))
        declare_tilted(e, "stays", "p.window_shuts", e("NEG", e("MUL", "p.window_shuts", "p.regime_window")))
        self.declare_product(e)
        e.draw("UNIFORM", "luck.window", WINDOW_STREAM, 0)
        e.do("GT", "m.window", "p.window_open_at_start", "luck.window")

    def market(self, e: Emitter, t: int) -> None:
        """The track, demand, cost, what the market pays, and the funding window of step t, common to both worlds."""
        for kind, names in (("NORMAL", self.NORMALS), ("UNIFORM", self.UNIFORMS)):
            for i, name in enumerate(names):
                e.draw(kind, f"luck.{name}", OWN_STREAMS[kind], t * len(names) + i)
        step_track(e, self.streams, t)
        e.do("COPY", "m.opex_full", e("MUL", "m.opex_full", e("EXP", "p.opex_inflation")))
        shares.step_value(e, self.GROWTH_SHOCK)
        step_wages(e)
        self._window(e)
        self.step_product(e, t)

    def _window(self, e: Emitter) -> None:
        """It opens more easily in a hot market, and shuts more easily in a cold one."""
        stays = e("GT", "luck.window", tilted(e, "stays"))
        opens = e("GT", tilted(e, "opens"), "luck.window")
        e.do("COPYT", "m.window", e.any(e("AND", "m.window", stays), e("ANDN", opens, "m.window")))

    def declare_world(self, e: Emitter, w: str) -> CompanySlots:
        """Step 0: the slots of one world and what it opens with; ``w`` is ``with`` or ``without`` (the deal)."""
        cash, world, market = f"acct.company.{w}", f"acct.world.{w}", f"acct.market.{w}"
        for account in (cash, world, market):
            e.account(account)
        for name in ("debt", "mark", "dilution", "raised", "reserve", "borrowable", "estate", "ahead", "sale",
                     "founder_share", "supplier_share_local", "capacity_local", "equity_value",
                     "cash_seen", "units", "revenue", "gross_margin", "ebitda", "burn", "drain", "notes", "shares", "strike"):  # fmt: skip # noqa: E501
            e.number(f"{w}.{name}")
        e.number(f"{w}.austerity", 1.0)
        for name in ("solvent", "failed", "hq_local", "rnd_local", "plant_local", "listing_filed", "listed",
                     "control_changed"):  # fmt: skip
            e.truth(f"{w}.{name}")
        e.do("XFER", market, cash, e("COPY", "p.cash"))
        e.do("COPY", f"{w}.debt", "p.debt")
        e.do("MUL", f"{w}.notes", "p.convertible", "p.debt")
        e.do("SET", f"{w}.dilution", k=1.0)
        e.do("SET", f"{w}.shares", k=1.0)
        e.do("SETT", f"{w}.solvent", k=1.0)
        e.do("COPY", f"{w}.founder_share", "p.founder_share")
        e.do("COPY", f"{w}.supplier_share_local", "p.supplier_share")
        e.do("GTK", f"{w}.plant_local", "p.plant_local", k=0.5)
        for name in ("listing_filed", "listed"):
            e.do("GTK", f"{w}.{name}", "p.listed_at_start", k=0.5)
        begin_plant(e, w)
        begin_staff(e, w)
        before = self.declare_made(e, w)
        shares.declare_shares(e, w, self.parameters["cash"].distribution.median)
        e.do("COPY", f"{w}.mark", f"{w}.equity")
        worth = e("GTK", f"{w}.mark", k=0.0)
        e.do("SEL", f"{w}.strike", worth, e("MUL", f"{w}.mark", "p.conversion"), e("SET", k=NEVER))
        return CompanySlots(
            observables={name: f"{w}.{slot}" for name, slot in self.observables().items()},
            before=before,
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
            distress=f"{w}.distress",
            held=f"{w}.held",
            assets=self.at(w, "assets"),
            wages="m.wages",
        )

    # Parts of a move.

    def overhead(self, e: Emitter, w: str, slots: CompanySlots, full: str) -> str:
        """Fixed cost: cut while cash, or what the shares are worth, does not last; slowly restored after.

        A round brings cash to the runway but for the last bit: what lacks less than a yuan lacks nothing.
        """
        enough = e("MUL", "p.runway_target", f"{w}.burn")
        lacks = e("SUB", enough if self.ALARM == 1.0 else e("MULK", enough, k=self.ALARM), slots.cash)
        poor = e("GTK", lacks, k=shares.LEAST)
        short = e("OR", poor, e("GT", e("MUL", "p.burn_ahead", f"{w}.burn"), f"{w}.equity"))
        cut = e("MAX", e("MUL", f"{w}.austerity", e("RSUBK", "p.opex_cut", k=1.0)), "p.opex_least")
        restored = e("MINK", e("MUL", f"{w}.austerity", e("AFF", "p.opex_cut", k=(0.5, 1.0))), k=1.0)
        e.do("COPY", f"{w}.austerity", e("SEL", short, cut, restored))
        fixed = e("MUL", full, f"{w}.austerity")
        return e("MAX", fixed, e("MUL", "p.opex_share", self.at(w, "revenue")))

    def fund(self, e: Emitter, w: str, slots: CompanySlots, t: int, flow: str, drain: str = "") -> None:
        """Raise what the runway lacks, while the window is open, and more where the price invites it.

        Args:
            e: Emitter.
            w: Prefix of the world.
            slots: Its slots.
            t: Step.
            flow: What the step brings in if all that is planned is done.
            drain: What it brings in if investment that can wait is left; the same where nothing can.
        """
        with e.clause("company.funding"):
            burn = e("MAXK", e("NEG", flow), k=0.0)
            e.do("COPY", f"{w}.burn", burn)
            e.do("COPY", f"{w}.drain", e("MAXK", e("NEG", drain), k=0.0) if drain else burn)
            shares.grow(e, w, slots, t)
            e.do("XFER", slots.cash, slots.market, shares.repaid(e, w, slots))
            raised, new = shares.plan_round(e, w, slots)
            e.do("COPY", f"{w}.raised", raised)
            e.do("XFER", slots.market, slots.cash, e("COPY", raised))
            self._issue(e, w, slots, new)
        shares.note_balance(e, w, slots)
        e.do("MUL", slots.reserve, "p.put_reserve", burn)
        e.do("MUL", slots.borrowable, "p.put_borrowing", slots.mark)

    def _issue(self, e: Emitter, w: str, slots: CompanySlots, new: str) -> None:
        """New shares of this worth at the market's price."""
        whole = e("ADD", f"{w}.equity", new)
        self._dilute(e, w, slots, e("DIV", new, whole))
        e.do("COPY", f"{w}.equity", whole)

    def _dilute(self, e: Emitter, w: str, slots: CompanySlots, fraction: str) -> None:
        """New holders take the fraction; how much of it is taken from the public stake is a parameter."""
        e.do("COPY", f"{w}.shares", e("MUL", f"{w}.shares", e("RSUBK", fraction, k=1.0)))
        kept = e("RSUBK", e("MUL", "p.issuer_dilution", fraction), k=1.0)
        e.do("COPY", slots.dilution, e("MUL", slots.dilution, kept))
        joins = e("MUL", "p.through_founder", e("RSUBK", kept, k=1.0))
        e.do("COPY", f"{w}.founder_share", e("MADD", f"{w}.founder_share", kept, joins))

    def observe(self, e: Emitter, w: str, slots: CompanySlots, units: str, ebitda: str) -> None:
        """What conditions may see of the step."""
        e.do("MSK", f"{w}.units", slots.solvent, units)
        e.do("MSK", f"{w}.revenue", slots.solvent, self.at(w, "revenue"))
        e.do("MSK", f"{w}.ebitda", slots.solvent, ebitda)
        e.do("COPY", f"{w}.gross_margin", self.at(w, "margin"))
        e.do("COPY", f"{w}.cash_seen", slots.cash)
        e.do("MSK", f"{w}.equity_value", slots.solvent, slots.mark)

    def settle_in(self, e: Emitter, w: str, slots: CompanySlots, bound: str | None) -> None:
        """Headquarters, research and the planned plant come once the deal draws them; suppliers settle slowly."""
        self.build(e, w, slots, bound)
        if bound is not None:
            for name, rate, u in (
                ("hq_local", "headquarters_move", "luck.hq"),
                ("rnd_local", "research_move", "luck.rnd"),
            ):
                moves = e.all(e("GT", f"p.{rate}", u), bound, slots.solvent)
                e.do("LATCH", f"{w}.{name}", moves)
        grown = e("ADD", f"{w}.supplier_share_local", e("MSK", slots.solvent, "p.supplier_growth"))
        e.do("MINK", f"{w}.supplier_share_local", grown, k=0.9)

    def grow_local(self, e: Emitter, w: str) -> None:
        """Local capacity follows volume upwards where a plant runs in the region."""
        self.local_for(e, w, f"{w}.units")

    def local_for(self, e: Emitter, w: str, made: str) -> None:
        """Local capacity, where a plant runs, is at least enough for what is made in a quarter."""
        wanted = e("MULK", e("MUL", made, "p.capacity_use"), k=4.0)
        here = e("MSK", f"{w}.plant_local", wanted)
        e.do("COPY", f"{w}.capacity_local", e("MAX", e("COPY", f"{w}.capacity_local"), here))

    def list_shares(self, e: Emitter, w: str, slots: CompanySlots) -> None:
        """A listing is filed when sales and margin suffice and the window is open; control may change."""
        enough = e("GE", self.at(w, "sales"), "p.filing_sales")
        ready = e.all(enough, e("GTK", self.at(w, "margin"), k=0.0), slots.solvent, "m.window")
        lists = e.all(f"{w}.listing_filed", e("GT", "p.listing", "luck.listing"), slots.solvent, "m.window")
        e.do("LATCH", f"{w}.listed", lists)
        files = e("AND", ready, e("GT", "p.filing", "luck.filing"))
        e.do("LATCH", f"{w}.listing_filed", files)
        changes = e("AND", slots.solvent, e("GT", "p.control_change", "luck.control"))
        e.do("LATCH", f"{w}.control_changed", changes)

    # End of a step.

    def mark(self, e: Emitter, w: str, slots: CompanySlots) -> None:
        """Mark the shares to market after the payments of the step, and what a failure now would fetch."""
        shares.add_deal(e, w, slots)
        if self.parameters["convertible"].distribution != NOTHING:
            self._convert(e, w, slots)
        e.do("MSK", slots.mark, slots.solvent, f"{w}.equity")
        e.do("MUL", f"{w}.sale", "p.fire_sale", self.at(w, "assets"))
        e.do("ADD", slots.estate, f"{w}.sale", e("MAXK", slots.cash, k=0.0))
        overdraft = e("MAXK", e("NEG", slots.cash), k=0.0)
        e.do("ADD", slots.ahead, e("ADD", slots.debt, self.at(w, "payables")), overdraft)

    def _convert(self, e: Emitter, w: str, slots: CompanySlots) -> None:
        """Convertible notes become shares once the price of a share exceeds the conversion price."""
        converts = e("GT", e("MUL", f"{w}.equity", f"{w}.shares"), f"{w}.strike")
        notes = e("MSK", e("AND", converts, slots.solvent), f"{w}.notes")
        ratio = e("DIV", e("MUL", notes, f"{w}.shares"), f"{w}.strike")
        e.do("COPY", slots.debt, e("SUB", slots.debt, notes))
        e.do("COPY", f"{w}.debt_before", slots.debt)
        e.do("COPY", f"{w}.notes", e("SUB", f"{w}.notes", notes))
        self._issue(e, w, slots, e("MUL", f"{w}.equity", ratio))

    def solvency(self, e: Emitter, w: str, slots: CompanySlots, t: int) -> str:
        """The money that is needed within months comes, at a price, or the company is in distress; true if it fails."""
        with e.clause("company.distress"):
            patience = e("MUL", "p.payables_stretch", self.at(w, "revenue"))
            failed, money, kept = shares.resolve_distress(e, w, slots, patience)
            e.do("XFER", slots.market, slots.cash, e("COPY", money))
            self._dilute(e, w, slots, e("RSUBK", kept, k=1.0))
            shares.note_balance(e, w, slots)
            e.do("MIN", f"{w}.notes", e("COPY", f"{w}.notes"), slots.debt)
            e.do("MSK", slots.mark, slots.solvent, f"{w}.equity")
        return failed

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
            e.do("KEEP", f"{w}.equity", failed, e("SET", k=0.0))
            e.do("DROP", slots.solvent, failed)
            e.do("MUL", slots.held, e("MUL", slots.mark, f"{w}.shares"), "m.discounted")
