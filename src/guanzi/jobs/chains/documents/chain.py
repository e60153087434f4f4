"""A chain of a place as a document: links, flow of value, targets, openness, laboratories, together or each alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guanzi import __version__
from guanzi.base.core import Message
from guanzi.intake.chains import ChainView
from guanzi.jobs.chains.documents.chain_map import ChainMapDrawing
from guanzi.jobs.chains.documents.chain_opening import chain_opening
from guanzi.jobs.chains.documents.chain_tables import (
    gauge_table,
    laboratory_table,
    link_table,
    score_table,
    supplier_table,
    target_name,
    target_table,
)
from guanzi.jobs.chains.documents.invitation import shared_steps, steps_of
from guanzi.jobs.chains.documents.open_gauge import GaugeDrawing, between
from guanzi.jobs.chains.documents.target_heat import HeatDrawing
from guanzi.jobs.chains.documents.value_flow import FlowDrawing, flow_of
from guanzi.jobs.shared.documents.cited import listed_sources
from guanzi.jobs.shared.documents.words import message
from guanzi.render import Block, Bullets, Chart, Document, Section, Sentence, Words
from guanzi.study.chains import (
    CRITERIA,
    GRADES,
    LINK_CRITERIA,
    ClusterOpenness,
    Invitation,
    LaboratoryMatch,
    LinkGap,
    Removal,
    Target,
)

_PLANS = 5
"""Invitations that are told in full."""
_LIKE, _DEEP = 0.15, 5
"""Likeness of words and length of a shared code from which the page names a laboratory."""


@dataclass(frozen=True, slots=True)
class ChainStudy:
    """What a document tells; what was not asked is empty.

    Attributes:
        view: What was known on the day.
        places: Names of the place, in both languages.
        anchors: Ids of the anchors.
        gaps: Every link.
        targets: The first of the list.
        top: Length of the list.
        candidates: How many stood for it.
        plans: A plan for each of them.
        openness: Towards the anchors; None where none is named.
        laboratories: Matched with links.
    """

    view: ChainView
    places: tuple[str, ...]
    anchors: tuple[str, ...] = ()
    gaps: tuple[LinkGap, ...] = ()
    targets: tuple[Target, ...] = ()
    top: int = 10
    candidates: int = 0
    plans: tuple[Invitation, ...] = ()
    openness: ClusterOpenness | None = None
    laboratories: tuple[LaboratoryMatch, ...] = ()


def chain_document(study: ChainStudy) -> Document:
    """The document of all that is known of a chain in a place."""
    shown = [m for m in study.laboratories if m.depth >= _DEEP or m.likeness >= _LIKE]
    sections = (
        *chain_opening(study.view, study.places, study.gaps, study.targets, _map(study)).sections(),
        _section("lead", *_lead(study), first=True),
        _section("flow", _flow(study)),
        *_targets(study),
        _section("open", *_open(study)),
        _section("labs", laboratory_table(study.view, shown) if shown else _empty("labs")),
        _section("sources", listed_sources(study.view.sources)),
    )
    return _document(study, sections)


def chain_part(study: ChainStudy, part: str) -> Document:
    """The document of one question.

    Args:
        study: What was found.
        part: ``links``, ``gaps``, ``targets``, ``open`` or ``labs``.
    """
    return _document(study, tuple(_PARTS[part](study)))


def _document(study: ChainStudy, sections: tuple[Section, ...]) -> Document:
    view, under = study.view, [message("page.as_of", day=study.view.as_of.isoformat())]
    newest = max((s.known_on for s in view.statements), default=view.as_of)
    if newest < view.as_of:
        under.append(message("chain.newest", day=newest.isoformat()))
    if study.anchors:
        under.append(message("chain.anchors", anchors=_names(view, study.anchors)))
    return Document(
        id="chain",
        kicker=message("chain.kicker"),
        title=message("chain.title", chain=view.name, places=study.places),
        under=tuple(under),
        dated=view.as_of,
        sections=sections,
        footer=message("chain.footer", version=__version__),
        hash=view.sha256,
    )


def _section(id: str, *blocks: Block, first: bool = False) -> Section:
    return Section(id, message(f"chain.section.{id}"), blocks, first)


def _empty(id: str) -> Sentence:
    return Sentence(message(f"chain.empty.{id}"), tone="unknown")


def _names(view: ChainView, ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(view.firms[id].name for id in ids)


def _links(study: ChainStudy) -> Iterator[Section]:
    """What the place has of the chain."""
    yield _section("lead", *_lead(study, Sentence(_counts(study.gaps))), first=True)
    yield _section("links", link_table(study.view, study.gaps, ("state", "share", "makers")), first=True)


def _gaps(study: ChainStudy) -> Iterator[Section]:
    """How strong every link is."""
    valued = any(gap.value is not None for gap in study.gaps)  # a value at stake is its share of a stated output
    shown = ("state", "value" if valued else "share", "groups", "cut", "imports", "near")
    yield _section("lead", *_lead(study, Sentence(_counts(study.gaps))), first=True)
    note = Sentence(message("chain.cut_note"), tone="quiet")
    yield _section("links", link_table(study.view, study.gaps, shown), note, first=True)


def _labs(study: ChainStudy) -> Iterator[Section]:
    """Laboratories that could strengthen links, gaps first."""
    note = Sentence(message("chain.labs_note"), tone="quiet")
    table = (laboratory_table(study.view, study.laboratories), note)
    yield _section("labs", *(table if study.laboratories else (_empty("labs"),)), first=True)


def _counts(gaps: Sequence[LinkGap]) -> Message:
    counts = {grade: sum(gap.link.grade == grade for gap in gaps) for grade in GRADES}
    return message("chain.lead.counts", n=len(gaps), **counts)


def _lead(study: ChainStudy, *opening: Sentence) -> Iterator[Block]:
    """The state of the links, and what depends on few or on others."""
    yield from opening
    view, gaps = study.view, study.gaps
    sentences = []
    for kind, tone, found in (
        ("single", "caution", [g for g in gaps if g.single]),
        ("imported", "caution", [g for g in gaps if g.imported]),
    ):
        if found:
            links = tuple(g.link.component.name for g in found)
            sentences.append(Sentence(message(f"chain.lead.{kind}", n=len(found), links=links), tone=tone))  # type: ignore[arg-type]
    held = [g for g in gaps if g.cut is not None and g.link.component.id != view.root]
    if study.anchors and held:
        lost = tuple(g.link.component.name for g in held if g.cut == 0)
        anchors = _names(view, study.anchors)
        if lost:
            words = message("chain.lead.lost", anchors=anchors, n=len(lost), held=len(held), links=lost)
            sentences.append(Sentence(words, tone="risk"))
        else:
            sentences.append(Sentence(message("chain.lead.none_lost", anchors=anchors, held=len(held))))
    leads = [g for g in gaps if g.link.unchecked]
    if leads:
        words = message("chain.lead.unchecked", n=len(leads), links=tuple(g.link.component.name for g in leads))
        sentences.append(Sentence(words, tone="unknown"))
    if view.later:
        sentences.append(Sentence(message("chain.lead.later", n=view.later), tone="quiet"))
    if sentences:
        yield Bullets(tuple(sentences))


def _map(study: ChainStudy) -> Chart:
    finding = _counts(study.gaps)
    table = link_table(study.view, study.gaps, ("state", "share", "groups", "cut", "imports", "makers"))
    fills: dict[str, list[Words]] = {}
    for target in study.targets:
        if firm := target.candidate.firm:
            fills.setdefault(target.candidate.component, []).append(study.view.firms[firm].name)
    invited = {component: tuple(names) for component, names in fills.items()}
    drawing = ChainMapDrawing(study.view, study.gaps, finding, invited)
    return Chart("map", message("chain.section.links"), Sentence(finding), drawing, (table,), message("chain.key.map"))


def _flow(study: ChainStudy) -> Block:
    view, flow = study.view, flow_of(study.view, study.gaps)
    if not flow:
        return _empty("flow")
    wholes = view.children.get(view.root, ())
    finding = message(
        "chain.see.flow",
        made=sum(whole.parts["present"] for whole in flow),
        unknown=sum(whole.parts["no_evidence"] for whole in flow),
        stated=len(flow),
        wholes=len(wholes),
        silent=sum(gap.link.grade == "no_evidence" for gap in study.gaps),
        n=len(study.gaps),
    )
    parts = [gap for gap in study.gaps if gap.link.component.id in wholes]
    table = link_table(view, parts, ("state", "share"), "flow")
    drawing = FlowDrawing(view.components[view.root].name, flow, finding)
    return Chart("flow", message("chain.section.flow"), Sentence(finding), drawing, (table,))


def _targets(study: ChainStudy) -> Iterator[Section]:
    if not study.targets:
        yield _section("targets", _empty("targets"))
        return
    finding = _listed(study)
    drawing = HeatDrawing(study.view, study.targets, study.top, finding)
    table, legend = score_table(study.view, study.targets, study.top), message("chain.key.scores")
    chart = Chart("targets", message("chain.section.targets"), Sentence(finding), drawing, (table,), legend)
    yield _section("targets", chart, *_left_out(study))
    yield from _invitations(study, first=False)


def _target_list(study: ChainStudy) -> Iterator[Section]:
    """Whom to invite."""
    if not study.targets:
        yield _section("targets", _empty("targets"), first=True)
        return
    table = target_table(study.view, study.targets, study.top)
    yield _section("targets", Sentence(_listed(study)), *_left_out(study), table, first=True)
    yield from _invitations(study, first=True)


def _listed(study: ChainStudy) -> Message:
    id = "chain.see.heat" if study.candidates > study.top else "chain.see.heat_few"
    return message(id, n=study.candidates, k=study.top)


def _left_out(study: ChainStudy) -> Iterator[Sentence]:
    """Criteria of which nothing is known for any candidate, and which were left out of the ranking."""
    criteria = CRITERIA if study.targets[0].candidate.firm else LINK_CRITERIA
    out = tuple(message(f"chain.short.{name}") for name in criteria if name not in study.targets[0].scores)
    if out:
        yield Sentence(message("chain.left_out", criteria=out), tone="unknown")


def _invitations(study: ChainStudy, *, first: bool) -> Iterator[Section]:
    """What holds for all plans once, then what is particular to some."""
    plans = study.plans[:_PLANS]
    shared = shared_steps(study.view, plans)
    if shared:
        yield Section("plans", message("chain.section.plans", n=len(plans)), (_bullets(shared),), first, 3)
    alike: dict[tuple[Message, ...], list[Message]] = {}
    for plan in plans:
        own = tuple(step for step in steps_of(study.view, plan) if step not in shared)
        alike.setdefault(own, []).append(target_name(study.view, plan.target))
    for n, (own, names) in enumerate(alike.items(), 1):
        if own:
            yield Section(f"plan-{n}", message("chain.names", names=tuple(names)), (_bullets(own),), first, 3)


def _bullets(sentences: Sequence[Words]) -> Bullets:
    return Bullets(tuple(Sentence(words) for words in sentences))


def _open(study: ChainStudy) -> Iterator[Block]:
    """How open the cluster is, and what is left of it without the anchors."""
    found, view = study.openness, study.view
    if found is None or not found.suppliers:
        if found is None:
            yield Sentence(_anchors_wanted(study), tone="unknown")
        else:
            yield Sentence(message("chain.empty.suppliers", anchors=_names(view, found.anchors)), tone="unknown")
        return
    anchors = _names(view, found.anchors)
    low, high = (message(f"chain.open.{verdict}") for verdict in found.verdict)
    n, known = len(found.suppliers), sum(s.known for s in found.suppliers)
    decided = "decided" if found.decided else "undecided"
    finding = message(f"chain.see.gauge.{decided}", anchors=anchors, low=low, high=high, n=n, known=known)
    drawing = GaugeDrawing(found, finding)
    yield Chart("open", message("chain.section.open"), Sentence(finding), drawing, (gauge_table(found),))
    low_end, middle, high_end = found.model
    sentences = [
        message("chain.open.captive_part", part=between(found.captive)),
        message("chain.open.model", part=between((low_end, high_end), middle), **shown_odds(found.odds)),
        message("chain.open.rivals", rivals=_names(view, found.rivals)),
        message("chain.open.platforms", platforms=tuple(s.name for s in found.platforms)),
    ]
    yield _bullets(sentences)
    yield _bullets(tuple(_removed(view, found.removal, anchors)))
    yield supplier_table(view, found)


def _anchors_wanted(study: ChainStudy) -> Message:
    """That openness needs an anchor, with the firms that make the product in the place."""
    makers = next((gap.link.suppliers for gap in study.gaps if gap.link.component.id == study.view.root), ())
    if not makers:
        return message("chain.empty.open")
    return message("chain.empty.anchors", firms=_names(study.view, makers))


def shown_odds[Name: str](odds: Mapping[Name, float]) -> dict[str, float]:
    """Probabilities to a tenth of a point as they are shown: the largest takes what rounding left, so they make one."""
    shown = {str(name): round(value, 3) for name, value in odds.items()}
    largest = max(shown, key=lambda name: shown[name])
    return shown | {largest: round(shown[largest] + 1.0 - sum(shown.values()), 3)}


def _openness(study: ChainStudy) -> Iterator[Section]:
    yield _section("open", *_open(study), first=True)


def _removed(view: ChainView, removal: Removal, anchors: tuple[str, ...]) -> Iterator[Message]:
    """The cluster without the anchors."""
    firms, makers = len(removal.firms), len(removal.makers)
    yield message("chain.removal.title", anchors=anchors, n=firms, makers=makers)
    if removal.survive is not None and removal.model is not None:
        which = "survive" if removal.missing else "known"
        yield message(f"chain.removal.{which}", part=between(removal.survive))
        if removal.missing:
            low, middle, high = removal.model
            yield message("chain.removal.model", part=between((low, high), middle))
    links = between(removal.links_after, unit="count")
    few, _, many = removal.links_model
    yield message("chain.removal.links", before=removal.links_before, part=links, low=few, high=many)
    if removal.value_after is not None:
        yield message("chain.removal.value", part=between(removal.value_after))
    if removal.missing:
        missing = _names(view, removal.missing)
        yield message("chain.removal.missing", n=len(missing), firms=missing)


_PARTS: Mapping[str, Callable[[ChainStudy], Iterator[Section]]] = {
    "links": _links,
    "gaps": _gaps,
    "targets": _target_list,
    "open": _openness,
    "labs": _labs,
}
