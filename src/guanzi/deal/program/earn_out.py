"""Lowering of earn-outs: paid once; what the company cannot pay stays due."""

from __future__ import annotations

from guanzi.deal.program.conditions import ConditionLowering
from guanzi.deal.program.instrument import Bench, FailureClaim, InstrumentLowering
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import EarnOut


class EarnOutLowering(InstrumentLowering):
    """One earn-out. Slots: ``done.<id>``, ``step.<id>``, ``<id>.due`` (what the issuer still owes)."""

    sources = ("earn_outs",)

    LOWERS = EarnOut

    def __init__(self, item: EarnOut, bench: Bench) -> None:
        super().__init__(bench)
        self.item = item
        e, n = bench.e, item.id
        e.truth(f"done.{n}")
        e.number(f"step.{n}")
        self.due = e.number(f"{n}.due")
        roles = {p.id: p.role for p in bench.sheet.parties}
        self.by_issuer, self.to_issuer = roles[item.payer] == "issuer", roles[item.payee] == "issuer"
        self.limited = roles[item.payer] == "holder"
        if self.limited:
            bench.pocket(item.payer)
        self._when = ConditionLowering(f"{n}.when", item.when.tree, e, self.company, self.grid)
        self._truth = ""
        self.first_step = 0 if item.due is None else max(self.grid.step_of(item.due), 0)
        self.last = self.grid.count if item.expires is None else self.grid.step_of(item.expires)

    def begin(self, values: ValueLowering) -> None:
        """Step 0: the amount."""
        values.slot(f"{self.item.id}.amount", self.item.amount)

    def conditions(self, t: int) -> None:
        """Evaluate the trigger, before any payment of this step."""
        self._truth = self._when.at(t)

    def serve(self, t: int) -> None:
        """Pay what the company still owes, from the cash above its reserve."""
        if not self.by_issuer:
            return
        e = self.e
        with e.clause(self.item.id):
            amount = e("MSK", self.company.solvent, e("MIN", self.due, self.bench.free_cash()))
            self._move(amount)
            e.do("ACC", self.due, e("NEG", amount))

    def pay(self, t: int) -> None:
        """Pay where the trigger is met."""
        if not self.first_step <= t <= self.last:
            return
        e, n = self.e, self.item.id
        with e.clause(n):
            go = e("ANDN", e("AND", self._truth, self.company.solvent), f"done.{n}")
            owed = e("MSK", go, f"{n}.amount")
            amount = owed
            if self.by_issuer:
                amount = e("MIN", owed, self.bench.free_cash())
                e.do("ACC", self.due, e("SUB", owed, amount))
            elif self.limited:
                pocket = self.bench.pocket(self.item.payer)
                amount = e("MIN", owed, pocket)
                e.do("ACC", pocket, e("NEG", amount))
            self._move(amount)
            e.do("STAMP", f"step.{n}", go, k=float(t))
            e.do("LATCH", f"done.{n}", go)

    def _move(self, amount: str) -> None:
        e, payer, payee = self.e, self.item.payer, self.item.payee
        e.do("XFER", self.bench.account(payer), self.bench.account(payee), amount)
        if not self.by_issuer:
            e.do("ACC", f"paid.{payer}", amount)
        if not self.to_issuer:
            e.do("ACC", f"returned.{payee}", amount)
            e.do("ACC", "from.earn_outs", amount)

    def claims(self) -> tuple[FailureClaim, ...]:
        """What the company owes stands beside its creditors."""
        return (FailureClaim(self.item.id, self.item.payee, self.due),) if self.by_issuer else ()

    def worth(self, party: str, mark: str) -> tuple[str, ...]:
        """What the company still owes."""
        return (self.due,) if self.by_issuer and party == self.item.payee else ()

    def failure(self, failed: str) -> None:
        """What was due ends."""
        self.e.do("KEEP", self.due, failed, self.e("SET", k=0.0))
