"""Lowering of parks: spent while it is built, earned back by rent, worth its resale when the tenant fails."""

from __future__ import annotations

from guanzi.deal.program.instrument import Bench, InstrumentLowering, Promised
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Park


class ParkLowering(InstrumentLowering):
    """One building. Slots: ``<park>.given`` (spent less rent), ``<park>.built``, ``done.<park>``, ``step.<park>``."""

    LOWERS = Park

    def __init__(self, park: Park, bench: Bench) -> None:
        super().__init__(bench)
        self.park = park
        e, n = bench.e, park.id
        e.truth(f"done.{n}")
        e.number(f"step.{n}")
        e.number(f"{n}.given")
        e.number(f"{n}.built")
        grid, building = self.grid, park.building(self.grid)
        self.first_step, self.steps = building.start, len(building)
        self.rent_from = self.steps + (grid.steps(12 * park.rent_free) if park.rent_free else 0)
        self.rent_to = self.steps + grid.steps(12 * park.years)
        self._condition = bench.condition(f"{n}.if", park.condition)
        self._truth = ""

    def begin(self, values: ValueLowering) -> None:
        """Step 0: cost, rent and resale become slots."""
        n = self.park.id
        values.slot(f"{n}.cost", self.park.cost)
        values.slot(f"{n}.rent", self.park.rent)
        values.slot(f"{n}.resale", self.park.resale)

    def conditions(self, t: int) -> None:
        """Evaluate what must hold before building begins."""
        if self._condition is not None:
            self._truth = self._condition.at(t)

    def pay(self, t: int) -> None:
        """Begin, build, and let."""
        if t < self.first_step:
            return
        e, n, payer = self.e, self.park.id, self.park.payer
        with e.clause(n):
            begins = e("ANDN", self.company.solvent, f"done.{n}")
            if self._truth:
                begins = e("AND", begins, self._truth)
            e.do("STAMP", f"step.{n}", begins, k=float(t))
            e.do("LATCH", f"done.{n}", begins)
            since = e("RSUBK", f"step.{n}", k=float(t))
            runs = e("AND", f"done.{n}", self.company.solvent)
            builds = e("AND", runs, e("LTK", since, k=float(self.steps)))
            amount = e("MSK", builds, e("MULK", f"{n}.cost", k=1.0 / self.steps))
            # in kind, as with land: it spares the company an expense outside the model
            e.do("XFER", f"acct.{payer}", self.company.world, amount)
            for slot in (f"{n}.given", f"{n}.built", f"spent.{payer}"):
                e.do("ACC", slot, amount)
            lets = e.all(runs, e("GEK", since, k=float(self.rent_from)), e("LTK", since, k=float(self.rent_to)))
            rent = e("MSK", lets, e("MULK", e("MUL", f"{n}.cost", f"{n}.rent"), k=self.grid.months / 12.0))
            e.do("XFER", self.company.cash, f"acct.{payer}", rent)
            e.do("ACC", f"clawed.{payer}", rent)
            e.do("ACC", f"{n}.given", e("NEG", rent))

    def promised(self) -> tuple[Promised, ...]:
        """The building, where it waits for a condition."""
        n = self.park.id
        return self._drawn(f"incentive.{n}", self.park.payer, self.park.condition, n)

    def value_back(self) -> tuple[tuple[str, str], ...]:
        """The building comes back."""
        return self.owned()

    def owned(self) -> tuple[tuple[str, str], ...]:
        """What the building is worth without its tenant."""
        return ((self.park.payer, self.e("MUL", f"{self.park.id}.built", f"{self.park.id}.resale")),)

    def failure(self, failed: str) -> None:
        """The building comes back empty."""
        e, n, payer = self.e, self.park.id, self.park.payer
        amount = e("MSK", failed, self.value_back()[0][1])
        e.do("XFER", self.company.world, f"acct.{payer}", amount)
        e.do("ACC", f"clawed.{payer}", amount)
        for slot in (f"{n}.given", f"{n}.built"):
            e.do("KEEP", slot, failed, e("SET", k=0.0))
