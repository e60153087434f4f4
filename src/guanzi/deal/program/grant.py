"""Lowering of grants and rebates: paid once a year while the condition holds; clawed back once, if enforced."""

from __future__ import annotations

from guanzi.deal.program.instrument import Bench, InstrumentLowering, Promised
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Grant


class GrantLowering(InstrumentLowering):
    """A grant or rebate: paid once a year while its condition holds; clawed back once, if the trigger is enforced."""

    LOWERS = Grant

    def __init__(self, grant: Grant, bench: Bench) -> None:
        super().__init__(bench)
        self.grant = grant
        n = grant.id
        self.given = self.e.number(f"{n}.given")
        self._pays = bench.condition(f"{n}.if", grant.condition)
        self._claws = bench.condition(f"{n}.clawback", None if grant.clawback is None else grant.clawback.when)
        if grant.clawback is not None:
            self.e.truth(f"{n}.clawed")
            self.e.truth(f"{n}.enforced")
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
        with e.clause(n):
            if self._due(t):
                may = e("COPYT", self.company.solvent)
                if self._truths[0]:
                    may = e("AND", may, self._truths[0])
                if self._claws is not None:
                    may = e("ANDN", may, f"{n}.clawed")
                amount = e("MSK", may, f"{n}.amount")
                e.do("XFER", f"acct.{payer}", self.company.cash, amount)
                e.do("ACC", self.given, amount)
                e.do("ACC", f"spent.{payer}", amount)
            if self._claws is not None and t > self._first:
                self._claw_back()

    def promised(self) -> tuple[Promised, ...]:
        """The payments of all years, where they wait for a condition."""
        if self._pays is None or self.grant.payer not in self.bench.sheet.public:
            return ()
        times = sum(self._due(t) for t in range(self.grid.count))
        whole = self.e("MULK", f"{self.grant.id}.amount", k=float(times))
        return (Promised(f"incentive.{self.grant.id}", self.given, whole),)

    @property
    def _first(self) -> int:
        """The step of the first payment."""
        return max(self.grid.step_of(self.grant.start), 0)

    def _due(self, t: int) -> bool:
        """Whether a payment is due in a step: once in each of the years."""
        years, off = divmod(t - self._first, 12 // self.grid.months)
        return t >= self._first and off == 0 and years < self.grant.years

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
