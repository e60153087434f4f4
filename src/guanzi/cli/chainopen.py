"""Openness of a cluster on the screen: verdict with interval, suppliers, and what is left without the anchors."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from guanzi.base.core import Message
from guanzi.cli.show import WIDTH, show_json, tell
from guanzi.cli.speech import say
from guanzi.desk import openness
from guanzi.intake.chains import ChainView
from guanzi.study.chains import ClusterOpenness, Removal

SHOWN = 12


def show_openness(request: openness.Request, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, how open a cluster is to its anchors."""
    result = openness.judge(request)
    if as_json:
        show_json(openness.data(result))
    else:
        _print(result.view, result.openness, lang)


def _print(view: ChainView, found: ClusterOpenness, lang: str) -> None:
    named = tuple(view.firms[a].name for a in found.anchors)
    if not found.suppliers:
        tell("chains.open.none", lang, anchors=named)
        return
    low, high = found.verdict
    which = "decided" if found.decided else "undecided"
    tell(
        f"chains.open.verdict.{which}",
        lang,
        anchors=named,
        low=say(f"chains.open.{low}", lang),
        high=say(f"chains.open.{high}", lang),
    )
    tell(
        "chains.open.part",
        lang,
        n=len(found.suppliers),
        known=sum(s.known for s in found.suppliers),
        part=_part(found.captive),
    )
    tell("chains.open.rivals", lang, rivals=tuple(view.firms[f].name for f in found.rivals))
    tell("chains.open.platforms", lang, platforms=tuple(s.name for s in found.platforms))
    table = Table(box=None, pad_edge=False)
    for column in ("supplier", "link", "to_anchor", "owned", "verdict"):
        right = column in ("to_anchor", "owned")
        table.add_column(say(f"cli.chain.column.{column}", lang), justify="right" if right else "left")
    for s in sorted(found.suppliers, key=lambda s: (not s.known, -s.share[0], s.firm))[:SHOWN]:
        parts = (", " if lang == "en" else "、").join(view.components[c].name.said(lang) for c in s.components)
        verdicts = dict.fromkeys(say(f"chains.open.{v}", lang) for v in s.verdict)
        table.add_row(
            view.firms[s.firm].name.said(lang), parts, _span(s.share, lang), _span(s.owned, lang), " – ".join(verdicts)
        )
    Console(width=max(Console().width, WIDTH + 20)).print(table)
    if len(found.suppliers) > SHOWN:
        tell("chains.open.more", lang, n=len(found.suppliers) - SHOWN)
    print()
    _tell_removal(view, found.removal, named, lang)


def _tell_removal(view: ChainView, removal: Removal, anchors: tuple[str, ...], lang: str) -> None:
    tell("chains.removal.title", lang, anchors=anchors, n=len(removal.firms), makers=len(removal.makers))
    if removal.survive is not None and removal.even is not None:
        which = "survive" if removal.missing else "known"
        tell(f"chains.removal.{which}", lang, part=_part(removal.survive))
        if removal.missing:
            tell("chains.removal.even", lang, low=removal.even[0], middle=removal.even[1], high=removal.even[2])
    tell("chains.removal.links", lang, before=removal.links_before, part=_part(removal.links_after, "count"))
    if removal.value_after is not None:
        tell("chains.removal.value", lang, part=_part(removal.value_after))
    if removal.missing:
        firms = tuple(view.firms[f].name for f in removal.missing)
        tell("chains.removal.missing", lang, n=len(firms), firms=firms)


def _part(span: tuple[float, float], what: str = "share") -> Message:
    """Both ends, or the one number that they are."""
    which = "point" if span[0] == span[1] else "interval"
    return Message.of(f"chains.{what}.{which}", low=span[0], high=span[1])


def _span(span: tuple[float, float], lang: str) -> str:
    if span == (0.0, 1.0):
        return say("chains.grade.no_evidence", lang)
    which = "point" if span[0] == span[1] else "interval"
    return say(f"chains.share.{which}", lang, low=span[0], high=span[1])
