"""Interests, sittings and votes of a case, and the record of care of a decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.http import Http404, HttpResponse

from guanzi.base.core import Message
from guanzi.office.actions.votes import OpenSitting, hindrances
from guanzi.office.cases.amending import changes_of
from guanzi.office.cases.conditions import changes_for
from guanzi.office.cases.demanded import conditions_of, demands_of
from guanzi.office.deciding.now import CaseNow
from guanzi.office.deciding.plans import question_of
from guanzi.office.deciding.sittings import committee_of, is_counted, rolled, tally_of, visible_ballots, visible_tally
from guanzi.office.deciding.tally import CHOICES
from guanzi.office.deciding.voiding import FACT
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import ActionRun, Ballot, ConditionWaiver, Person, Sitting
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.entries import in_words
from guanzi.office.pages.log_lines import lines_of
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.people.disclosure import listed

_ASKED = (
    "vote.open", "vote.cast", "vote.close", "vote.abandon", "vote.void", "vote.uphold", "interest.clear", "case.reopen",
    "condition.waive", "condition.agree", "condition.write",
)  # fmt: skip


@login_required
def decisions(request: PersonRequest, slug: str) -> HttpResponse:
    """Who may decide, the sitting that is open, and what was decided."""
    now = CaseNow(case := case_of(request, slug, _sittings()))
    going = next((one for one in now.sittings if one.state == "open"), None)
    newest = now.appraisal
    may = allowed(request, case, *_ASKED)
    committee = committee_of(case)
    purpose: Literal["decide", "add_money"] = "add_money" if case.state == "signed" else "decide"
    amount = 1.0 if purpose == "add_money" else None
    asked = OpenSitting(case=slug, appraisal=newest.pk if newest else 0, purpose=purpose, amount=amount)
    waits = case.state == "open" and not workflow().comes_before("deciding", case.stage)
    opening = "vote.open" in may and going is None and (waits or case.state == "signed")
    moves_on = opening and workflow().comes_before(case.stage, "deciding")  # every need of the way is one of the vote
    hinders = hindrances(now, asked, newest) if opening else ()
    _with_ballots(now.sittings)
    roll = rolled(going, now.recused) if going else {}
    return show(
        request,
        "decisions.html.j2",
        case=case,
        tab="decisions",
        may=may,
        declared=now.declarations.get(request.user.pk),
        voters=now.voters,
        missing={person.pk for person in now.undeclared},
        own_seat=next((seat for seat in now.voters if seat.person_id == request.user.pk), None),
        recused=now.recused.values(),
        cleared=[one for one in now.interests if one.cleared_at is not None],
        committee=committee,
        question=question_of(case, request.speaks),
        going=going,
        cast=tally_of(going, committee, now.recused).present if going else 0,
        since=_because(going.evidence_since, now) if going else [],
        roll=roll.get(request.user.pk),
        size=sum(not one.recused for one in roll.values()),
        own=next((one for one in going.ballots.all() if one.person_id == request.user.pk), None) if going else None,
        choices=CHOICES,
        demands_of=demands_of,
        newest=newest,
        opening=opening,
        waits=waits,
        purpose=purpose,
        moves_on=moves_on,
        hindrances=[one for one in hinders if not (moves_on and one.place.file == "stage")],
        coming=changes_of(case).get("sheets", {}) if opening and purpose == "add_money" else {},
        past=list(_shown([one for one in now.sittings if one.state != "open"], now)),
    )


@login_required
def record(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """The record of care of a decision, from the log: who knew, said and did what until it was taken."""
    now = CaseNow(case := case_of(request, slug, _sittings()))
    sitting = next((one for one in now.sittings if one.pk == number and one.closed_at is not None), None)
    if sitting is None or (until := sitting.closed_at) is None:
        raise Http404
    _with_ballots([sitting])
    closing = ActionRun.objects.filter(case=case, action="vote.close", answer__sitting=number).values("entry")[:1]
    runs = ActionRun.objects.filter(listed(request.user), case=case, entry__lte=Subquery(closing))
    lines = lines_of(runs.order_by("entry").values_list("entry", flat=True), request.user)
    told = in_words(lines, case, request.speaks)
    return show(
        request,
        "record.html.j2",
        case=case,
        tab="decisions",
        one=next(_shown([sitting], now)),
        versions=case.versions.filter(made_at__lte=until).select_related("made_by").order_by("number"),
        signed=[one for one in told if one.line.action == "streams.sign"],
        declarations=case.declarations.filter(at__lte=until).select_related("person").order_by("pk"),
        interests=[one for one in now.interests if one.found_at <= until],
        entries=told,
    )


def _sittings() -> QuerySet[Sitting]:
    return Sitting.objects.select_related("appraisal__version", "opened_by")


def _with_ballots(sittings: Iterable[Sitting]) -> None:
    """Read the ballots of sittings that are open or were counted, and what was waived of their conditions, at once."""
    told = [one for one in sittings if one.state == "open" or is_counted(one)]
    ballots, waivers = Ballot.objects.select_related("person"), ConditionWaiver.objects.select_related("asked_by")
    with_both = (Prefetch("ballots", ballots), Prefetch("waivers", waivers.select_related("agreed_by")))
    prefetch_related_objects(told, *with_both)


def _shown(sittings: Iterable[Sitting], now: CaseNow) -> Iterator[dict[str, Any]]:
    """Sittings that have ended, with the ballots that were counted."""
    tallies = [(one, visible_tally(one)) for one in sittings]
    people = Person.objects.in_bulk({number for _, tally in tallies for number in tally.get("recused", [])})
    for sitting, tally in tallies:
        yield {
            "sitting": sitting,
            "tally": tally,
            "counted": is_counted(sitting),
            "ballots": [_ballot(ballot, tally) for ballot in visible_ballots(sitting)],
            "recused": [people[number] for number in sorted(tally.get("recused", []))],
            "because": _because(sitting.void_because, now),
            "conditions": (conditions := conditions_of(sitting)),
            "asked_changes": changes_for(sitting) if any(one.stands for one in conditions) else {},
        }


def _ballot(ballot: Ballot, tally: dict[str, Any]) -> dict[str, Any]:
    return {"ballot": ballot, "dissent": ballot.person_id in tally.get("dissent", [])}


def _because(reasons: Iterable[str], now: CaseNow) -> list[dict[str, Any]]:
    """What made a sitting void, or may make it so, in words where it has no name that people know."""
    told: list[dict[str, Any]] = []
    people = {one.pk: one.person for one in now.interests} if reasons else {}
    for reason in reasons:
        kind, _, number = reason.partition(".")
        if kind == "interest" and number.isdecimal():
            told.append({"message": Message.of("office.void.interest", name=people[int(number)].name).as_dict()})
        elif reason.startswith(FACT):
            told.append({"fact": reason.removeprefix(FACT)})
        elif not reason.startswith("facts/"):  # the facts that such a file holds are named one by one
            told.append({"path": reason})
    return told
