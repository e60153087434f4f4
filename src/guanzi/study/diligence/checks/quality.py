"""Recalls and quality: what has failed in the hands of users, and what was tested.

Threshold: a tenth of all vehicles delivered being recalled is a judgement of the project; a smaller recall is part of
the trade.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, latest, words
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import RECALLS
from guanzi.study.diligence.objects import sells

TENTH = 0.1


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    complaints = check.in_words(
        view, "quality_complaints", "complaints", Kind.RISK, Severity.MEDIUM, "quality_complaints"
    )
    found = [*_recall(check, view), *complaints]
    rating = words(view, "safety_rating")
    if not found and rating is not None:
        found.append(check.gap("tested-only", Severity.MEDIUM, "gap_field_quality", facts=rating[1], text=rating[0]))
    return tuple(found)


def _recall(check: Check, view: View) -> list[Finding]:
    recalled = latest(view, "recalled_vehicles")
    if recalled is None:
        return []
    if not recalled.value > 0:
        return [
            check.finding(
                "no-recall", Kind.ASSET, Severity.LOW, "no_recall", recalled.facts, at=str(recalled.period)
            )
        ]  # fmt: skip
    total = latest(view, "cumulative_deliveries")
    known = total is not None and total.value > 0
    many = total is not None and known and recalled.value > TENTH * total.value
    return [
        check.finding(
            "recall",
            Kind.RISK,
            Severity.HIGH if many else Severity.MEDIUM,
            "recall",
            recalled.facts + (total.facts if total and known else ()),
            variant="share" if known else "alone",
            n=recalled.value,
            at=str(recalled.period),
            total=total.value if total else None,
            total_at=str(total.period) if total else None,
        )
    ]


QUALITY = Check(
    id="quality",
    stream="users",
    needs=(Need("recalled_vehicles"), Need("quality_complaints"), Need("safety_rating")),
    literature=RECALLS,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
    asks=sells,
)
