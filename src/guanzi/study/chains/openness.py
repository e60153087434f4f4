"""Is a cluster open, or captive to its anchor: shares of sales, ownership, other buyers, shared platforms, removal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guanzi.intake.chains import ChainStatement, ChainView
from guanzi.study.chains.costs import CostShare, cost_shares
from guanzi.study.chains.grades import Link, grade_links
from guanzi.study.chains.groups import groups_of, without
from guanzi.study.chains.shares import ShareModel, known_suppliers

type Verdict = Literal["open", "leaning", "captive"]

MAJORITY = 0.5
"""A supplier that sells more than half to one customer, or that it owns by the majority, is captive."""
SIGNIFICANT = 0.3
"""From this share one customer is told of as significant: the threshold below which a supplier counts as open."""
LOSS = (0.2, 0.5)
"""Part of its sales that a supplier survives losing at once: a judgement, drawn anywhere between."""
REPLACED = (0.0, 0.5)
"""Part of lost sales that other buyers in the place take over within the time it has: a judgement, drawn likewise."""
DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Supplier:
    """A firm of the place below the makers of the product, as it stands to an anchor.

    Attributes:
        firm: Id.
        components: What it makes there.
        share: Part of its sales that goes to the anchors, (low, high); (0, 1) where no source says.
        owned: Part that the anchors' groups hold, (low, high); (0, 0) where no source tells of a tie.
        others: Buyers that sources name beside the anchors.
        statements: What this rests on.
        verdict: Its own, at the lower and at the upper end of what is known.
    """

    firm: str
    components: tuple[str, ...]
    share: tuple[float, float]
    owned: tuple[float, float]
    others: tuple[str, ...]
    statements: tuple[ChainStatement, ...]
    verdict: tuple[Verdict, Verdict]

    @property
    def known(self) -> bool:
        """Whether its standing is known: a share of sales, or a majority that the anchors hold."""
        return self.share != (0.0, 1.0) or self.owned[0] >= MAJORITY

    @property
    def tie_stated(self) -> bool:
        """Whether a source tells what the anchors hold of it, or it is their own; else nought is assumed."""
        return self.owned != (0.0, 0.0) or any(s.kind == "owns" for s in self.statements)


@dataclass(frozen=True, slots=True)
class Removal:
    """A cluster whose anchors are gone.

    Attributes:
        firms: Suppliers that are not of the anchors' groups.
        makers: Makers of the product that stay.
        survive: Part of those suppliers that survives: 5 % of the draws with all that is unknown at its worst, and
            95 % with all of it at its best.
        model: 5, 50 and 95 % of the draws with unknown shares by the model (:mod:`guanzi.study.chains.shares`).
        known: The same as ``survive`` over the suppliers of which the share is known; None where there is none.
        links_before: Links that are present with the anchors.
        links_after: How many of them stay present, (low, high) likewise.
        links_model: 5, 50 and 95 % of it by the model.
        value_after: Part of the stated value of present links that stays, (low, high) likewise; None where no link
            has a stated share of cost.
        missing: Suppliers whose share is not known: evidence that would say more.
    """

    firms: tuple[str, ...]
    makers: tuple[str, ...]
    survive: tuple[float, float] | None
    model: tuple[float, float, float] | None
    known: tuple[float, float] | None
    links_before: int
    links_after: tuple[int, int]
    links_model: tuple[int, int, int]
    value_after: tuple[float, float] | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClusterOpenness:
    """How open a cluster is to anchors.

    Attributes:
        anchors: Of which it is asked.
        suppliers: Firms of the place below the makers of the product.
        captive: Part of them that is captive, (low, high): known ones, and with them all that may be.
        leaning: Part that is leaning or captive, (low, high) likewise.
        verdict: At the lower and at the upper end; the same where the evidence decides.
        model: 5, 50 and 95 % of the part that is captive, with unknown shares by the model.
        odds: How often the cluster is open, leaning and captive by the model.
        platforms: What rivals share: laboratories, platforms, contract manufacture.
        rivals: Other makers of the product in the place.
        removal: The cluster without the anchors.
    """

    anchors: tuple[str, ...]
    suppliers: tuple[Supplier, ...]
    captive: tuple[float, float]
    leaning: tuple[float, float]
    verdict: tuple[Verdict, Verdict]
    model: tuple[float, float, float]
    odds: dict[Verdict, float]
    platforms: tuple[ChainStatement, ...]
    rivals: tuple[str, ...]
    removal: Removal

    @property
    def decided(self) -> bool:
        """Whether the evidence decides between the verdicts."""
        return self.verdict[0] == self.verdict[1]


def judge_openness(view: ChainView, places: Iterable[str], anchors: Iterable[str], seed: int = 1) -> ClusterOpenness:
    """How open the cluster of a place is to its anchors, and what is left without them.

    A supplier is captive when more than half of its sales go to the anchors or they own the majority of it, leaning
    from three tenths on, open below. What no source says can be anything: the cluster's verdict is an interval from
    "all unknown are open" to "all unknown are captive". A cluster is captive when more than half of its suppliers
    are, leaning when more than half are leaning or captive.

    Args:
        view: What was known on the day.
        places: Cities of the cluster.
        anchors: Firms, each with its group.
        seed: Of the draws of the removal.
    """
    region, asked = tuple(places), tuple(anchors)
    links, groups = grade_links(view, region), groups_of(view)
    theirs = {groups.get(a, a) for a in asked}
    makers = set(links[view.root].suppliers)
    made: dict[str, list[str]] = {}
    for id, link in links.items():
        for firm in link.suppliers:
            if id != view.root and firm not in makers:
                made.setdefault(firm, []).append(id)
    suppliers = tuple(_supplier(view, firm, tuple(parts), theirs, groups) for firm, parts in made.items())
    captive, leaning = (_part(suppliers, verdicts) for verdicts in (("captive",), ("captive", "leaning")))
    rivals = tuple(f for f in sorted(makers) if groups.get(f, f) not in theirs)
    platforms = tuple(s for s in view.of_kind("shares") if s.at in region and len({groups.get(f, f) for f in s.to}) > 1)
    verdict = (_verdict(captive[0], leaning[0]), _verdict(captive[1], leaning[1]))
    shares = _shares(view, suppliers, theirs, seed)
    model, odds = _predicted(suppliers, shares)
    removal = _remove(view, region, asked, suppliers, shares, rivals, seed)
    return ClusterOpenness(asked, suppliers, captive, leaning, verdict, model, odds, platforms, rivals, removal)


def _shares(view: ChainView, suppliers: tuple[Supplier, ...], theirs: set[str], seed: int) -> NDArray[np.float64]:
    """Draws by suppliers: the part of sales that goes to the anchors, stated or by the model."""
    generator = np.random.Generator(np.random.Philox([seed, 1]))
    model = ShareModel(view, known_suppliers(view), generator, DRAWS)
    found = np.zeros((DRAWS, len(suppliers)))
    for i, s in enumerate(suppliers):
        low, high = s.share
        stated = low + (high - low) * generator.random(DRAWS)
        if s.share == (0.0, 1.0):
            found[:, i] = model.to(theirs, s.firm, s.components)
        else:
            found[:, i] = stated
    return found


def _predicted(
    suppliers: tuple[Supplier, ...], shares: NDArray[np.float64]
) -> tuple[tuple[float, float, float], dict[Verdict, float]]:
    """The part that is captive by the model, and how often the cluster is each of the three."""
    if not suppliers:
        return (0.0, 0.0, 0.0), {"open": 0.0, "leaning": 0.0, "captive": 0.0}
    owned = np.array([s.owned[0] >= MAJORITY for s in suppliers])
    captive = ((shares > MAJORITY) | owned).mean(axis=1)
    leaning = ((shares >= SIGNIFICANT) | owned).mean(axis=1)
    told = [_verdict(c, n) for c, n in zip(captive, leaning, strict=True)]
    low, middle, high = (float(np.quantile(captive, q)) for q in (0.05, 0.5, 0.95))
    verdicts: tuple[Verdict, ...] = ("open", "leaning", "captive")
    return (low, middle, high), {v: told.count(v) / len(told) for v in verdicts}


def _supplier(view: ChainView, firm: str, parts: tuple[str, ...], theirs: set[str], groups: dict[str, str]) -> Supplier:
    sales = [s for s in view.of_kind("customer") if s.of == firm]
    dated = [s for s in sales if s.low is not None]
    newest = max(((s.period, s.known_on) for s in dated), default=None)
    current = [s for s in dated if (s.period, s.known_on) == newest]
    to_them = [s for s in current if any(groups.get(b, b) in theirs for b in s.to)]
    if groups.get(firm) in theirs:
        share = (0.0, 1.0) if not to_them else to_them[0].interval
    elif to_them:
        share = (min(1.0, sum(s.interval[0] for s in to_them)), min(1.0, sum(s.interval[1] for s in to_them)))
    elif current:
        share = (0.0, max(0.0, 1.0 - sum(s.interval[0] for s in current)))  # at most what its other customers leave
    else:
        share = (0.0, 1.0)
    ties = [s for s in view.of_kind("owns") if firm in s.to and groups.get(s.of, s.of) in theirs and s.low is not None]
    if groups.get(firm) in theirs:
        owned = (max([MAJORITY, *(s.interval[0] for s in ties)]), 1.0)
    else:
        owned = (max((s.interval[0] for s in ties), default=0.0), max((s.interval[1] for s in ties), default=0.0))
    others = tuple(dict.fromkeys(b for s in sales for b in s.to if groups.get(b, b) not in theirs))
    verdict = (_standing(share[0], owned[0]), _standing(share[1], owned[1]))
    return Supplier(firm, parts, share, owned, others, (*current, *ties), verdict)


def _standing(share: float, owned: float) -> Verdict:
    if share > MAJORITY or owned >= MAJORITY:
        return "captive"
    return "leaning" if share >= SIGNIFICANT else "open"


def _part(suppliers: tuple[Supplier, ...], verdicts: tuple[str, ...]) -> tuple[float, float]:
    if not suppliers:
        return 0.0, 1.0
    low, high = (sum(s.verdict[end] in verdicts for s in suppliers) / len(suppliers) for end in (0, 1))
    return low, high


def _verdict(captive: float, leaning: float) -> Verdict:
    return "captive" if captive > 0.5 else "leaning" if leaning > 0.5 else "open"


def _remove(
    view: ChainView,
    region: tuple[str, ...],
    anchors: tuple[str, ...],
    suppliers: tuple[Supplier, ...],
    shares: NDArray[np.float64],
    rivals: tuple[str, ...],
    seed: int,
) -> Removal:
    groups = groups_of(view)
    gone = without(groups, anchors)
    staying = [i for i, s in enumerate(suppliers) if s.firm not in gone]
    left = tuple(suppliers[i] for i in staying)
    links, costs = grade_links(view, region), cost_shares(view)
    present = [id for id, link in links.items() if link.grade == "present" and id != view.root]
    worst, best, model = (
        _survivors(left, bool(rivals), share, seed)
        for share in (*(np.array([[s.share[end] for s in left]]) for end in (1, 0)), shares[:, staying])
    )
    known = [i for i, s in enumerate(left) if s.known]
    fixed = [f for id in present for f in links[id].suppliers if f in rivals]  # a rival that makes its own parts stays
    after = [_links_left(draws, left, present, links, set(fixed)) for draws in (worst, best, model)]
    stated = [costs[id].high for id in present if costs[id].stated and not _whole_counts(view, id, present, costs)]
    total = sum(stated)
    weights = np.array(
        [costs[id].high if costs[id].stated and not _whole_counts(view, id, present, costs) else 0.0 for id in present]
    )
    value = None
    if total > 0.0:
        value = (
            float(np.quantile(after[0] @ weights / total, 0.05)),
            float(np.quantile(after[1] @ weights / total, 0.95)),
        )
    counts = (
        int(np.quantile(after[0].sum(axis=1), 0.05, method="inverted_cdf")),
        int(np.quantile(after[1].sum(axis=1), 0.95, method="inverted_cdf")),
    )
    low, middle, high = (int(np.quantile(after[2].sum(axis=1), q, method="inverted_cdf")) for q in (0.05, 0.5, 0.95))
    return Removal(
        tuple(s.firm for s in left),
        rivals,
        _band(worst, best),
        _spread(model),
        _band(worst[:, known], best[:, known]) if known else None,
        len(present),
        counts,
        (low, middle, high),
        value,
        tuple(s.firm for s in left if not s.known),
    )


def _survivors(left: tuple[Supplier, ...], others: bool, share: NDArray[np.float64], seed: int) -> NDArray[np.bool_]:
    """Draws by suppliers: whether each survives the loss of its share."""
    generator = np.random.Generator(np.random.Philox(seed))
    bearable = generator.uniform(*LOSS, size=(DRAWS, len(left)))
    replaced = generator.uniform(*REPLACED, size=(DRAWS, len(left)))
    elsewhere = np.array([others or bool(s.others) for s in left]).reshape(1, len(left))
    found: NDArray[np.bool_] = share * (1.0 - np.where(elsewhere, replaced, 0.0)) <= bearable
    return found


def _band(worst: NDArray[np.bool_], best: NDArray[np.bool_]) -> tuple[float, float] | None:
    if not worst.shape[1]:
        return None
    return float(np.quantile(worst.mean(axis=1), 0.05)), float(np.quantile(best.mean(axis=1), 0.95))


def _spread(draws: NDArray[np.bool_]) -> tuple[float, float, float] | None:
    if not draws.shape[1]:
        return None
    low, middle, high = (float(np.quantile(draws.mean(axis=1), q)) for q in (0.05, 0.5, 0.95))
    return low, middle, high


def _links_left(
    alive: NDArray[np.bool_], left: tuple[Supplier, ...], present: list[str], links: Mapping[str, Link], fixed: set[str]
) -> NDArray[np.float64]:
    """Draws by present links: whether somebody still makes it."""
    at = {s.firm: i for i, s in enumerate(left)}
    found = np.zeros((len(alive), len(present)))
    for j, id in enumerate(present):
        columns = [at[f] for f in links[id].suppliers if f in at]
        if any(f in fixed for f in links[id].suppliers):
            found[:, j] = 1.0
        elif columns:
            found[:, j] = alive[:, columns].any(axis=1)
    return found


def _whole_counts(view: ChainView, id: str, present: list[str], shares: Mapping[str, CostShare]) -> bool:
    """Whether a whole above it is counted already, so that value is not counted twice."""
    at = view.components[id].parent
    while at:
        if at in present and shares[at].stated:
            return True
        at = view.components[at].parent
    return False
