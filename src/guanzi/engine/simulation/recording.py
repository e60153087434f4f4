"""What is recorded of each path: distributions over time, flows of the accounts, and outputs."""

from __future__ import annotations

from dataclasses import replace

from guanzi.deal.program import CompanySlots, DealLowering, Emitter
from guanzi.deal.terms import QUARTER
from guanzi.engine.company import WITH, WITHOUT, EffectRecorder, Policy

MOVED = ("paid", "returned", "spent", "clawed")
"""What a public party pays into instruments, gets out of them, gives, and gets back of what it gave."""
STEPS = ("failed_step", "distress_step")
"""When a company was liquidated, and when no price cleared for the first time, whatever became of it."""
YEARLY = ("units", "revenue")
"""Flows whose calendar years are recorded; the year of signing counts its quarters before signing."""


class Recorder:
    """Emits what is recorded: distributions over time, flows of the accounts, and outputs of each path."""

    def __init__(
        self, e: Emitter, deal: DealLowering, policy: Policy, with_slots: CompanySlots, without_slots: CompanySlots
    ) -> None:
        self.e, self.deal, self.policy, self.grid = e, deal, replace(policy, effects=None), deal.grid
        self.slots = {WITH: with_slots, WITHOUT: without_slots}
        self.public = deal.sheet.public
        for name in ("irr", "irr_status"):
            e.number(f"fund.{name}")
        for name in ("npv", "cumulative", "peak", "payback", "claim_at_failure", "recovered_at_failure",
                     "paid_before_new_tier"):  # fmt: skip
            e.number(f"fund.{name}", -1.0 if name == "payback" else 0.0)
        e.truth("fund.repaid")
        self.private = tuple(p.id for p in deal.sheet.parties if p.role == "holder")
        for party in self.private:
            e.number(f"before.acct.{party}")
        for name in ("public.npv", "holders.npv", "holders.npv_without"):
            e.number(name)
        e.number("budget.npv")
        for year in self.grid.years:
            for name in ("budget.outlay", "budget.receipt", "public.outlay", "public.receipt"):
                e.number(f"{name}.{year}")
        for name in YEARLY:
            e.number(f"year.{name}")
        for w in (WITH, WITHOUT):
            for name in STEPS:
                e.number(f"{w}.{name}", -1.0)
            e.truth(f"{w}.distressed")
            for name in ("units_total", "local_total"):
                e.number(f"{w}.{name}")
        for party in self.public:
            for name in MOVED:
                e.number(f"before.{name}.{party}")
        self.new_tiers = tuple(x.id for x in deal.sheet.tiers if not x.baseline)
        for tier in self.new_tiers:
            e.number(f"fund.paid_before.{tier}")
        self.effects: EffectRecorder | None = None
        if policy.effects is not None:
            self.effects = EffectRecorder(e, self.grid, self.slots, policy.effects, policy.budget_rate)

    def _total(self, stem: str) -> str:
        return self.e.sum(self.e("SET", k=0.0), *(f"{stem}.{p}" for p in self.public))

    def before(self, t: int) -> None:
        """Before the rights and payments of a step: note what had been paid and returned."""
        e = self.e
        for party in self.public:
            for name in MOVED:
                e.do("COPY", f"before.{name}.{party}", f"{name}.{party}")
        for party in self.private:
            e.do("COPY", f"before.acct.{party}", f"acct.{party}")
        for tier in self.deal.sheet.tiers:
            e.tally(f"tier.{tier.id}@{t}", f"tier.{tier.id}")

    def losses(self, t: int) -> None:
        """What would be lost if the company failed, or left, now; over paths in which it is alive."""
        e, alive = self.e, self.slots[WITH].solvent
        paid, returned = self._total("paid"), self._total("returned")
        outstanding = e("SUB", paid, returned)
        given = self.deal.incentives_at_stake(*self.public)
        lost = e("ADD", e("SUB", outstanding, self._total("recovery")), given)
        e.histogram(f"loss_on_failure@{t}", alive, lost)
        value = e.sum(e("SET", k=0.0), *(self.deal.stake_value(p, self.slots[WITH].mark) for p in self.public))
        owned = (slot for x in self.deal.instruments for party, slot in x.owned() if party in self.public)
        kept = e("SUB", self._total("spent"), e.sum(self._total("clawed"), *owned))
        e.histogram(f"loss_on_departure@{t}", alive, e("ADD", e("SUB", outstanding, value), kept))
        if set(self.public) != {*self.policy.payers}:
            own = e("SUB", e("SUB", self._own("paid"), self._own("returned")), self._own("recovery"))
            own = e("ADD", own, self.deal.incentives_at_stake(*self.policy.payers))
            e.histogram(f"budget_loss_on_failure@{t}", alive, own)
        e.histogram(f"stake_value@{t}", alive, value)

    def failure(self, w: str, failed: str, t: int) -> None:
        """Remember when a company failed, and what the put was worth on paper at that moment."""
        e = self.e
        e.do("STAMP", f"{w}.failed_step", failed, k=float(t))
        hit = self.slots[w].distress or failed
        e.do("STAMP", f"{w}.distress_step", e("ANDN", e("OR", hit, failed), f"{w}.distressed"), k=float(t))
        e.do("LATCH", f"{w}.distressed", e("OR", hit, failed))
        if w == WITH:
            claims = [f"{p.put.id}.claim.{h}" for p in self.deal.puts for h in p.holders if h in self.public]
            dues = [f"{p.put.id}.due.{h}" for p in self.deal.puts for h in p.holders if h in self.public]
            e.do("KEEP", "fund.claim_at_failure", failed, e.sum(e("SET", k=0.0), *claims, *dues))
            e.do("KEEP", "fund.recovered_at_failure", failed, self._total("recovery"))

    def after(self, t: int) -> None:
        """End of a step: distributions, flows by year and account."""
        e, year = self.e, self.grid.year(t)
        always = e("SETT", k=1.0)
        for name in ("units", "revenue") if self.grid.closes(t) else ():
            e.histogram(f"{name}@{t}", always, self.slots[WITH].observables[name])
        self._years(t, always)
        alive = self.slots[WITH].solvent
        e.histogram(f"gross_margin@{t}", alive, self.slots[WITH].observables["gross_margin"])
        e.histogram(f"cash@{t}", alive, self.slots[WITH].cash)
        e.histogram(f"cash_without@{t}", self.slots[WITHOUT].solvent, self.slots[WITHOUT].cash)
        e.tally(f"solvent@{t}", alive)
        e.tally(f"solvent_without@{t}", self.slots[WITHOUT].solvent)
        local: dict[str, str] = {}
        for w in (WITH, WITHOUT) if self.grid.moves(t) else ():
            units, capacity = (self.slots[w].observables[name] for name in ("units", "capacity_local"))
            e.do("ACC", f"{w}.units_total", units)
            local[w] = e("MINK", e("DIV", e("MULK", capacity, k=QUARTER / 12.0), units), k=1.0)
            e.do("ACC", f"{w}.local_total", e("MUL", local[w], units))
        if self.effects is not None and local:
            self.effects.step(t, local)
        flows = [self._party_flow(p) for p in self.public]
        out = e.sum(e("SET", k=0.0), *(f[0] for f in flows))
        back = e.sum(e("SET", k=0.0), *(f[1] for f in flows))
        e.do("ACC", f"public.outlay.{year}", e("ADD", out, self._moved_by_all("spent")))
        e.do("ACC", f"public.receipt.{year}", e("ADD", back, self._moved_by_all("clawed")))
        own = [(self._party_flow(p), p) for p in self.policy.payers]
        outlay = self.e.sum(*(e("ADD", flow[0], self._moved("spent", p)) for flow, p in own))
        receipt = self.e.sum(*(e("ADD", flow[1], self._moved("clawed", p)) for flow, p in own))
        e.do("ACC", f"budget.outlay.{year}", outlay)
        e.do("ACC", f"budget.receipt.{year}", receipt)
        self._before_new_tier(out)
        self._fund(e("SUB", back, out), t)
        e.do("ACCK", "budget.npv", e("SUB", receipt, outlay), k=self._discount("budget", self.policy.budget_rate, t))

    def _years(self, t: int, always: str) -> None:
        e = self.e
        for name in YEARLY:
            slot = f"year.{name}"
            if self.grid.begins_year(t):
                e.do("SET", slot, k=0.0)
            elif t == 0:
                e.do("ACCK", slot, self.slots[WITH].before[name], k=float(self.grid.quarters_before_in_year))
            if self.grid.moves(t):
                e.do("ACC", slot, self.slots[WITH].observables[name])
            if self.grid.ends_year(t):
                e.histogram(f"{name}_year@{t}", always, slot)

    def _moved(self, name: str, party: str) -> str:
        """How much an account of a party grew in this step."""
        return self.e("SUB", f"{name}.{party}", f"before.{name}.{party}")

    def _own(self, name: str) -> str:
        """An account of all parties that pay from the budget under examination."""
        return self.e.sum(*(f"{name}.{party}" for party in self.policy.payers))

    def _moved_by_all(self, name: str) -> str:
        """How much an account of all public parties grew in this step."""
        return self.e.sum(self.e("SET", k=0.0), *(self._moved(name, p) for p in self.public))

    def _party_flow(self, party: str) -> tuple[str, str]:
        return self._moved("paid", party), self._moved("returned", party)

    def _before_new_tier(self, out: str) -> None:
        e = self.e
        bound = e.any(e("SETT", k=0.0), *(f"tier.{x}" for x in self.new_tiers))
        e.do("ACC", "fund.paid_before_new_tier", e("MSK", e("NOT", bound), out))
        for tier in self.new_tiers:
            e.do("ACC", f"fund.paid_before.{tier}", e("MSK", e("NOT", f"tier.{tier}"), out))

    def _discount(self, account: str, rate: float, t: int) -> str:
        return self.e.constant(f"discount.{account}.{t}", (1.0 + rate) ** (-t * self.grid.months / 12.0))

    def _fund(self, flow: str, t: int) -> None:
        e = self.e
        last = t == self.grid.count - 1
        if last:
            value = e.sum(e("SET", k=0.0), *(self.deal.stake_value(p, self.slots[WITH].mark) for p in self.public))
            kept = e.constant("policy.horizon_kept", 1.0 - self.policy.exit.horizon_haircut)
            e.number("fund.terminal")
            e.do("MULK", "fund.terminal", value, k=kept)
            flow = e("ADD", flow, "fund.terminal")
        discount = self._discount("fund", self.policy.hurdle, t)
        e.do("ACCK", "fund.npv", flow, k=discount)
        given, back = self._moved_by_all("spent"), self._moved_by_all("clawed")
        e.do("ACCK", "public.npv", e("ADD", flow, e("SUB", back, given)), k=discount)
        self._holders(t, discount)
        e.do("ACC", "fund.cumulative", flow)
        e.do("LOWER", "fund.peak", e("COPY", "fund.cumulative"))
        e.flow(t, flow)
        paid = e("GTK", self._total("paid"), k=0.0)
        back = e("SUB", "fund.cumulative", "fund.terminal") if last else "fund.cumulative"  # worth is no money
        new = e("ANDN", e("AND", paid, e("GEK", back, k=0.0)), "fund.repaid")
        e.do("STAMP", "fund.payback", new, k=float(t))
        e.do("LATCH", "fund.repaid", new)

    def _holders(self, t: int, discount: str) -> None:
        """Value to the other holders: what private parties get out and put in, and at the horizon their equity.

        Their part is what neither the public side nor whoever bought its stake holds; claims of the deal on the
        company, such as what is due from a put, come before it.
        """
        e, company = self.e, self.slots[WITH]
        for party in self.private:
            moved = e("SUB", f"acct.{party}", f"before.acct.{party}")
            e.do("ACCK", "holders.npv", moved, k=discount)
        if t < self.grid.count - 1:
            return
        equity = e("MAXK", e("SUB", company.mark, self.deal.claims_on_issuer()), k=0.0)
        e.do("ACCK", "holders.npv", e("MUL", self.deal.left_to_others(), equity), k=discount)
        bare = self.slots[WITHOUT]
        e.do("ACCK", "holders.npv_without", e("MUL", bare.dilution, bare.mark), k=discount)

    def epilogue(self) -> None:
        """After the last step: what is put out of each path."""
        e = self.e
        e.do("IRR", "fund.irr")
        paid, returned = self._total("paid"), self._total("returned")
        e.output("fund.paid", paid)
        e.output("fund.returned", returned)
        e.output("fund.moic", e("DIV", e("ADD", returned, "fund.terminal"), paid))
        e.output("fund.net", e("COPY", "fund.cumulative"))
        for name in ("terminal", "npv", "irr", "irr_status", "payback", "claim_at_failure", "recovered_at_failure",
                     "paid_before_new_tier"):  # fmt: skip
            e.output(f"fund.{name}", f"fund.{name}")
        for tier in self.new_tiers:
            e.output(f"fund.paid_before.{tier}", f"fund.paid_before.{tier}")
        e.output("fund.peak", e("NEG", "fund.peak"))
        for name in ("public.npv", "holders.npv", "holders.npv_without"):
            e.output(name, name)
        for source in self.deal.sources:
            e.output(f"from.{source}", f"from.{source}")
        paid, returned, spent, clawed = (self._own(name) for name in ("paid", "returned", "spent", "clawed"))
        e.output("budget.paid", e("ADD", paid, spent))
        e.output("budget.spent", spent)
        e.output("budget.clawed", clawed)
        e.output("budget.net", e("ADD", e("SUB", returned, paid), e("SUB", clawed, spent)))
        e.output("budget.npv", "budget.npv")
        worst = e("SET", k=0.0)
        for year in self.grid.years:
            for name in ("budget.outlay", "budget.receipt", "public.outlay", "public.receipt"):
                e.output(f"{name}.{year}", f"{name}.{year}")
            worst = e("MAX", worst, e("SUB", f"budget.outlay.{year}", f"budget.receipt.{year}"))
        e.output("budget.worst_year", worst)
        for promise in self.deal.promised():
            e.output(f"promised.{promise.clause}.paid", promise.paid)
            e.output(f"promised.{promise.clause}.whole", promise.whole)
        for put in self.deal.puts:
            for name in ("price", "received", "price_open", "payable_open"):
                e.output(f"{put.put.id}.{name}", f"{put.put.id}.{name}")
        for w in (WITH, WITHOUT):
            for name in (*STEPS, "units_total", "local_total"):
                e.output(f"{w}.{name}", f"{w}.{name}")
            if self.slots[w].held:
                e.output(f"{w}.held", self.slots[w].held)
        if self.effects is not None:
            self.effects.epilogue()
        e.output("additional.local_units", e("SUB", f"{WITH}.local_total", f"{WITHOUT}.local_total"))
