"""The waterfall: who would get what if the company failed now, by security, rank and liquidation preference."""

from __future__ import annotations

from collections.abc import Sequence

from guanzi.deal.program.equity import EquityLowering
from guanzi.deal.program.guarantee import GuaranteeLowering
from guanzi.deal.program.instrument import Bench, FailureClaim, InstrumentLowering
from guanzi.deal.program.preference import share_out


class Waterfall:
    """Fills ``recovery.<party>`` in every step, and pays it where the company fails.

    Secured claims are paid from their pledged part of the assets. Then, in proportion, the issuer's creditors,
    unsecured claims, and what secured ones still miss. Then subordinated claims, in proportion. Then shares:
    liquidation preferences by seniority, and what is left to the ordinary shares and those that take part or convert.
    """

    def __init__(self, bench: Bench, instruments: Sequence[InstrumentLowering]) -> None:
        self.bench, self.e = bench, bench.e
        self.instruments = instruments
        self.claims = tuple(claim for x in instruments for claim in x.claims())
        for claim in self.claims:
            if claim.obligors:
                bench.e.number(f"{claim.id}.backed")
                for o in claim.obligors:
                    bench.pocket(o)
                    bench.e.number(f"{claim.id}.backed.{o}")
        self.guarantees = tuple(g.guarantee for g in instruments if isinstance(g, GuaranteeLowering))
        self.covered = {g.debt: f"guaranteed.{g.lender}" for g in self.guarantees if g.debt}
        for slot in (*(f"{id}.{what}" for id in self.covered for what in ("missing", "open")), *self.covered.values()):
            bench.e.number(slot)
        self.parties = tuple(dict.fromkeys(self._named()))
        givers = dict.fromkeys(c.party for c in self.claims if c.given)
        self.recouped = [bench.e.number(f"recouped.{p}") for p in givers]

    def _named(self) -> list[str]:
        return [p for x in self.instruments for p in x.owners()] + [c.party for c in self.claims if not c.given]

    def reckon(self, t: int) -> None:
        """What each party would recover, and what guarantees would be called for."""
        e, company = self.e, self.bench.company
        for party in self.parties:
            e.do("SET", f"recovery.{party}", k=0.0)
        for slot in self.recouped:
            e.do("SET", slot, k=0.0)
        pari = [c for c in self.claims if c.rank == "unsecured"]
        missing: list[tuple[FailureClaim, str]] = [(c, c.amount) for c in pari]
        got: dict[str, str] = {}
        estate = e("COPY", company.estate)
        for claim in (c for c in self.claims if c.rank == "secured"):
            pledged = e("MUL", company.estate, claim.security)
            part = e("MIN", claim.amount, e("MIN", pledged, estate))
            e.do("ACC", f"recovery.{claim.party}", part)
            got[claim.id] = part
            estate = e("SUB", estate, part)
            missing.append((claim, e("SUB", claim.amount, part)))
        total = e.sum(e("COPY", company.ahead), *(slot for _, slot in missing))
        ratio = e("MINK", e("DIV", estate, total), k=1.0)
        for claim, slot in missing:
            part = e("MUL", slot, ratio)
            e.do("ACC", f"recouped.{claim.party}" if claim.given else f"recovery.{claim.party}", part)
            if claim.obligors or claim.id in self.covered:
                got[claim.id] = e("ADD", got[claim.id], part) if claim.id in got else part
        left = e("MAXK", e("SUB", estate, total), k=0.0)
        left = self._subordinated(left, got)
        pockets: dict[str, str] = {}
        for claim in self.claims:
            if claim.obligors:
                self._backed(claim, got[claim.id], pockets)
            if claim.id in self.covered:
                self._uncovered(claim, got[claim.id])
        self._shares(left)
        for slot in self.covered.values():
            e.do("SET", slot, k=0.0)
        for x in self.instruments:
            x.expose(t, ratio)
        for g in self.guarantees:
            if g.debt:
                e.do("ACC", self.covered[g.debt], f"{g.id}.exposure")
                e.do("ACC", f"recovery.{g.lender}", f"{g.id}.exposure")

    def _subordinated(self, left: str, got: dict[str, str]) -> str:
        """Subordinated claims share what is left in proportion."""
        e = self.e
        junior = [c for c in self.claims if c.rank == "subordinated"]
        if not junior:
            return left
        total = e.sum(e("COPY", junior[0].amount), *(c.amount for c in junior[1:]))
        ratio = e("MINK", e("DIV", left, total), k=1.0)
        for claim in junior:
            part = e("MUL", claim.amount, ratio)
            e.do("ACC", f"recovery.{claim.party}", part)
            got[claim.id] = part
        return e("MAXK", e("SUB", left, total), k=0.0)

    def _backed(self, claim: FailureClaim, got: str, pockets: dict[str, str]) -> None:
        """What obligors beside the issuer make good; ``pockets``: what is left of each after earlier claims."""
        e = self.e
        missing = e("MAXK", e("SUB", claim.amount, got), k=0.0)
        e.do("SET", f"{claim.id}.backed", k=0.0)
        for o in claim.obligors:
            left = pockets.get(o, self.bench.pocket(o))
            part = e("MIN", missing, left)
            pockets[o] = e("SUB", left, part)
            e.do("COPY", f"{claim.id}.backed.{o}", part)
            e.do("ACC", f"{claim.id}.backed", part)
            e.do("ACC", f"recovery.{claim.party}", part)
            missing = e("SUB", missing, part)

    def _uncovered(self, claim: FailureClaim, got: str) -> None:
        """What the lender of a guaranteed debt misses once obligors have paid: guarantees cover parts of it."""
        e = self.e
        missing = e("SUB", claim.amount, got)
        missing = e("SUB", missing, f"{claim.id}.backed") if claim.obligors else missing
        e.do("MAXK", f"{claim.id}.missing", missing, k=0.0)
        e.do("COPY", f"{claim.id}.open", f"{claim.id}.missing")

    def _shares(self, left: str) -> None:
        """What is left belongs to the shares."""
        e = self.e
        common = [stake for x in self.instruments for stake in x.stakes()]
        preferred = [found for x in self.instruments if (found := x.preferred()) is not None]
        if not preferred:
            for party, part in common:
                e.do("ACC", f"recovery.{party}", e("MUL", part, left))
            return
        value = share_out(e, left, preferred)
        for party, part in common:
            e.do("ACC", f"recovery.{party}", e("MUL", part, value))
        for class_ in preferred:
            for party, amount in class_.divided():
                e.do("ACC", f"recovery.{party}", amount)

    def sale(self) -> None:
        """Where the company is sold, its buyer pays preferred shares by their preference, at the mark."""
        e, company = self.e, self.bench.company
        sold = {x: truth for x in self.instruments if isinstance(x, EquityLowering) and (truth := x.sold)}
        if not sold:
            return
        classes = {x: found for x in self.instruments if (found := x.preferred()) is not None}
        share_out(e, e("COPY", company.mark), list(classes.values()))
        for equity, truth in sold.items():
            with e.clause(f"{equity.name}.sale"):
                for party, amount in classes[equity].divided():
                    paid = e("MSK", truth, amount)
                    e.do("XFER", company.market, f"acct.{party}", paid)
                    e.do("ACC", f"returned.{party}", paid)
                    e.do("ACC", "from.exit", paid)
                e.do("DROP", equity.open, truth)

    def pay(self, failed: str) -> None:
        """Where the company fails, the estate pays the recoveries, and obligors what they back."""
        e, company = self.e, self.bench.company
        backed = {c.party: [f"{x.id}.backed" for x in self.claims if x.obligors and x.party == c.party]
                  for c in self.claims if c.obligors}  # fmt: skip
        for slot in dict.fromkeys(self.covered.values()):
            backed.setdefault(slot.removeprefix("guaranteed."), []).append(slot)
        for party in self.parties:
            due = f"recovery.{party}"
            if party in backed:
                due = e("MAXK", e("SUB", due, e.sum(e("COPY", backed[party][0]), *backed[party][1:])), k=0.0)
            amount = e("MSK", failed, due)
            e.do("XFER", company.cash, f"acct.{party}", amount)
            e.do("ACC", f"returned.{party}", amount)
            e.do("ACC", "from.failure", amount)
        for slot in self.recouped:
            amount = e("MSK", failed, slot)
            party = slot.removeprefix("recouped.")
            e.do("XFER", company.cash, f"acct.{party}", amount)
            e.do("ACC", f"clawed.{party}", amount)
        for claim in self.claims:
            for o in claim.obligors:
                amount = e("MSK", failed, f"{claim.id}.backed.{o}")
                e.do("XFER", f"acct.{o}", f"acct.{claim.party}", amount)
                e.do("ACC", f"returned.{claim.party}", amount)
                e.do("ACC", "from.failure", amount)
                e.do("ACC", self.bench.pocket(o), e("NEG", amount))
