"""Lowering of land below its price: the discount is what is given."""

from __future__ import annotations

from guanzi.deal.program.instrument import Bench, InstrumentLowering
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Land


class LandLowering(InstrumentLowering):
    """Land below its price: the discount is what is given; part of it comes back when the company fails."""

    LOWERS = Land

    def __init__(self, land: Land, bench: Bench) -> None:
        super().__init__(bench)
        self.land = land
        self.e.number(f"{land.id}.given")

    def begin(self, values: ValueLowering) -> None:
        """Step 0: value, discount and buy-back become slots."""
        n = self.land.id
        values.slot(f"{n}.value", self.land.value)
        values.slot(f"{n}.discount", self.land.discount)
        values.slot(f"{n}.buy_back", self.land.buy_back)

    def pay(self, t: int) -> None:
        """Transfer the land: what it is worth beyond its price goes from the public party to the company in kind."""
        if t != max(self.grid.step_of(self.land.due), 0):
            return
        e, n, payer = self.e, self.land.id, self.land.payer
        with e.clause(n):
            amount = e("MSK", self.company.solvent, e("MUL", f"{n}.value", f"{n}.discount"))
            # in kind: it spares the company an expense outside the model, so it does not enter its cash
            e.do("XFER", f"acct.{payer}", self.company.world, amount)
            e.do("ACC", f"{n}.given", amount)
            e.do("ACC", f"spent.{payer}", amount)

    def value_back(self) -> tuple[tuple[str, str], ...]:
        """What the right to buy the land back is worth if the company failed now."""
        return ((self.land.payer, self.e("MUL", f"{self.land.id}.given", f"{self.land.id}.buy_back")),)

    def failure(self, failed: str) -> None:
        """The land comes back."""
        e, n, payer = self.e, self.land.id, self.land.payer
        amount = e("MSK", failed, self.value_back()[0][1])
        e.do("XFER", self.company.world, f"acct.{payer}", amount)
        e.do("ACC", f"clawed.{payer}", amount)
        e.do("KEEP", f"{n}.given", failed, e("SET", k=0.0))
