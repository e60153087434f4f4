"""Lists on the screen: who is on them, and who is behind whom."""

from __future__ import annotations

from guanzi.base.core import Message, render
from guanzi.console import say
from guanzi.jobs.screening import lists, names, ownership
from guanzi.jobs.shared.show import show_json
from guanzi.record.evidence import ENTITIES


def search_names(request: lists.Request, lang: str, as_json: bool) -> None:
    """Print whom names resemble on a list."""
    _show(lists.search_names(request), lang, as_json)


def search_case(request: lists.CaseRequest, lang: str, as_json: bool) -> None:
    """Print whom the company of a case and its people and companies resemble on lists."""
    found = lists.search_case(request)
    if not found.entities_held and not as_json:
        print(say("cli.screen.no_entities", lang, file=ENTITIES))
    _show(found, lang, as_json)


def _show(result: lists.Result, lang: str, as_json: bool) -> None:
    if as_json:
        show_json(lists.data(result, lang))
        return
    for asked in result.results:
        print(say("cli.screen.hits", lang, name=asked.name, n=len(asked.hits)))
        for hit in asked.hits:
            print(say("cli.screen.hit", lang, name=hit.listed, id=hit.id, score=round(hit.match.score, names.DIGITS)))
            for part in hit.match.parts:
                print("    · " + render(part, lang))


def show_behind(request: ownership.Request, lang: str, as_json: bool) -> None:
    """Print who is behind a company."""
    found = ownership.look_behind(request)
    if as_json:
        show_json(ownership.data(found))
        return
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
