"""Every clause of a term sheet in words, and whether it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from guanzi.base.core import Message, without_stop
from guanzi.deal.terms.clause import Clause, state_of
from guanzi.deal.terms.data import DealParty, Unknown
from guanzi.deal.terms.parts import Covenant, Event, Promise, Tier, UnknownClause
from guanzi.deal.terms.phrases import Phrases, dated
from guanzi.deal.terms.sheet import TermSheet


def explain(sheet: TermSheet) -> tuple[Clause, ...]:
    """Every clause in words, in reading order."""
    return tuple(_Explainer(sheet).clauses())


ASSUMING = frozenset(
    f"terms.explain.{what}_unseen" for what in ("condition", "loan_term", "note_end", "grant", "rebate")
) | {"terms.explain.assuming", "terms.explain.assuming_noted"}
"""Messages by which a clause says that a part of it was not seen, and what is assumed for it."""


def _assumes(message: Message) -> bool:
    parts = (part for _, part in message.params if isinstance(part, Message))
    return message.id in ASSUMING or any(map(_assumes, parts))


def drawn_before(sheet: TermSheet) -> Message | str:
    """That what was drawn before the signing is out already, whatever the sheet binds; empty where nothing was."""
    out = tuple(dict.fromkeys(sheet.called(flow.instrument) for flow in sheet.flows() if flow.already))
    return Message.of("terms.explain.but_out", ids=out) if out else ""


class _Explainer(Phrases):
    """Says the clauses of one sheet."""

    sheet: TermSheet

    def __init__(self, sheet: TermSheet) -> None:
        super().__init__(sheet)
        self.sheet = sheet

    def clauses(self) -> Iterable[Clause]:
        yield self.deal()
        for party in self.sheet.parties:
            yield self.party(party)
        yield from self.instruments("instruments")
        yield from map(self.covenant, self.sheet.covenants)
        yield from map(self.tier, self.sheet.tiers)
        yield from self.instruments("incentives")
        yield from map(self.promise, self.sheet.promises)
        yield from map(self.event, self.sheet.events)
        yield from map(self.unknown, self.sheet.unknown)

    def instruments(self, section: str) -> Iterator[Clause]:
        for kind, item in self.sheet.items(section):
            for n, clause in enumerate(kind.explain(self, item)):
                message = clause.message if n else self.remarked(item.id, clause.message)
                yield replace(clause, message=message, state=dated(clause.state, undated=_assumes(message)))

    def remarked(self, id: str, message: Message) -> Message:
        """A clause with what the analyst assumes of it, and with the remark of the sheet."""
        fields = tuple(Message.of(f"terms.field.{field}") for field in self.sheet.assumed.get(id, ()))
        if not fields:
            return message
        if note := self.sheet.notes.get(id, ""):
            return Message.of("terms.explain.assuming_noted", clause=message, fields=fields, note=without_stop(note))
        return Message.of("terms.explain.assuming", clause=message, fields=fields)

    def deal(self) -> Clause:
        sheet = self.sheet
        ahead = sheet.known_on < sheet.signed and sheet.status != "draft"
        message = Message.of(
            f"terms.explain.{sheet.status}_ahead" if ahead else f"terms.explain.{sheet.status}",
            title=sheet.title or sheet.deal,
            out=drawn_before(sheet),
            signed=sheet.signed.isoformat(),
            known_on=sheet.known_on.isoformat(),
        )
        return Clause("deal", "deal", message, "known", sheet.place, sheet.source)

    def party(self, party: DealParty) -> Clause:
        limit: str | Message = ""
        if "total" in party.limits:
            limit = Message.of("terms.explain.limit", limit=self.money(party.limits["total"]))
        if party.role == "issuer" and self.sheet.only_gives:
            message = Message.of("terms.explain.party_issuer_supported", name=self.name(party.id), limit=limit)
        elif party.role == "issuer" and not any(flow.nature == "invested" for flow in self.sheet.flows()):
            form = "lent" if self.sheet.moves_money else "unpaid"
            message = Message.of(f"terms.explain.party_issuer_{form}", name=self.name(party.id), limit=limit)
        elif party.role == "public":
            form = self.gives(party.id)
            message = Message.of(f"terms.explain.party_public{form}", name=self.name(party.id), limit=limit)
        else:
            message = Message.of(f"terms.explain.party_{party.role}", name=self.name(party.id), limit=limit)
        return Clause(f"party.{party.id}", "parties", message, "known", party.place)

    def gives(self, party: str) -> str:
        """In which form a public party gives: in money, by letting tax off alone, only if called upon, or nothing."""
        natures = {flow.nature for flow in self.sheet.flows() if flow.payer == party}
        if len(natures) > 1:
            return ""
        return {"": "_unpaid", "contingent": "_called", "forgone": "_letting_off"}.get("".join(natures), "")

    def covenant(self, covenant: Covenant) -> Clause:
        require = covenant.require
        what = Message.of("terms.explain.test_unknown") if require is None else self.when(require)
        start: str | Message = ""
        if covenant.start is not None:
            start = Message.of("terms.explain.from", day=covenant.start.isoformat())
        until: str | Message = ""
        if covenant.until is not None:
            until = Message.of("terms.explain.until", condition=self.when(covenant.until))
        cure: str | Message = ""
        if covenant.cure is None:
            cure = Message.of("terms.explain.cure_unknown")
        elif covenant.cure:
            cure = Message.of("terms.explain.cure", months=covenant.cure)
        if covenant.remedy is None:
            remedy = Message.of("terms.explain.no_remedy")
        elif isinstance(covenant.remedy, Unknown):
            remedy = Message.of("terms.explain.remedy_unknown")
        else:
            remedy = Message.of("terms.explain.remedy", right=self.sheet.called(covenant.remedy))
        message = Message.of(
            "terms.explain.covenant_text" if covenant.text else "terms.explain.covenant",
            id=self.sheet.called(f"covenant.{covenant.id}"),
            text=covenant.text,
            condition=what,
            start=start,
            until=until,
            cure=cure,
            remedy=remedy,
        )
        unseen = require is None or covenant.cure is None or isinstance(covenant.remedy, Unknown)
        state = "unknown" if unseen else "known"
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
            name=self.sheet.called(f"tier.{tier.id}"),
            condition=self.when(tier.when),
            proof=proof,
            costs=costs,
        )
        return Clause(f"tier.{tier.id}", "tiers", message, "known", tier.place, tier.source)

    def promise(self, promise: Promise) -> Clause:
        cost: str | Message = ""
        if promise.cost != 0.0:
            cost = Message.of("terms.explain.promise_cost", cost=self.amount(promise.cost))
        broken: str | Message = ""
        if promise.broken != 0.0:
            broken = Message.of("terms.explain.promise_broken", broken=self.chance(promise.broken))
        penalty: str | Message = ""
        if promise.penalty != 0.0:
            amount = self.amount(promise.penalty)
            penalty = Message.of("terms.explain.promise_penalty", party=self.name(promise.party), amount=amount)
        suspends: str | Message = ""
        if promise.suspends:
            suspends = Message.of("terms.explain.promise_suspends", covenants=promise.suspends)
        message = Message.of(
            f"terms.explain.promise_{self.sheet.step}",
            party=self.name(promise.party),
            what=promise.what,
            due=self.day(promise.due, undated=promise.undated),
            probability=self.chance(promise.probability),
            cost=cost,
            broken=broken,
            penalty=penalty,
            suspends=suspends,
        )
        values = (promise.probability, promise.cost, promise.broken, promise.penalty)
        state = dated(state_of(*values), undated=promise.undated)
        return Clause(f"promise.{promise.id}", "promises", message, state, promise.place, promise.source)

    def event(self, event: Event) -> Clause:
        by: str | Message = Message.of("terms.explain.by", party=self.name(event.by)) if event.by else ""
        message = Message.of(
            "terms.explain.event_certain" if event.probability == 1.0 else f"terms.explain.event_{self.sheet.step}",
            name=self.sheet.called(f"event.{event.id}"),
            by=by,
            due=event.due.isoformat(),
            probability=self.chance(event.probability),
        )
        message = self.remarked(event.id, message)
        state = dated(state_of(event.probability), undated=_assumes(message))
        return Clause(f"event.{event.id}", "events", message, state, event.place, event.source)

    def unknown(self, clause: UnknownClause) -> Clause:
        text = without_stop(clause.text or clause.id.replace("_", " "))
        message = Message.of("terms.explain.unknown_clause", text=text)
        return Clause(f"unknown.{clause.id}", "unknown", message, "unknown", clause.place, clause.source)
