"""Which entries of the log a person can read, from one end on, however long it is.

Nothing is counted and nothing skipped: a page goes on after the entry with which the last one ended. So many newest
entries lie at most as far back as the newest entry of the last of so many cases: each case is asked for one entry, and
the rest is a short stretch of an index. Where entries of somebody or of one action are wanted, they have an index.

The number of an entry tells how much others do, and is told to nobody: an address holds it sealed.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.crypto import salted_hmac

from guanzi.office.models import ActionRun, OfficeCase
from guanzi.office.people.disclosure import listed
from guanzi.office.people.visibility import Viewer
from guanzi.office.roles import Role


@dataclass(frozen=True, slots=True)
class WantedEntries:
    """Which entries are wanted; empty: any.

    Attributes:
        case: Slug of their case.
        who: Username of who did it.
        action: Id of the action.
        upwards: The oldest first.
    """

    case: str = ""
    who: str = ""
    action: str = ""
    upwards: bool = False

    @property
    def order(self) -> str:
        """Order of their numbers."""
        return "entry" if self.upwards else "-entry"

    def after(self, start: int | None) -> Q:
        """Those that come after an entry; None: all."""
        if start is None:
            return Q()
        return Q(entry__gt=start) if self.upwards else Q(entry__lt=start)

    def until(self, last: int) -> Q:
        """Those that come no later than an entry."""
        return Q(entry__lte=last) if self.upwards else Q(entry__gte=last)


def entries_after(viewer: Viewer, start: int | None, count: int, wanted: WantedEntries) -> list[int]:
    """Numbers of the entries after one that somebody can read, in the order that is wanted.

    Args:
        viewer: Who reads: entries of the cases that he sees; auditors and administrators also those without a case.
        start: The entry after which they come; None: from the beginning.
        count: How many at the most.
        wanted: Which, and in which order.
    """
    cases, person = viewer.cases, viewer.person
    if wanted.case:
        cases = cases.filter(slug=wanted.case)
    within = wanted.after(start) & listed(person)
    own = ActionRun.objects.filter(within, Q(organisation_id=person.organisation_id))
    if wanted.who or wanted.action:
        filters = {"person__username": wanted.who, "action": wanted.action}
        own = own.filter(**{name: value for name, value in filters.items() if value})
        found = _numbers(own.filter(case__in=cases), wanted, count)
    else:
        found = _of_cases(cases, within, wanted, count)
    if not wanted.case and person.roles() & {Role.AUDITOR, Role.ADMINISTRATOR}:
        found += _numbers(own.filter(case=None), wanted, count)
    return sorted(found, reverse=not wanted.upwards)[:count]


def _of_cases(cases: QuerySet[OfficeCase], within: Q, wanted: WantedEntries, count: int) -> list[int]:
    own = ActionRun.objects.filter(within, case=OuterRef("pk")).order_by(wanted.order)
    first = F("first").asc(nulls_last=True) if wanted.upwards else F("first").desc(nulls_last=True)
    rows = cases.annotate(first=Subquery(own.values("entry")[:1])).order_by(first).values_list("pk", "first")[:count]
    firsts = {case: entry for case, entry in rows if entry is not None}
    runs = ActionRun.objects.filter(within, case__in=list(firsts))
    if len(firsts) == count:  # these are so many entries themselves: none after the last of them is wanted
        runs = runs.filter(wanted.until(list(firsts.values())[-1]))
    return _numbers(runs, wanted, count)


def _numbers(runs: QuerySet[ActionRun], wanted: WantedEntries, count: int) -> list[int]:
    return list(runs.order_by(wanted.order).values_list("entry", flat=True)[:count])


def sealed(number: int) -> str:
    """The number of an entry as an address holds it: nobody reads it but this office."""
    return _seal().encrypt(str(number).encode()).decode()


def unsealed(text: str) -> int | None:
    """The number that was sealed; None: there is none."""
    try:
        return int(_seal().decrypt(text.encode()))
    except InvalidToken:
        return None


def _seal() -> Fernet:
    key = salted_hmac("guanzi.office.people.logbook", "seal", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
