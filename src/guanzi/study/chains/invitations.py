"""The plan of an invitation: what to offer, whom they would supply, what they need, what binds them, what to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from guanzi.intake.chains import ChainStatement, ChainView
from guanzi.study.chains.grades import grade_links
from guanzi.study.chains.groups import groups_of
from guanzi.study.chains.knowledge import match_laboratories
from guanzi.study.chains.targets import Target

WANTED = ("power", "land", "people", "certification")
"""What a plant needs of a place; the column ``unit`` of rows of the kinds ``need`` and ``offer`` says which it is."""
_WORDS = {"电力": "power", "土地": "land", "人员": "people", "人才": "people", "认证": "certification"}

type BindingTier = Literal["laboratory", "anchor_deal", "own_agreement"]


@dataclass(frozen=True, slots=True)
class Invitation:
    """What to say to a target.

    Attributes:
        target: Whom.
        buyers: Firms of the place that make what the component goes into, and the makers of the product.
        beside: Firms of the place that make the same.
        offers: What sources say that the place has to offer.
        needs: What sources say that such a plant needs: power, land, people, certification.
        laboratories: Laboratories of the place that work on it.
        tier: What binds the target: a co-founded ``laboratory`` where one of the place fits; the ``anchor_deal``
            where the anchor owns or buys most of it; else its ``own_agreement``.
        questions: Criteria of which nothing is known: to ask first.
        unknown_needs: Of :data:`WANTED`, what no source says such a plant needs.
        unknown_offers: Of the same, what no source says that the place has to offer.
    """

    target: Target
    buyers: tuple[str, ...]
    beside: tuple[str, ...]
    offers: tuple[ChainStatement, ...]
    needs: tuple[ChainStatement, ...]
    laboratories: tuple[ChainStatement, ...]
    tier: BindingTier
    questions: tuple[str, ...]
    unknown_needs: tuple[str, ...]
    unknown_offers: tuple[str, ...]


def plan_invitations(
    view: ChainView, targets: Iterable[Target], places: Iterable[str], anchors: Iterable[str] = ()
) -> tuple[Invitation, ...]:
    """A plan for each target, from what is known of the place and of the chain."""
    region = tuple(places)
    links, groups = grade_links(view, region), groups_of(view)
    matched = match_laboratories(view, region)
    theirs = {groups.get(a, a) for a in anchors}
    found = []
    for target in targets:
        candidate = target.candidate
        above = _above(view, candidate.component)
        buyers = tuple(dict.fromkeys(f for c in above for f in links[c].suppliers))
        needs = tuple(s for s in view.of_kind("need") if s.of in (candidate.component, *above))
        labs = tuple(m.laboratory for m in matched if m.component == candidate.component)
        captive = groups.get(candidate.firm) in theirs or candidate.criteria.get("independence", (0.0, 1.0))[1] < 0.5
        tier: BindingTier = "anchor_deal" if captive else "laboratory" if labs else "own_agreement"
        offers = tuple(s for s in view.of_kind("offer") if s.at in region)
        found.append(
            Invitation(
                target,
                buyers,
                links[candidate.component].suppliers,
                offers,
                needs,
                labs,
                tier,
                candidate.unknown,
                _unknown(needs),
                tuple(kind for kind in _unknown(offers) if kind != "certification"),
            )
        )
    return tuple(found)


def _unknown(statements: Iterable[ChainStatement]) -> tuple[str, ...]:
    said = {
        _WORDS.get(word.strip(), word.strip().casefold()) for s in statements for word in re.split(r"[;；、]", s.unit)
    }
    return tuple(kind for kind in WANTED if kind not in said)


def _above(view: ChainView, component: str) -> tuple[str, ...]:
    found: list[str] = []
    at = view.components[component].parent
    while at:
        found.append(at)
        at = view.components[at].parent
    return tuple(found)
