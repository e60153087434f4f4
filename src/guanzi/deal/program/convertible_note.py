"""Lowering of convertible notes: interest is added, the next round converts, maturity repays."""

from __future__ import annotations

from guanzi.deal.program.block import ShareBlock
from guanzi.deal.program.company import ExitPolicy
from guanzi.deal.program.instrument import Bench, FailureClaim, InstrumentLowering, Promised
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import ConvertibleNote


class ConvertibleNoteLowering(InstrumentLowering):
    """One note. Slots: ``<note>.claim`` (with interest), ``<note>.principal``, ``<note>.before`` (dilution last step).

    A round has taken place where the dilution has grown since the step before: its size is the mark before it times the
    new shares over the old ones. Prices are per share, of which there was one at signing.
    """

    LOWERS = ConvertibleNote

    def __init__(self, note: ConvertibleNote, bench: Bench) -> None:
        super().__init__(bench)
        self.note = note
        e, n = bench.e, note.id
        self.claim, self.principal = e.number(f"{n}.claim"), e.number(f"{n}.principal")
        e.number(f"{n}.before", 1.0)
        e.number(f"{n}.growth")
        e.truth(f"done.{n}")
        e.number(f"step.{n}")
        self.block = ShareBlock(n, note.lender, bench)
        self.count = self.grid.steps(12 * note.years)
        self._condition = bench.condition(f"{n}.if", note.condition)
        self._truth = ""

    def begin(self, values: ValueLowering) -> None:
        """Step 0: amounts and rates become slots."""
        e, n, note = self.e, self.note.id, self.note
        values.slot(f"{n}.amount", note.amount)
        interest = values.slot(f"{n}.rate", note.rate)
        values.slot(f"{n}.discount", note.discount)
        values.slot(f"{n}.qualified", note.qualified)
        values.slot(f"{n}.security", note.security)
        if note.cap is not None:
            values.slot(f"{n}.cap", note.cap)
        years = self.grid.months / 12.0
        if note.basis == "compound":
            grown = e("EXP", e("MULK", e("LOG", e("ADDK", interest, k=1.0)), k=years))
            e.do("COPY", f"{n}.growth", e("ADDK", grown, k=-1.0))
        else:
            e.do("MULK", f"{n}.growth", interest, k=years)
        e.do("COPY", f"{n}.before", self.company.dilution)

    def conditions(self, t: int) -> None:
        """Evaluate the condition of drawing, and watch for the listing."""
        self.block.watch(t)
        if self._condition is not None:
            self._truth = self._condition.at(t)

    def accrue(self, t: int) -> None:
        """Interest of the step is added; a round that is large enough converts the note."""
        e, n = self.e, self.note.id
        with e.clause(n):
            base = self.claim if self.note.basis == "compound" else self.principal
            e.do("ACC", self.claim, e("MUL", base, f"{n}.growth"))
            grown = e("DIV", f"{n}.before", self.company.dilution)
            size = e("MUL", self.company.mark, e("ADDK", grown, k=-1.0))
            round_ = e.all(e("GTK", size, k=0.0), e("GE", size, f"{n}.qualified"), self.company.solvent)
            self._convert(round_, f"{n}.before")
            if self.note.at_maturity == "convert":
                self._convert(e("AND", self._matured(t), self.company.solvent), self.company.dilution)
            e.do("COPY", f"{n}.before", self.company.dilution)

    def _matured(self, t: int) -> str:
        e = self.e
        return e("GEK", e("RSUBK", f"step.{self.note.id}", k=float(t)), k=float(self.count))

    def _convert(self, where: str, dilution: str) -> None:
        """The claim becomes shares at the lower of the price at the cap and the discounted price."""
        e, n, note = self.e, self.note.id, self.note
        value = e("MUL", self.company.mark, e("RSUBK", f"{n}.discount", k=1.0))
        if note.cap is not None:
            value = e("MIN", value, f"{n}.cap")
        price = self.bench.table.price(value, dilution)
        go = e.all(where, e("GTK", self.claim, k=0.0), e("GTK", price, k=0.0))
        self.block.add(go, e("DIV", self.claim, price))
        self._end(go)

    def _end(self, where: str) -> None:
        for slot in (self.claim, self.principal):
            self.e.do("KEEP", slot, where, self.e("SET", k=0.0))

    def exit(self, t: int, policy: ExitPolicy) -> None:
        """Sell what it has become."""
        self.block.exit(t, policy)

    def pay(self, t: int) -> None:
        """Repay it when it matures, even if that exhausts the cash; then draw it."""
        e, n, note = self.e, self.note.id, self.note
        with e.clause(n):
            if t > 0 and note.at_maturity == "repay":
                ends = e.all(self._matured(t), self.company.solvent, f"done.{n}")
                self._return(self.company.cash, note.lender, e("MSK", ends, self.claim), "loans")
                self._end(ends)
            due, last = max(self.grid.step_of(note.drawn), 0), self.grid.count
            if note.expires is not None:
                last = self.grid.step_of(note.expires)
            if not due <= t <= last:
                return
            may = e("ANDN", self.company.solvent, f"done.{n}")
            if self._truth:
                may = e("AND", may, self._truth)
            amount = e("MSK", may, f"{n}.amount")
            self._invest(note.lender, amount)
            e.do("ACC", self.claim, amount)
            e.do("ACC", self.principal, amount)
            e.do("STAMP", f"step.{n}", may, k=float(t))
            e.do("LATCH", f"done.{n}", may)

    def claims(self) -> tuple[FailureClaim, ...]:
        """Until it converts it stands where a loan of its rank does."""
        note = self.note
        security = f"{note.id}.security" if note.rank == "secured" else ""
        return (FailureClaim(note.id, note.lender, self.claim, note.rank, security, note.obligors),)

    def stakes(self) -> tuple[tuple[str, str], ...]:
        """What it has become."""
        return ((self.note.lender, self.block.part()),)

    def taken(self, parties: tuple[str, ...]) -> tuple[str, ...]:
        """Its shares, sold or not."""
        return (self.bench.table.part(self.block.shares),) if self.note.lender in parties else ()

    def owners(self) -> tuple[str, ...]:
        """The lender."""
        return (self.note.lender,)

    def worth(self, party: str, mark: str) -> tuple[str, ...]:
        """The claim, or the shares at the mark."""
        return (self.claim, self.e("MUL", self.block.part(), mark)) if party == self.note.lender else ()

    def failure(self, failed: str) -> None:
        """Claim and shares end."""
        self._end(failed)
        self.block.end(failed)

    def promised(self) -> tuple[Promised, ...]:
        """The payment, where it waits for a condition."""
        n = self.note.id
        return self._drawn(n, self.note.lender, self.note.condition, n)

    @property
    def first(self) -> str:
        """Truth: it has been drawn."""
        return f"done.{self.note.id}"
