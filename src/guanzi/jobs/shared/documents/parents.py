"""Where a figure comes from: every parent of a figure as a place in the dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guanzi.advice.appraisal import Appraisal, FindingData
from guanzi.base.core import Message, catalogue
from guanzi.jobs.shared.documents.cited import stated
from guanzi.jobs.shared.documents.evidence import publisher_words
from guanzi.jobs.shared.documents.words import code_words, message, of_text, subject_words
from guanzi.record.evidence import case_title, prior_of
from guanzi.render import NamedPlace, Words

_ORDER = ("risk", "asset", "gap")


@dataclass(frozen=True, slots=True)
class Parents:
    """All places that a figure or finding can refer to, by the id by which it does so."""

    found: Mapping[str, NamedPlace]

    def named(self, id: str) -> str:
        """The id under which a parent has its place; a fact may also be named ``fact.<id>``, a clause by a part of it.

        One that has no place keeps its own.
        """
        for name in (id, id.removeprefix("fact."), id.removeprefix("terms."), id.removeprefix("parameter.")):
            if name in self.found:
                return self.found[name].at if ":" in self.found[name].at else name
        return "playbook" if id.startswith("playbook.") else id

    def rests(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Parents as what a sentence rests on."""
        return tuple(self.named(id) for id in ids)

    @property
    def places(self) -> Mapping[str, NamedPlace]:
        """The places by the ids that sentences rest on."""
        return {self.named(id): place for id, place in self.found.items()}


def findings_in_order(appraisal: Appraisal) -> Sequence[FindingData]:
    """The findings as they are shown: by work-stream, risks first."""
    return sorted(appraisal.findings, key=lambda finding: (finding.stream, _ORDER.index(finding.kind)))


def finding_titles(appraisal: Appraisal) -> Mapping[str, Words]:
    """What each finding is called wherever it is named: its subject, else its check; numbered where several are."""
    held: dict[Words, list[str]] = {}
    for finding in findings_in_order(appraisal):
        own = f"diligence.title.{finding.id}"
        title = Message.of(own) if own in catalogue("diligence", "en") else code_words("check", finding.check)
        held.setdefault(title, []).append(finding.id)
    return {
        id: message("parent.again", name=title, n=n) if len(ids) > 1 else title
        for title, ids in held.items()
        for n, id in enumerate(ids, 1)
    }


def parents_of(appraisal: Appraisal) -> Parents:
    """The places of an appraisal."""
    found: dict[str, NamedPlace] = {
        "simulation": NamedPlace(message("parent.simulation"), "simulation"),
        "playbook": NamedPlace(message("parent.playbook"), "playbook"),
    }
    for id in appraisal.outside.parents:
        found[id] = NamedPlace(message("parent.precedent", case=case_title(id.partition(".")[2])), "outside")
    if appraisal.odds is not None:
        found["register"] = NamedPlace(message("parent.register"), "odds")
    behind = [figure.parents for figure in appraisal.figures.values()]
    for id in dict.fromkeys(id for parents in (*behind, *(p.parents for p in appraisal.parameters)) for id in parents):
        rate = prior_of(id)
        if rate is not None:
            found[id] = NamedPlace(message("parent.prior", publisher=rate.source.publisher, title=rate.source.title))
    if appraisal.track is not None:
        panel = str(appraisal.track.panel)
        found[f"industries.{panel}"] = NamedPlace(message("parent.industries", panel=panel), "track")
    for table in appraisal.fiscal:
        if table.id == "chain":
            chain = table.parents[0]
            found[chain] = NamedPlace(message("parent.chain", chain=chain.partition(".")[2]), "fiscal-chain")
        if table.id == "effects":
            found[table.parents[0]] = NamedPlace(message("parent.effects"), "fiscal-effects")
    for row in appraisal.rows:
        found[f"playbook.{row.id}"] = NamedPlace(message("parent.row", rule=of_text(row.rule)), f"row:{row.id}")
    for clause in appraisal.clauses:
        place = NamedPlace(message("parent.clause", clause=clause.called or clause.id), f"clause:{clause.id}")
        found[clause.id] = found[f"terms.{clause.id.removeprefix('terms.')}"] = place
    for parameter in appraisal.parameters:
        at = f"parameter:{parameter.id.removeprefix('parameter.')}"
        found[parameter.id] = NamedPlace(of_text(parameter.label), at)
    for id, title in finding_titles(appraisal).items():
        found[id] = NamedPlace(title, f"finding:{id}")
    told = Counter((fact.subject, fact.name, fact.period) for fact in appraisal.facts)
    for fact in appraisal.facts:
        words = message(
            "parent.fact" if fact.subject == "company" else "parent.fact_elsewhere",
            subject=subject_words(appraisal, fact.subject),
            name=code_words("fact", fact.name),
            period=message("date.period", period=fact.period),
        )
        if told[fact.subject, fact.name, fact.period] > 1 and not isinstance(fact.value, bool | str):
            words = message("parent.fact_valued", fact=words, value=stated(fact))
        found[fact.id] = NamedPlace(words, f"fact:{fact.id}")
    for figure in appraisal.figures.values():
        found[figure.id] = NamedPlace(of_text(figure.label), f"figure:{figure.id}")
    for source in appraisal.sources:
        found[f"source.{source.id}"] = NamedPlace(publisher_words(source), f"source:{source.id}")
    return Parents(found)
