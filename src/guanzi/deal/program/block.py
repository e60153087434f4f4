"""A block of ordinary shares that one party got by a note, a warrant or a ratchet."""

from __future__ import annotations

from guanzi.deal.program.company import ExitPolicy
from guanzi.deal.program.instrument import Bench
from guanzi.deal.program.table import Listing


class ShareBlock:
    """Shares of one party. Slots: ``<name>.shares``, ``<name>.held``.

    ``issued``: they are new and dilute everybody; otherwise another holder gives its own.
    """

    def __init__(self, name: str, party: str, bench: Bench, *, issued: bool = True) -> None:
        self.name, self.party, self.bench, self.e = name, party, bench, bench.e
        self.shares = bench.table.issue(f"{name}.shares") if issued else bench.e.number(f"{name}.shares")
        self.held = bench.e.truth(f"{name}.held", True)
        self._listing = Listing(name, bench.e, bench.company, bench.grid)

    def watch(self, t: int) -> None:
        """Note the listing in its step."""
        self._listing.watch(t)

    def add(self, where: str, shares: str) -> None:
        """Issue shares where the truth holds."""
        self.e.do("ACC", self.shares, self.e("MSK", where, shares))

    def part(self) -> str:
        """The part of the issuer that the party holds through it."""
        return self.e("MSK", self.held, self.bench.table.part(self.shares))

    def exit(self, t: int, policy: ExitPolicy) -> None:
        """Sell it at a discount once the lock-up after the listing has passed."""
        if not self._listing.known:
            return
        e, company = self.e, self.bench.company
        with e.clause(f"{self.name}.exit"):
            owned = e("AND", self.held, e("GTK", self.shares, k=0.0))
            sell = self._listing.may_sell(t, policy, owned)
            price = e("MULK", e("MUL", self.part(), company.mark), k=e.constant("policy.kept", 1.0 - policy.discount))
            amount = e("MSK", sell, price)
            e.do("XFER", company.market, f"acct.{self.party}", amount)
            e.do("ACC", f"returned.{self.party}", amount)
            e.do("ACC", "from.exit", amount)
            e.do("DROP", self.held, sell)

    def end(self, failed: str) -> None:
        """The shares are worth nothing any more."""
        self.e.do("DROP", self.held, failed)
