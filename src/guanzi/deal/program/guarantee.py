"""Lowering of guarantees of the company's debt: called when it fails."""

from __future__ import annotations

from guanzi.deal.program.instrument import Bench, InstrumentLowering
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Guarantee


class GuaranteeLowering(InstrumentLowering):
    """A guarantee of the company's debt: called when it fails."""

    LOWERS = Guarantee

    def __init__(self, guarantee: Guarantee, bench: Bench) -> None:
        super().__init__(bench)
        self.guarantee = guarantee
        self.e.number(f"{guarantee.id}.exposure")

    def begin(self, values: ValueLowering) -> None:
        """Step 0: share and limit become slots."""
        values.slot(f"{self.guarantee.id}.share", self.guarantee.share)
        values.slot(f"{self.guarantee.id}.limit", self.guarantee.limit)

    def expose(self, t: int, ratio: str) -> None:
        """What would be called if the company failed now; ``ratio``: part of their claims that creditors recover."""
        e, n, debt = self.e, self.guarantee.id, self.guarantee.debt
        if self.guarantee.until is not None and t > self.grid.step_of(self.guarantee.until):
            e.do("SET", f"{n}.exposure", k=0.0)
            return
        lost = f"{debt}.missing" if debt else e("MUL", self.company.debt, e("RSUBK", ratio, k=1.0))
        called = e("MUL", lost, f"{n}.share")
        e.do("MIN", f"{n}.exposure", e("MIN", called, f"{debt}.open") if debt else called, f"{n}.limit")
        if debt:
            e.do("ACC", f"{debt}.open", e("NEG", f"{n}.exposure"))

    def exposure(self) -> tuple[tuple[str, str], ...]:
        """What would be called now."""
        return ((self.guarantee.guarantor, f"{self.guarantee.id}.exposure"),)

    def failure(self, failed: str) -> None:
        """The guarantor pays the creditors, or the lender whose debt it stands behind, with money of its own."""
        e, n, lender = self.e, self.guarantee.id, self.guarantee.lender
        with e.clause(n):
            amount = e("MSK", failed, f"{n}.exposure")
            e.do(
                "XFER", f"acct.{self.guarantee.guarantor}", f"acct.{lender}" if lender else self.company.market, amount
            )
            e.do("ACC", f"paid.{self.guarantee.guarantor}", amount)
            if lender:
                e.do("ACC", f"returned.{lender}", amount)
                e.do("ACC", "from.failure", amount)
