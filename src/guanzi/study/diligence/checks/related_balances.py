"""Money with related parties: what they owe the company, what it lent them, and what it guarantees for them.

Threshold: a tenth of total assets or more is high (judgement of the project).
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Message, Severity
from guanzi.record.evidence import View, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import TUNNELLING

TENTH = 0.1
FACTS = ("related_party_receivables", "related_party_loans", "related_party_guarantees")


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    held = {name: reading for name in FACTS if (reading := latest(view, name)) is not None}
    if not held:
        return ()
    total = sum(reading.value for reading in held.values())
    facts = tuple(id for reading in held.values() for id in reading.facts)
    names = tuple(Message.of(f"evidence.name.{name}") for name in held)
    if not total > 0:
        return (check.finding("none", Kind.ASSET, Severity.LOW, "no_related_balances", facts, parts=names),)
    assets = latest(view, "total_assets")
    known = assets is not None and assets.value > 0
    share = total / assets.value if assets is not None and known else None
    return (
        check.finding(
            "balance",
            Kind.RISK,
            Severity.HIGH if share is None or share >= TENTH else Severity.MEDIUM,
            "related_balances",
            facts + (assets.facts if assets is not None and known else ()),
            variant="alone" if share is None else "share",
            amount=total,
            share=share,
            parts=names,
        ),
    )


RELATED_BALANCES = Check(
    id="related-balances",
    stream="legal",
    needs=tuple(Need(name) for name in FACTS),
    literature=TUNNELLING,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
