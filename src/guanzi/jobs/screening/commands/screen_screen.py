"""Names on the screen: how well matching does, what it says of two, who is on a list, and who is behind whom."""

from __future__ import annotations

import math

from rich.console import Console
from rich.table import Table

from guanzi.base.core import Message, render
from guanzi.console import say
from guanzi.jobs.screening import lists, names, ownership
from guanzi.record.evidence import ENTITIES
from guanzi.study import screening as entities


def show_evaluation(found: entities.MatchEvaluation, lang: str) -> None:
    """Print how name matching does on labelled pairs."""
    print(say("cli.screen.pairs", lang, n=found.n, positives=found.positives, threshold=found.threshold))
    table = Table(box=None, pad_edge=False)
    for name in ("figure", "value", "low", "high"):
        table.add_column(say(f"cli.screen.{name}", lang), justify="left" if name == "figure" else "right")
    for name in ("precision", "recall", "f1", "auc"):
        figure: entities.MatchFigure = getattr(found, name)
        cells = (_shown(figure.value), _shown(figure.low), _shown(figure.high))
        table.add_row(say(f"cli.screen.{name}", lang), *cells)
    Console().print(table)
    print(say("cli.screen.calibration", lang, ece=_shown(found.ece), brier=_shown(found.brier)))
    print(say("cli.screen.speed", lang, speed=round(found.pairs_per_second), first=round(found.first_pass)))


def show_comparison(match: entities.Match, lang: str) -> None:
    """Print what the comparison of two names found."""
    word = "match" if match.matched else "no_match"
    print(say(f"cli.screen.{word}", lang, score=match.score, probability=match.probability))
    for part in match.parts:
        print("  · " + render(part, lang))


def _shown(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"


def show_hits(result: lists.Result, lang: str) -> None:
    """Print whom names, or the company of a case and its people and companies, resemble on lists."""
    if not result.entities_held:
        print(say("cli.screen.no_entities", lang, file=ENTITIES))
    for asked in result.results:
        print(say("cli.screen.hits", lang, name=asked.name, n=len(asked.hits)))
        for hit in asked.hits:
            print(say("cli.screen.hit", lang, name=hit.listed, id=hit.id, score=round(hit.match.score, names.DIGITS)))
            for part in hit.match.parts:
                print("    · " + render(part, lang))


def show_behind(found: ownership.Result, lang: str) -> None:
    """Print who is behind a company."""
    for one in found.behind:
        word = "controls" if one.controls else "holds"
        print(
            say(
                f"cli.screen.behind.{word}",
                lang,
                name=found.name(one.owner),
                direct=one.direct,
                effective=one.effective,
            )
        )
    if not found.behind:
        print(say("cli.screen.behind.nobody", lang))
    for circle in found.circles:
        print(say("cli.screen.circle", lang, names=tuple(found.name(id) for id in circle)))
    for by, of in found.common:
        print(say("cli.screen.shared", lang, by=found.name(by), names=tuple(found.name(id) for id in of)))
    for buyer, owner in found.related:
        word = "owner" if buyer == owner else "through"
        print(say(f"cli.screen.related_buyer.{word}", lang, buyer=found.name(buyer), owner=found.name(owner)))
    if found.asked_buyers and not found.related:
        print(say("cli.screen.no_related_buyer", lang))
    if found.unstated:
        print(render(Message.of("cli.screen.unstated", n=len(found.unstated)), lang))
