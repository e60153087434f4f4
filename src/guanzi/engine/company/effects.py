"""What a deal does to jobs, payroll and taxes of the region, on every path and in both worlds.

With less without is the *gap*: what the money of the deal changes for a company that is where it is. Where the company
lives in one world only, the gap is due to the deal in full. Where it lives in both, the deal may have tipped where it
grows. That is drawn once per path, with a probability for which there is a prior (but-for); where it did, what the
company does here beyond what it did at signing would not be here. Of what is due to the deal, other firms of the region
lose a part (displacement). What remains is *net*::

    gap(t)  = with(t) - without(t)
    one(t)  = gap(t)                          where it lives in one world only, else 0
    both(t) = max(with(t) - start, 0)         where it lives in both, else 0
    net(t)  = (one(t) + tipped both(t)) (1 - displacement)

Taxes follow the place of their base: tax on wages the staff, value-added tax the plant and the company that sells,
income tax the head office and its plants, property tax what the company has built here. The company that sells sits
with the headquarters.

Present values are taken at the rate of the budget.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guanzi.deal.program import CompanySlots, Emitter
from guanzi.deal.terms import Grid
from guanzi.engine.company.parameters import Distribution, draw

WITH, WITHOUT = "with", "without"
"""Prefixes of the two worlds."""
FIRST_STREAM = 3072
"""Streams of normals and of uniforms for what is drawn here, a number each in the order of :data:`DRAWN`."""
DRAWN = (
    "but_for",
    "displacement",
    "wage",
    "city_part",
    "vat_load",
    "vat_plant",
    "taxable",
    "income_tax",
    "profit_head_office",
    "profit_plant",
    "wage_tax",
    "tipped",
    "property_tax",
)
TAX_BASES = ("wages", "plant", "headquarters", "sales", "property")
"""What brings a tax base to the region; property only where its tax is computed."""
PARTS = ("one", "both", "net")
"""Of which present values are put out; see above."""
QUARTER = 0.25


@dataclass(frozen=True, slots=True)
class Taxes:
    """How activity turns into tax, and which part of each tax is that of the governments that pay for the deal.

    Attributes:
        parts: Bases (``value_added``, ``profit``, ``wages``, ``property``), each with the least and the greatest part
            of its tax that can be theirs. Where in between it lies is one even draw for all.
        vat_load: Value-added tax paid on each unit of sales.
        vat_plant: Part of it that arises at the plant; the rest arises where the company sells.
        taxable: Part of operating profit before depreciation that is taxed as profit.
        income_tax: Rate on profit, once losses are made up for.
        profit_head_office, profit_plant: Parts of the tax on profit that count at the head office and at the plants.
        wage_tax: Tax on each unit of wages.
        losses: Losses of earlier years that come off profit first, in the sheet's unit.
        property_tax: Tax of a year on each unit of what it has built here, at book value; None: not computed.
    """

    parts: tuple[tuple[str, float, float], ...]
    vat_load: Distribution
    vat_plant: Distribution
    taxable: Distribution
    income_tax: Distribution
    profit_head_office: Distribution
    profit_plant: Distribution
    wage_tax: Distribution
    losses: float = 0.0
    property_tax: Distribution | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """What is drawn for a path beside the company itself.

    Attributes:
        but_for: Probability that the deal tipped a company that would have lived without it.
        displacement: Part of a gain that other firms of the region lose; None: no evidence, and nothing is taken off.
        wage: Of one person and year, in the sheet's unit; None: payroll is not computed.
        taxes: None: taxes are not computed.
        jobs: Local jobs are computed: the staff of the company rest on more than a judgement.
    """

    but_for: Distribution
    displacement: Distribution | None
    wage: Distribution | None
    taxes: Taxes | None
    jobs: bool = True

    def drawn(self) -> Mapping[str, Distribution]:
        """Name to distribution, of all that is drawn."""
        even = Distribution("uniform", (0.0, 1.0))
        found = {"but_for": self.but_for, "displacement": self.displacement, "wage": self.wage, "tipped": even}
        if self.taxes is not None:
            names = (*DRAWN[DRAWN.index("vat_load") : DRAWN.index("tipped")], "property_tax")
            found |= {"city_part": even}
            found |= {name: getattr(self.taxes, name) for name in names}
        return {name: d for name in DRAWN if (d := found.get(name)) is not None}


class EffectRecorder:
    """Emits the effects of a deal beside what the accounts of money record.

    It keeps none of the numbers of its :class:`Effects`: what the steps do follows from which of them there are.
    """

    def __init__(
        self, e: Emitter, grid: Grid, slots: Mapping[str, CompanySlots], effects: Effects, rate: float
    ) -> None:
        self.e, self.grid, self.slots, self.rate = e, grid, slots, rate
        self.jobs = effects.jobs and "jobs_local" in slots[WITH].observables
        self.payroll = self.jobs and effects.wage is not None
        self.years = grid.years
        full = [y for y in self.years if sum(self._quarters(y)) == 4]
        self.last = full[-1] if full else self.years[-1]
        for name, d in effects.drawn().items():
            slot = e.number(f"p.effect.{name}")
            draw(e, slot, d, e.own_streams + FIRST_STREAM, DRAWN.index(name))
        self.tiers = self._tiers(effects.taxes)
        self._declare(effects)

    def _tiers(self, taxes: Taxes | None) -> tuple[str, ...]:
        unbuilt = taxes is None or taxes.property_tax is None or not self.slots[WITH].assets
        left_out = {"wages": not self.payroll, "property": unbuilt}
        return () if taxes is None else tuple(tier for tier in TAX_BASES if not left_out.get(tier))

    def _quarters(self, year: int) -> Iterator[bool]:
        return (self.grid.moves(t) for t in range(self.grid.count) if self.grid.year(t) == year)

    def _declare(self, effects: Effects) -> None:
        e = self.e
        for name in self._valued():
            for part in PARTS:
                e.number(f"{part}.{name}")
        for name in ("units", "jobs", *self.tiers):
            e.number(f"start.{name}")
        for tier in self.tiers:
            e.number(f"net.tax.{tier}")
        for year in self.years:
            for name in self._yearly():
                for w in (WITH, WITHOUT, "net"):
                    e.number(f"{w}.{name}_year.{year}")
        for w in (WITH, WITHOUT):
            e.number(f"{w}.supplies")
            e.number(f"{w}.untaxed")
        e.truth("effect.tipped")
        e.do("GT", "effect.tipped", "p.effect.but_for", "p.effect.tipped")
        e.number("effect.kept", 1.0)
        if effects.displacement is not None:
            e.do("RSUBK", "effect.kept", "p.effect.displacement", k=1.0)
        if effects.taxes is not None:
            self._declare_rates(effects.taxes)

    def _declare_rates(self, taxes: Taxes) -> None:
        """What the governments that pay get of each unit of sales, profit, wages and assets."""
        e = self.e
        part = {}
        for base, low, high in taxes.parts:
            ends = e.constant(f"effect.part.{base}.width", high - low), e.constant(f"effect.part.{base}.low", low)
            part[base] = e("AFF", "p.effect.city_part", k=ends)
        for name in ("vat_plant", "vat_sales", "profit", "wages"):
            e.number(f"effect.rate.{name}")
        vat = e("MUL", "p.effect.vat_load", part["value_added"])
        e.do("MUL", "effect.rate.vat_plant", vat, "p.effect.vat_plant")
        e.do("SUB", "effect.rate.vat_sales", vat, "effect.rate.vat_plant")
        rate = e("MUL", "p.effect.income_tax", "p.effect.taxable")
        e.do("MUL", "effect.rate.profit", rate, part["profit"])
        e.do("MUL", "effect.rate.wages", "p.effect.wage_tax", part["wages"])
        if taxes.property_tax is not None:
            e.number("effect.rate.property")
            e.do("MUL", "effect.rate.property", e("MULK", "p.effect.property_tax", k=QUARTER), part["property"])
        losses = e.constant("effect.losses", -taxes.losses)
        for w in (WITH, WITHOUT):
            e.do("SET", f"{w}.untaxed", k=losses)

    def _valued(self) -> tuple[str, ...]:
        return ("units", *(("jobs",) if self.jobs else ()), *(("tax",) if self.tiers else ()))

    def _yearly(self) -> tuple[str, ...]:
        return (
            *(("jobs",) if self.jobs else ()),
            *(("payroll",) if self.payroll else ()),
            *(("tax",) if self.tiers else ()),
        )

    def step(self, t: int, local: Mapping[str, str]) -> None:
        """A quarter.

        Args:
            t: Step.
            local: World to the slot of the part of what is made that is made in the region.
        """
        with self.e.clause("effects"):
            self._step(t, local)

    def _step(self, t: int, local: Mapping[str, str]) -> None:
        e, year = self.e, self.grid.year(t)
        here, there = self.slots[WITH].solvent, self.slots[WITHOUT].solvent
        both = e("AND", here, there)
        alone = e("ANDN", e("OR", here, there), both)
        now = (1.0 + self.rate) ** (-t * self.grid.months / 12.0)
        discount = e.constant(f"discount.budget.{t}", now)
        made = {w: e("MUL", local[w], self.slots[w].observables["units"]) for w in (WITH, WITHOUT)}
        if t == 0:
            e.do("MUL", "start.units", local[WITHOUT], self.slots[WITHOUT].before["units"])
        self._record("units", *self._due("units", made, alone, both), discount)
        payroll: dict[str, str] = {}
        if self.jobs:
            jobs = {w: self.slots[w].observables["jobs_local"] for w in (WITH, WITHOUT)}
            if t == 0:
                e.do("COPY", "start.jobs", jobs[WITHOUT])
            share = 1.0 / sum(self._quarters(year))
            quarter = e.constant(f"effect.quarter.{t}", QUARTER * now)
            net = self._record("jobs", *self._due("jobs", jobs, alone, both), quarter)
            for part, slot in ((WITH, jobs[WITH]), (WITHOUT, jobs[WITHOUT]), ("net", net)):
                e.do("ACCK", f"{part}.jobs_year.{year}", slot, k=share)
            if self.payroll:
                wage = self._wage()
                for part, slot in ((WITH, jobs[WITH]), (WITHOUT, jobs[WITHOUT]), ("net", net)):
                    payroll[part] = e("MUL", slot, wage)
                    e.do("ACC", f"{part}.payroll_year.{year}", payroll[part])
        if self.tiers:
            self._tax(t, local, payroll, (alone, both), discount)
        if year == self.last:
            for w in (WITH, WITHOUT):
                seen = self.slots[w].observables
                cost = e("MUL", seen["revenue"], e("RSUBK", seen["gross_margin"], k=1.0))
                e.do("ACC", f"{w}.supplies", e("MUL", cost, seen["supplier_share_local"]))

    def _due(self, name: str, of: Mapping[str, str], alone: str, both: str) -> tuple[str, str]:
        """What is due to the deal where the company lives in one world only, and what may be where it lives in both."""
        e = self.e
        one = e("MSK", alone, e("SUB", of[WITH], of[WITHOUT]))
        return one, e("MSK", both, e("MAXK", e("SUB", of[WITH], f"start.{name}"), k=0.0))

    def _net(self, one: str, tipped: str) -> str:
        return self.e("MUL", self.e("ADD", one, self.e("MSK", "effect.tipped", tipped)), "effect.kept")

    def _record(self, name: str, one: str, tipped: str, discount: str) -> str:
        """Add a quarter to the present values; returns what is net."""
        e, net = self.e, self._net(one, tipped)
        for part, slot in zip(PARTS, (one, tipped, net), strict=True):
            e.do("ACCK", f"{part}.{name}", slot, k=discount)
        return net

    def _wage(self) -> str:
        """What one person is paid in a quarter."""
        level = self.slots[WITH].wages
        wage = self.e("MUL", "p.effect.wage", level) if level else "p.effect.wage"
        return self.e("MULK", wage, k=QUARTER)

    def _tax(
        self, t: int, local: Mapping[str, str], payroll: Mapping[str, str], lives: tuple[str, str], discount: str
    ) -> None:
        """The taxes of a quarter of those who pay: both worlds, and what is net by what brings their base."""
        e, year = self.e, self.grid.year(t)
        taxes = {w: self._taxes(w, local[w], payroll.get(w)) for w in (WITH, WITHOUT)}
        due = []
        for tier in self.tiers:
            if t == 0:
                e.do("COPY", f"start.{tier}", taxes[WITHOUT][tier])
            one, tipped = self._due(tier, {w: taxes[w][tier] for w in (WITH, WITHOUT)}, *lives)
            e.do("ACCK", f"net.tax.{tier}", self._net(one, tipped), k=discount)
            due.append((one, tipped))
        for w in (WITH, WITHOUT):
            e.do("ACC", f"{w}.tax_year.{year}", e.sum(*taxes[w].values()))
        net = self._record("tax", e.sum(*(x for x, _ in due)), e.sum(*(x for _, x in due)), discount)
        e.do("ACC", f"net.tax_year.{year}", net)

    def _taxes(self, w: str, local: str, payroll: str | None) -> dict[str, str]:
        """The taxes of a quarter of those who pay, by what brings their base."""
        e, seen = self.e, self.slots[w].observables
        made_here = e("MUL", e("MUL", seen["revenue"], "effect.rate.vat_plant"), local)
        sold_here = e("MSK", seen["hq_local"], e("MUL", seen["revenue"], "effect.rate.vat_sales"))
        profit = e("ADD", f"{w}.untaxed", seen["ebitda"])
        e.do("MINK", f"{w}.untaxed", profit, k=0.0)
        on_profit = e("MUL", e("MAXK", profit, k=0.0), "effect.rate.profit")
        head = e("MSK", seen["hq_local"], "p.effect.profit_head_office")
        of_plants = e("MUL", e("MUL", "p.effect.profit_plant", e("RSUBK", head, k=1.0)), local)
        found = {
            "plant": e("MADD", on_profit, of_plants, made_here),
            "headquarters": e("MUL", on_profit, head),
            "sales": sold_here,
        }
        if "property" in self.tiers:
            built_here = e("MUL", self.slots[w].assets, local)
            found["property"] = e("MSK", seen["solvent"], e("MUL", built_here, "effect.rate.property"))
        if payroll is None:
            return found
        return {"wages": e("MUL", payroll, "effect.rate.wages"), **found}

    def epilogue(self) -> None:
        """After the last step: what is put out of each path."""
        e = self.e
        for name in self._valued():
            for part in PARTS:
                e.output(f"{part}.{name}", f"{part}.{name}")
        for tier in self.tiers:
            e.output(f"net.tax.{tier}", f"net.tax.{tier}")
        for name in self._yearly():
            for year in self.years:
                for w in (WITH, WITHOUT, "net"):
                    e.output(f"{w}.{name}_year.{year}", f"{w}.{name}_year.{year}")
                gap = e("SUB", f"{WITH}.{name}_year.{year}", f"{WITHOUT}.{name}_year.{year}")
                e.output(f"gap.{name}_year.{year}", gap)
        e.output("gap.supplies", e("SUB", f"{WITH}.supplies", f"{WITHOUT}.supplies"))
        e.output(f"{WITH}.supplies", f"{WITH}.supplies")
        e.output(f"{WITH}.supplier_share", self.slots[WITH].observables["supplier_share_local"])
        if self.tiers:
            for account in ("budget", "public"):
                e.output(f"account.{account}", e("ADD", f"{account}.npv", "net.tax"))
