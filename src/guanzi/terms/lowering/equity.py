"""Lowering of equity: instalments against conditions, the partner's contribution, and what the stake is worth."""

from __future__ import annotations

from guanzi.terms.grid import Grid
from guanzi.terms.lowering.company import CompanySlots, ExitPolicy
from guanzi.terms.lowering.conditions import ConditionLowering
from guanzi.terms.lowering.values import ValueLowering
from guanzi.terms.representation import Emitter
from guanzi.terms.sheet import Equity, Tranche, Unknown, Value


class EquityLowering:
    """One equity instrument. Slots per holder h: ``paid``, ``share`` (when all is paid), ``part`` (not called back)."""

    def __init__(self, equity: Equity, emitter: Emitter, company: CompanySlots, grid: Grid) -> None:
        self.equity, self.e, self.company, self.grid = equity, emitter, company, grid
        self.name = equity.id
        self.holders = tuple(equity.holders)
        e = emitter
        self.open = e.truth(f"{self.name}.open", True)
        for h in self.holders:
            e.number(f"{self.name}.paid.{h}")
            e.number(f"{self.name}.part.{h}", 1.0)
            e.number(f"{self.name}.committed.{h}")
        self._conditions: dict[str, ConditionLowering] = {}
        for tranche in equity.tranches:
            e.truth(f"done.{tranche.id}")
            e.number(f"step.{tranche.id}")
            if tranche.condition is not None:
                name = f"{self.name}.{tranche.id}.if"
                self._conditions[tranche.id] = ConditionLowering(name, tranche.condition.tree, e, company, grid)
        self._truths: dict[str, str] = {}

    @property
    def first(self) -> str:
        """Truth: the first instalment has been paid."""
        return f"done.{self.equity.tranches[0].id}"

    def begin(self, values: ValueLowering) -> None:
        """Step 0: amounts, shares and contributions become slots."""
        for tranche in self.equity.tranches:
            for h, amount in tranche.amounts.items():
                slot = values.slot(self._amount(tranche, h), amount)
                self.e.do("ACC", f"{self.name}.committed.{h}", slot)
        self._shares(values)
        for contribution in self.equity.contributions:
            if contribution.party != self.equity.issuer:
                for i, (_, amount) in enumerate(contribution.cash):
                    values.slot(f"{self.name}.contribution.{contribution.party}.{i}", amount)

    def _shares(self, values: ValueLowering) -> None:
        """Shares of the holders; where none is stated they share the whole in proportion to their money."""
        e, n = self.e, self.name
        if any(_is_stated(share) for share in self.equity.holders.values()):
            for h, share in self.equity.holders.items():
                values.slot(f"{n}.share.{h}", share)
            return
        whole = values.slot(f"{n}.share", self.equity.share)
        money = e.sum(e("SET", k=0.0), *(f"{n}.committed.{h}" for h in self.holders))
        for h in self.holders:
            part = e("DIV", f"{n}.committed.{h}", money)
            e.do("MUL", e.number(f"{n}.share.{h}"), part, whole)

    def _amount(self, tranche: Tranche, holder: str) -> str:
        return f"{self.name}.{tranche.id}.amount.{holder}"

    def conditions(self, t: int) -> None:
        """Evaluate the conditions of all instalments, before any payment of this step."""
        self._truths = {i: c.at(t) for i, c in self._conditions.items()}

    def stake(self, holder: str) -> str:
        """The holder's present share of the issuer: agreed share, as far as paid, not called back, and diluted."""
        e, n = self.e, self.name
        paid = e("DIV", f"{n}.paid.{holder}", f"{n}.committed.{holder}")
        share = e("MUL", e("MUL", paid, f"{n}.share.{holder}"), e("MUL", f"{n}.part.{holder}", self.company.dilution))
        return e("MSK", self.open, share)

    def pay(self, t: int) -> None:
        """Pay what is due: the first step at or after ``due`` at which the condition holds, until it expires."""
        e = self.e
        for tranche in self.equity.tranches:
            due, last = max(self.grid.step_of(tranche.due), 0), self.grid.count
            if tranche.expires is not None:
                last = self.grid.step_of(tranche.expires)
            if not due <= t <= last:
                continue
            with e.clause(f"{self.name}.{tranche.id}"):
                may = e("ANDN", e("AND", self.company.solvent, self.open), f"done.{tranche.id}")
                if tranche.id in self._truths:
                    may = e("AND", may, self._truths[tranche.id])
                for h in tranche.amounts:
                    amount = e("MSK", may, e("MUL", self._amount(tranche, h), f"{self.name}.part.{h}"))
                    e.do("XFER", f"acct.{h}", self.company.cash, amount)
                    e.do("ACC", f"{self.name}.paid.{h}", amount)
                    e.do("ACC", f"paid.{h}", amount)
                e.do("STAMP", f"step.{tranche.id}", may, k=float(t))
                e.do("LATCH", f"done.{tranche.id}", may)
        for contribution in self.equity.contributions:
            if contribution.party == self.equity.issuer:
                continue
            with e.clause(f"{self.name}.contribution.{contribution.party}"):
                for i, (due_day, _) in enumerate(contribution.cash):
                    if max(self.grid.step_of(due_day), 0) == t:
                        slot = f"{self.name}.contribution.{contribution.party}.{i}"
                        amount = e("MSK", self.company.solvent, slot)
                        e.do("XFER", f"acct.{contribution.party}", self.company.cash, amount)

    def exit(self, t: int, policy: ExitPolicy) -> None:
        """Sell the stake at a discount once the lock-up after the listing has passed."""
        e = self.e
        if "listed" not in self.company.observables:
            return
        with e.clause(f"{self.name}.exit"):
            months = e("MULK", e("RSUBK", f"{self.name}.listing_step", k=float(t)), k=float(self.grid.months))
            passed = e("GEK", months, k=e.constant("policy.lockup_months", policy.lockup_months))
            sell = e.all(passed, self.company.observables["listed"], self.company.solvent, self.open)
            for h in self.holders:
                price = e(
                    "MULK",
                    e("MUL", self.stake(h), self.company.mark),
                    k=e.constant("policy.kept", 1.0 - policy.discount),
                )
                amount = e("MSK", sell, price)
                e.do("XFER", self.company.market, f"acct.{h}", amount)
                e.do("ACC", f"returned.{h}", amount)
                e.do("ACC", "from.exit", amount)
            e.do("DROP", self.open, sell)

    def watch_listing(self, t: int) -> None:
        """Remember the step of the listing."""
        e = self.e
        if "listed" not in self.company.observables:
            return
        if t == 0:
            e.number(f"{self.name}.listing_step")
            e.truth(f"{self.name}.listing_seen")
        new = e("ANDN", self.company.observables["listed"], f"{self.name}.listing_seen")
        e.do("STAMP", f"{self.name}.listing_step", new, k=float(t))
        e.do("LATCH", f"{self.name}.listing_seen", new)


def _is_stated(value: Value) -> bool:
    return not isinstance(value, Unknown) or value.assumed is not None or value.low is not None
