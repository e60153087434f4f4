"""Lowering of rights: the call, then the put, exercised by policy.

The holder exercises when what it receives exceeds what it gives up: the call when the stake is worth more than its
price and can be paid; the put when what the obligors can pay exceeds the value of the stake. A put pays what the
obligors can pay; the rest stays a claim on the issuer, served from later cash and, in failure, beside its creditors.
"""

from __future__ import annotations

from guanzi.terms.grid import Grid
from guanzi.terms.lowering.company import CompanySlots
from guanzi.terms.lowering.conditions import ConditionLowering
from guanzi.terms.lowering.equity import EquityLowering
from guanzi.terms.lowering.values import ValueLowering
from guanzi.terms.representation import Emitter
from guanzi.terms.sheet import Call, Party, Put, Unknown


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


class CallLowering:
    """A call on a portion of a stake; it can be exercised once."""

    def __init__(self, call: Call, equity: EquityLowering, emitter: Emitter, company: CompanySlots, grid: Grid) -> None:
        self.call, self.equity, self.e, self.company = call, equity, emitter, company
        self.holders = (call.of,) if call.of is not None else equity.holders
        self.claim = Claim(call, self.holders, equity, emitter)
        self.done = emitter.truth(f"{call.id}.done")
        emitter.number(f"{call.id}.received")
        self._condition = ConditionLowering(f"{call.id}.when", call.when.tree, emitter, company, grid)
        self._truth = ""
        self.payer = company.cash if call.holder == equity.equity.issuer else f"acct.{call.holder}"

    def conditions(self, t: int) -> None:
        """Evaluate the trigger, before any payment of this step."""
        self._truth = self._condition.at(t)

    def exercise(self, puts: tuple[PutLowering, ...]) -> None:
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
                e.do("ACC", f"{c.id}.received", amount)
                kept = e("SEL", go, e("SET", k=e.constant(f"{c.id}.kept", 1.0 - c.portion)), e("SET", k=1.0))
                part = f"{self.equity.name}.part.{h}"
                e.do("COPY", part, e("MUL", part, kept))
                for put in puts:
                    if put.equity is self.equity and h in put.holders:
                        put.scale(h, kept)
            e.do("LATCH", self.done, go)


class PutLowering:
    """A put on a stake, against named obligors; covenants may open it as their remedy."""

    def __init__(
        self,
        put: Put,
        equity: EquityLowering,
        emitter: Emitter,
        company: CompanySlots,
        grid: Grid,
        parties: tuple[Party, ...],
    ) -> None:
        self.put, self.equity, self.e, self.company = put, equity, emitter, company
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
        limits = {p.id: p.limits.get("total", 0.0) for p in parties}
        self.others = tuple((o, limits[o]) for o in others)
        for o, _ in self.others:
            emitter.number(f"{put.id}.capacity.{o}")
        self._condition = ConditionLowering(f"{put.id}.when", put.when.tree, emitter, company, grid)
        self._truth = ""

    def begin(self) -> None:
        """Step 0: what obligors other than the issuer can pay: their stated limit, and nothing where none is stated."""
        for o, limit in self.others:
            self.e.do("SET", f"{self.put.id}.capacity.{o}", k=self.e.constant(f"{self.put.id}.limit.{o}", limit))

    def conditions(self, t: int, breaches: list[str]) -> None:
        """Evaluate the triggers, before any payment of this step; a breach whose remedy this is counts as one."""
        self._truth = self.e.any(self._condition.at(t), *breaches)

    def scale(self, holder: str, kept: str) -> None:
        """Part of the holder's stake was called back: the claim shrinks with it."""
        e, claim = self.e, f"{self.put.id}.claim.{holder}"
        e.do("COPY", claim, e("MUL", claim, kept))

    def _issuer_can_pay(self) -> str:
        e = self.e
        return e("MAXK", e("SUB", self.company.cash, self.company.reserve), k=0.0)

    def serve(self) -> None:
        """Pay what is still due from an exercised put, from the cash above the reserve."""
        if not self.by_issuer:
            return
        e, n = self.e, self.put.id
        with e.clause(n):
            due = e.sum(*(f"{n}.due.{h}" for h in self.holders))
            pay = e("MSK", self.company.solvent, e("MIN", e("COPY", due), self._issuer_can_pay()))
            fraction = e("DIV", pay, e("COPY", due))
            for h in self.holders:
                amount = e("MUL", fraction, f"{n}.due.{h}")
                self._receive(self.company.cash, h, amount)
                e.do("ACC", f"{n}.due.{h}", e("NEG", amount))

    def _receive(self, payer: str, holder: str, amount: str) -> None:
        e = self.e
        e.do("XFER", payer, f"acct.{holder}", amount)
        e.do("ACC", f"returned.{holder}", amount)
        e.do("ACC", "from.put", amount)
        e.do("ACC", f"{self.put.id}.received", amount)

    def exercise(self) -> None:
        """Exercise where what can be paid exceeds the value of the stake."""
        e, n, company = self.e, self.put.id, self.company
        with e.clause(n):
            price = e.sum(e("COPY", f"{n}.claim.{self.holders[0]}"), *(f"{n}.claim.{h}" for h in self.holders[1:]))
            value = e.sum(*(e("MUL", self.equity.stake(h), company.mark) for h in self.holders))
            may = e("ANDN", e.all(self._truth, self.equity.first, self.equity.open, company.solvent), self.done)
            own = self._issuer_can_pay() if self.by_issuer else e("SET", k=0.0)
            borrowed = e("COPY", company.borrowable) if self.by_issuer else e("SET", k=0.0)
            payable = e("ADD", own, borrowed)
            for o, _ in self.others:
                payable = e("ADD", payable, f"{n}.capacity.{o}")
            pays = e("MIN", price, payable)
            first_open = e("ANDN", may, self.opened)
            e.do("LATCH", self.opened, may)
            e.do("KEEP", f"{n}.price_open", first_open, price)
            e.do("KEEP", f"{n}.payable_open", first_open, pays)
            go = e("AND", may, e("GT", pays, value))
            e.do("KEEP", f"{n}.price", go, price)
            left = e("MSK", go, pays)
            from_cash = e("MIN", left, own)
            rest = e("SUB", left, from_cash)
            from_loan = e("MIN", rest, borrowed)
            rest = e("SUB", rest, from_loan)
            if self.by_issuer:
                e.do("XFER", company.market, company.cash, from_loan)
                e.do("ACC", company.debt, from_loan)
            sources = [(company.cash, e("ADD", from_cash, from_loan))] if self.by_issuer else []
            for o, _ in self.others:
                part = e("MIN", rest, f"{n}.capacity.{o}")
                rest = e("SUB", rest, part)
                e.do("ACC", f"{n}.capacity.{o}", e("NEG", part))
                sources.append((f"acct.{o}", part))
            for h in self.holders:
                fraction = e("DIV", f"{n}.claim.{h}", price)
                due = e("MSK", go, f"{n}.claim.{h}")
                for payer, amount in sources:
                    x = e("MUL", fraction, amount)
                    self._receive(payer, h, x)
                    due = e("SUB", due, x)
                e.do("KEEP", f"{n}.due.{h}", go, e("MAXK", due, k=0.0))
                e.do("KEEP", f"{n}.claim.{h}", go, e("SET", k=0.0))
                e.do("KEEP", f"{self.equity.name}.part.{h}", go, e("SET", k=0.0))
            e.do("LATCH", self.done, go)
            if set(self.holders) == set(self.equity.holders):
                e.do("DROP", self.equity.open, go)
