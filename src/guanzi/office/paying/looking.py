"""A signed deal looked at: what it warns of, what has to be verified before money goes, and where it stands."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict

from guanzi.base.core import InvalidInput, Message, Parameter, sha256_of
from guanzi.jobs.following import OF_MONEY, monitoring
from guanzi.office.cases.termsheets import signed_tree
from guanzi.office.models import DealStanding, FigureCorrection, OfficeCase, WarningSeen
from guanzi.office.paying.afterwards import monitored, of_signed
from guanzi.office.paying.standing import standing_of
from guanzi.office.paying.verifying import keep_unverified

_BEHIND = ("late", "untold", "refused")
"""States of a milestone that are warned of."""
_logger = logging.getLogger("guanzi.office")


class LookedDeal(TypedDict):
    """Rules of the warnings that are new, and of those that no longer stand, if any."""

    warnings: list[str]
    gone: NotRequired[list[str]]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a signed deal brought.

    Attributes:
        new: Rules of the warnings that are new.
        gone: Rules of those that no longer stand.
    """

    new: tuple[str, ...]
    gone: tuple[str, ...]

    def as_data(self) -> LookedDeal:
        """As the log holds it."""
        new, gone = list(self.new), list(self.gone)
        return {"warnings": new, "gone": gone} if gone else {"warnings": new}


def look_again(case: OfficeCase, at: datetime, day: date, correction: FigureCorrection | None = None) -> Looked:
    """Test covenants, milestones and signs of trouble as of a day, and keep where the deal stands, within an action.

    A warning is found once: a breach or failure of a covenant by the end of its quarter, one that can still be cured by
    the day until which it can, a sign by the day since which it is there, a milestone by its day. It goes when what it
    warns of is cured, verified or corrected, and stays in the record as one that has gone.

    Args:
        case: The signed case.
        at: Now.
        day: The day.
        correction: What has just been corrected: what goes now is withdrawn by it.

    Raises:
        InvalidInput: See :func:`watched_deal`.
    """
    found = monitored(case, day)
    rows = [_warning(case, at, *warned) for warned in _warned(found)]
    now = {(row.kind, row.rule, row.state, row.as_of) for row in rows}
    stood = WarningSeen.objects.filter(case=case, gone_at=None)
    held = {(row.kind, row.rule, row.state, row.as_of): row for row in stood}
    gone = [row for key, row in held.items() if key not in now]
    WarningSeen.objects.filter(pk__in=[row.pk for row in gone]).update(gone_at=at, withdrawn_by=correction)
    new = [row for row in rows if (row.kind, row.rule, row.state, row.as_of) not in held]
    WarningSeen.objects.bulk_create(new)
    keep_unverified(case, day)
    DealStanding.objects.update_or_create(case=case, defaults=standing_row(case, day))
    return Looked(tuple(row.rule for row in new), tuple(row.rule for row in gone))


def keep_standing(case: OfficeCase, at: datetime, day: date) -> Looked | None:
    """Look again at a signed deal whose files are other ones than when it was looked at last; within an action.

    It is called after every action, so that none can leave the portfolio behind. What cannot be tested stays as it was,
    and the page of the watch says why.

    Returns:
        What it brought; None: nothing has changed, or it cannot be tested.
    """
    if case.state != "signed":
        return None
    held = DealStanding.objects.filter(case=case).first()
    if held is not None and held.version == rests_on(case):
        return None
    try:
        return look_again(case, at, day)
    except InvalidInput:
        _logger.warning("case %s cannot be watched", case.pk)
        return None


def standing_row(case: OfficeCase, day: date) -> dict[str, Any]:
    """Where a deal stands on a day, as its row holds it."""
    found = monitored(case, day)
    data = of_signed(case, day, ("standing",), lambda folder: standing_of(case, found))
    return {"version": rests_on(case), "as_of": day, "data": data}


def rests_on(case: OfficeCase) -> str:
    """Hash of the files that the watch of a signed deal rests on."""
    return sha256_of(signed_tree(case))


def _warned(found: monitoring.Result) -> Iterator[tuple[str, str, str, date, Message]]:
    """What is to be warned of: kind, rule, state, day, words."""
    for covenant in found.examined.covenants:
        days = {"breached": covenant.breached, "failed": covenant.failed, "curing": covenant.curable}
        day = days.get(covenant.state)
        if day is not None:
            told: dict[str, Parameter] = {"name": covenant.name or covenant.id, "entitles": covenant.entitles}
            if covenant.state != "breached":
                told["day"] = day.isoformat()
            kind = "" if covenant.state == "breached" else f"_{covenant.state}"
            yield "covenant", covenant.id, covenant.state, day, Message.of(f"office.warning.covenant{kind}", **told)
    for milestone in found.milestones:
        if milestone.state in _BEHIND and milestone.due is not None and milestone.kind not in OF_MONEY:
            name = Message.of(f"office.warning.milestone_{milestone.state}", name=milestone.name)
            yield "milestone", milestone.id, milestone.state, milestone.due, name
    for sign in found.signs.found:
        yield "sign", sign.rule.id, "", sign.since, sign.message


def _warning(case: OfficeCase, at: datetime, kind: str, rule: str, state: str, day: date, text: Message) -> WarningSeen:
    return WarningSeen(case=case, kind=kind, rule=rule, state=state, as_of=day, text=text.as_dict(), found_at=at)
