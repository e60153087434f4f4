"""What a holder paid plus the agreed return: the price of a put or a call."""

from __future__ import annotations

from guanzi.deal.program.equity import EquityLowering
from guanzi.deal.program.representation import Emitter
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Call, Grid, Put, Unknown


class Claim:
    """What each holder paid plus the agreed return: grows every step, for ``compound`` on all, for ``simple`` on cash.

    Slots: ``<right>.claim.<holder>``.
    """

    def __init__(self, right: Put | Call, holders: tuple[str, ...], equity: EquityLowering, emitter: Emitter) -> None:
        self.right, self.holders, self.equity, self.e = right, holders, equity, emitter
        self.compound = isinstance(right.basis, Unknown) or right.basis == "compound"
        emitter.number(f"{right.id}.growth")
        for h in holders:
            emitter.number(f"{right.id}.claim.{h}")
            emitter.number(f"{right.id}.counted.{h}")

    def begin(self, values: ValueLowering, grid: Grid) -> None:
        """Step 0: the rate per step from the annual rate."""
        e, n = self.e, self.right.id
        rate = values.slot(f"{n}.rate", self.right.rate)
        years = grid.months / 12.0
        if self.compound:
            e.do("EXP", f"{n}.growth", e("MULK", e("LOG", e("ADDK", rate, k=1.0)), k=years))
        else:
            e.do("MULK", f"{n}.growth", rate, k=years)

    def accrue(self) -> None:
        """Begin of a step: what was paid in earlier steps earns its return."""
        e, n = self.e, self.right.id
        for h in self.holders:
            claim = f"{n}.claim.{h}"
            if self.compound:
                e.do("COPY", claim, e("MUL", claim, f"{n}.growth"))
            else:
                e.do("ACC", claim, e("MUL", f"{n}.counted.{h}", f"{n}.growth"))

    def add_payments(self) -> None:
        """End of a step: what was paid in this step counts from now on."""
        e, n = self.e, self.right.id
        for h in self.holders:
            new = e("SUB", f"{self.equity.name}.paid.{h}", f"{n}.counted.{h}")
            e.do("ACC", f"{n}.claim.{h}", new)
            e.do("COPY", f"{n}.counted.{h}", f"{self.equity.name}.paid.{h}")
