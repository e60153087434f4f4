"""Lowering of clawbacks: once, if enforced; what the company cannot pay stays due."""

from __future__ import annotations

from guanzi.deal.program.conditions import ConditionLowering
from guanzi.deal.program.instrument import Bench, FailureClaim, InstrumentLowering
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Recapture


class RecaptureLowering(InstrumentLowering):
    """One clawback. Slots: ``<id>.due.<incentive>``, ``<id>.enforced``, ``done.<id>``, ``step.<id>``."""

    LOWERS = Recapture

    def __init__(self, item: Recapture, bench: Bench) -> None:
        super().__init__(bench)
        self.item = item
        e, n = bench.e, item.id
        e.truth(f"done.{n}")
        e.truth(f"{n}.enforced")
        e.number(f"step.{n}")
        self.payers = {x.id: x.payer for _, x in bench.sheet.items("incentives") if x.id in item.on}
        for given in self.payers:
            e.number(f"{n}.due.{given}")
        self._when = ConditionLowering(f"{n}.when", item.when.tree, e, self.company, self.grid)
        self._truth = ""

    def begin(self, values: ValueLowering) -> None:
        """Step 0: severity, and whether it would be enforced on this path."""
        n = self.item.id
        values.slot(f"{n}.recover", self.item.recover)
        chance = values.slot(f"{n}.probability", self.item.enforced)
        self.e.do("GT", f"{n}.enforced", chance, values.uniform())

    def conditions(self, t: int) -> None:
        """Evaluate the trigger, before any payment of this step."""
        self._truth = self._when.at(t)

    def pay(self, t: int) -> None:
        """Where the trigger is met, part of what was given is due; the company pays what it can."""
        e, n = self.e, self.item.id
        with e.clause(n):
            given = [e("MAXK", f"{x}.given", k=0.0) for x in self.payers]
            something = e("GTK", e.sum(e("SET", k=0.0), *given), k=0.0)
            go = e("ANDN", e.all(self._truth, self.company.solvent, something), f"done.{n}")
            owed = e("AND", go, f"{n}.enforced")
            for x, amount in zip(self.payers, given, strict=True):
                e.do("ACC", f"{n}.due.{x}", e("MSK", owed, e("MUL", amount, f"{n}.recover")))
            e.do("STAMP", f"step.{n}", go, k=float(t))
            e.do("LATCH", f"done.{n}", go)
            for x in self.payers:
                due = f"{n}.due.{x}"
                amount = e("MSK", self.company.solvent, e("MIN", due, self.bench.free_cash()))
                self._give_back(x, amount)
                e.do("ACC", due, e("NEG", amount))

    def _give_back(self, incentive: str, amount: str) -> None:
        e, payer = self.e, self.payers[incentive]
        e.do("XFER", self.company.cash, f"acct.{payer}", amount)
        e.do("ACC", f"clawed.{payer}", amount)
        e.do("ACC", f"{incentive}.given", e("NEG", amount))

    def claims(self) -> tuple[FailureClaim, ...]:
        """What is due stands beside the creditors."""
        n = self.item.id
        return tuple(FailureClaim(n, party, f"{n}.due.{x}", given=True) for x, party in self.payers.items())

    def failure(self, failed: str) -> None:
        """What was due ends."""
        for x in self.payers:
            self.e.do("KEEP", f"{self.item.id}.due.{x}", failed, self.e("SET", k=0.0))
