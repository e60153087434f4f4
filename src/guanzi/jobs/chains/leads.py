"""A firm of a chain as a lead: the case that a city begins of it, with what chain and library hold already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem
from guanzi.intake.chains import Chain, load_chain
from guanzi.jobs.chains.declared import LeadRequest
from guanzi.jobs.chains.places import firm_of, place_of, view_of
from guanzi.jobs.shared.beginning import begin
from guanzi.record.evidence import CaseHead, facts_file
from guanzi.study.chains import Lead, lead_of

Request = LeadRequest


@dataclass(frozen=True, slots=True)
class Result:
    """A firm as a lead, and the case that begins with it.

    Attributes:
        chain: Name of the chain.
        lead: What it holds of the firm.
        later: How many statements of the chain became known only after the day.
        head: With what the case begins.
        folder: Where it is to lie.
    """

    chain: Bilingual
    lead: Lead
    later: int
    head: CaseHead
    folder: Path


def find(request: Request) -> Result:
    """What a case of a firm begins with.

    Raises:
        InvalidInput: There is no such chain, neither firm nor city stands in it, or the firm does not make the link.
    """
    chain = load_chain(request.chain)
    day = request.as_of or date.today()
    view = view_of(chain, day)
    lead = lead_of(view, firm_of(view, request.firm), place_of(chain, request.at))
    industry, named = _industry(chain, _at_link(lead, request.link))
    head = CaseHead(
        lead.firm.name,
        lead.place.name,
        request.country,
        industry,
        currency=request.currency,
        decided=day,
        industry_name=named,
        company_id=lead.firm.id,
        region_id=lead.place.id,
        facts={"chain.yaml": facts_file(lead.facts, lead.sources)} if lead.facts else {},
    )
    return Result(chain.name, lead, view.later, head, request.out or Path(f"{lead.firm.id}-{lead.place.id}"))


def write(result: Result, folder: Path | None, lang: str) -> Path:
    """Make the case; its questions are in this language.

    Raises:
        InvalidInput: The folder is there already or cannot be written.
    """
    return begin(str(folder or result.folder), result.head, lang)


def _at_link(lead: Lead, link: str) -> Lead:
    """The lead with the link alone that was chosen; all of them where none was.

    Raises:
        InvalidInput: The firm does not make it.
    """
    made = {component.id: component for component in lead.components}
    if not link:
        return lead
    if link not in made:
        cause = Message.of("chains.lead.link", firm=lead.firm.name, link=link[:100])
        raise InvalidInput(Problem(cause, Place("--link"), Message.of("chains.lead.link.mend", links=tuple(made))))
    return replace(lead, components=(made[link],))


def _industry(chain: Chain, lead: Lead) -> tuple[str, Bilingual]:
    """The industry of the chain for who makes its product, else the first link that the firm makes, with its name."""
    first = next((part for part in lead.components if part.id != chain.root), None)
    makes_product = any(part.id == chain.root for part in lead.components)
    if chain.industries and (makes_product or first is None):
        return chain.industries[0], Bilingual()
    return (chain.root, chain.components[chain.root].name) if first is None else (first.id, first.name)


def data(result: Result) -> dict[str, Any]:
    """The lead as plain data."""
    return {
        "folder": str(result.folder),
        "industry": result.head.industry,
        "firm": result.lead.firm.id,
        "links": [component.id for component in result.lead.components],
        "facts": [fact.id for fact in result.lead.facts],
    }
