"""Gaps of a chain on the screen: missing links, single sources, imports, the cut without the anchor."""

from __future__ import annotations

import re

from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.cli.chains import said_share
from guanzi.cli.show import WIDTH, show_json
from guanzi.cli.speech import say
from guanzi.desk import gaps


def show_gaps(request: gaps.Request, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, the strength of every link."""
    result = gaps.find(request)
    if as_json:
        show_json(gaps.data(result))
    else:
        _print(result, lang)


def read_output(text: str) -> tuple[float, float] | None:
    """An output of a year as it is typed: ``LOW-HIGH``, or one number; None where nothing was typed."""
    if not text:
        return None
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:[-–:]\s*(\d+(?:\.\d+)?))?\s*", text)
    low, high = (float(found[1]), float(found[2] or found[1])) if found else (1.0, 0.0)
    if low > high:
        cause, mend = Message.of("chains.output.wrong", text=text), Message.of("chains.output.wrong.mend")
        raise InvalidInput(Problem(cause, Place("--output"), mend, excerpt=text))
    return low, high


def _print(result: gaps.Result, lang: str) -> None:
    view, found, anchors = result.view, result.gaps, result.anchors
    weak = [g for g in found if g.link.grade != "present"]
    single = [g for g in found if g.single]
    held = [g for g in found if g.cut is not None and g.link.component.id != view.root]
    print(say("cli.chain.gaps.lead", lang, weak=len(weak), single=len(single), n=len(found)))
    if anchors and held:
        named = tuple(view.firms[a].name for a in anchors)
        lost = sum(g.cut == 0 for g in held)
        print(say("cli.chain.gaps.cut", lang, anchors=named, lost=lost, held=len(held)))
    table = Table(box=None, pad_edge=False)
    for column in (
        "link",
        "state",
        "share",
        *(("value",) if found[0].value else ()),
        "groups",
        "cut",
        "imports",
        "near",
    ):
        right = column in ("share", "value", "groups", "cut", "imports")
        table.add_column(
            say(f"cli.chain.column.{column}", lang), justify="right" if right else "left", no_wrap=not right
        )
    for gap in found:
        cells = [
            "  " * view.depth_of(gap.link.component.id) + gap.link.component.name.said(lang),
            say(f"chains.grade.{gap.link.grade}", lang),
            said_share(gap.share, lang),
        ]
        if gap.value is not None:
            low, high = gap.value
            known = gap.share.stated or gap.link.component.id == view.root
            cells.append(say("chains.value.interval" if known else "chains.value.at_most", lang, low=low, high=high))
        cells += [
            str(len(gap.groups)) if gap.link.suppliers else "",
            "" if gap.cut is None else str(gap.cut),
            "" if gap.imports is None else say("chains.share.interval", lang, low=gap.imports[0], high=gap.imports[1]),
            ""
            if gap.nearest is None
            else say("chains.nearest", lang, firm=view.firms[gap.nearest[0]].name, km=round(gap.nearest[1])),
        ]
        table.add_row(*cells)
    Console(width=max(Console().width, WIDTH + 20)).print(table)
    print(say("cli.chain.gaps.note", lang))
