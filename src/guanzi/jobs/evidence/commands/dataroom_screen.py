"""The data room on the screen: what was taken in, found and verified."""

from __future__ import annotations

from guanzi.base.core import Message, format_problems
from guanzi.console import say
from guanzi.jobs.evidence import dataroom
from guanzi.jobs.shared import run as how
from guanzi.jobs.shared.show import bars, show_json


def add(request: dataroom.Request, lang: str, *, as_json: bool) -> None:
    """Take documents into the room of a case and say what each of them is."""
    results = dataroom.add(request)
    if as_json:
        show_json(dataroom.add_data(results))
        return
    for result in results:
        entry = result.entry
        if not result.is_new:
            print(say("cli.evidence.present", lang, id=entry.id, title=entry.title))
            continue
        counts = {"pages": entry.pages, "characters": entry.characters, "tables": entry.tables}
        print(
            say("cli.evidence.added", lang, id=entry.id, kind=Message.of(f"cli.evidence.kind.{entry.kind}"), **counts)
        )
        for remark in entry.remarks:
            print(say("cli.evidence.remark", lang, remark=Message.of(f"room.remark.{remark}")))


def search(request: dataroom.PageSearch, lang: str, *, as_json: bool) -> None:
    """Print the pages on which all the words stand: the first of them with what stands around."""
    found = dataroom.search(request)
    if as_json:
        show_json(dataroom.data(found))
        return
    hits, shown = found.hits, found.shown
    for hit, excerpt in shown:
        print(say("cli.evidence.hit", lang, document=hit.entry.id, page=hit.page, text=excerpt.text))
    if not hits:
        print(say("cli.evidence.no_hits", lang))
        return
    counts = {"hits": len(hits), "documents": len({hit.entry.id for hit in hits}), "shown": len(shown)}
    print(say("cli.evidence.hits", lang, **counts))


def verify(text: str, lang: str, *, as_json: bool) -> bool:
    """Print everything that is wrong with the documents and quotes of a case.

    Returns:
        True when there is no error; warnings do not count.
    """
    verdict = dataroom.verify(text, how.Run(watch=bars(lang)))
    if as_json:
        show_json(dataroom.verify_data(verdict))
        return verdict.fine
    if verdict.problems:
        print(format_problems(verdict.problems, lang))
    print(say("cli.evidence.verified", lang, **verdict.counts))
    return verdict.fine
