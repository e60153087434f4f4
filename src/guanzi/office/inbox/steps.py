"""What a case waits for from its lead and its chair: the next step, once others have done theirs."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.base.core import Message
from guanzi.office.inbox.moneytasks import InboxItem
from guanzi.office.inbox.opened import CasesInProgress


def steps_waiting(held: CasesInProgress) -> Iterator[InboxItem]:
    """The next steps of cases that somebody leads or chairs; a gate tests again whether all of its needs stand."""
    yield from _advances(held)
    yield from _panels(held)
    yield from _openings(held)


def _advances(held: CasesInProgress) -> Iterator[InboxItem]:
    """Cases whose owners, signatures or appraisal are complete, and those that lack only the appraisal."""
    for one in held.sat_at("lead"):
        case = one.case
        done = {"opened": one.owned, "examining": one.signed, "judging": one.appraised and one.panel}
        if done.get(case.stage):
            what = Message.of("office.waiting.advance", stage=Message.of(f"office.stage.{case.stage}"))
            yield what, case.slug, case.due, f"/cases/{case.slug}/streams/"
        elif case.stage == "judging" and one.panel and not one.asked:
            yield Message.of("office.waiting.appraise"), case.slug, case.due, f"/cases/{case.slug}/findings/"


def _panels(held: CasesInProgress) -> Iterator[InboxItem]:
    """Panels that every expert has answered and nobody has closed."""
    for case in (one.case for one in held.sat_at("lead")):
        if any(panel.fits and not panel.closed and panel.answered for panel in held.panels[case.pk]):
            yield Message.of("office.waiting.close_panel"), case.slug, case.due, f"/cases/{case.slug}/panel/"


def _openings(held: CasesInProgress) -> Iterator[InboxItem]:
    """Cases of which everything is examined, and no sitting is open."""
    for one in held.sat_at("chair"):
        case, examined = one.case, one.signed and one.panel
        if not one.ready or not (case.stage == "deciding" or (case.stage == "judging" and examined)):
            continue
        yield Message.of("office.waiting.open_sitting"), case.slug, case.due, f"/cases/{case.slug}/decisions/"
