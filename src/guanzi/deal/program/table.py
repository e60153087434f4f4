"""The cap table: how shares that the deal itself issues dilute everybody, and what a block of them is worth."""

from __future__ import annotations

from guanzi.deal.program.company import CompanySlots, ExitPolicy
from guanzi.deal.program.representation import Emitter
from guanzi.deal.terms import Grid


class CapTable:
    """Shares in units of all shares at signing, fully diluted by the instalments: there are 1 / dilution of them.

    What the deal issues later (notes that convert, warrants, shares against dilution, ratchets) comes on top. Where a
    deal has none of these, the table emits nothing.
    """

    def __init__(self, emitter: Emitter, company: CompanySlots) -> None:
        self.e, self.company = emitter, company
        self.issued: list[str] = []

    def issue(self, name: str) -> str:
        """Declare a slot of shares that an instrument issues."""
        self.issued.append(self.e.number(name))
        return name

    def whole(self, dilution: str = "") -> str:
        """All shares over those without what the deal issues; at another dilution where one is given."""
        e = self.e
        total = e.sum(e("SET", k=0.0), *self.issued)
        return e("ADDK", e("MUL", total, dilution or self.company.dilution), k=1.0)

    def part(self, shares: str) -> str:
        """The part of the issuer that some shares are."""
        e = self.e
        return self.diluted(e("MUL", shares, self.company.dilution))

    def diluted(self, part: str) -> str:
        """A part of the issuer after what the deal has issued."""
        return self.e("DIV", part, self.whole()) if self.issued else part

    def price(self, value: str, dilution: str) -> str:
        """Price of one share when all of them are worth ``value``."""
        e = self.e
        price = e("MUL", value, dilution)
        return e("DIV", price, self.whole(dilution)) if self.issued else price


class Listing:
    """Remembers the step of the listing. Slots: ``<name>.listing_step``, ``<name>.listing_seen``."""

    def __init__(self, name: str, emitter: Emitter, company: CompanySlots, grid: Grid) -> None:
        self.name, self.e, self.company, self.grid = name, emitter, company, grid
        self.known = "listed" in company.observables
        if self.known:
            emitter.number(f"{name}.listing_step")
            emitter.truth(f"{name}.listing_seen")

    def watch(self, t: int) -> None:
        """Note the listing in its step."""
        if not self.known:
            return
        e = self.e
        new = e("ANDN", self.company.observables["listed"], f"{self.name}.listing_seen")
        e.do("STAMP", f"{self.name}.listing_step", new, k=float(t))
        e.do("LATCH", f"{self.name}.listing_seen", new)

    def may_sell(self, t: int, policy: ExitPolicy, held: str) -> str:
        """Truth: what is held can be sold, because the lock-up after the listing has passed."""
        e = self.e
        months = e("MULK", e("RSUBK", f"{self.name}.listing_step", k=float(t)), k=float(self.grid.months))
        passed = e("GEK", months, k=e.constant("policy.lockup_months", policy.lockup_months))
        return e.all(passed, self.company.observables["listed"], self.company.solvent, held)
