"""Anti-dilution: what protected shares get on top when a later round is cheaper than they were.

The price at which they convert starts at what was paid for one share and falls with a cheaper round: to the price of
that round (full ratchet), or to the average of both prices, weighted by all shares before the round and the new ones
(broad-based weighted average: CP2 = CP1 x (A + B) / (A + C), A shares before the round, B shares that its money would
have bought at CP1, C shares that it did buy).

Source: National Venture Capital Association, *Model Certificate of Incorporation*, article on adjustments of the
conversion price upon the issuance of additional shares.
"""

from __future__ import annotations

from guanzi.deal.program.instrument import Bench
from guanzi.deal.terms import Equity


class DilutionGuard:
    """The protection of one stake.

    Slots: ``<stake>.entry`` (first price), ``<stake>.price`` (present one), ``<stake>.ratio`` (first over present),
    ``<stake>.extra`` (shares got on top), ``<stake>.before`` (dilution of the step before).
    """

    def __init__(self, equity: Equity, bench: Bench) -> None:
        self.bench, self.e, self.name = bench, bench.e, equity.id
        self.holders, self.full = tuple(equity.holders), equity.anti_dilution == "full"
        for slot in ("entry", "price"):
            bench.e.number(f"{self.name}.{slot}")
        self.ratio = bench.e.number(f"{self.name}.ratio", 1.0)
        bench.e.number(f"{self.name}.before", 1.0)
        self.extra = bench.table.issue(f"{self.name}.extra")

    def begin(self) -> None:
        """Step 0: the price is all the money over all the shares."""
        e, n = self.e, self.name
        money = e.sum(e("SET", k=0.0), *(f"{n}.committed.{h}" for h in self.holders))
        shares = e.sum(e("SET", k=0.0), *(f"{n}.share.{h}" for h in self.holders))
        e.do("DIV", f"{n}.entry", money, shares)
        e.do("COPY", f"{n}.price", f"{n}.entry")
        e.do("COPY", f"{n}.before", self.bench.company.dilution)

    def adjust(self) -> None:
        """Begin of a step: a round since the step before, at a lower price, lowers the price of conversion."""
        e, n, company, table = self.e, self.name, self.bench.company, self.bench.table
        grown = e("ADDK", e("DIV", f"{n}.before", company.dilution), k=-1.0)
        price = table.price(company.mark, f"{n}.before")
        cheaper = e.all(e("GTK", grown, k=0.0), e("GT", f"{n}.price", price), e("GTK", price, k=0.0))
        new = price
        if not self.full:
            weight = e("DIV", grown, e("ADD", table.whole(f"{n}.before"), grown))
            new = e("ADD", e("MUL", f"{n}.price", e("RSUBK", weight, k=1.0)), e("MUL", price, weight))
        e.do("KEEP", f"{n}.price", cheaper, new)
        e.do("KEEP", self.ratio, cheaper, e("DIV", f"{n}.entry", f"{n}.price"))
        e.do("COPY", f"{n}.before", company.dilution)

    def count(self) -> None:
        """End of a step: the shares that the holders have got on top of those they paid for."""
        e, n = self.e, self.name
        more = e("ADDK", self.ratio, k=-1.0)
        held = e("SET", k=0.0)
        for h in self.holders:
            paid = e("DIV", f"{n}.paid.{h}", f"{n}.committed.{h}")
            held = e("ADD", held, e("MUL", e("MUL", paid, f"{n}.share.{h}"), f"{n}.part.{h}"))
        e.do("MUL", self.extra, held, more)
