"""Open cases in which something may wait for somebody: what all of his duties ask of them is asked for once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, Subquery

from guanzi.office.deciding.gates import FOR
from guanzi.office.deciding.panels import OfficePanel, panels_of_cases
from guanzi.office.models import (
    AppraisalRun,
    ClosedPanel,
    Declaration,
    OfficeCase,
    SheetApproval,
    Sitting,
    Workstream,
)
from guanzi.office.people.visibility import Viewer
from guanzi.office.roles import Role

APPROVERS = frozenset({Role.LEAD, Role.CHAIR, Role.FINANCE})
"""Roles that approve term sheets and verify what moves money."""


@dataclass(frozen=True, slots=True)
class CaseInProgress:
    """An open case, and what of it stands.

    Attributes:
        owned, signed: Every work-stream has its owner, or is signed.
        panel: A panel was closed in the office.
        asked, appraised: An appraisal of the newest version by its playbook runs, or is done.
        decided: The committee backed it, or somebody has approved a term sheet.
        declared: The person has declared that he has no interest.
        ready: A sitting can be opened: it is appraised, and none is open.
    """

    case: OfficeCase
    owned: bool
    signed: bool
    panel: bool
    asked: bool
    appraised: bool
    decided: bool
    declared: bool
    ready: bool


@dataclass(frozen=True)
class CasesInProgress:
    """The open cases at which somebody sits, or whose term sheets he may approve."""

    viewer: Viewer

    @cached_property
    def rows(self) -> tuple[CaseInProgress, ...]:
        """All of them, by their ids."""
        of = {"case": OuterRef("pk")}
        streams, sittings = Workstream.objects.filter(**of), Sitting.objects.filter(**of)
        newest = AppraisalRun.objects.filter(**of, version=OuterRef("head"))
        runs = newest.filter(playbook=OuterRef("playbook"))
        own = Declaration.objects.order_by("-pk").filter(**of, person=self.viewer.person).values("has_interest")
        backed = Exists(sittings.filter(state="closed", result__in=FOR))
        found = self.viewer.cases.filter(state="open").annotate(
            unowned=Exists(streams.filter(owner=None)),
            unsigned=Exists(streams.exclude(state="signed")),
            panel=Exists(ClosedPanel.objects.filter(**of)),
            asked=Exists(runs.filter(state__in=("queued", "running"))),
            appraised=Exists(runs.filter(state="done")),
            decided=Q(backed) | Q(Exists(SheetApproval.objects.filter(**of))),
            has=Subquery(own[:1]),
            headed=Exists(newest.filter(state="done")),
            sits=Exists(sittings.filter(state="open")),
        )
        sat = Q(pk__in=self.viewer.parts)
        mine = found.filter(sat | Q(decided=True) if self.viewer.roles & APPROVERS else sat)
        rows = []
        for case in mine.select_related("head").order_by("slug"):
            stand = (not case.unowned, not case.unsigned, case.panel, case.asked, case.appraised, case.decided)
            rows.append(CaseInProgress(case, *stand, case.has is False, case.headed and not case.sits))
        return tuple(rows)

    @cached_property
    def panels(self) -> dict[int, tuple[OfficePanel, ...]]:
        """The panels of the cases that he leads, or in which he is an expert, by the number of the case."""
        cases = [one.case for one in self.sat_at("lead", "expert")]
        return {case.pk: panels for case, panels in panels_of_cases(cases)}

    def sat_at(self, *parts: str) -> Iterator[CaseInProgress]:
        """Those in which he has one of some parts."""
        return (one for one in self.rows if self.viewer.parts.get(one.case.pk) in parts)
