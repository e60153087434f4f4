"""What waits for a person: his streams, votes, declarations, approvals and warnings, the most urgent first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from guanzi.base.core import Message
from guanzi.office.deciding.workflow import Escalation, workflow
from guanzi.office.inbox.committeetasks import committee_waiting
from guanzi.office.inbox.moneytasks import WATCHERS, InboxItem, money_waiting
from guanzi.office.inbox.opened import CasesInProgress
from guanzi.office.inbox.steps import steps_waiting
from guanzi.office.models import WarningSeen, Workstream
from guanzi.office.people.foureyes import visible_changes
from guanzi.office.people.visibility import Viewer
from guanzi.office.roles import Role

MARK = 24
"""Digits of the mark of what waits."""
_PASSING = frozenset({"days", "left"})
"""Parameters that change while the same thing waits."""


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """Something that waits.

    Attributes:
        what: In words.
        case: Slug of the case; empty: it concerns none.
        due: By when; None: no day is set.
        address: Where it is done.
    """

    what: Message
    case: str
    due: date | None
    address: str

    @property
    def kind(self) -> str:
        """What has to be done, whatever it is done of: ``vote``, ``release``."""
        return self.what.id.removeprefix("office.waiting.")

    @property
    def mark(self) -> str:
        """The same as long as it waits, and telling nothing of it; days that pass change nothing."""
        params = {name: value for name, value in self.what.as_dict()["params"].items() if name not in _PASSING}
        told = json.dumps([self.what.id, params, self.case, self.address], sort_keys=True, default=str)
        return salted_hmac("guanzi.office.inbox.waiting", told, algorithm="sha256").hexdigest()[:MARK]


def waiting_for(viewer: Viewer) -> tuple[WaitingItem, ...]:
    """Everything that waits for somebody."""
    held = CasesInProgress(viewer)
    told = (
        *_streams(viewer),
        *_warnings(viewer),
        *money_waiting(held),
        *committee_waiting(held),
        *steps_waiting(held),
        *visible_changes(viewer.person, timezone.now()),
    )
    return tuple(sorted((WaitingItem(*one) for one in told), key=lambda w: (w.due is None, w.due or date.max, w.case)))


def _streams(viewer: Viewer) -> Iterator[InboxItem]:
    """His own streams, those that he has still to give to somebody, and those of others that are raised to him."""
    today, own = timezone.localdate(), viewer.person.pk
    rules = [(rule, today - timedelta(days=rule.after)) for rule in _rules("stream_late")]
    led = Q(case__in=[case for case, part in viewer.parts.items() if part == "lead"])
    late = ~Q(state="signed") & Q(due__lte=max((before for _, before in rules), default=date.min))
    if not any(Role(rule.to) in viewer.roles for rule, _ in rules if rule.to != "lead"):
        late &= led
    rows = Workstream.objects.filter(Q(owner=own) & ~Q(state="signed") | Q(owner=None) & led | late)
    rows = rows.filter(case__in=viewer.cases, case__state="open").order_by("case__slug", "pk")
    fields = ("case_id", "case__slug", "stream", "state", "owner", "due")
    for (case, slug), some in groupby(rows.values_list(*fields), key=lambda row: row[:2]):
        address, unowned = f"/cases/{slug}/streams/", []
        for _, _, stream, state, owner, due in some:
            name = Message.of(f"office.stream.{stream}")
            if owner is None and viewer.parts.get(case) == "lead":
                unowned.append(due)
            if owner == own and state != "signed":
                id = "office.waiting.stream_void" if state == "void" else "office.waiting.stream"
                yield Message.of(id, stream=name), slug, due, address
            elif state != "signed" and any(due <= before and _raised(viewer, rule, case) for rule, before in rules):
                yield Message.of("office.waiting.stream_late", stream=name, days=(today - due).days), slug, due, address
        if unowned:
            yield Message.of("office.waiting.unowned", n=len(unowned)), slug, min(unowned), address


def _warnings(viewer: Viewer) -> Iterator[InboxItem]:
    """Warnings of signed cases that nobody has taken up: of those that he watches, and those raised to him."""
    now, rules = timezone.now(), list(_rules("warning_open"))
    rows = WarningSeen.objects.filter(case__in=viewer.cases, seen_by=None, gone_at=None).order_by("case__slug", "pk")
    fields = ("case_id", "case__slug", "as_of", "found_at")
    for (case, slug), some in groupby(rows.values_list(*fields), key=lambda row: row[:2]):
        found, address = list(some), f"/cases/{slug}/watch/"
        for rule in rules:
            old = [day for *_, day, at in found if at <= now - timedelta(days=rule.after)]
            if old and _raised(viewer, rule, case):
                what = Message.of("office.waiting.warning_open", n=len(old), days=rule.after)
                yield what, slug, min(old), address
        if viewer.parts.get(case) in WATCHERS:
            yield Message.of("office.waiting.warnings", n=len(found)), slug, None, address


def _rules(what: str) -> Iterator[Escalation]:
    return (rule for rule in workflow().escalation if rule.what == what)


def _raised(viewer: Viewer, rule: Escalation, case: int) -> bool:
    """Whether something of a case is raised to somebody: who leads it, or the chair, who sees all of them."""
    return viewer.parts.get(case) == "lead" if rule.to == "lead" else Role(rule.to) in viewer.roles
