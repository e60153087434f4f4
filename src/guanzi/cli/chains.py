"""Industrial chains on the screen: links, and the files of other tools."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from guanzi.cli.show import WIDTH, show_json
from guanzi.cli.speech import say
from guanzi.desk import links
from guanzi.study.chains import CostShare


def show_chain(request: links.Request, out: Path | None, lang: str, as_json: bool) -> None:
    """Print what a place has of a chain; with ``out`` write it for other tools instead."""
    result = links.grade(request)
    if out is not None:
        links.write(request, result, out, lang)
        print(say("cli.chain.written", lang, file=str(out)))
    elif as_json:
        show_json(links.data(result))
    else:
        _print(result, lang)


def _print(result: links.Result, lang: str) -> None:
    view = result.view
    print(say("cli.chain.title", lang, chain=view.name, places=result.named, day=view.as_of.isoformat()))
    counts = {
        g: sum(link.grade == g for link in result.links.values())
        for g in ("present", "planned", "missing", "no_evidence")
    }
    print(say("cli.chain.counts", lang, n=len(result.links), **counts))
    if view.later:
        print(say("cli.chain.later", lang, n=view.later))
    table = Table(box=None, pad_edge=False)
    for name in ("link", "state", "share", "firms"):
        table.add_column(
            say(f"cli.chain.column.{name}", lang),
            justify="right" if name == "share" else "left",
            no_wrap=name == "link",
        )
    for id, link in result.links.items():
        depth = view.depth_of(id)
        firms = [view.firms[f].name.said(lang) for f in (*link.suppliers, *link.planned)]
        table.add_row(
            "  " * depth + link.component.name.said(lang),
            say(f"chains.grade.{link.grade}", lang),
            said_share(result.shares[id], lang),
            (", " if lang == "en" else "、").join(firms),
        )
    Console(width=max(Console().width, WIDTH)).print(table)


def said_share(share: CostShare, lang: str) -> str:
    """A share of cost in words; empty for the product itself."""
    if not share.stated:
        return say("chains.share.unstated", lang) if share.high < 1.0 or share.low < 1.0 else ""
    which = "disputed" if share.disputed else "point" if share.low == share.high else "interval"
    return say(f"chains.share.{which}", lang, low=share.low, high=share.high)
