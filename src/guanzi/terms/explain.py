"""Every clause of a term sheet in words, and whether it is known."""

from __future__ import annotations

from collections.abc import Iterable

from guanzi.core import Message
from guanzi.terms.amounts import percent, value_in_words
from guanzi.terms.clause import Clause, state_of
from guanzi.terms.sheet import (
    Call,
    Contribution,
    Covenant,
    Equity,
    Event,
    Party,
    Put,
    TermSheet,
    Tier,
    Tranche,
    Unknown,
    UnknownClause,
)
from guanzi.terms.support import Support
from guanzi.terms.unknowns import follows_money
from guanzi.terms.values import is_stated
from guanzi.terms.words import name_of_tier


def explain(sheet: TermSheet) -> tuple[Clause, ...]:
    """Every clause in words, in reading order."""
    return tuple(_Explainer(sheet).clauses())


class _Explainer(Support):
    """Says the clauses of one sheet."""

    def clauses(self) -> Iterable[Clause]:
        yield self.deal()
        for party in self.sheet.parties:
            yield self.party(party)
        for equity in self.sheet.equities:
            yield self.equity(equity)
            for tranche in equity.tranches:
                yield self.tranche(equity, tranche)
            for contribution in equity.contributions:
                yield self.contribution(equity, contribution)
        yield from map(self.loan, self.sheet.loans)
        for put in self.sheet.puts:
            yield self.put(put)
        for call in self.sheet.calls:
            yield self.call(call)
        yield from map(self.covenant, self.sheet.covenants)
        yield from map(self.tier, self.sheet.tiers)
        yield from self.incentives()
        yield from map(self.promise, self.sheet.promises)
        yield from map(self.event, self.sheet.events)
        yield from map(self.unknown, self.sheet.unknown)

    def deal(self) -> Clause:
        sheet = self.sheet
        message = Message.of(
            f"terms.explain.{sheet.status}",
            title=sheet.title or sheet.deal,
            signed=sheet.signed.isoformat(),
            known_on=sheet.known_on.isoformat(),
        )
        return Clause("deal", "deal", message, "known", sheet.place, sheet.source)

    def party(self, party: Party) -> Clause:
        limit: str | Message = ""
        if "total" in party.limits:
            limit = Message.of("terms.explain.limit", limit=self.money(party.limits["total"]))
        message = Message.of(f"terms.explain.party_{party.role}", name=self.name(party.id), limit=limit)
        return Clause(f"party.{party.id}", "parties", message, "known", party.place)

    def equity(self, equity: Equity) -> Clause:
        holders = tuple(
            Message.of("terms.explain.holds", party=self.name(id), share=value_in_words(share, "share", percent))
            for id, share in equity.holders.items()
        )
        share = value_in_words(equity.share, "share", percent)
        issuer = self.name(equity.issuer)
        if len(equity.holders) == 1:
            holder = self.name(next(iter(equity.holders)))
            message = Message.of("terms.explain.equity_of_one", issuer=issuer, share=share, party=holder)
        elif follows_money(equity):
            names = tuple(map(self.name, equity.holders))
            message = Message.of("terms.explain.equity_by_money", issuer=issuer, share=share, holders=names)
        else:
            message = Message.of("terms.explain.equity", issuer=issuer, share=share, holders=holders)
        state = state_of(equity.share, *equity.holders.values())
        if follows_money(equity):
            state = "bracketed" if is_stated(equity.share) else "unknown"
        return Clause(equity.id, "stake", message, state, equity.place, equity.source)

    def tranche(self, equity: Equity, tranche: Tranche) -> Clause:
        payers = tuple(
            Message.of("terms.explain.pays", party=self.name(id), amount=self.amount(value))
            for id, value in tranche.amounts.items()
        )
        total: str | Message = ""
        parts = [v.assumed if isinstance(v, Unknown) else v for v in tranche.amounts.values()]
        if len(parts) > 1 and None not in parts:
            total = Message.of("terms.explain.in_all", amount=self.money(sum(p for p in parts if p is not None)))
        message = Message.of(
            "terms.explain.instalment",
            id=tranche.id,
            payers=payers,
            total=total,
            due=tranche.due.isoformat(),
            condition=self.only_once(tranche.condition),
            expiry=self.expiry(tranche.expires),
        )
        id = f"{equity.id}.{tranche.id}"
        return Clause(id, "stake", message, state_of(*tranche.amounts.values()), tranche.place, tranche.source)

    def contribution(self, equity: Equity, part: Contribution) -> Clause:
        items = [
            Message.of("terms.explain.cash", amount=self.amount(value), due=due.isoformat()) for due, value in part.cash
        ]
        if part.assets is not None:
            basis: str | Message = part.basis or Message.of("terms.explain.no_basis")
            items.append(Message.of("terms.explain.assets", value=self.amount(part.assets), basis=basis))
        message = Message.of("terms.explain.contribution", party=self.name(part.party), items=tuple(items))
        state = state_of(*(value for _, value in part.cash), part.assets)
        id = f"{equity.id}.contribution.{part.party}"
        return Clause(id, "stake", message, state, part.place, part.source)

    def put(self, put: Put) -> Clause:
        issuer = next((equity.issuer for equity in self.sheet.equities if equity.id == put.on), "")
        if put.obligors is None:
            obligors = Message.of("terms.explain.obligors_unknown", issuer=self.name(issuer))
        elif put.obligors == (issuer,):
            obligors = Message.of("terms.explain.only_issuer_pays", issuer=self.name(issuer))
        else:
            obligors = Message.of("terms.explain.obligors", names=tuple(map(self.name, put.obligors)))
        opened_by = tuple(covenant.id for covenant in self.sheet.covenants if covenant.remedy == put.id)
        message = Message.of(
            "terms.explain.put",
            holders=tuple(map(self.name, put.holders)),
            price=self.price(put.rate, put.basis),
            condition=self.when(put.when),
            breach=Message.of("terms.explain.or_breach", covenants=opened_by) if opened_by else "",
            obligors=obligors,
        )
        state = state_of(put.rate)
        if state == "known" and (put.obligors is None or isinstance(put.basis, Unknown)):
            state = "bracketed"
        return Clause(put.id, "rights", message, state, put.place, put.source)

    def call(self, call: Call) -> Clause:
        message = Message.of(
            "terms.explain.call",
            holder=self.name(call.holder),
            portion=percent(call.portion),
            of=Message.of("terms.explain.all_stakes") if call.of is None else self.name(call.of),
            price=self.price(call.rate, call.basis),
            condition=self.when(call.when),
        )
        state = state_of(call.rate)
        if state == "known" and isinstance(call.basis, Unknown):
            state = "bracketed"
        return Clause(call.id, "rights", message, state, call.place, call.source)

    def covenant(self, covenant: Covenant) -> Clause:
        require = covenant.require
        what = Message.of("terms.explain.test_unknown") if require is None else self.when(require)
        start: str | Message = ""
        if covenant.start is not None:
            start = Message.of("terms.explain.from", day=covenant.start.isoformat())
        until: str | Message = ""
        if covenant.until is not None:
            until = Message.of("terms.explain.until", condition=self.when(covenant.until))
        if covenant.remedy is None:
            remedy = Message.of("terms.explain.no_remedy")
        elif isinstance(covenant.remedy, Unknown):
            remedy = Message.of("terms.explain.remedy_unknown")
        else:
            remedy = Message.of("terms.explain.remedy", right=covenant.remedy)
        message = Message.of(
            "terms.explain.covenant_text" if covenant.text else "terms.explain.covenant",
            id=covenant.id,
            text=covenant.text,
            condition=what,
            start=start,
            until=until,
            remedy=remedy,
        )
        state = "unknown" if require is None or isinstance(covenant.remedy, Unknown) else "known"
        return Clause(f"covenant.{covenant.id}", "covenants", message, state, covenant.place, covenant.source)

    def tier(self, tier: Tier) -> Clause:
        costs = Message.of("terms.explain.no_leaving_costs")
        if tier.leaving_costs is not None:
            costs = Message.of(
                "terms.explain.leaving_costs",
                low=self.money(tier.leaving_costs.low),
                high=self.money(tier.leaving_costs.high),
                source=tier.leaving_costs.source,
            )
        proof = Message.of("terms.explain.no_proof")
        if tier.proof:
            proof = Message.of("terms.explain.proof", proof=tier.proof)
        message = Message.of(
            "terms.explain.baseline_tier" if tier.baseline else "terms.explain.tier",
            name=name_of_tier(tier.id, self.sheet),
            condition=self.when(tier.when),
            proof=proof,
            costs=costs,
        )
        return Clause(f"tier.{tier.id}", "tiers", message, "known", tier.place, tier.source)

    def event(self, event: Event) -> Clause:
        by: str | Message = Message.of("terms.explain.by", party=self.name(event.by)) if event.by else ""
        message = Message.of(
            f"terms.explain.event_{self.sheet.step}",
            name=event.name or event.id,
            by=by,
            due=event.due.isoformat(),
            probability=self.chance(event.probability),
        )
        return Clause(f"event.{event.id}", "events", message, state_of(event.probability), event.place, event.source)

    def unknown(self, clause: UnknownClause) -> Clause:
        text = clause.text or clause.id.replace("_", " ")
        message = Message.of("terms.explain.unknown_clause", text=text.rstrip("."))
        return Clause(f"unknown.{clause.id}", "unknown", message, "unknown", clause.place, clause.source)
