"""What of money waits for a person: approvals, requests to answer, what is to be verified; and who mentions him."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date
from typing import Any
from urllib.parse import urlencode

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, TruncDate

from guanzi.base.core import Message, Parameter
from guanzi.office.cases.termsheets import TERMS, newest_sheets
from guanzi.office.deciding.workflow import workflow
from guanzi.office.inbox.opened import APPROVERS, CasesInProgress
from guanzi.office.models import (
    FigureCorrection,
    FigureOwed,
    HandedIn,
    Interest,
    Mention,
    MilestoneReport,
    SheetApproval,
    TrancheRelease,
    Verification,
)
from guanzi.office.people.visibility import Viewer
from guanzi.office.roles import Role
from guanzi.record.evidence import label_of

type InboxItem = tuple[Message, str, date | None, str]
"""What, slug of the case, day, address."""
type _Row = tuple[str, int, str, str, str, str, date | None]
"""Kind, number and slug of the case, name, period, JSON of the writers, day; of a mention subject, number, its kind."""
_SIGNERS = frozenset({Role.FINANCE, Role.CHAIR})
WATCHERS = ("manager", "lead", "analyst")
"""Parts that watch a signed deal."""
_ASKERS = ("manager", "lead")


def money_waiting(held: CasesInProgress) -> Iterator[InboxItem]:
    """Everything of money that waits for somebody, and discussions that mention him, in the cases that he can see."""
    viewer = held.viewer
    if viewer.roles & APPROVERS:
        yield from _approvals(held)
    for kind, case, slug, name, period, writers, day in _rows(viewer):
        if kind == "mention":
            subject = urlencode({"of": f"{writers}:{name}"})
            yield Message.of("office.waiting.mention"), slug, day, f"/cases/{slug}/discussion/?{subject}#d-{period}"
            continue
        part = viewer.parts.get(case)
        verifies = bool(viewer.roles & APPROVERS) or part in WATCHERS
        may = {
            "release": bool(viewer.roles & _SIGNERS),
            "milestone": verifies,
            "figure": verifies and viewer.person.pk not in json.loads(writers or "[]"),
            "correction": verifies,
            "handed": verifies,
            "ask_again": part in _ASKERS,
        }
        told: dict[str, dict[str, Parameter]] = {
            "milestone": {"milestone": name},
            "figure": {"name": label_of(name) or name, "period": period},
            "correction": {"quarter": name},
            "handed": {},
        }
        if may[kind]:
            what = Message.of(f"office.waiting.{kind}", **told.get(kind, {"tranche": name}))
            yield what, slug, day, f"/cases/{slug}/{'company' if kind == 'handed' else 'watch'}/"


def _rows(viewer: Viewer) -> list[_Row]:
    """Payments, reports, figures, corrections and mentions in the cases that somebody sees, asked for together."""
    of, by = {"case__in": viewer.cases}, viewer.person
    same = {"case_id": OuterRef("case_id")}
    later = TrancheRelease.objects.filter(**same, tranche=OuterRef("tranche"), asked_at__gt=OuterRef("asked_at"))
    given = Verification.objects.filter(**same, fact=OuterRef("fact"), digest=OuterRef("digest"), fell_at=None)
    asked = TruncDate("asked_at", tzinfo=UTC)
    no_day = Cast(Value(None), DateField())
    own = Q(kind="figure", person__company_seat__invited_by=by)
    mentions = Mention.objects.filter(person=by, done_at=None, remark__discussion__case__in=viewer.cases)
    kinds: tuple[tuple[str, QuerySet[Any], str, Any], ...] = (
        ("release", TrancheRelease.objects.filter(**of, state="asked").exclude(asked_by=by), "tranche", asked),
        ("milestone", MilestoneReport.objects.filter(**of, verification=None).exclude(reported_by=by), "milestone",
         "reported_on"),
        ("figure", FigureOwed.objects.filter(~Exists(given), **of, case__state="signed"), "name", no_day),
        ("correction", FigureCorrection.objects.filter(**of, state="asked").exclude(asked_by=by), "quarter", asked),
        ("handed", HandedIn.objects.filter(**of, state="reported").exclude(own), "state", no_day),
        ("ask_again", TrancheRelease.objects.filter(~Exists(later), **of, state="fell"), "tranche", asked),
    )  # fmt: skip
    first, *others = (
        rows.order_by().values_list(
            Value(kind), "case_id", "case__slug", name,
            *(("period", Cast("writers", TextField())) if kind == "figure" else (Value(""), Value(""))), day,
        )
        for kind, rows, name, day in kinds
    )  # fmt: skip
    in_ = "remark__discussion__"
    number = Cast(f"{in_}id", TextField())
    said = mentions.order_by().values_list(
        Value("mention"), f"{in_}case_id", f"{in_}case__slug", f"{in_}about", number, f"{in_}kind", no_day
    )
    order = [*(kind for kind, *_ in kinds), "mention"]
    found = dict.fromkeys(first.union(*others, said, all=True))
    return sorted(found, key=lambda row: (order.index(row[0]), row[1:5]))


def _approvals(held: CasesInProgress) -> Iterator[InboxItem]:
    """Sheets of decided cases that this person has still to approve, and those that he can sign as approved."""
    person, due = held.viewer.person, [one.case for one in held.rows if one.decided]
    recused = Interest.objects.filter(case=OuterRef("case"), person=OuterRef("person"), cleared_at=None)
    given_now = SheetApproval.objects.filter(~Exists(recused), case__in=due) if due else SheetApproval.objects.none()
    by: dict[tuple[int, str], set[int]] = {}
    for number, sha256, approver in given_now.values_list("case_id", "sha256", "person_id"):
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
