"""Where a figure comes from: every parent of a figure as a place in the dossier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guanzi.advice.appraisal import Appraisal
from guanzi.record.evidence import prior_of
from guanzi.reports.words import period, say, tell, word


@dataclass(frozen=True, slots=True)
class ParentLink:
    """A parent in words; ``anchor`` is None where the dossier has no such place."""

    anchor: str | None
    text: str


def links(appraisal: Appraisal, lang: str) -> Mapping[str, ParentLink]:
    """All places that a figure or finding can refer to, by the id by which it does so."""
    found: dict[str, ParentLink] = {
        "simulation": ParentLink("simulation", say("parent.simulation", lang)),
        "playbook": ParentLink("playbook", say("parent.playbook", lang)),
    }
    for id in appraisal.outside.parents:
        found[id] = ParentLink("outside", say("parent.precedent", lang, case=id.partition(".")[2]))
    behind = [figure.parents for figure in appraisal.figures.values()]
    for id in dict.fromkeys(id for parents in (*behind, *(p.parents for p in appraisal.parameters)) for id in parents):
        rate = prior_of(id)
        if rate is not None:
            text = say("parent.prior", lang, publisher=rate.source.publisher, title=rate.source.title)
            found[id] = ParentLink(None, text)
    if appraisal.track is not None:
        panel = str(appraisal.track.panel)
        found[f"industries.{panel}"] = ParentLink("track", say("parent.industries", lang, panel=panel))
    for table in appraisal.fiscal:
        if table.id == "chain":
            chain = table.parents[0]
            found[chain] = ParentLink("fiscal-chain", say("parent.chain", lang, chain=chain.partition(".")[2]))
        if table.id == "effects":
            found[table.parents[0]] = ParentLink("fiscal-effects", say("parent.effects", lang))
    for row in appraisal.rows:
        found[f"playbook.{row.id}"] = ParentLink(f"row-{row.id}", say("parent.row", lang, rule=tell(row.rule, lang)))
    for clause in appraisal.clauses:
        link = ParentLink(f"clause-{clause.id}", say("parent.clause", lang, clause=clause.id))
        found[clause.id] = found[f"terms.{clause.id.removeprefix('terms.')}"] = link
    for parameter in appraisal.parameters:
        found[parameter.id] = ParentLink(
            f"parameter-{parameter.id.removeprefix('parameter.')}", tell(parameter.label, lang)
        )
    for finding in appraisal.findings:
        found[finding.id] = ParentLink(f"finding-{finding.id}", word("check", finding.check, lang))
    for fact in appraisal.facts:
        text = say(
            "parent.fact" if fact.subject == "company" else "parent.fact_elsewhere",
            lang,
            subject=word("subject", fact.subject, lang),
            name=word("fact", fact.name, lang),
            period=period(fact.period, lang),
        )
        found[fact.id] = ParentLink(f"fact-{fact.id}", text)
    for figure in appraisal.figures.values():
        found[figure.id] = ParentLink(f"figure-{figure.id}", tell(figure.label, lang))
    return found


def parent(found: Mapping[str, ParentLink], id: str, lang: str = "en") -> ParentLink:
    """The place of a parent; a fact may also be named ``fact.<id>``, a clause by a part of it."""
    for name in (id, id.removeprefix("fact."), id.removeprefix("terms."), id.removeprefix("parameter.")):
        if name in found:
            return found[name]
    if id.startswith("playbook."):
        return found["playbook"]
    return ParentLink(None, id)
