"""Gaps of a chain on the screen: missing links, single sources, imports, the cut without the anchor."""

from __future__ import annotations

import re
from datetime import date

from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json
from guanzi.cli.chains import WIDTH, depth_of, said_share
from guanzi.cli.speech import say
from guanzi.desk import places as named
from guanzi.intake.chains import ChainView, load_chain
from guanzi.study.chains import Gap, find_gaps


def show_gaps(name: str, at: str, anchor: str, output: str, as_of: date | None, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, the strength of every link."""
    chain = load_chain(name)
    view, places = chain.view(as_of), named.places_of(chain, at)
    anchors = named.anchors_of(view, anchor)
    gaps = find_gaps(view, places, anchors, _output(output))
    if as_json:
        print(dump_json([_plain(gap) for gap in gaps]), end="")
        return
    _print(view, gaps, anchors, lang)


def _output(text: str) -> tuple[float, float] | None:
    if not text:
        return None
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:[-–:]\s*(\d+(?:\.\d+)?))?\s*", text)
    low, high = (float(found[1]), float(found[2] or found[1])) if found else (1.0, 0.0)
    if low > high:
        cause, mend = Message.of("chains.output.wrong", text=text), Message.of("chains.output.wrong.mend")
        raise InvalidInput(Problem(cause, Place("--output"), mend, excerpt=text))
    return low, high


def _print(view: ChainView, gaps: tuple[Gap, ...], anchors: tuple[str, ...], lang: str) -> None:
    weak = [g for g in gaps if g.link.grade != "present"]
    single = [g for g in gaps if g.single]
    held = [g for g in gaps if g.cut is not None and g.link.component.id != view.root]
    print(say("cli.chain.gaps.lead", lang, weak=len(weak), single=len(single), n=len(gaps)))
    if anchors:
        named = tuple(view.firms[a].name for a in anchors)
        lost = sum(g.cut == 0 for g in held)
        print(say("cli.chain.gaps.cut", lang, anchors=named, lost=lost, held=len(held)))
    table = Table(box=None, pad_edge=False)
    for column in (
        "link",
        "state",
        "share",
        *(("value",) if gaps[0].value else ()),
        "groups",
        "cut",
        "imports",
        "near",
    ):
        right = column in ("share", "value", "groups", "cut", "imports")
        table.add_column(
            say(f"cli.chain.column.{column}", lang), justify="right" if right else "left", no_wrap=not right
        )
    for gap in gaps:
        cells = [
            "  " * depth_of(view, gap.link.component.id) + gap.link.component.name.said(lang),
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


def _plain(gap: Gap) -> dict[str, object]:
    return {
        "component": gap.link.component.id,
        "grade": gap.link.grade,
        "cost_share": [gap.share.low, gap.share.high],
        "cost_share_stated": gap.share.stated,
        "groups": list(gap.groups),
        "single": gap.single,
        "cut": gap.cut,
        "imports": None if gap.imports is None else list(gap.imports),
        "imported": gap.imported,
        "substitutes": list(gap.substitutes),
        "nearest": None if gap.nearest is None else {"firm": gap.nearest[0], "km": round(gap.nearest[1], 1)},
        "value": None if gap.value is None else list(gap.value),
    }
