"""Industrial chains on the screen, and the files of other tools."""

from __future__ import annotations

from guanzi.console import say
from guanzi.jobs.chains import leads, links, sides
from guanzi.jobs.shared.show import show_found


def show_chain(result: links.Result, lang: str, request: links.Request, as_json: bool) -> None:
    """Print what a place has of a chain; with ``out`` write it for other tools instead."""
    if request.out is None:
        show_found(result, links.data, links.document_of, lang, as_json)
        return
    links.write(request, result, request.out, lang)
    print(say("cli.chain.written", lang, file=str(request.out)))


def show_sides(found: tuple[sides.PlaceOnDay, ...], lang: str, request: sides.Request, as_json: bool) -> None:
    """Print what each side has of a chain; with ``out`` write the picture instead."""
    if request.out is None:
        show_found(found, sides.data, sides.document_of, lang, as_json)
        return
    sides.write(request, found, request.out, lang)
    print(say("cli.chain.written", lang, file=str(request.out)))


def show_lead(result: leads.Result, lang: str) -> None:
    """Print what the chain holds of the firm of a new case, and what it does not."""
    lead = result.lead
    links = tuple(component.name for component in lead.components)
    named = {"firm": lead.firm.name, "chain": result.chain, "place": lead.place.name}
    print(say("cli.chain.case.firm" if links else "cli.chain.case.no_links", lang, links=links, **named))
    if result.later:
        print(say("cli.chain.case.later", lang, n=result.later, day=str(result.head.decided), **named))
    print(say("cli.chain.case.facts", lang, n=len(lead.facts), **named))
