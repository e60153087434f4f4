"""What of money waits for a person: approvals, requests to answer, what is to be verified, warnings to take up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from guanzi.base.core import Message
from guanzi.office.cases.termsheets import TERMS, newest_sheets
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import (
    FigureCorrection,
    FigureOwed,
    Interest,
    MilestoneReport,
    OfficeCase,
    Person,
    Seat,
    SheetApproval,
    Sitting,
    TrancheRelease,
    Verification,
    WarningSeen,
)
from guanzi.office.people.visibility import visible_cases
from guanzi.office.roles import Role
from guanzi.record.evidence import label_of

type Owed = tuple[Message, str, date | None, str]
"""What, slug of the case, day, address."""
_APPROVERS = frozenset({Role.LEAD, Role.CHAIR, Role.FINANCE})
_SIGNERS = frozenset({Role.FINANCE, Role.CHAIR})
_RELEASERS = frozenset({Role.FINANCE, Role.CHAIR})
_WATCHERS = ("manager", "lead", "analyst")
_ASKERS = ("manager", "lead")


def money_waiting(person: Person) -> Iterator[Owed]:
    """Everything of money that waits for a person, in the cases that he can see."""
    cases = visible_cases(person)
    mine = set(Seat.objects.filter(person=person, part__in=_WATCHERS).values_list("case_id", flat=True))
    roles = person.roles()
    if roles & _APPROVERS:
        yield from _approvals(person, cases)
    if roles & _RELEASERS:
        rows = TrancheRelease.objects.filter(case__in=cases, state="asked").exclude(asked_by=person)
        for row in rows.select_related("case"):
            what = Message.of("office.waiting.release", tranche=row.tranche)
            yield what, row.case.slug, row.asked_at.date(), f"/cases/{row.case.slug}/watch/"
    yield from _unverified(person, cases, None if roles & _APPROVERS else mine)
    yield from _corrections(person, cases, None if roles & _APPROVERS else mine)
    asking = Seat.objects.filter(person=person, part__in=_ASKERS).values("case_id")
    again = TrancheRelease.objects.filter(
        case_id=OuterRef("case_id"), tranche=OuterRef("tranche"), asked_at__gt=OuterRef("asked_at")
    )
    fell = TrancheRelease.objects.filter(~Exists(again), case__in=cases, case_id__in=asking, state="fell")
    for slug, tranche, at in fell.values_list("case__slug", "tranche", "asked_at"):
        yield Message.of("office.waiting.ask_again", tranche=tranche), slug, at.date(), f"/cases/{slug}/watch/"
    warnings = WarningSeen.objects.filter(case__in=cases, seen_by=None, gone_at=None, case_id__in=mine)
    for slug, n in warnings.values_list("case__slug").annotate(n=Count("pk")).order_by("case__slug"):
        yield Message.of("office.waiting.warnings", n=n), slug, None, f"/cases/{slug}/watch/"


def _unverified(person: Person, cases: QuerySet[OfficeCase], seats: set[int] | None) -> Iterator[Owed]:
    """Milestones and figures that this person may verify; ``seats``: only in these cases."""
    reports = MilestoneReport.objects.filter(case__in=cases, verification=None).exclude(reported_by=person)
    for case, milestone, day, slug in reports.values_list("case_id", "milestone", "reported_on", "case__slug"):
        if seats is None or case in seats:
            yield Message.of("office.waiting.milestone", milestone=milestone), slug, day, f"/cases/{slug}/watch/"
    given = Verification.objects.filter(
        case_id=OuterRef("case_id"), fact=OuterRef("fact"), digest=OuterRef("digest"), fell_at=None
    )
    figures = FigureOwed.objects.filter(~Exists(given), case__in=cases, case__state="signed").order_by("case", "fact")
    for row in figures.select_related("case"):
        if person.pk not in row.writers and (seats is None or row.case_id in seats):
            what = Message.of("office.waiting.figure", name=label_of(row.name) or row.name, period=row.period)
            yield what, row.case.slug, None, f"/cases/{row.case.slug}/watch/"


def _corrections(person: Person, cases: QuerySet[OfficeCase], seats: set[int] | None) -> Iterator[Owed]:
    """Corrections of reported figures that this person may confirm; ``seats``: only in these cases."""
    asked = FigureCorrection.objects.filter(case__in=cases, state="asked").exclude(asked_by=person)
    for row in asked.select_related("case").order_by("pk"):
        if seats is None or row.case_id in seats:
            what = Message.of("office.waiting.correction", quarter=row.quarter)
            yield what, row.case.slug, row.asked_at.date(), f"/cases/{row.case.slug}/watch/"


def _approvals(person: Person, cases: QuerySet[OfficeCase]) -> Iterator[Owed]:
    """Sheets of decided cases that this person has still to approve, and those that he can sign as approved."""
    decided = Sitting.objects.filter(state="closed", result__in=("back", "back_with_conditions")).values("case")
    begun = SheetApproval.objects.values("case")
    found = OfficeCase.objects.filter(pk__in=cases, state="open").select_related("head")
    due = list((found.filter(pk__in=decided) | found.filter(pk__in=begun)).distinct())
    recused = Interest.objects.filter(case=OuterRef("case"), person=OuterRef("person"), cleared_at=None)
    given_now = SheetApproval.objects.filter(~Exists(recused), case__in=due)
    approvals = given_now.values_list("case_id", "sha256", "person_id")
    by: dict[tuple[int, str], set[int]] = {}
    for number, sha256, approver in approvals:
        by.setdefault((number, sha256), set()).add(approver)
    trees = [case.tree for case in due]
    for case, newest in zip(due, newest_sheets(trees), strict=True):
        if newest is None:
            continue
        path, sha256 = newest
        given, name = by.get((case.pk, sha256), set()), path.removeprefix(TERMS)
        left = workflow().sheet_approvals - len(given)
        if left > 0 and person.pk not in given:
            what = Message.of("office.waiting.approval", sheet=name, left=left)
            yield what, case.slug, case.due, f"/cases/{case.slug}/terms/{name}/"
        elif left <= 0 and case.stage == "signing" and person.roles() & _SIGNERS:
            yield Message.of("office.waiting.sign", sheet=name), case.slug, case.due, f"/cases/{case.slug}/terms/"
