"""Lowering of loans: drawn once, interest every step, principal at the end or in level payments."""

from __future__ import annotations

from guanzi.deal.program.instrument import Bench, FailureClaim, InstrumentLowering, Promised
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Loan


class LoanLowering(InstrumentLowering):
    """One loan. Slots: ``<loan>.outstanding``, ``<loan>.interest`` (rate a step), ``<loan>.payment`` (level)."""

    LOWERS = Loan

    def __init__(self, loan: Loan, bench: Bench) -> None:
        super().__init__(bench)
        self.loan = loan
        e, n = bench.e, loan.id
        self.outstanding = e.number(f"{n}.outstanding")
        e.truth(f"done.{n}")
        e.number(f"step.{n}")
        for name in ("interest", "payment"):
            e.number(f"{n}.{name}")
        self.count = self.grid.steps(12 * loan.years)
        self._condition = bench.condition(f"{n}.if", loan.condition)
        self._truth = ""

    def begin(self, values: ValueLowering) -> None:
        """Step 0: amount, rate per step, and the level payment of an amortising loan."""
        e, n = self.e, self.loan.id
        amount = values.slot(f"{n}.amount", self.loan.amount)
        rate = values.slot(f"{n}.rate", self.loan.rate)
        values.slot(f"{n}.security", self.loan.security)
        e.do("MULK", f"{n}.interest", rate, k=self.grid.months / 12.0)
        if self.loan.repayment == "amortising":
            grown = e("LOG", e("ADDK", f"{n}.interest", k=1.0))
            shrunk = e("EXP", e("MULK", grown, k=-float(self.count)))
            level = e("DIV", e("MUL", amount, f"{n}.interest"), e("RSUBK", shrunk, k=1.0))
            free = e("LEK", f"{n}.interest", k=0.0)
            e.do("SEL", f"{n}.payment", free, e("MULK", amount, k=1.0 / self.count), level)

    def conditions(self, t: int) -> None:
        """Evaluate the condition of drawing, before any payment of this step."""
        if self._condition is not None:
            self._truth = self._condition.at(t)

    def pay(self, t: int) -> None:
        """Serve it, then draw it."""
        self._serve(t)
        self._draw(t)

    def claims(self) -> tuple[FailureClaim, ...]:
        """What is outstanding, by its rank."""
        x = self.loan
        security = f"{x.id}.security" if x.rank == "secured" else ""
        return (FailureClaim(x.id, x.lender, self.outstanding, x.rank, security, x.obligors),)

    def failure(self, failed: str) -> None:
        """What is outstanding ends."""
        self.e.do("KEEP", self.outstanding, failed, self.e("SET", k=0.0))

    def worth(self, party: str, mark: str) -> tuple[str, ...]:
        """What is outstanding."""
        return (self.outstanding,) if party == self.loan.lender else ()

    def promised(self) -> tuple[Promised, ...]:
        """The payment, where it waits for a condition."""
        n = self.loan.id
        return self._drawn(n, self.loan.lender, self.loan.condition, n)

    @property
    def first(self) -> str:
        """Truth: it has been drawn."""
        return f"done.{self.loan.id}"

    def _draw(self, t: int) -> None:
        """Pay the loan out."""
        due, last = max(self.grid.step_of(self.loan.drawn), 0), self.grid.count
        if self.loan.expires is not None:
            last = self.grid.step_of(self.loan.expires)
        if not due <= t <= last:
            return
        e, n = self.e, self.loan.id
        with e.clause(n):
            may = e("ANDN", self.company.solvent, f"done.{n}")
            if self._truth:
                may = e("AND", may, self._truth)
            amount = e("MSK", may, f"{n}.amount")
            self._invest(self.loan.lender, amount)
            e.do("ACC", self.outstanding, amount)
            e.do("STAMP", f"step.{n}", may, k=float(t))
            e.do("LATCH", f"done.{n}", may)

    def _serve(self, t: int) -> None:
        """Interest on what is outstanding, and principal: the company pays even if that exhausts its cash."""
        e, n = self.e, self.loan.id
        if t == 0:
            return
        with e.clause(n):
            elapsed = e("RSUBK", f"step.{n}", k=float(t))
            ends = e("GEK", elapsed, k=float(self.count))
            interest = e("MUL", self.outstanding, f"{n}.interest")
            level = e("SUB", f"{n}.payment", interest) if self.loan.repayment == "amortising" else e("SET", k=0.0)
            principal = e("SEL", ends, self.outstanding, e("MIN", e("MAXK", level, k=0.0), self.outstanding))
            amount = e("MSK", self.company.solvent, e("ADD", interest, principal))
            self._return(self.company.cash, self.loan.lender, amount, "loans")
            repaid = e("MSK", self.company.solvent, principal)
            e.do("ACC", self.outstanding, e("NEG", repaid))
