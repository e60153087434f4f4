"""Lowering of a whole term sheet, phase by phase, in the order that the meaning of a step prescribes."""

from __future__ import annotations

from datetime import date

from guanzi.terms.conditions import TierInForce
from guanzi.terms.grid import Grid
from guanzi.terms.lowering.company import CompanySlots, ExitPolicy
from guanzi.terms.lowering.conditions import ConditionLowering
from guanzi.terms.lowering.equity import EquityLowering
from guanzi.terms.lowering.events import EventsLowering
from guanzi.terms.lowering.incentives import GrantLowering, GuaranteeLowering, LandLowering
from guanzi.terms.lowering.loan import LoanLowering
from guanzi.terms.lowering.rights import CallLowering, PutLowering
from guanzi.terms.lowering.values import ValueLowering
from guanzi.terms.representation import Emitter
from guanzi.terms.sheet import TermSheet, Tier
from guanzi.terms.typing import walk


class DealLowering:
    """Emits a term sheet into a program.

    In each step the composer calls the phases in this order (see the methods page of the documentation):
    :meth:`begin` (step 0 only), :meth:`events`, :meth:`tiers_and_covenants`, :meth:`rights`, :meth:`payments`, and,
    where the company fails, :meth:`failure`.
    """

    def __init__(self, sheet: TermSheet, emitter: Emitter, company: CompanySlots, policy: ExitPolicy) -> None:
        self.sheet, self.e, self.company, self.policy = sheet, emitter, company, policy
        self.grid = grid_of(sheet)
        e = emitter
        for party in sheet.parties:
            if party.role == "issuer":
                continue
            e.account(f"acct.{party.id}")
            for name in ("paid", "returned", "recovery", "spent", "clawed"):
                e.number(f"{name}.{party.id}")
        for name in ("from.put", "from.call", "from.exit", "from.loans", "from.failure"):
            e.number(name)
        self.values = ValueLowering(e)
        self._events = EventsLowering(sheet, e, company, self.grid)
        for tier in sheet.tiers:
            e.truth(f"tier.{tier.id}")
        for covenant in sheet.covenants:
            e.truth(f"breach.{covenant.id}")
        self.equities = {q.id: EquityLowering(q, e, company, self.grid) for q in sheet.equities if q.tranches}
        self.calls = tuple(
            CallLowering(c, self.equities[c.on], e, company, self.grid) for c in sheet.calls if c.on in self.equities
        )
        self.puts = tuple(
            PutLowering(p, self.equities[p.on], e, company, self.grid, sheet.parties)
            for p in sheet.puts
            if p.on in self.equities
        )
        self.loans = tuple(LoanLowering(x, e, company, self.grid) for x in sheet.loans)
        self.grants = tuple(GrantLowering(x, e, company, self.grid) for x in sheet.grants)
        self.lands = tuple(LandLowering(x, e, company, self.grid) for x in sheet.lands)
        self.guarantees = tuple(GuaranteeLowering(x, e, company, self.grid) for x in sheet.guarantees)
        self.claims = (*(c.claim for c in self.calls), *(p.claim for p in self.puts))
        self._tiers = {x.id: ConditionLowering(f"tier.{x.id}", x.when.tree, e, company, self.grid) for x in sheet.tiers}
        self._require = {
            x.id: ConditionLowering(f"breach.{x.id}.require", x.require.tree, e, company, self.grid)
            for x in sheet.covenants
            if x.require is not None
        }
        self._until = {
            x.id: ConditionLowering(f"breach.{x.id}.until", x.until.tree, e, company, self.grid)
            for x in sheet.covenants
            if x.until is not None
        }

    def begin(self) -> None:
        """Step 0: values become slots."""
        for equity in self.equities.values():
            equity.begin(self.values)
        for call in self.calls:
            call.claim.begin(self.values, self.grid)
        for put in self.puts:
            put.claim.begin(self.values, self.grid)
            put.begin()
        for loan in self.loans:
            loan.begin(self.values)
        for grant in self.grants:
            grant.begin(self.values)
        for land in self.lands:
            land.begin(self.values)
        for guarantee in self.guarantees:
            guarantee.begin(self.values)
        self._events.begin(self.values)

    def events(self, t: int) -> None:
        """Events and promises happen in the step of their day with their probability, or in each later step again."""
        self._events.happen(t)

    def tiers_and_covenants(self, t: int) -> None:
        """Test tiers and covenants, then the conditions of rights and instalments: all before this step's payments."""
        e = self.e
        for tier in _by_dependence(self.sheet.tiers):
            with e.clause(f"tiers.{tier.id}"):
                now = e("AND", self._tiers[tier.id].at(t), self.company.solvent)
                e.do("LATCH", f"tier.{tier.id}", e("ANDN", now, f"tier.{tier.id}"))
                e.do("DROP", f"tier.{tier.id}", e("NOT", now))
        for covenant in self.sheet.covenants:
            self._covenant(covenant.id, covenant.start, t)
        for call in self.calls:
            with e.clause(call.call.id):
                call.conditions(t)
        for put in self.puts:
            remedies = [f"breach.{c.id}" for c in self.sheet.covenants if c.remedy == put.put.id]
            with e.clause(put.put.id):
                put.conditions(t, remedies)
        for equity in self.equities.values():
            equity.watch_listing(t)
            equity.conditions(t)
        for loan in self.loans:
            loan.conditions(t)
        for grant in self.grants:
            grant.conditions(t)

    def _covenant(self, name: str, start: date | None, t: int) -> None:
        if name not in self._require:
            return
        e = self.e
        with e.clause(f"covenants.{name}"):
            held = self._require[name].at(t)
            over = self._until[name].at(t) if name in self._until else None
            if start is not None and t < self.grid.step_of(start):
                return
            broken = e("ANDN", self.company.solvent, held)
            if over is not None:
                broken = e("ANDN", broken, over)
            e.do("LATCH", f"breach.{name}", broken)

    def rights(self, t: int) -> None:
        """Claims accrue; calls, then puts, are exercised at the mark of the step before; what is due is served."""
        for claim in self.claims:
            claim.accrue()
        for put in self.puts:
            put.serve()
        if t == 0:
            return
        for call in self.calls:
            call.exercise(self.puts)
        for put in self.puts:
            put.exercise()
        for equity in self.equities.values():
            equity.exit(t, self.policy)

    def payments(self, t: int) -> None:
        """Instalments, contributions and loans; then what is given, and what is served."""
        for equity in self.equities.values():
            equity.pay(t)
        for loan in self.loans:
            loan.serve(t)
            loan.draw(t)
        for grant in self.grants:
            grant.pay(t)
        for land in self.lands:
            land.pay(t)
        for claim in self.claims:
            claim.add_payments()

    def recoveries(self, t: int) -> None:
        """What each public party would recover if the company failed now, by rank.

        Secured loans from their part of the assets; then, in proportion, the issuer's creditors, unsecured loans, what
        secured loans still miss, and claims due from a put; then subordinated loans; then shares.
        """
        e, company = self.e, self.company
        for party in self._holders:
            e.do("SET", f"recovery.{party}", k=0.0)
        secured = [x for x in self.loans if x.loan.rank == "secured"]
        pari: list[tuple[str, str]] = [(f"{p.put.id}.due.{h}", h) for p in self.puts for h in p.holders]
        pari += [(x.outstanding, x.loan.lender) for x in self.loans if x.loan.rank == "unsecured"]
        estate = e("COPY", company.estate)
        for x in secured:
            pledged = e("MUL", company.estate, f"{x.loan.id}.security")
            got = e("MIN", x.outstanding, e("MIN", pledged, estate))
            e.do("ACC", f"recovery.{x.loan.lender}", got)
            estate = e("SUB", estate, got)
            pari.append((e("SUB", x.outstanding, got), x.loan.lender))
        claims = e.sum(e("COPY", company.ahead), *(slot for slot, _ in pari))
        ratio = e("MINK", e("DIV", estate, claims), k=1.0)
        for slot, party in pari:
            e.do("ACC", f"recovery.{party}", e("MUL", slot, ratio))
        left = e("MAXK", e("SUB", estate, claims), k=0.0)
        for x in self.loans:
            if x.loan.rank == "subordinated":
                got = e("MIN", x.outstanding, left)
                e.do("ACC", f"recovery.{x.loan.lender}", got)
                left = e("SUB", left, got)
        for equity in self.equities.values():
            for h in equity.holders:
                e.do("ACC", f"recovery.{h}", e("MUL", equity.stake(h), left))
        for guarantee in self.guarantees:
            guarantee.expose(t, ratio)

    def incentives_at_stake(self) -> str:
        """What was given and would be lost if the company failed now, guarantees included."""
        e = self.e
        spent = e.sum(e("SET", k=0.0), *(f"spent.{p}" for p in self.sheet.public))
        back = e.sum(
            e("SET", k=0.0), *(f"clawed.{p}" for p in self.sheet.public), *(x.value_back() for x in self.lands)
        )
        called = e.sum(e("SET", k=0.0), *(f"{x.guarantee.id}.exposure" for x in self.guarantees))
        return e("ADD", e("SUB", spent, back), called)

    def first_paid(self) -> str:
        """Truth: an instalment of the deal has been paid in an earlier step."""
        firsts = [q.first for q in self.equities.values()] + [f"done.{x.loan.id}" for x in self.loans]
        return self.e.any(self.e("SETT", k=0.0), *firsts)

    @property
    def _holders(self) -> tuple[str, ...]:
        names = [h for q in self.equities.values() for h in q.holders]
        names += [h for p in self.puts for h in p.holders]
        names += [x.loan.lender for x in self.loans]
        return tuple(dict.fromkeys(names))

    def failure(self, failed: str) -> None:
        """Where the company fails, the estate pays the recoveries; every stake and claim ends."""
        e, company = self.e, self.company
        with e.clause("failure"):
            for h in self._holders:
                amount = e("MSK", failed, f"recovery.{h}")
                e.do("XFER", company.cash, f"acct.{h}", amount)
                e.do("ACC", f"returned.{h}", amount)
                e.do("ACC", "from.failure", amount)
            for equity in self.equities.values():
                e.do("DROP", equity.open, failed)
            gone = [f"{p.put.id}.due.{h}" for p in self.puts for h in p.holders]
            for slot in (*gone, *(x.outstanding for x in self.loans)):
                e.do("KEEP", slot, failed, e("SET", k=0.0))
            for land in self.lands:
                land.failure(failed)
        for guarantee in self.guarantees:
            guarantee.failure(failed)

    def stake_value(self, holder: str, mark: str) -> str:
        """Value of a holder's stakes, of what is due to it and of its loans, at a mark of the issuer's equity."""
        e = self.e
        parts = [e("MUL", q.stake(holder), mark) for q in self.equities.values() if holder in q.holders]
        parts += [f"{p.put.id}.due.{holder}" for p in self.puts if holder in p.holders]
        parts += [x.outstanding for x in self.loans if x.loan.lender == holder]
        return e.sum(e("SET", k=0.0), *parts)


def _by_dependence(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    """Tiers so ordered that each comes after those its condition names; the parser refuses circles."""
    by_id = {x.id: x for x in tiers}
    ordered: dict[str, Tier] = {}

    def place(tier: Tier) -> None:
        for x in walk(tier.when.tree):
            if isinstance(x, TierInForce) and x.tier in by_id and x.tier not in ordered:
                place(by_id[x.tier])
        ordered.setdefault(tier.id, tier)

    for tier in tiers:
        place(tier)
    return tuple(ordered.values())


def grid_of(sheet: TermSheet) -> Grid:
    """The grid on which a term sheet is simulated."""
    return Grid(sheet.signed, sheet.step, sheet.horizon * 12 // sheet.step)
