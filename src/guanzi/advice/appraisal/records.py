"""Facts, sources, clauses, findings and parameters in the form in which the appraisal keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guanzi.advice.appraisal.book import text
from guanzi.advice.appraisal.document import (
    CaseData,
    ClauseData,
    FactData,
    FindingData,
    ParameterData,
    Party,
    PlaybookData,
    SourceData,
)
from guanzi.advice.appraisal.fact_use import FactPurpose
from guanzi.base.core import Finding, Message
from guanzi.deal.terms import TermSheet, explain
from guanzi.engine.company import CompanyModel, Parameter
from guanzi.record.evidence import Named, Source, View
from guanzi.record.playbooks import Playbook


def case_data(view: View) -> CaseData:
    """What is being decided."""
    return CaseData(
        id=view.id,
        title=view.title,
        company=_party(view.company),
        region=_party(view.region),
        industry=view.industry,
        decision_date=view.decision_date,
        currency=view.currency,
    )


def playbook_data(playbook: Playbook, view: View) -> PlaybookData:
    """The playbook used; it may be younger than the case, and says so."""
    return PlaybookData(
        id=playbook.id,
        version=playbook.version,
        made_on=playbook.made_on,
        sha256=playbook.sha256,
        made_after_decision=playbook.made_on > view.decision_date,
        called=playbook.called,
    )


def fact_data(view: View, used: Mapping[str, FactPurpose]) -> tuple[FactData, ...]:
    """Every fact of the view, with which of several counts and why, and what it is used for."""
    found: list[FactData] = []
    for fact in view.facts:
        resolution = view.resolution_of(fact)
        chosen = resolution is not None and resolution.fact.id == fact.id
        use = used[fact.id]
        shown = chosen and resolution is not None and bool(resolution.others)
        found.append(
            FactData(
                id=fact.id,
                subject=fact.subject,
                name=fact.name,
                period=str(fact.period),
                value=fact.value,
                unit=fact.unit,
                known_on=fact.known_on,
                known_to=fact.known_to,
                source=fact.source,
                confidence=fact.confidence,
                chosen=chosen,
                rule=text(resolution.rule) if shown and resolution is not None else None,
                note=fact.note,
                held_because=fact.held_because,
                used_for=use.of,
                unused=None if use.because is None else text(use.because),
            )
        )
    return tuple(found)


def source_data(sources: Iterable[Source]) -> tuple[SourceData, ...]:
    """Sources; the address of a mirror is not shown."""
    return tuple(
        SourceData(
            id=s.id, publisher=s.publisher, title=s.title, date=s.date, address=s.link, grade=s.grade, note=s.note
        )
        for s in sources
    )


def clause_data(sheet: TermSheet | None) -> tuple[ClauseData, ...]:
    """Every clause in words."""
    if sheet is None:
        return ()
    return tuple(
        ClauseData.model_validate(
            {
                "id": c.id,
                "group": c.group,
                "text": text(c.message),
                "state": c.state,
                "place": str(c.place),
                "source": c.source,
                "called": sheet.called_clause(c.id, c.group),
            }
        )
        for c in explain(sheet)
    )


def finding_data(findings: Iterable[Finding]) -> tuple[FindingData, ...]:
    """What the checks concluded."""
    return tuple(
        FindingData(
            id=f.id,
            check=f.check,
            stream=f.stream,
            kind=f.kind.value,
            severity=f.severity.value,
            text=text(f.message),
            facts=f.facts,
            literature=f.literature,
            code=f.code,
        )
        for f in findings
    )


def parameter_data(model: CompanyModel | None, others: Iterable[Parameter] = ()) -> tuple[ParameterData, ...]:
    """Every parameter of the model, and others beside it, with the origin of its distribution."""
    if model is None:
        return ()
    labels = {name: model.MEANINGS[name] for name in model.PARAMETERS}
    labels |= {p.id: f"appraisal.{p.id}" for p in others}
    found = {name: model.parameters[name] for name in model.PARAMETERS} | {p.id: p for p in others}
    return tuple(
        ParameterData.model_validate(
            {
                "id": f"parameter.{name}",
                "label": text(Message.of(labels[name])),
                "distribution": p.distribution.kind,
                "values": p.distribution.values,
                "unit": p.unit,
                "origin": p.origin.kind if p.origin.kind in ("trend", "comparable", "experts") else "judgement",
                "because": text(p.origin.because),
                "parents": p.origin.parents,
            }
        )
        for name, p in found.items()
    )


def _party(named: Named) -> Party:
    return Party(id=named.id, name=named.name, name_zh=named.name_zh)
