"""Targets of a chain on the screen: the list with its robustness, and a plan for each of the first."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from guanzi.base.core import wrap
from guanzi.cli.show import WIDTH, show_json, tell
from guanzi.cli.speech import say
from guanzi.desk import targets
from guanzi.intake.chains import ChainView
from guanzi.study.chains import Invitation

PLANS = 3
"""Plans that are printed; all stand in the JSON and on the page."""


def show_targets(request: targets.Request, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, the first targets, and how often each is among the first."""
    result = targets.rank(request)
    if as_json:
        show_json(targets.data(result))
    elif not result.targets:
        print(say("cli.chain.targets.none", lang))
    else:
        _print(result, lang)
        for plan in result.plans[:PLANS]:
            _tell(result.view, plan, lang)


def _print(result: targets.Result, lang: str) -> None:
    view, top = result.view, result.top
    tell("cli.chain.targets.lead", lang, n=result.candidates, k=top)
    table = Table(box=None, pad_edge=False)
    for column in ("target", "link", "top", "rank", "unknown"):
        table.add_column(
            say(f"cli.chain.column.{column}", lang), justify="right" if column in ("top", "rank") else "left"
        )
    for target in result.targets:
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
        *_unknown("offers", plan.unknown_offers if plan.offers else (), lang),
        say("chains.plan.needs", lang, needs=tuple(s.name for s in plan.needs))
        if plan.needs
        else say("chains.plan.no_needs", lang),
        *_unknown("needs", plan.unknown_needs if plan.needs else (), lang),
        say("chains.plan.labs", lang, labs=tuple(s.name for s in plan.laboratories)),
        say(f"chains.plan.tier.{plan.tier}", lang),
    ]
    if plan.questions:
        lines.append(
            say("chains.plan.ask", lang, asked=tuple(say(f"chains.question.{q}", lang) for q in plan.questions))
        )
    for line in lines:
        print("\n".join(wrap(line, WIDTH, indent="  ")))


def _unknown(what: str, kinds: tuple[str, ...], lang: str) -> list[str]:
    words = tuple(say(f"chains.wanted.{kind}", lang) for kind in kinds)
    return [say(f"chains.plan.unknown_{what}", lang, kinds=words)] if words else []
