"""Targets of a chain on the screen: the list with its robustness, and a plan for each of the first."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.table import Table

from guanzi.base.core import dump_json, wrap
from guanzi.cli.chains import WIDTH
from guanzi.cli.speech import say
from guanzi.desk import places as named
from guanzi.intake.chains import ChainView, load_chain
from guanzi.study.chains import Invitation, Target, firm_candidates, link_candidates, plan_invitations, rank_targets

PLANS = 3
"""Plans that are printed; all stand in the JSON and on the page."""


def show_targets(
    name: str, at: str, anchor: str, links: bool, top: int, as_of: date | None, seed: int, lang: str, as_json: bool
) -> None:
    """Print, or write as JSON, the first targets, and how often each is among the first."""
    chain = load_chain(name)
    view, places = chain.view(as_of), named.places_of(chain, at)
    anchors = named.anchors_of(view, anchor)
    candidates = (link_candidates if links else firm_candidates)(view, places, anchors)
    ranked = rank_targets(candidates, (top, 2 * top), seed)
    plans = plan_invitations(view, ranked[:top], places, anchors)
    if as_json:
        data = {
            "chain": view.id,
            "as_of": view.as_of.isoformat(),
            "candidates": len(candidates),
            "targets": [_plain(plan) for plan in plans],
        }
        print(dump_json(data), end="")
        return
    if not ranked:
        print(say("cli.chain.targets.none", lang))
        return
    _print(view, ranked[:top], len(candidates), top, lang)
    for plan in plans[:PLANS]:
        _tell(view, plan, lang)


def _print(view: ChainView, ranked: tuple[Target, ...], n: int, top: int, lang: str) -> None:
    print("\n".join(wrap(say("cli.chain.targets.lead", lang, n=n, k=top), WIDTH)))
    table = Table(box=None, pad_edge=False)
    for column in ("target", "link", "top", "rank", "unknown"):
        table.add_column(
            say(f"cli.chain.column.{column}", lang), justify="right" if column in ("top", "rank") else "left"
        )
    for target in ranked:
        c = target.candidate
        table.add_row(
            view.firms[c.firm].name.said(lang) if c.firm else say("chains.target.any", lang),
            view.components[c.component].name.said(lang),
            say("chains.share.point", lang, low=target.top[top]),
            say("chains.rank", lang, low=target.rank[0], middle=target.rank[1], high=target.rank[2]),
            (", " if lang == "en" else "、").join(say(f"chains.criterion.{u}", lang) for u in c.unknown),
        )
    Console(width=max(Console().width, WIDTH + 20)).print(table)


def _tell(view: ChainView, plan: Invitation, lang: str) -> None:
    c = plan.target.candidate
    print()
    who = view.firms[c.firm].name if c.firm else say("chains.target.any", lang)
    print(say("chains.plan.title", lang, who=who, link=view.components[c.component].name))
    lines = [
        say("chains.plan.buyers", lang, firms=tuple(view.firms[f].name for f in plan.buyers)),
        say("chains.plan.beside", lang, firms=tuple(view.firms[f].name for f in plan.beside)),
        say("chains.plan.offers", lang, offers=tuple(s.name for s in plan.offers))
        if plan.offers
        else say("chains.plan.no_offers", lang),
        say("chains.plan.needs", lang, needs=tuple(s.name for s in plan.needs))
        if plan.needs
        else say("chains.plan.no_needs", lang),
        say("chains.plan.labs", lang, labs=tuple(s.name for s in plan.laboratories)),
        say(f"chains.plan.tier.{plan.tier}", lang),
    ]
    if plan.questions:
        lines.append(
            say("chains.plan.ask", lang, asked=tuple(say(f"chains.question.{q}", lang) for q in plan.questions))
        )
    for line in lines:
        print("\n".join(wrap(line, WIDTH, indent="  ")))


def _plain(plan: Invitation) -> dict[str, object]:
    target = plan.target
    return {
        "firm": target.candidate.firm or None,
        "component": target.candidate.component,
        "top": {str(k): round(v, 4) for k, v in target.top.items()},
        "rank": list(target.rank),
        "criteria": {k: list(v) for k, v in target.candidate.criteria.items()},
        "unknown": list(target.candidate.unknown),
        "buyers": list(plan.buyers),
        "beside": list(plan.beside),
        "offers": [s.id for s in plan.offers],
        "needs": [s.id for s in plan.needs],
        "laboratories": [s.id for s in plan.laboratories],
        "tier": plan.tier,
    }
