"""Lowering of what the public side gives: grants and rebates with clawback, cheap land, guarantees and promises.

They burden the budget, not the fund: slots ``spent.<party>`` (given) and ``clawed.<party>`` (come back).
"""

from __future__ import annotations

from guanzi.terms.grid import Grid
from guanzi.terms.lowering.company import CompanySlots
from guanzi.terms.lowering.conditions import ConditionLowering
from guanzi.terms.lowering.values import ValueLowering
from guanzi.terms.representation import Emitter
from guanzi.terms.sheet import Grant, Guarantee, Land


class GrantLowering:
    """A grant or rebate: paid once a year while its condition holds; clawed back once, if the trigger is enforced."""

    def __init__(self, grant: Grant, emitter: Emitter, company: CompanySlots, grid: Grid) -> None:
        self.grant, self.e, self.company, self.grid = grant, emitter, company, grid
        e, n = emitter, grant.id
        self.given = e.number(f"{n}.given")
        self._pays = None
        if grant.condition is not None:
            self._pays = ConditionLowering(f"{n}.if", grant.condition.tree, e, company, grid)
        self._claws = None
        if grant.clawback is not None:
            self._claws = ConditionLowering(f"{n}.clawback", grant.clawback.when.tree, e, company, grid)
            e.truth(f"{n}.clawed")
            e.truth(f"{n}.enforced")
        self._truths = ("", "")

    def begin(self, values: ValueLowering) -> None:
        """Step 0: the amount, and whether a clawback would be enforced on this path."""
        n = self.grant.id
        values.slot(f"{n}.amount", self.grant.amount)
        if self.grant.clawback is not None:
            values.slot(f"{n}.recover", self.grant.clawback.recover)
            probability = values.slot(f"{n}.probability", self.grant.clawback.enforced)
            self.e.do("GT", f"{n}.enforced", probability, values.uniform())

    def conditions(self, t: int) -> None:
        """Evaluate condition and trigger, before any payment of this step."""
        pays = self._pays.at(t) if self._pays is not None else ""
        claws = self._claws.at(t) if self._claws is not None else ""
        self._truths = (pays, claws)

    def pay(self, t: int) -> None:
        """Pay the year's amount, in the step of its day; claw back what was given, as far as the company can pay."""
        e, n, payer = self.e, self.grant.id, self.grant.payer
        first, per_year = max(self.grid.step_of(self.grant.start), 0), 12 // self.grid.months
        with e.clause(n):
            if t >= first and (t - first) % per_year == 0 and (t - first) // per_year < self.grant.years:
                may = e("COPYT", self.company.solvent)
                if self._truths[0]:
                    may = e("AND", may, self._truths[0])
                if self._claws is not None:
                    may = e("ANDN", may, f"{n}.clawed")
                amount = e("MSK", may, f"{n}.amount")
                e.do("XFER", f"acct.{payer}", self.company.cash, amount)
                e.do("ACC", self.given, amount)
                e.do("ACC", f"spent.{payer}", amount)
            if self._claws is not None and t > first:
                self._claw_back()

    def _claw_back(self) -> None:
        e, n, payer = self.e, self.grant.id, self.grant.payer
        given = e("GTK", self.given, k=0.0)
        triggered = e("ANDN", e.all(self._truths[1], self.company.solvent, given), f"{n}.clawed")
        owed = e("MUL", self.given, f"{n}.recover")
        can_pay = e("MAXK", e("SUB", self.company.cash, self.company.reserve), k=0.0)
        amount = e("MSK", e("AND", triggered, f"{n}.enforced"), e("MIN", owed, can_pay))
        e.do("XFER", self.company.cash, f"acct.{payer}", amount)
        e.do("ACC", f"clawed.{payer}", amount)
        e.do("LATCH", f"{n}.clawed", triggered)


class LandLowering:
    """Land below its price: the discount is what is given; part of it comes back when the company fails."""

    def __init__(self, land: Land, emitter: Emitter, company: CompanySlots, grid: Grid) -> None:
        self.land, self.e, self.company, self.grid = land, emitter, company, grid
        emitter.number(f"{land.id}.given")

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

    def value_back(self) -> str:
        """What the right to buy the land back is worth if the company failed now."""
        return self.e("MUL", f"{self.land.id}.given", f"{self.land.id}.buy_back")

    def failure(self, failed: str) -> None:
        """The land comes back."""
        e, n, payer = self.e, self.land.id, self.land.payer
        amount = e("MSK", failed, self.value_back())
        e.do("XFER", self.company.world, f"acct.{payer}", amount)
        e.do("ACC", f"clawed.{payer}", amount)
        e.do("KEEP", f"{n}.given", failed, e("SET", k=0.0))


class GuaranteeLowering:
    """A guarantee of the company's debt: called when it fails."""

    def __init__(self, guarantee: Guarantee, emitter: Emitter, company: CompanySlots, grid: Grid) -> None:
        self.guarantee, self.e, self.company, self.grid = guarantee, emitter, company, grid
        emitter.number(f"{guarantee.id}.exposure")

    def begin(self, values: ValueLowering) -> None:
        """Step 0: share and limit become slots."""
        values.slot(f"{self.guarantee.id}.share", self.guarantee.share)
        values.slot(f"{self.guarantee.id}.limit", self.guarantee.limit)

    def expose(self, t: int, ratio: str) -> None:
        """What would be called if the company failed now; ``ratio``: part of their claims that creditors recover."""
        e, n = self.e, self.guarantee.id
        if self.guarantee.until is not None and t > self.grid.step_of(self.guarantee.until):
            e.do("SET", f"{n}.exposure", k=0.0)
            return
        lost = e("MUL", self.company.debt, e("RSUBK", ratio, k=1.0))
        e.do("MIN", f"{n}.exposure", e("MUL", lost, f"{n}.share"), f"{n}.limit")

    def failure(self, failed: str) -> None:
        """The guarantor pays the creditors."""
        e, n = self.e, self.guarantee.id
        with e.clause(n):
            amount = e("MSK", failed, f"{n}.exposure")
            e.do("XFER", f"acct.{self.guarantee.guarantor}", self.company.market, amount)
            e.do("ACC", f"spent.{self.guarantee.guarantor}", amount)
