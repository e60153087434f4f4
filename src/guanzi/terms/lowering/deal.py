"""Lowering of a whole term sheet, phase by phase, in the order that the meaning of a step prescribes."""

from __future__ import annotations

from datetime import date

from guanzi.terms.conditions import TierInForce
from guanzi.terms.grid import Grid
from guanzi.terms.lowering.company import CompanySlots, ExitPolicy
from guanzi.terms.lowering.conditions import ConditionLowering
from guanzi.terms.lowering.equity import EquityLowering
from guanzi.terms.lowering.rights import CallLowering, PutLowering
from guanzi.terms.lowering.values import ValueLowering
from guanzi.terms.representation import Emitter
from guanzi.terms.sheet import TermSheet, Tier
from guanzi.terms.typing import walk

EVENT_STREAM = 64
"""Streams from here to 127 belong to the events of the sheet; each stream gives two uniforms."""


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
            for name in ("paid", "returned", "recovery"):
                e.number(f"{name}.{party.id}")
        for name in ("from.put", "from.call", "from.exit", "from.failure"):
            e.number(name)
        self.values = ValueLowering(e)
        for event in sheet.events:
            e.truth(f"done.{event.id}")
            e.truth(f"event.{event.id}")
            e.number(f"step.{event.id}")
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
        for event in self.sheet.events:
            self.values.slot(f"event.{event.id}.probability", event.probability)

    def events(self, t: int) -> None:
        """Events happen in the step of their due day with their probability, or in each later step again."""
        e = self.e
        for i, event in enumerate(self.sheet.events):
            if t < max(self.grid.step_of(event.due), 0):
                continue
            block, second = divmod(i, 2)
            stem = f"eventdraw{block}"
            if f"{stem}.z0" not in e.program.numbers:
                for part in ("z0", "z1", "u0", "u1"):
                    e.number(f"{stem}.{part}")
            with e.clause(f"events.{event.id}"):
                e.do("DRAW", f"{stem}.z0", k=float(EVENT_STREAM + block))
                happens = e("GT", f"event.{event.id}.probability", f"{stem}.u{second}")
                new = e("ANDN", e("AND", happens, self.company.solvent), f"done.{event.id}")
                e.do("STAMP", f"step.{event.id}", new, k=float(t))
                e.do("LATCH", f"done.{event.id}", new)
                e.do("LATCH", f"event.{event.id}", new)

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
        """Instalments and contributions."""
        for equity in self.equities.values():
            equity.pay(t)
        for claim in self.claims:
            claim.add_payments()

    def recoveries(self) -> None:
        """What each holder would recover if the company failed now: claims due beside creditors, shares after them."""
        e, company = self.e, self.company
        for party in self._holders:
            e.do("SET", f"recovery.{party}", k=0.0)
        dues = [f"{p.put.id}.due.{h}" for p in self.puts for h in p.holders]
        due = e.sum(e("SET", k=0.0), *dues)
        claims = e("ADD", company.ahead, due)
        ratio = e("MINK", e("DIV", company.estate, claims), k=1.0)
        left = e("MAXK", e("SUB", company.estate, claims), k=0.0)
        for put in self.puts:
            for h in put.holders:
                e.do("ACC", f"recovery.{h}", e("MUL", f"{put.put.id}.due.{h}", ratio))
        for equity in self.equities.values():
            for h in equity.holders:
                e.do("ACC", f"recovery.{h}", e("MUL", equity.stake(h), left))

    def first_paid(self) -> str:
        """Truth: an instalment of the deal has been paid in an earlier step."""
        return self.e.any(*(q.first for q in self.equities.values()))

    @property
    def _holders(self) -> tuple[str, ...]:
        names = [h for q in self.equities.values() for h in q.holders]
        names += [h for p in self.puts for h in p.holders]
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
            for put in self.puts:
                for h in put.holders:
                    e.do("KEEP", f"{put.put.id}.due.{h}", failed, e("SET", k=0.0))

    def stake_value(self, holder: str, mark: str) -> str:
        """Value of a holder's stakes and of what is due to it, at a mark of the issuer's equity."""
        e = self.e
        parts = [e("MUL", q.stake(holder), mark) for q in self.equities.values() if holder in q.holders]
        parts += [f"{p.put.id}.due.{holder}" for p in self.puts if holder in p.holders]
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
