"""Lowering of warrants: exercised once, where the new shares are worth more than they cost."""

from __future__ import annotations

from guanzi.deal.program.block import ShareBlock
from guanzi.deal.program.company import ExitPolicy
from guanzi.deal.program.instrument import Bench, InstrumentLowering
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Warrant


class WarrantLowering(InstrumentLowering):
    """One warrant. Slots: ``<warrant>.shares`` (issued), ``done.<warrant>``, ``step.<warrant>``."""

    LOWERS = Warrant

    def __init__(self, warrant: Warrant, bench: Bench) -> None:
        super().__init__(bench)
        self.warrant = warrant
        e, n = bench.e, warrant.id
        e.truth(f"done.{n}")
        e.number(f"step.{n}")
        self.block = ShareBlock(n, warrant.holder, bench)
        self._when = bench.condition(f"{n}.when", warrant.when)
        self._truth = ""
        last = self.grid.count - 1
        self.last = last if warrant.expires is None else min(self.grid.step_of(warrant.expires), last)

    def begin(self, values: ValueLowering) -> None:
        """Step 0: how many shares, and at what price."""
        values.slot(f"{self.warrant.id}.share", self.warrant.share)
        values.slot(f"{self.warrant.id}.strike", self.warrant.strike)

    def conditions(self, t: int) -> None:
        """Evaluate when it can be exercised, and watch for the listing."""
        self.block.watch(t)
        if self._when is not None:
            self._truth = self._when.at(t)

    def exercise(self, t: int) -> None:
        """Pay the price and get the shares, where they are worth more at the mark of the step before."""
        if t > self.last or (self._when is None and t != self.last):
            return
        e, n, company = self.e, self.warrant.id, self.company
        with e.clause(n):
            cost = e("MUL", f"{n}.share", f"{n}.strike")
            new = e("MUL", f"{n}.share", company.dilution)
            part = e("DIV", new, e("ADD", self.bench.table.whole(), new))
            pays = e("GT", e("MUL", part, e("ADD", company.mark, cost)), cost)
            go = e("ANDN", e("AND", pays, company.solvent), f"done.{n}")
            if self._truth:
                go = e("AND", go, self._truth)
            self._invest(self.warrant.holder, e("MSK", go, cost))
            self.block.add(go, f"{n}.share")
            e.do("STAMP", f"step.{n}", go, k=float(t))
            e.do("LATCH", f"done.{n}", go)

    def exit(self, t: int, policy: ExitPolicy) -> None:
        """Sell the shares."""
        self.block.exit(t, policy)

    def stakes(self) -> tuple[tuple[str, str], ...]:
        """The shares bought."""
        return ((self.warrant.holder, self.block.part()),)

    def taken(self, parties: tuple[str, ...]) -> tuple[str, ...]:
        """Its shares, sold or not."""
        return (self.bench.table.part(self.block.shares),) if self.warrant.holder in parties else ()

    def owners(self) -> tuple[str, ...]:
        """The holder."""
        return (self.warrant.holder,)

    def worth(self, party: str, mark: str) -> tuple[str, ...]:
        """The shares bought, at the mark; a warrant that was not exercised is not valued."""
        return (self.e("MUL", self.block.part(), mark),) if party == self.warrant.holder else ()

    def failure(self, failed: str) -> None:
        """The shares end."""
        self.block.end(failed)
