"""Ownership and control: who is behind the company, who buys from it under the same hand, and who sits in one room.

Rests on the ties of ``entities.ftm.json``. Thresholds: control is a majority of votes; a fifth is significant influence
(IAS 28, paragraph 5), and makes a buyer a related party (IAS 24, paragraph 9).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from guanzi.base.core import Bilingual, Finding, Kind, Message, Severity
from guanzi.record.evidence import Entity, View, ends_of
from guanzi.study import screening as entities
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import CONTROL, IDENTITY, INFLUENCE, RELATED_PARTIES
from guanzi.study.screening import HAN, Behind, Shareholding, Ties

RELATED = "related_party_demand"
MAJORITY, INFLUENTIAL = 0.5, 0.2
#: Share from which on a company is wholly held, roundings allowed.
ALL = 0.999
#: Owners that a sentence names.
NAMED = 4


@dataclass(frozen=True, slots=True)
class _Graph:
    """The ties of a view, without the companies of which more than all is held."""

    company: str
    known: Mapping[str, Entity]
    ties: Ties
    holdings: tuple[Shareholding, ...]
    after: tuple[Shareholding, ...]
    overheld: Mapping[str, float]
    wrong_now: frozenset[str]

    @classmethod
    def of(cls, view: View) -> _Graph:
        ties = entities.ties_of(view.entities, view.as_of)
        wrong = entities.find_overheld(ties.holdings)
        later = entities.find_overheld(ties.once_agreed)
        return cls(
            view.company.id,
            {entity.id: entity for entity in view.entities},
            ties,
            tuple(h for h in ties.holdings if h.company not in wrong),
            tuple(h for h in ties.once_agreed if h.company not in later),
            {**later, **wrong},
            frozenset(wrong),
        )

    def name(self, id: str) -> Message:
        """The first name of an entity, or its address, with its first Chinese one; its id when it has none."""
        held = self.known[id].properties if id in self.known else {}
        names = held.get("name") or held.get("full") or (id,)
        plain = next((name for name in names if not HAN.search(name)), names[0])
        return Message.of("diligence.ownership.name", name=(plain, next(filter(HAN.search, names), "")))

    def names(self, ids: Iterable[str]) -> tuple[Message, ...]:
        """Names of several, each once."""
        return tuple(self.name(id) for id in dict.fromkeys(ids))

    def between(self, *groups: Iterable[str]) -> tuple[str, ...]:
        """Ids of the ties whose two ends lie in one of these groups."""
        sets = [set(group) for group in groups]
        return tuple(
            id for id, entity in self.known.items() if (ends := ends_of(entity)) and any(set(ends) <= s for s in sets)
        )

    def chain(self, holdings: Iterable[Shareholding]) -> tuple[str, ...]:
        """Ids of the shares through which the company is held."""
        shares = tuple(holdings)
        above = entities.everybody_above(self.company, [(h.owner, h.company) for h in shares])
        return tuple(h.id for h in shares if h.company in above)


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    if not view.entities:
        return ()
    graph = _Graph.of(view)
    if graph.company not in graph.known:
        return (
            check.gap(
                "no-company",
                Severity.MEDIUM,
                "gap_ownership",
                company=Bilingual(view.company.name, view.company.name_zh),
            ),
        )
    return (
        *_behind(check, graph),
        *_agreed(check, graph),
        *_circles(check, graph),
        *_buyers(check, graph),
        *_shared(check, graph),
        *_unknown(check, graph),
    )


def _owners(behind: tuple[Behind, ...], graph: _Graph, holdings: Iterable[Shareholding]) -> tuple[Message, ...]:
    """The largest in words, without those of whom all is held: whoever holds them stands in their place."""
    held: dict[str, float] = {}
    for holding in holdings:
        held[holding.company] = held.get(holding.company, 0.0) + holding.share
    last = tuple(one for one in behind if held.get(one.owner, 0.0) < ALL)
    return tuple(
        Message.of("diligence.ownership.owner", name=graph.name(one.owner), share=round(one.effective, 9))
        for one in (last or behind)[:NAMED]
    )


def _last_hands(company: str, holdings: tuple[Shareholding, ...]) -> tuple[str, ...]:
    """Who controls a company, without those who are themselves controlled by one of the others."""
    hands = [one.owner for one in entities.who_is_behind(company, holdings) if one.controls]
    direct = _shares(holdings)
    free = [h for h in hands if not any(h in entities.controlled_by(o, direct) for o in hands if o != h)]
    return tuple(free or hands)


def _shares(holdings: Iterable[Shareholding]) -> dict[tuple[str, str], float]:
    shares: dict[tuple[str, str], float] = {}
    for h in holdings:
        shares[h.owner, h.company] = shares.get((h.owner, h.company), 0.0) + h.share
    return shares


def _behind(check: Check, graph: _Graph) -> Iterator[Finding]:
    """Who holds most in the end, and who controls. Nobody does only where most of the shares are stated."""
    behind = entities.who_is_behind(graph.company, graph.holdings)
    if not behind:
        if graph.company not in graph.overheld:
            yield check.gap("no-owner", Severity.MEDIUM, "gap_ownership")
        return
    hands, owners = _last_hands(graph.company, graph.holdings), _owners(behind, graph, graph.holdings)
    stated = sum(h.share for h in graph.holdings if h.company == graph.company)
    if not hands and stated <= MAJORITY:
        yield check.gap("control-unknown", Severity.MEDIUM, "gap_control", share=stated, owners=owners)
        return
    yield check.finding(
        "behind",
        Kind.ASSET if hands else Kind.RISK,
        Severity.LOW,
        "owners_known" if hands else "nobody_controls",
        graph.chain(graph.holdings),
        variant="controlled" if hands else "nobody",
        owners=owners,
        hands=graph.names(hands),
    )


def _agreed(check: Check, graph: _Graph) -> Iterator[Finding]:
    """What becomes of control once the shares that are agreed have passed."""
    if not graph.ties.agreed:
        return
    behind = entities.who_is_behind(graph.company, graph.after)
    before, hands = _last_hands(graph.company, graph.holdings), _last_hands(graph.company, graph.after)
    if not behind or set(before) == set(hands):
        return
    yield check.finding(
        "agreed",
        Kind.RISK,
        Severity.MEDIUM,
        "control_passes",
        graph.chain(graph.after),
        variant="controlled" if hands else "nobody",
        owners=_owners(behind, graph, graph.after),
        hands=graph.names(hands),
    )


def _circles(check: Check, graph: _Graph) -> Iterator[Finding]:
    """Companies that hold one another, also where the shares are not stated."""
    silent = tuple(Shareholding(owner, company, 0.0) for owner, company in graph.ties.unstated_pairs)
    for circle in entities.circles((*graph.holdings, *silent)):
        yield check.about(circle[0]).finding(
            "circle",
            Kind.RISK,
            Severity.HIGH,
            "circular_holdings",
            tuple(id for id in graph.between(circle) if graph.known[id].schema == "Ownership"),
            variant="several" if len(circle) > 1 else "own",
            names=graph.names(circle),
        )


def _buyers(check: Check, graph: _Graph) -> Iterator[Finding]:
    buyers = tuple(dict.fromkeys(buyer for buyer, seller in graph.ties.buyers if seller == graph.company))
    now = dict(entities.related_buyers(graph.company, buyers, graph.holdings))
    later = dict(entities.related_buyers(graph.company, buyers, graph.after)) if graph.ties.agreed else {}
    shares = {one.owner: one.effective for one in entities.who_is_behind(graph.company, graph.holdings)}
    for buyer in buyers:
        bought = graph.between((buyer, graph.company))
        hand = now.get(buyer) or later.get(buyer)
        if hand is not None:
            shares_held = graph.holdings if buyer in now else graph.after
            yield check.about(buyer).finding(
                "related-buyer",
                Kind.RISK,
                Severity.CRITICAL,
                RELATED,
                (*bought, *_votes(graph, shares_held, hand, buyer)),
                variant=("owner" if hand == buyer else "own" if hand == graph.company else "through")
                + ("" if buyer in now else "-agreed"),
                buyer=graph.name(buyer),
                hand=graph.name(hand),
            )
        elif shares.get(buyer, 0.0) >= INFLUENTIAL:
            yield check.about(buyer).finding(
                "buyer-holds-part",
                Kind.RISK,
                Severity.HIGH,
                RELATED,
                (*bought, *graph.chain(graph.holdings)),
                literature=f"{RELATED_PARTIES}; {INFLUENCE}",
                buyer=graph.name(buyer),
                share=shares[buyer],
            )
        elif not graph.ties.unstated and not graph.overheld and _last_hands(graph.company, graph.holdings):
            yield check.about(buyer).finding(
                "other-buyer",
                Kind.ASSET,
                Severity.LOW,
                "buyer_of_another_hand",
                (*bought, *graph.chain(graph.holdings)),
                buyer=graph.name(buyer),
            )


def _votes(graph: _Graph, holdings: tuple[Shareholding, ...], hand: str, buyer: str) -> tuple[str, ...]:
    """Ids of the shares by which a hand controls the company and the buyer."""
    pairs = [(h.owner, h.company) for h in holdings]
    held = entities.everybody_above(graph.company, pairs) | entities.everybody_above(buyer, pairs)
    controlled = entities.controlled_by(hand, _shares(holdings))
    return tuple(h.id for h in holdings if h.company in controlled & held and h.owner in {hand, *controlled})


def _shared(check: Check, graph: _Graph) -> Iterator[Finding]:
    """Directors and addresses that the company has in common with who buys from it or deals with it."""
    links = (*graph.ties.buyers, *graph.ties.counterparties)
    partners = {end for pair in links if graph.company in pair for end in pair} - {graph.company}
    if not partners:
        return
    told: dict[str, Message] = {
        entities.plain_address(address): graph.name(address)
        for entity in graph.known.values()
        for address in (*entity.properties.get("address", ()), *entity.properties.get("addressEntity", ()))
    }
    for name, code, ties in (
        ("director", "shared_director", graph.ties.directors),
        ("address", "shared_address", graph.ties.addresses),
    ):
        for common, companies in entities.shared(ties):
            others = tuple(company for company in companies if company in partners)
            if graph.company in companies and others:
                ends = [(end, other) for other in others for end in (graph.company, common)]
                yield check.about(common).finding(
                    name,
                    Kind.RISK,
                    Severity.MEDIUM,
                    code,
                    graph.between(*ends, (common, graph.company)),
                    literature=RELATED_PARTIES,
                    common=graph.name(common) if name == "director" else told[common],
                    names=graph.names(others),
                )


def _unknown(check: Check, graph: _Graph) -> Iterator[Finding]:
    """Shares that are not stated, and shares that cannot all be true."""
    if graph.ties.unstated_pairs:
        pairs = tuple(
            Message.of("diligence.ownership.pair", owner=graph.name(owner), company=graph.name(held))
            for owner, held in graph.ties.unstated_pairs
        )
        held = graph.between(*graph.ties.unstated_pairs)
        facts = tuple(id for id in held if graph.known[id].schema == "Ownership")
        code = "gap_ownership_share"
        yield check.gap("unstated", Severity.MEDIUM, code, facts=facts, n=len(pairs), pairs=pairs[:NAMED])
    for company, share in graph.overheld.items():
        yield check.about(company).gap(
            "too-much-held",
            Severity.MEDIUM,
            "gap_ownership_share",
            variant="now" if company in graph.wrong_now else "agreed",
            company=graph.name(company),
            share=share,
        )


OWNERSHIP = Check(
    id="ownership",
    stream="people",
    needs=tuple(Need(name, subject) for name in ("ownership", "directorship", "buyer") for subject in ("company", "*")),
    literature=f"{CONTROL}; {RELATED_PARTIES}; {IDENTITY}",
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
