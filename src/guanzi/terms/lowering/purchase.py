"""Lowering of purchase commitments: the price is paid, the goods cost the company and are worth something."""

from __future__ import annotations

from guanzi.terms.instruments import Purchase
from guanzi.terms.lowering.instrument import Bench, InstrumentLowering
from guanzi.terms.lowering.values import ValueLowering


class PurchaseLowering(InstrumentLowering):
    """One commitment. Slot: ``<purchase>.given`` (price less what the goods are worth)."""

    def __init__(self, item: Purchase, bench: Bench) -> None:
        super().__init__(bench)
        self.item = item
        bench.e.number(f"{item.id}.given")
        self._condition = bench.condition(f"{item.id}.if", item.condition)
        self._truth = ""

    def begin(self, values: ValueLowering) -> None:
        """Step 0: price, worth and cost become slots."""
        n = self.item.id
        values.slot(f"{n}.amount", self.item.amount)
        values.slot(f"{n}.worth", self.item.worth)
        if self.item.cost is not None:
            values.slot(f"{n}.cost", self.item.cost)

    def conditions(self, t: int) -> None:
        """Evaluate what must hold, before any payment of this step."""
        if self._condition is not None:
            self._truth = self._condition.at(t)

    def pay(self, t: int) -> None:
        """Pay the year's price in the step of its day, and take the goods."""
        e, n, payer, company = self.e, self.item.id, self.item.payer, self.company
        first, per_year = max(self.grid.step_of(self.item.start), 0), 12 // self.grid.months
        if t < first or (t - first) % per_year or (t - first) // per_year >= self.item.years:
            return
        with e.clause(n):
            may = e("AND", company.solvent, self._truth) if self._truth else company.solvent
            price = e("MSK", may, f"{n}.amount")
            cost = f"{n}.cost"
            if self.item.cost is None:
                cost = e("MAXK", e("RSUBK", company.observables["gross_margin"], k=1.0), k=0.0)
            goods = e("MUL", price, f"{n}.worth")
            e.do("XFER", f"acct.{payer}", company.cash, price)
            e.do("XFER", company.cash, company.world, e("MUL", price, cost))
            e.do("XFER", company.world, f"acct.{payer}", goods)
            e.do("ACC", f"spent.{payer}", price)
            e.do("ACC", f"clawed.{payer}", goods)
            e.do("ACC", f"{n}.given", e("SUB", price, goods))
