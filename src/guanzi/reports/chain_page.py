"""The page of a chain: map, flow of value, targets, openness and laboratories of one place on one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guanzi import __version__
from guanzi.intake.chains import ChainView
from guanzi.render import closed_up, joint, mark_foreign, stylesheet
from guanzi.reports.chain_map import chain_map
from guanzi.reports.chart import PageChart
from guanzi.reports.evidence import cited_source
from guanzi.reports.open_gauge import open_gauge
from guanzi.reports.pages import plain_environment
from guanzi.reports.tables import ReportTable, TableNumber
from guanzi.reports.target_heat import target_heat, target_name
from guanzi.reports.value_flow import value_flow
from guanzi.reports.words import say
from guanzi.study.chains import ClusterOpenness, CostShare, Invitation, LaboratoryMatch, LinkGap, Target

FIRST = 10
"""Length of the short list."""


@dataclass(frozen=True, slots=True)
class ChainStudy:
    """What a page tells.

    Attributes:
        view: What was known on the day.
        places: Names of the place, in both languages.
        anchors: Ids of the anchors.
        gaps: Every link.
        targets: The first of the list.
        candidates: How many stood for it.
        plans: A plan for each of them.
        openness: Towards the anchors; None where none is named.
        laboratories: Matched with links.
    """

    view: ChainView
    places: tuple[str, ...]
    anchors: tuple[str, ...]
    gaps: tuple[LinkGap, ...]
    targets: tuple[Target, ...]
    candidates: int
    plans: tuple[Invitation, ...]
    openness: ClusterOpenness | None
    laboratories: tuple[LaboratoryMatch, ...]


def chain_html(study: ChainStudy, lang: str = "en") -> str:
    """The page as HTML: one file without script and without outside requests, the same bytes for the same input."""
    view = study.view
    counts = {
        g: sum(gap.link.grade == g for gap in study.gaps) for g in ("present", "planned", "missing", "no_evidence")
    }
    page = (
        plain_environment(lang)
        .get_template("chain.html.j2")
        .render(
            version=__version__,
            view=view,
            lang=lang,
            css=stylesheet(lang),
            places=study.places,
            anchors=tuple(view.firms[a].name for a in study.anchors),
            counts=counts,
            n=len(study.gaps),
            single=tuple(g.link.component.name for g in study.gaps if g.single),
            imported=tuple(g.link.component.name for g in study.gaps if g.imported),
            lost=tuple(g.link.component.name for g in study.gaps if g.cut == 0),
            map=_map(study, lang),
            flow=_flow(study, lang),
            heat=_heat(study, lang),
            plans=[(target_name(view, p.target, lang), _plan(study, p, lang)) for p in study.plans[:5]],
            candidates=study.candidates,
            gauge=_gauge(study, lang),
            openness=study.openness,
            survive=_part(study.openness.removal.survive, "share", lang) if study.openness else "",
            stay=_part(study.openness.removal.links_after, "count", lang) if study.openness else "",
            missing=tuple(view.firms[f].name for f in study.openness.removal.missing) if study.openness else (),
            platforms=tuple(s.name for s in study.openness.platforms) if study.openness else (),
            labs=_labs(study, lang),
            sources=[cited_source(s) for s in view.sources],
        )
    )
    return mark_foreign(closed_up(page, lang), lang)


def _map(study: ChainStudy, lang: str) -> PageChart:
    sentence = say("chain.see.map", lang)
    drawn = chain_map(study.view, study.gaps, sentence, lang)
    heads = ("link", "state", "share", "groups", "cut", "makers")
    head = tuple(say(f"chain.head.{name}", lang) for name in heads)
    rows = tuple(
        (
            gap.link.component.name.said(lang),
            (
                TableNumber(
                    say(f"chain.grade.{gap.link.grade}", lang),
                    mark="none" if gap.link.grade == "no_evidence" else "words",
                ),
                _share(gap.share, lang) if gap.link.component.id != study.view.root else TableNumber(""),
                TableNumber(str(len(gap.groups)) if gap.link.suppliers else ""),
                TableNumber("" if gap.cut is None else str(gap.cut)),
                TableNumber(_firms(study.view, (*gap.link.suppliers, *gap.link.planned), lang), mark="words"),
            ),
        )
        for gap in study.gaps
    )
    label = say("chain.section.map", lang)
    return PageChart("map", label, sentence, drawn, ((ReportTable("", head, rows), label),))


def _share(share: CostShare, lang: str) -> TableNumber:
    if not share.stated:
        return TableNumber(say("figure.none", lang), mark="none")
    kind = "point" if share.low == share.high else "disputed" if share.disputed else "interval"
    return TableNumber(say(f"chain.share.{kind}", lang, low=share.low, high=share.high))


def _firms(view: ChainView, ids: Sequence[str], lang: str) -> str:
    return joint("item", lang).join(view.firms[f].name.said(lang) for f in ids)


def _flow(study: ChainStudy, lang: str) -> PageChart | None:
    sentence = say("chain.see.flow", lang)
    drawn = value_flow(study.view, study.gaps, sentence, lang)
    if drawn is None:
        return None
    head = tuple(say(f"chain.head.{name}", lang) for name in ("link", "share"))
    parts = study.view.children.get(study.view.root, ())
    rows = tuple(
        (g.link.component.name.said(lang), (_share(g.share, lang),)) for g in study.gaps if g.link.component.id in parts
    )
    label = say("chain.section.flow", lang)
    return PageChart("flow", label, sentence, drawn, ((ReportTable("", head, rows), label),))


def _heat(study: ChainStudy, lang: str) -> PageChart | None:
    if not study.targets:
        return None
    few = "" if study.candidates > FIRST else "_few"
    sentence = say(f"chain.see.heat{few}", lang, n=study.candidates, k=FIRST)
    drawn = target_heat(study.view, study.targets, FIRST, sentence, lang)
    head = (
        say("chain.head.target", lang),
        say("chain.axis.top", lang, k=FIRST),
        say("chain.head.rank", lang),
        *(say(f"chain.short.{name}", lang) for name in study.targets[0].scores),
    )
    rows = tuple(
        (
            target_name(study.view, t, lang),
            (
                TableNumber(say("chain.share.point", lang, low=t.top[FIRST])),
                TableNumber(say("chain.rank", lang, low=t.rank[0], middle=t.rank[1], high=t.rank[2])),
                *(
                    TableNumber(say("figure.none", lang), mark="none")
                    if name in t.candidate.unknown
                    else TableNumber(say("chain.share.point", lang, low=score))
                    for name, score in t.scores.items()
                ),
            ),
        )
        for t in study.targets
    )
    label = say("chain.section.targets", lang)
    return PageChart("targets", label, sentence, drawn, ((ReportTable("", head, rows), label),))


def _plan(study: ChainStudy, plan: Invitation, lang: str) -> tuple[str, ...]:
    view = study.view
    said = [
        say("chain.plan.buyers", lang, firms=tuple(view.firms[f].name for f in plan.buyers)),
        say(
            "chain.plan.offers" if plan.offers else "chain.plan.no_offers",
            lang,
            offers=tuple(s.name for s in plan.offers),
        ),
        *_unknown("offers", plan.unknown_offers if plan.offers else (), lang),
        say("chain.plan.needs" if plan.needs else "chain.plan.no_needs", lang, needs=tuple(s.name for s in plan.needs)),
        *_unknown("needs", plan.unknown_needs if plan.needs else (), lang),
        say("chain.plan.labs", lang, labs=tuple(s.name for s in plan.laboratories)),
        say(f"chain.plan.tier.{plan.tier}", lang),
    ]
    if plan.questions:
        said.append(say("chain.plan.ask", lang, asked=tuple(say(f"chain.ask.{q}", lang) for q in plan.questions)))
    return tuple(said)


def _part(span: tuple[float, float] | None, what: str, lang: str) -> str:
    """Both ends, or the one number that they are; empty where there is none."""
    if span is None:
        return ""
    which = "point" if span[0] == span[1] else "interval"
    return say(f"chain.{what}.{which}", lang, low=span[0], high=span[1])


def _unknown(what: str, kinds: tuple[str, ...], lang: str) -> tuple[str, ...]:
    words = tuple(say(f"chain.wanted.{kind}", lang) for kind in kinds)
    return (say(f"chain.plan.unknown_{what}", lang, kinds=words),) if words else ()


def _gauge(study: ChainStudy, lang: str) -> PageChart | None:
    found = study.openness
    if found is None or not found.suppliers:
        return None
    low, high = (say(f"chain.open.{v}", lang) for v in found.verdict)
    anchors = tuple(study.view.firms[a].name for a in found.anchors)
    kind = "decided" if found.decided else "undecided"
    sentence = say(f"chain.see.gauge.{kind}", lang, anchors=anchors, low=low, high=high)
    drawn = open_gauge(found, sentence, lang)
    head = tuple(say(f"chain.head.{name}", lang) for name in ("supplier", "link", "to_anchor", "standing"))
    rows = tuple(
        (
            study.view.firms[s.firm].name.said(lang),
            (
                TableNumber(
                    joint("item", lang).join(study.view.components[c].name.said(lang) for c in s.components),
                    mark="words",
                ),
                TableNumber(say("figure.none", lang), mark="none")
                if s.share == (0.0, 1.0)
                else TableNumber(
                    say(
                        "chain.share.point" if s.share[0] == s.share[1] else "chain.share.interval",
                        lang,
                        low=s.share[0],
                        high=s.share[1],
                    )
                ),
                TableNumber(" – ".join(dict.fromkeys(say(f"chain.open.{v}", lang) for v in s.verdict)), mark="words"),
            ),
        )
        for s in found.suppliers
    )
    label = say("chain.section.open", lang)
    return PageChart("open", label, sentence, drawn, ((ReportTable("", head, rows), label),))


def _labs(study: ChainStudy, lang: str) -> ReportTable:
    head = tuple(say(f"chain.head.{name}", lang) for name in ("laboratory", "link", "state", "codes", "founders"))
    rows = tuple(
        (
            m.laboratory.name.said(lang),
            (
                TableNumber(study.view.components[m.component].name.said(lang), mark="words"),
                TableNumber(say(f"chain.grade.{m.grade}", lang), mark="none" if m.grade == "no_evidence" else "words"),
                TableNumber(joint("item", lang).join(m.codes), mark="words"),
                TableNumber(_firms(study.view, [f for f in m.founders if f in study.view.firms], lang), mark="words"),
            ),
        )
        for m in study.laboratories
        if m.depth >= 5 or m.likeness >= 0.15
    )
    return ReportTable("", head, rows)
