"""Lowering of the put.

The holder exercises when what the obligors can pay exceeds the value of the stake. A put pays what the obligors can
pay; the rest stays a claim on the issuer, served from later cash and, in failure, beside its creditors.
"""

from __future__ import annotations

from guanzi.deal.program.claim import Claim
from guanzi.deal.program.conditions import ConditionLowering
from guanzi.deal.program.equity import EquityLowering, StakeLowering
from guanzi.deal.program.instrument import Bench, FailureClaim
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Put, asked_for


class PutLowering(StakeLowering):
    """A put on a stake, against named obligors; covenants may open it as their remedy."""

    LOWERS = Put

    def __init__(self, put: Put, bench: Bench, equity: EquityLowering) -> None:
        super().__init__(bench)
        self.put, self.equity = put, equity
        emitter = bench.e
        self.holders = put.holders
        self.claim = Claim(put, put.holders, equity, emitter)
        self.done = emitter.truth(f"{put.id}.done")
        self.opened = emitter.truth(f"{put.id}.opened")
        for h in self.holders:
            emitter.number(f"{put.id}.due.{h}")
        for name in ("price", "received", "price_open", "payable_open"):
            emitter.number(f"{put.id}.{name}")
        issuer = equity.equity.issuer
        self.by_issuer = put.obligors is None or issuer in put.obligors
        others = () if put.obligors is None else tuple(o for o in put.obligors if o != issuer)
        self.others = others
        for o in others:
            bench.pocket(o)
        if asked_for(bench.sheet, put.id):
            emitter.truth(f"done.{put.id}")
            emitter.number(f"step.{put.id}")
        self._remedies = [f"breach.{c.id}" for c in bench.sheet.covenants if c.remedy == put.id]
        self._condition = ConditionLowering(f"{put.id}.when", put.when.tree, emitter, self.company, self.grid)
        self._truth = ""

    def begin(self, values: ValueLowering) -> None:
        """Step 0: the rate of its price."""
        self.claim.begin(values, self.grid)

    def conditions(self, t: int) -> None:
        """Evaluate the triggers, before any payment of this step; a breach whose remedy this is counts as one."""
        with self.e.clause(self.put.id):
            self._truth = self.e.any(self._condition.at(t), *self._remedies)

    def accrue(self, t: int) -> None:
        """What was paid in earlier steps earns its return."""
        self.claim.accrue()

    def settle(self, t: int) -> None:
        """What was paid in this step counts from now on."""
        self.claim.add_payments()

    def claims(self) -> tuple[FailureClaim, ...]:
        """What an exercised put left open stands beside the creditors."""
        return tuple(FailureClaim(self.put.id, h, f"{self.put.id}.due.{h}") for h in self.holders)

    def failure(self, failed: str) -> None:
        """What was due ends."""
        for h in self.holders:
            self.e.do("KEEP", f"{self.put.id}.due.{h}", failed, self.e("SET", k=0.0))

    def worth(self, party: str, mark: str) -> tuple[str, ...]:
        """What is due to the party."""
        return (f"{self.put.id}.due.{party}",) if party in self.holders else ()

    def scale(self, holder: str, kept: str) -> None:
        """Part of the holder's stake was called back: the claim shrinks with it."""
        e, claim = self.e, f"{self.put.id}.claim.{holder}"
        e.do("COPY", claim, e("MUL", claim, kept))

    def serve(self, t: int) -> None:
        """Pay what is still due from an exercised put, from the cash above the reserve."""
        if not self.by_issuer:
            return
        e, n = self.e, self.put.id
        with e.clause(n):
            due = e.sum(*(f"{n}.due.{h}" for h in self.holders))
            owing = e("AND", self.company.solvent, self.done)  # until it is exercised, nothing is due
            fraction = e("DIV", e("MIN", e("COPY", due), self.bench.free_cash()), e("COPY", due))
            for h in self.holders:
                amount = e("MSK", owing, e("MUL", fraction, f"{n}.due.{h}"))
                self._receive(self.company.cash, h, amount)
                e.do("ACC", f"{n}.due.{h}", e("NEG", amount))

    def _receive(self, payer: str, holder: str, amount: str) -> None:
        self._return(payer, holder, amount, "put")
        self.e.do("ACC", f"{self.put.id}.received", amount)

    def exercise(self, t: int) -> None:
        """Exercise where what can be paid exceeds the value of the stake."""
        e, n, company = self.e, self.put.id, self.company
        with e.clause(n):
            price = e.sum(e("COPY", f"{n}.claim.{self.holders[0]}"), *(f"{n}.claim.{h}" for h in self.holders[1:]))
            value = e.sum(*(e("MUL", self.equity.stake(h), company.mark) for h in self.holders))
            may = e("ANDN", e.all(self._truth, self.equity.first, self.equity.open, company.solvent), self.done)
            own = self.bench.free_cash() if self.by_issuer else e("SET", k=0.0)
            borrowed = e("COPY", company.borrowable) if self.by_issuer else e("SET", k=0.0)
            payable = e("ADD", own, borrowed)
            for o in self.others:
                payable = e("ADD", payable, f"capacity.{o}")
            pays = e("MIN", price, payable)
            first_open = e("ANDN", may, self.opened)
            e.do("LATCH", self.opened, may)
            e.do("KEEP", f"{n}.price_open", first_open, price)
            e.do("KEEP", f"{n}.payable_open", first_open, pays)
            go = e("AND", may, e("GT", pays, value))
            e.do("KEEP", f"{n}.price", go, price)
            from_cash = e("MIN", pays, own)
            rest = e("SUB", pays, from_cash)
            from_loan = e("MIN", rest, borrowed)
            rest = e("SUB", rest, from_loan)
            if self.by_issuer:
                lent = e("MSK", go, from_loan)
                e.do("XFER", company.market, company.cash, lent)
                e.do("ACC", company.debt, lent)
            sources = [(company.cash, e("ADD", from_cash, from_loan))] if self.by_issuer else []
            for o in self.others:
                part = e("MIN", rest, f"capacity.{o}")
                rest = e("SUB", rest, part)
                e.do("ACC", f"capacity.{o}", e("NEG", e("MSK", go, part)))
                sources.append((f"acct.{o}", part))
            for h in self.holders:
                fraction = e("DIV", f"{n}.claim.{h}", price)
                due = e("COPY", f"{n}.claim.{h}")
                for payer, amount in sources:
                    x = e("MSK", go, e("MUL", fraction, amount))
                    self._receive(payer, h, x)
                    due = e("SUB", due, x)
                e.do("KEEP", f"{n}.due.{h}", go, e("MAXK", due, k=0.0))
                e.do("KEEP", f"{n}.claim.{h}", go, e("SET", k=0.0))
                e.do("KEEP", f"{self.equity.name}.part.{h}", go, e("SET", k=0.0))
            e.do("LATCH", self.done, go)
            if asked_for(self.bench.sheet, n):
                e.do("STAMP", f"step.{n}", go, k=float(t))
                e.do("LATCH", f"done.{n}", go)
            if set(self.holders) == set(self.equity.holders):
                e.do("DROP", self.equity.open, go)
