"""Lowering of ratchets: shares on top of a stake, issued by the company or transferred by a holder."""

from __future__ import annotations

from guanzi.deal.program.block import ShareBlock
from guanzi.deal.program.company import ExitPolicy
from guanzi.deal.program.conditions import ConditionLowering
from guanzi.deal.program.equity import EquityLowering, StakeLowering
from guanzi.deal.program.instrument import Bench
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Ratchet


class RatchetLowering(StakeLowering):
    """One ratchet. Slots: ``<ratchet>.<holder>.shares``, ``done.<ratchet>``, ``step.<ratchet>``."""

    LOWERS = Ratchet

    def __init__(self, ratchet: Ratchet, bench: Bench, equity: EquityLowering) -> None:
        super().__init__(bench)
        self.ratchet, self.equity = ratchet, equity
        e, n = bench.e, ratchet.id
        e.truth(f"done.{n}")
        e.number(f"step.{n}")
        issued = ratchet.giver == bench.issuer
        self.blocks = {h: ShareBlock(f"{n}.{h}", h, bench, issued=issued) for h in equity.holders}
        self._when = ConditionLowering(f"{n}.when", ratchet.when.tree, e, self.company, self.grid)
        self._truth = ""
        self.first_step = 0 if ratchet.due is None else max(self.grid.step_of(ratchet.due), 0)
        self.last = self.grid.count if ratchet.expires is None else self.grid.step_of(ratchet.expires)

    def begin(self, values: ValueLowering) -> None:
        """Step 0: how many shares."""
        values.slot(f"{self.ratchet.id}.number", self.ratchet.shares)

    def conditions(self, t: int) -> None:
        """Evaluate the trigger, and watch for the listing."""
        for block in self.blocks.values():
            block.watch(t)
        self._truth = self._when.at(t)

    def exercise(self, t: int) -> None:
        """Where the trigger is met, the holders get the shares by what they have paid."""
        if not self.first_step <= t <= self.last:
            return
        e, n = self.e, self.ratchet.id
        with e.clause(n):
            may = e.all(self._truth, self.equity.first, self.equity.open, self.company.solvent)
            go = e("ANDN", may, f"done.{n}")
            paid = [f"{self.equity.name}.paid.{h}" for h in self.equity.holders]
            money = e.sum(e("COPY", paid[0]), *paid[1:])
            for slot, block in zip(paid, self.blocks.values(), strict=True):
                block.add(go, e("MUL", f"{n}.number", e("DIV", slot, money)))
            e.do("STAMP", f"step.{n}", go, k=float(t))
            e.do("LATCH", f"done.{n}", go)

    def exit(self, t: int, policy: ExitPolicy) -> None:
        """Sell the shares."""
        for block in self.blocks.values():
            block.exit(t, policy)

    def stakes(self) -> tuple[tuple[str, str], ...]:
        """The shares got."""
        return tuple((h, block.part()) for h, block in self.blocks.items())

    def taken(self, parties: tuple[str, ...]) -> tuple[str, ...]:
        """Their shares, sold or not."""
        return tuple(self.bench.table.part(x.shares) for h, x in self.blocks.items() if h in parties)

    def owners(self) -> tuple[str, ...]:
        """The holders of the stake."""
        return tuple(self.blocks)

    def worth(self, party: str, mark: str) -> tuple[str, ...]:
        """The shares got, at the mark."""
        return (self.e("MUL", self.blocks[party].part(), mark),) if party in self.blocks else ()

    def failure(self, failed: str) -> None:
        """The shares end."""
        for block in self.blocks.values():
            block.end(failed)
