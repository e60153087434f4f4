"""Lowering of the call: exercised once, where the stake is worth more than its price and can be paid."""

from __future__ import annotations

from guanzi.deal.program.claim import Claim
from guanzi.deal.program.conditions import ConditionLowering
from guanzi.deal.program.equity import EquityLowering, stake_of
from guanzi.deal.program.instrument import Bench, InstrumentLowering, Made
from guanzi.deal.program.put import PutLowering
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Call, asked_for


class CallLowering(InstrumentLowering):
    """A call on a portion of a stake; it can be exercised once."""

    LOWERS = Call

    @classmethod
    def of(cls, item: Call, bench: Bench, made: Made) -> CallLowering | None:
        """A call on a stake that is there."""
        stake, puts = stake_of(made, item.on), tuple(one for one in made if isinstance(one, PutLowering))
        return cls(item, bench, stake, puts) if stake is not None else None

    def __init__(self, call: Call, bench: Bench, equity: EquityLowering, puts: tuple[PutLowering, ...]) -> None:
        super().__init__(bench)
        self.call, self.equity, self.puts = call, equity, puts
        emitter = bench.e
        self.holders = (call.of,) if call.of is not None else equity.holders
        self.claim = Claim(call, self.holders, equity, emitter)
        self.done = emitter.truth(f"{call.id}.done")
        self._condition = ConditionLowering(f"{call.id}.when", call.when.tree, emitter, self.company, self.grid)
        self._truth = ""
        self.payer = bench.account(call.holder)
        if asked_for(bench.sheet, call.id):
            emitter.truth(f"done.{call.id}")
            emitter.number(f"step.{call.id}")

    def begin(self, values: ValueLowering) -> None:
        """Step 0: the rate of its price."""
        self.claim.begin(values, self.grid)

    def accrue(self, t: int) -> None:
        """What was paid in earlier steps earns its return."""
        self.claim.accrue()

    def settle(self, t: int) -> None:
        """What was paid in this step counts from now on."""
        self.claim.add_payments()

    def conditions(self, t: int) -> None:
        """Evaluate the trigger, before any payment of this step."""
        with self.e.clause(self.call.id):
            self._truth = self._condition.at(t)

    def exercise(self, t: int) -> None:
        """Exercise where the stake is worth more than its price and the payer can pay it."""
        e, c, company = self.e, self.call, self.company
        with e.clause(c.id):
            portion = e.constant(f"{c.id}.portion", c.portion)
            prices = [e("MULK", f"{c.id}.claim.{h}", k=portion) for h in self.holders]
            stakes = [e("MULK", e("MUL", self.equity.stake(h), company.mark), k=portion) for h in self.holders]
            price = e.sum(*prices)
            go = e("ANDN", e.all(self._truth, self.equity.first, self.equity.open, company.solvent), self.done)
            go = e("AND", go, e("GT", e.sum(*stakes), price))
            if self.payer == company.cash:
                go = e("AND", go, e("GE", e("SUB", company.cash, company.reserve), price))
            for h, p in zip(self.holders, prices, strict=True):
                amount = e("MSK", go, p)
                e.do("XFER", self.payer, f"acct.{h}", amount)
                e.do("ACC", f"returned.{h}", amount)
                e.do("ACC", "from.call", amount)
                kept = e("SEL", go, e("SET", k=e.constant(f"{c.id}.kept", 1.0 - c.portion)), e("SET", k=1.0))
                part = f"{self.equity.name}.part.{h}"
                e.do("COPY", part, e("MUL", part, kept))
                for put in self.puts:
                    if put.equity is self.equity and h in put.holders:
                        put.scale(h, kept)
            e.do("LATCH", self.done, go)
            if asked_for(self.bench.sheet, c.id):
                e.do("STAMP", f"step.{c.id}", go, k=float(t))
                e.do("LATCH", f"done.{c.id}", go)
