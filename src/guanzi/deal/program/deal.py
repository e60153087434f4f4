"""Lowering of a whole term sheet, phase by phase, in the order that the meaning of a step prescribes."""

from __future__ import annotations

from guanzi.deal.program.call import CallLowering
from guanzi.deal.program.company import CompanySlots, ExitPolicy
from guanzi.deal.program.conditions import ConditionLowering
from guanzi.deal.program.equity import EquityLowering
from guanzi.deal.program.events import EventsLowering
from guanzi.deal.program.instrument import Bench, InstrumentLowering, Promised
from guanzi.deal.program.put import PutLowering
from guanzi.deal.program.registry import lower
from guanzi.deal.program.representation import Emitter
from guanzi.deal.program.table import CapTable
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.program.waterfall import Waterfall
from guanzi.deal.terms import Covenant, Grid, TermSheet, Tier, TierInForce, walk

SOURCES = ("put", "call", "exit", "loans", "failure")
"""How money comes back to those who put it in."""


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
        self.values = ValueLowering(e)
        self._events = EventsLowering(sheet, e, company, self.grid)
        for tier in sheet.tiers:
            e.truth(f"tier.{tier.id}")
        for covenant in sheet.covenants:
            e.truth(f"breach.{covenant.id}")
            if covenant.cure:
                e.number(f"uncured.{covenant.id}")
        self.bench = Bench(e, company, self.grid, sheet, CapTable(e, company))
        self.instruments = lower(sheet, self.bench)
        more = (source for x in self.instruments for source in x.sources)
        self.sources = tuple(dict.fromkeys((*SOURCES, *more)))
        for source in self.sources:
            e.number(f"from.{source}")
        self.puts = tuple(x for x in self.instruments if isinstance(x, PutLowering))
        self._calls = tuple(x for x in self.instruments if isinstance(x, CallLowering))
        self._waterfall = Waterfall(self.bench, self.instruments)
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
        for instrument in self._by_right():
            instrument.begin(self.values)
        for party, limit in self.bench.pockets.items():
            self.e.do("SET", f"capacity.{party}", k=self.e.constant(f"limit.{party}", limit))
        self._events.begin(self.values)

    def events(self, t: int) -> None:
        """Events and promises happen in the step of their day with their probability, or in each later step again."""
        self._events.happen(t)

    def tiers_and_covenants(self, t: int) -> None:
        """Test tiers and covenants, then the conditions of rights and instalments: all before this step's payments."""
        e = self.e
        for tier in order_tiers(self.sheet.tiers):
            with e.clause(f"tiers.{tier.id}"):
                now = e("AND", self._tiers[tier.id].at(t), self.company.solvent)
                e.do("LATCH", f"tier.{tier.id}", e("ANDN", now, f"tier.{tier.id}"))
                e.do("DROP", f"tier.{tier.id}", e("NOT", now))
        for covenant in self.sheet.covenants:
            self._covenant(covenant, t)
        for instrument in self._by_right():
            instrument.conditions(t)

    def _by_right(self) -> tuple[InstrumentLowering, ...]:
        """Instruments, calls before puts: the order in which rights are tested and exercised."""
        rights = (*self._calls, *self.puts)
        others = [x for x in self.instruments if x not in rights]
        first = sum(isinstance(x, EquityLowering) for x in others)
        return (*others[:first], *rights, *others[first:])

    def _covenant(self, covenant: Covenant, t: int) -> None:
        name, start = covenant.id, covenant.start
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
            for kept in self._events.kept(name, t):
                broken = e("AND", broken, kept)
            if covenant.cure:  # tested anew until the period is over: it fails in the first step, and in each of these
                e.do("COUNT", f"uncured.{name}", broken)
                broken = e("GEK", f"uncured.{name}", k=float(self.grid.steps(covenant.cure) + 1))
            e.do("LATCH", f"breach.{name}", broken)

    def rights(self, t: int) -> None:
        """Claims accrue; calls, then puts, are exercised at the mark of the step before; what is due is served."""
        ordered = self._by_right()
        for instrument in ordered:
            instrument.accrue(t)
        for instrument in ordered:
            instrument.serve(t)
        if t == 0:
            return
        for instrument in ordered:
            instrument.exercise(t)
        self._waterfall.sale()
        for instrument in ordered:
            instrument.exit(t, self.policy)

    def payments(self, t: int) -> None:
        """Instalments, contributions and loans; then what is given, and what is served."""
        ordered = self._by_right()
        for instrument in ordered:
            instrument.pay(t)
        for instrument in ordered:
            instrument.settle(t)

    def recoveries(self, t: int) -> None:
        """What each party would recover if the company failed now: see :class:`Waterfall`."""
        self._waterfall.reckon(t)

    def incentives_at_stake(self, *parties: str) -> str:
        """What parties gave and would lose if the company failed now, guarantees included."""
        e = self.e
        spent = e.sum(e("SET", k=0.0), *(f"spent.{p}" for p in parties))
        values = [slot for x in self.instruments for party, slot in x.value_back() if party in parties]
        values += [slot for slot in self._waterfall.recouped if slot.removeprefix("recouped.") in parties]
        back = e.sum(e("SET", k=0.0), *(f"clawed.{p}" for p in parties), *values)
        exposed = (slot for x in self.instruments for party, slot in x.exposure() if party in parties)
        return e("ADD", e("SUB", spent, back), e.sum(e("SET", k=0.0), *exposed))

    def promised(self) -> tuple[Promised, ...]:
        """Payments of public parties that wait for a condition, asked after the last step."""
        return tuple(promise for x in self.instruments for promise in x.promised())

    def draws(self, t: int) -> str:
        """Truth: from this step on the deal draws the company to the region.

        Money that is invested or lent draws it once a first part was paid in an earlier step. A deal that only supports
        draws it from the step after signing: a grant that is paid for jobs comes after the jobs, not before them.
        """
        invested = [x.first for x in self.instruments if x.first]
        if not invested:
            return self.e("SETT", k=float(t > 0))
        return self.e.any(self.e("SETT", k=0.0), *invested)

    def failure(self, failed: str) -> None:
        """Where the company fails, the estate pays the recoveries; every stake and claim ends."""
        with self.e.clause("failure"):
            self._waterfall.pay(failed)
            for instrument in self.instruments:
                instrument.failure(failed)

    def stake_value(self, holder: str, mark: str) -> str:
        """Value of a holder's stakes, of what is due to it and of its loans, at a mark of the issuer's equity."""
        e = self.e
        return e.sum(e("SET", k=0.0), *(slot for x in self.instruments for slot in x.worth(holder, mark)))

    def left_to_others(self) -> str:
        """Part of the issuer that those who own it at signing keep: neither the public side's nor sold by it."""
        e = self.e
        taken = [slot for x in self.instruments for slot in x.taken(self.sheet.public)]
        whole = self.bench.table.diluted(self.company.dilution)
        return e("MAXK", e("SUB", whole, e.sum(e("SET", k=0.0), *taken)), k=0.0)

    def claims_on_issuer(self) -> str:
        """What the deal's rights and loans still ask of the issuer, ahead of its shares."""
        amounts = (claim.amount for x in self.instruments for claim in x.claims())
        return self.e.sum(self.e("SET", k=0.0), *amounts)


def order_tiers(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
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
