"""Openness of a cluster on the screen: verdict with interval, suppliers, and what is left without the anchors."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json, wrap
from guanzi.cli.chains import WIDTH
from guanzi.cli.speech import say
from guanzi.desk import places as named
from guanzi.intake.chains import ChainView, load_chain
from guanzi.study.chains import Openness, Removal, judge_openness

SHOWN = 12


def show_openness(name: str, at: str, anchor: str, as_of: date | None, seed: int, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, how open a cluster is to its anchors."""
    chain = load_chain(name)
    view, places = chain.view(as_of), named.places_of(chain, at)
    anchors = named.anchors_of(view, anchor)
    if not anchors:
        mend = Message.of("chains.anchor.none.mend")
        raise InvalidInput(Problem(Message.of("chains.anchor.none"), Place("--anchor"), mend))
    found = judge_openness(view, places, anchors, seed)
    if as_json:
        print(dump_json(plain_openness(found)), end="")
        return
    _print(view, found, lang)


def _print(view: ChainView, found: Openness, lang: str) -> None:
    named = tuple(view.firms[a].name for a in found.anchors)
    low, high = found.verdict
    which = "decided" if found.decided else "undecided"
    _say(
        f"chains.open.verdict.{which}",
        lang,
        anchors=named,
        low=say(f"chains.open.{low}", lang),
        high=say(f"chains.open.{high}", lang),
    )
    _say(
        "chains.open.part",
        lang,
        n=len(found.suppliers),
        known=sum(s.known for s in found.suppliers),
        low=found.captive[0],
        high=found.captive[1],
    )
    _say("chains.open.rivals", lang, rivals=tuple(view.firms[f].name for f in found.rivals))
    _say("chains.open.platforms", lang, platforms=tuple(s.name for s in found.platforms))
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
        _say("chains.open.more", lang, n=len(found.suppliers) - SHOWN)
    print()
    _tell_removal(view, found.removal, named, lang)


def _tell_removal(view: ChainView, removal: Removal, anchors: tuple[str, ...], lang: str) -> None:
    _say("chains.removal.title", lang, anchors=anchors, n=len(removal.firms), makers=len(removal.makers))
    if removal.survive is not None and removal.even is not None:
        low, high = removal.survive
        _say("chains.removal.survive" if removal.missing else "chains.removal.known", lang, low=low, high=high)
        if removal.missing:
            _say("chains.removal.even", lang, low=removal.even[0], middle=removal.even[1], high=removal.even[2])
    _say(
        "chains.removal.links",
        lang,
        before=removal.links_before,
        low=removal.links_after[0],
        high=removal.links_after[1],
    )
    if removal.value_after is not None:
        _say("chains.removal.value", lang, low=removal.value_after[0], high=removal.value_after[1])
    if removal.missing:
        firms = tuple(view.firms[f].name for f in removal.missing)
        _say("chains.removal.missing", lang, n=len(firms), firms=firms)


def _span(span: tuple[float, float], lang: str) -> str:
    if span == (0.0, 1.0):
        return say("chains.grade.no_evidence", lang)
    which = "point" if span[0] == span[1] else "interval"
    return say(f"chains.share.{which}", lang, low=span[0], high=span[1])


def _say(id: str, lang: str, **params: object) -> None:
    print("\n".join(wrap(say(id, lang, **params), WIDTH)))  # type: ignore[arg-type]


def plain_openness(found: Openness) -> dict[str, object]:
    """The judgement as plain data."""
    removal = found.removal
    return {
        "anchors": list(found.anchors),
        "verdict": list(found.verdict),
        "captive": list(found.captive),
        "leaning": list(found.leaning),
        "rivals": list(found.rivals),
        "platforms": [s.id for s in found.platforms],
        "suppliers": [
            {
                "firm": s.firm,
                "components": list(s.components),
                "share": list(s.share),
                "owned": list(s.owned),
                "others": list(s.others),
                "verdict": list(s.verdict),
                "rests_on": [t.id for t in s.statements],
            }
            for s in found.suppliers
        ],
        "removal": {
            "firms": len(removal.firms),
            "makers": list(removal.makers),
            "survive": removal.survive,
            "even": removal.even,
            "known": removal.known,
            "links_before": removal.links_before,
            "links_after": list(removal.links_after),
            "value_after": removal.value_after,
            "missing": list(removal.missing),
        },
    }
