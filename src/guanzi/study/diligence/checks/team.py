"""Completeness of the team: are research, production, purchasing, sales and finance each led by somebody?

No thresholds: an office that nobody holds is named. A description in words is not read as completeness.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, flag, words
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import TEAMS


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    found = check.in_words(view, "team_gaps", "gaps", Kind.RISK, Severity.HIGH, "team_incomplete")
    complete, text = flag(view, "team_complete"), words(view, "team_text")
    if complete is not None:
        found.append(
            check.finding(
                "complete",
                Kind.ASSET if complete[0] else Kind.RISK,
                Severity.MEDIUM if complete[0] else Severity.HIGH,
                "team_complete" if complete[0] else "team_incomplete",
                complete[1],
                variant="whole" if complete[0] else "lacking",
            )
        )
    elif not found and text is not None:
        found.append(check.gap("described", Severity.MEDIUM, "gap_team", facts=text[1], text=text[0]))
    return (
        *found,
        *check.in_words(view, "management_changes", "changes", Kind.RISK, Severity.MEDIUM, "management_changes"),
    )


TEAM = Check(
    id="team-completeness",
    stream="people",
    needs=(Need("team_complete"), Need("team_gaps"), Need("management_changes"), Need("team_text")),
    literature=TEAMS,
    conclude=_conclude,
    severity_if_missing=Severity.MEDIUM,
)
