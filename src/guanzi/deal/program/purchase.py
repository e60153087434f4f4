"""Lowering of purchase commitments: the price is paid, the goods cost the company and are worth something."""

from __future__ import annotations

from guanzi.deal.program.instrument import Bench, InstrumentLowering, Promised
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Purchase


class PurchaseLowering(InstrumentLowering):
    """One commitment. Slots: ``<purchase>.given`` (price less what the goods are worth), ``<purchase>.paid``."""

    LOWERS = Purchase

    def __init__(self, item: Purchase, bench: Bench) -> None:
        super().__init__(bench)
        self.item = item
        bench.e.number(f"{item.id}.given")
        bench.e.number(f"{item.id}.paid")
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
        if not self._due(t):
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
            e.do("ACC", f"{n}.paid", price)
            e.do("ACC", f"spent.{payer}", price)
            e.do("ACC", f"clawed.{payer}", goods)
            e.do("ACC", f"{n}.given", e("SUB", price, goods))

    def promised(self) -> tuple[Promised, ...]:
        """The payments of all years, where they wait for a condition."""
        if self._condition is None or self.item.payer not in self.bench.sheet.public:
            return ()
        n, times = self.item.id, sum(self._due(t) for t in range(self.grid.count))
        return (Promised(f"incentive.{n}", f"{n}.paid", self.e("MULK", f"{n}.amount", k=float(times))),)

    def _due(self, t: int) -> bool:
        """Whether a payment is due in a step: once in each of the years."""
        first = max(self.grid.step_of(self.item.start), 0)
        years, off = divmod(t - first, 12 // self.grid.months)
        return t >= first and off == 0 and years < self.item.years
