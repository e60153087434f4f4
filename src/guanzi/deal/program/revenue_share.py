"""Lowering of revenue and profit shares: a part of every step's flow, up to a cap."""

from __future__ import annotations

from guanzi.deal.program.instrument import Bench, InstrumentLowering, Promised
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import RevenueShare


class RevenueShareLowering(InstrumentLowering):
    """One share. Slots: ``<share>.received``, ``done.<share>``, ``step.<share>``. In failure nothing is claimed."""

    sources = ("revenue",)

    LOWERS = RevenueShare

    def __init__(self, share: RevenueShare, bench: Bench) -> None:
        super().__init__(bench)
        self.share = share
        e, n = bench.e, share.id
        e.truth(f"done.{n}")
        e.number(f"step.{n}")
        self.received = e.number(f"{n}.received")
        self.count = self.grid.steps(12 * share.years)
        self._condition = bench.condition(f"{n}.if", share.condition)
        self._truth = ""

    def begin(self, values: ValueLowering) -> None:
        """Step 0: rate, price and cap become slots."""
        n = self.share.id
        values.slot(f"{n}.rate", self.share.rate)
        values.slot(f"{n}.amount", self.share.amount)
        if self.share.cap is not None:
            values.slot(f"{n}.cap", self.share.cap)

    def conditions(self, t: int) -> None:
        """Evaluate what must hold before it begins."""
        if self._condition is not None:
            self._truth = self._condition.at(t)

    def pay(self, t: int) -> None:
        """Pay the part of this step, even if that exhausts the cash; then, if it is due, begin."""
        e, n, share = self.e, self.share.id, self.share
        with e.clause(n):
            if t > 0 and self.grid.moves(t):
                runs = e("LEK", e("RSUBK", f"step.{n}", k=float(t)), k=float(self.count))
                base = e("MAXK", self.company.observables[share.of], k=0.0)
                amount = e("MUL", base, f"{n}.rate")
                if share.cap is not None:
                    amount = e("MIN", amount, e("MAXK", e("SUB", f"{n}.cap", self.received), k=0.0))
                amount = e("MSK", e.all(runs, f"done.{n}", self.company.solvent), amount)
                self._return(self.company.cash, share.investor, amount, "revenue")
                e.do("ACC", self.received, amount)
            if t < max(self.grid.step_of(share.drawn), 0):
                return
            may = e("ANDN", self.company.solvent, f"done.{n}")
            if self._truth:
                may = e("AND", may, self._truth)
            self._invest(share.investor, e("MSK", may, f"{n}.amount"))
            e.do("STAMP", f"step.{n}", may, k=float(t))
            e.do("LATCH", f"done.{n}", may)

    def promised(self) -> tuple[Promised, ...]:
        """The payment, where it waits for a condition."""
        n = self.share.id
        return self._drawn(n, self.share.investor, self.share.condition, n)

    @property
    def first(self) -> str:
        """Truth: it has begun, for money."""
        return f"done.{self.share.id}" if self.share.amount != 0.0 else ""
