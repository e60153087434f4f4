"""Industrial chains on the screen: links, and the files of other tools."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json
from guanzi.cli.speech import say
from guanzi.desk import places as named
from guanzi.desk import results
from guanzi.intake.chains import ChainView, load_chain
from guanzi.study.chains import (
    CostShare,
    Link,
    cost_shares,
    find_gaps,
    firm_candidates,
    follow_the_money,
    grade_links,
    graphml,
    judge_openness,
    match_laboratories,
    plan_invitations,
    rank_targets,
)

WIDTH = 100
TARGETS = 10
"""Length of the short list of a page."""
_FORMATS = {".ftm": follow_the_money, ".jsonl": follow_the_money, ".json": follow_the_money, ".graphml": graphml}


def show_chain(
    name: str, at: str, anchor: str, as_of: date | None, seed: int, out: Path | None, lang: str, as_json: bool
) -> None:
    """Print what a place has of a chain; with ``out`` write it for other tools instead."""
    chain = load_chain(name)
    view = chain.view(as_of)
    places = named.places_of(chain, at)
    anchors = named.anchors_of(view, anchor)
    if out is not None:
        text = _page(view, places, anchors, seed, lang) if out.suffix.lower() == ".html" else _exported(view, out)
        results.write_whole(out.parent, {out.name: text})
        print(say("cli.chain.written", lang, file=str(out)))
        return
    links, shares = grade_links(view, places), cost_shares(view)
    if as_json:
        data = {
            "chain": view.id,
            "as_of": view.as_of.isoformat(),
            "places": list(places),
            "later": view.later,
            "view_sha256": view.sha256,
            "links": [_plain(link, shares[id]) for id, link in links.items()],
        }
        print(dump_json(data), end="")
        return
    _print(view, links, shares, places, lang)


def _exported(view: ChainView, out: Path) -> str:
    make = _FORMATS.get(out.suffix.lower())
    if make is None:
        mend = Message.of("chains.export.ending.mend", endings=(".html", *_FORMATS))
        cause = Message.of("chains.export.ending", file=out.name)
        raise InvalidInput(Problem(cause, Place("--out"), mend, excerpt=out.name))
    return make(view)


def _page(view: ChainView, places: tuple[str, ...], anchors: tuple[str, ...], seed: int, lang: str) -> str:
    from guanzi.reports import ChainStudy, chain_html  # loads late: pages need a large library

    candidates = firm_candidates(view, places, anchors)
    ranked = rank_targets(candidates, (TARGETS, 2 * TARGETS), seed)[:TARGETS]
    study = ChainStudy(
        view=view,
        places=named_places(view, places),
        anchors=anchors,
        gaps=find_gaps(view, places, anchors),
        targets=ranked,
        candidates=len(candidates),
        plans=plan_invitations(view, ranked, places, anchors),
        openness=judge_openness(view, places, anchors, seed) if anchors else None,
        laboratories=match_laboratories(view, places),
    )
    return chain_html(study, lang)


def named_places(view: ChainView, places: tuple[str, ...]) -> tuple[str, ...]:
    """The names of places, in both languages where the chain states them."""
    return tuple(view.cities[p].name if p in view.cities else p for p in places)


def _print(
    view: ChainView, links: Mapping[str, Link], shares: Mapping[str, CostShare], places: tuple[str, ...], lang: str
) -> None:
    print(say("cli.chain.title", lang, chain=view.name, places=named_places(view, places), day=view.as_of.isoformat()))
    counts = {
        g: sum(link.grade == g for link in links.values()) for g in ("present", "planned", "missing", "no_evidence")
    }
    print(say("cli.chain.counts", lang, n=len(links), **counts))
    if view.later:
        print(say("cli.chain.later", lang, n=view.later))
    table = Table(box=None, pad_edge=False)
    for name in ("link", "state", "share", "firms"):
        table.add_column(
            say(f"cli.chain.column.{name}", lang),
            justify="right" if name == "share" else "left",
            no_wrap=name == "link",
        )
    for id, link in links.items():
        depth = depth_of(view, id)
        firms = [view.firms[f].name.said(lang) for f in (*link.suppliers, *link.planned)]
        table.add_row(
            "  " * depth + link.component.name.said(lang),
            say(f"chains.grade.{link.grade}", lang),
            said_share(shares[id], lang),
            (", " if lang == "en" else "、").join(firms),
        )
    Console(width=max(Console().width, WIDTH)).print(table)


def said_share(share: CostShare, lang: str) -> str:
    """A share of cost in words; empty for the product itself."""
    if not share.stated:
        return say("chains.share.unstated", lang) if share.high < 1.0 or share.low < 1.0 else ""
    which = "disputed" if share.disputed else "point" if share.low == share.high else "interval"
    return say(f"chains.share.{which}", lang, low=share.low, high=share.high)


def depth_of(view: ChainView, id: str) -> int:
    """How many steps a component stands below the product."""
    depth, at = 0, view.components[id].parent
    while at:
        depth, at = depth + 1, view.components[at].parent
    return depth


def _plain(link: Link, share: CostShare) -> dict[str, object]:
    return {
        "component": link.component.id,
        "grade": link.grade,
        "suppliers": list(link.suppliers),
        "planned": list(link.planned),
        "parts": list(link.parts),
        "cost_share": [share.low, share.high],
        "cost_share_stated": share.stated,
        "disputed": share.disputed,
        "rests_on": [s.id for s in (*link.statements, *share.statements)],
    }
