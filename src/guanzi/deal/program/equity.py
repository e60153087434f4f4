"""Lowering of equity: instalments against conditions, the partner's contribution, and what the stake is worth."""

from __future__ import annotations

from typing import Any

from guanzi.deal.program.company import ExitPolicy
from guanzi.deal.program.conditions import ConditionLowering
from guanzi.deal.program.guard import DilutionGuard
from guanzi.deal.program.instrument import Bench, InstrumentLowering, Made, Promised
from guanzi.deal.program.preference import Preferred
from guanzi.deal.program.table import Listing
from guanzi.deal.program.values import ValueLowering
from guanzi.deal.terms import Equity, Tranche, is_stated


def stake_of(made: Made, id: str) -> EquityLowering | None:
    """The stake of an id among what was lowered before."""
    return next((one for one in made if isinstance(one, EquityLowering) and one.name == id), None)


class EquityLowering(InstrumentLowering):
    """One equity instrument. Slots per holder h: ``paid``, ``share`` (when all is paid), ``part`` (not called back)."""

    LOWERS = Equity

    @classmethod
    def of(cls, item: Equity, bench: Bench, made: Made) -> EquityLowering | None:
        """An equity of which something is paid."""
        return cls(item, bench) if item.tranches else None

    def __init__(self, equity: Equity, bench: Bench) -> None:
        super().__init__(bench)
        self.equity = equity
        self.name = equity.id
        self.holders = tuple(equity.holders)
        e = bench.e
        self._listing = Listing(self.name, e, self.company, self.grid)
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
                self._conditions[tranche.id] = ConditionLowering(
                    name, tranche.condition.tree, e, self.company, self.grid
                )
        self._truths: dict[str, str] = {}
        self._guard = DilutionGuard(equity, bench) if equity.anti_dilution != "none" else None
        sale = None if equity.preference is None else equity.preference.sale
        self._sale = bench.condition(f"{self.name}.sale", sale)
        self._sold = ""

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
        if self.equity.preference is not None:
            values.slot(f"{self.name}.multiple", self.equity.preference.multiple)
            if self.equity.preference.cap is not None:
                values.slot(f"{self.name}.cap", self.equity.preference.cap)
        if self._guard is not None:
            self._guard.begin()
        for contribution in self.equity.contributions:
            if contribution.party != self.equity.issuer:
                for i, (_, amount) in enumerate(contribution.cash):
                    values.slot(f"{self.name}.contribution.{contribution.party}.{i}", amount)

    def _shares(self, values: ValueLowering) -> None:
        """Shares of the holders; where none is stated they share the whole in proportion to their money."""
        e, n = self.e, self.name
        if any(is_stated(share) for share in self.equity.holders.values()):
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
        self._listing.watch(t)
        if self._sale is not None:
            self._sold = self._sale.at(t)
        self._truths = {i: c.at(t) for i, c in self._conditions.items()}

    def stake(self, holder: str) -> str:
        """The holder's present share of the issuer: agreed share, as far as paid, not called back, and diluted."""
        return self.e("MSK", self.open, self.held(holder))

    def held(self, holder: str) -> str:
        """The share that the holder, or whoever bought it in the market, holds: zero once it was put or called back."""
        e, n = self.e, self.name
        paid = e("DIV", f"{n}.paid.{holder}", f"{n}.committed.{holder}")
        share = e("MUL", e("MUL", paid, f"{n}.share.{holder}"), e("MUL", f"{n}.part.{holder}", self.company.dilution))
        if self._guard is not None:
            share = e("MUL", share, self._guard.ratio)
        return self.bench.table.diluted(share)

    def accrue(self, t: int) -> None:
        """A round at a lower price moves the price at which protected shares convert."""
        if self._guard is not None:
            self._guard.adjust()

    def settle(self, t: int) -> None:
        """What protected shares have got on top."""
        if self._guard is not None:
            self._guard.count()

    def preferred(self) -> Preferred | None:
        """The class as it stands: what was paid and is still held, times the multiple, and its part if converted."""
        e, n, preference = self.e, self.name, self.equity.preference
        if preference is None:
            return None
        held = {h: e("MSK", self.open, e("MUL", f"{n}.paid.{h}", f"{n}.part.{h}")) for h in self.holders}
        claims = {h: e("MUL", slot, f"{n}.multiple") for h, slot in held.items()}
        cap = ""
        if preference.cap is not None:
            cap = e("MUL", e.sum(e("SET", k=0.0), *held.values()), f"{n}.cap")
        parts = {h: self.stake(h) for h in self.holders}
        return Preferred(preference.seniority, preference.participating, claims, parts, cap)

    @property
    def sold(self) -> str:
        """Truth: the company is sold in this step, and the preference counts; empty where no sale does."""
        if not self._sold:
            return ""
        return self.e.all(self._sold, self.first, self.open, self.company.solvent)

    def stakes(self) -> tuple[tuple[str, str], ...]:
        """What each holder has; preferred shares stand apart."""
        if self.equity.preference is not None:
            return ()
        return tuple((h, self.stake(h)) for h in self.holders)

    def taken(self, parties: tuple[str, ...]) -> tuple[str, ...]:
        """What these parties paid for, and was neither put nor called back."""
        return tuple(self.held(p) for p in parties if p in self.holders)

    def owners(self) -> tuple[str, ...]:
        """The holders."""
        return self.holders

    def worth(self, party: str, mark: str) -> tuple[str, ...]:
        """The stake at the mark."""
        return (self.e("MUL", self.stake(party), mark),) if party in self.holders else ()

    def promised(self) -> tuple[Promised, ...]:
        """Instalments of public holders that wait for a condition."""
        public = set(self.bench.sheet.public)
        return tuple(
            promise
            for x in self.equity.tranches
            for payer in [p for p in x.amounts if p in public][:1]
            for promise in self._drawn(f"{self.name}.{x.id}", payer, x.condition, x.id)
        )

    def failure(self, failed: str) -> None:
        """The stake ends."""
        self.e.do("DROP", self.open, failed)

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
                    self._invest(h, amount)
                    e.do("ACC", f"{self.name}.paid.{h}", amount)
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
        if not self._listing.known:
            return
        with e.clause(f"{self.name}.exit"):
            sell = self._listing.may_sell(t, policy, self.open)
            for h in self.holders:
                price = e(
                    "MULK",
                    e("MUL", self.stake(h), self.company.mark),
                    k=e.constant("policy.kept", 1.0 - policy.discount),
                )
                amount = e("MSK", sell, price)
                self._return(self.company.market, h, amount, "exit")
            e.do("DROP", self.open, sell)


class StakeLowering(InstrumentLowering):
    """An instrument on a stake: where the stake is not there, it is not."""

    @classmethod
    def of(cls, item: Any, bench: Bench, made: Made) -> InstrumentLowering | None:
        """The lowering of one on a stake that is there."""
        stake = stake_of(made, item.on)
        return cls(item, bench, stake) if stake is not None else None  # type: ignore[call-arg]  # each says what it is of
