"""A signed deal as it stands at this moment: what tests of payments and the page read of it, each asked for once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Exists, F, OuterRef, When

from guanzi.office.deciding.interests import INTEREST
from guanzi.office.models import CompanySeat, Interest, MilestoneReport, OfficeCase, TrancheRelease, Verification


@dataclass(frozen=True)
class DealNow:
    """The deal of a signed case as it stands now. Whoever changes something of it looks anew, with another of these."""

    case: OfficeCase

    @cached_property
    def releases(self) -> tuple[TrancheRelease, ...]:
        """Payments that were asked for, the newest request first."""
        return tuple(self.case.releases.select_related("asked_by", "answered_by").order_by("-asked_at"))

    @property
    def paid(self) -> frozenset[str]:
        """Payments that are made."""
        return frozenset(row.tranche for row in self.releases if row.state == "released")

    @cached_property
    def reports(self) -> Mapping[str, MilestoneReport]:
        """Reports of milestones, by the milestone."""
        rows = self.case.milestones.select_related("reported_by", "verification__person")
        return {row.milestone: row for row in rows}

    @cached_property
    def standing(self) -> Mapping[tuple[str, str], Verification]:
        """Verifications that stand, by the fact and the hash of what it says."""
        return {(row.fact, row.digest): row for row, stands in self._given if stands}

    @property
    def fallen(self) -> Mapping[str, Verification]:
        """The last verification of each fact that fell with an interest."""
        fell = [row for row, _ in self._given if row.fell_because.startswith(INTEREST)]
        return {row.fact: row for row in sorted(fell, key=lambda row: row.fell_at or row.at)}

    @property
    def verified(self) -> Mapping[str, Verification]:
        """Milestones that somebody of the office has verified, with what verifies them."""
        by = {row.pk: row for row in self.standing.values()}
        rows = self.reports.values()
        return {row.milestone: by[row.verification_id] for row in rows if row.verification_id in by}

    @cached_property
    def inviters(self) -> Mapping[int, int]:
        """Who invited each person that sits for the company, by their numbers."""
        return dict(CompanySeat.objects.filter(case=self.case).values_list("person", "invited_by"))

    @cached_property
    def _given(self) -> list[tuple[Verification, bool]]:
        barred = Interest.objects.filter(case=self.case, cleared_at=None, person=OuterRef("person"))
        rows = self.case.verifications.select_related("person").annotate(recused=Exists(barred)).order_by("pk")
        return [(row, row.fell_at is None and not row.recused) for row in rows]

    @cached_property
    def versions(self) -> list[tuple[int, list[str], int, dict[str, str] | None]]:
        """Number, changed paths and writer of each version; its files too, if what is signed was decided on it."""
        decided = When(pk=F("case__signing__sitting__appraisal__version"), then=F("tree"))
        rows = self.case.versions.annotate(kept=Case(decided, default=None))
        return list(rows.values_list("number", "changed", "made_by", "kept"))
