"""Interests, sittings and votes of a case, and the record of care of a decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse

from guanzi.base.core import Message
from guanzi.office.actions.votes import OpenSitting, hindrances
from guanzi.office.cases.amending import changes_of
from guanzi.office.cases.demanded import conditions_of, demands_of
from guanzi.office.deciding.plans import question_of
from guanzi.office.deciding.sittings import (
    committee_of,
    is_counted,
    missing_declarations,
    recused_of,
    rolled,
    tally_of,
    told_ballots,
    told_tally,
    voters,
)
from guanzi.office.deciding.tally import CHOICES
from guanzi.office.deciding.voiding import FACT
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import ActionRun, Ballot, Interest, OfficeCase, Person, Sitting
from guanzi.office.pages.allowances import allowed
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.entries import in_words
from guanzi.office.pages.log_lines import lines_of
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.people.disclosure import listed
from guanzi.office.people.visibility import seat_of

_ASKED = (
    "vote.open", "vote.cast", "vote.close", "vote.abandon", "vote.void", "vote.uphold", "interest.clear", "case.reopen",
    "condition.waive", "condition.agree",
)  # fmt: skip


@login_required
def decisions(request: PersonRequest, slug: str) -> HttpResponse:
    """Who may decide, the sitting that is open, and what was decided."""
    case = case_of(request, slug)
    past = [_shown(one) for one in _sittings(case).exclude(state="open")]
    going = _sittings(case).filter(state="open").first()
    newest = case.appraisals.filter(state="done", version=case.head, playbook=case.playbook).order_by("-pk").first()
    may = allowed(request, case, *_ASKED)
    committee = committee_of(case)
    purpose: Literal["decide", "add_money"] = "add_money" if case.state == "signed" else "decide"
    amount = 1.0 if purpose == "add_money" else None
    asked = OpenSitting(case=slug, appraisal=newest.pk if newest else 0, purpose=purpose, amount=amount)
    waits = case.state == "open" and not workflow().comes_before("deciding", case.stage)
    opening = "vote.open" in may and going is None and (waits or case.state == "signed")
    return show(
        request,
        "decisions.html.j2",
        case=case,
        tab="decisions",
        may=may,
        seat=seat_of(request.user, case),
        declared=case.declarations.filter(person=request.user).order_by("-pk").first(),
        voters=voters(case),
        missing={person.pk for person in missing_declarations(case)},
        recused=recused_of(case),
        cleared=case.interests.exclude(cleared_at=None).select_related("person", "cleared_by").order_by("pk"),
        committee=committee,
        question=question_of(case, request.speaks),
        going=going,
        cast=tally_of(going, committee).present if going else 0,
        since=_because(going.evidence_since) if going else [],
        roll=rolled(going).get(request.user.pk) if going else None,
        size=sum(not one.recused for one in rolled(going).values()) if going else 0,
        own=going.ballots.filter(person=request.user).first() if going else None,
        choices=CHOICES,
        demands_of=demands_of,
        newest=newest,
        opening=opening,
        waits=waits,
        purpose=purpose,
        hindrances=list(hindrances(case, asked, newest)) if opening else [],
        coming=changes_of(case).get("sheets", {}) if opening and purpose == "add_money" else {},
        past=past,
    )


@login_required
def record(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """The record of care of a decision, from the log: who knew, said and did what until it was taken."""
    case = case_of(request, slug)
    sitting = _sittings(case).filter(pk=number).exclude(closed_at=None).first()
    if sitting is None:
        raise Http404
    closing = ActionRun.objects.filter(case=case, action="vote.close", answer__sitting=number).first()
    last = closing.entry if closing else -1
    runs = ActionRun.objects.filter(listed(request.user), case=case, entry__lte=last)
    lines = lines_of(runs.order_by("entry").values_list("entry", flat=True), request.user)
    told = in_words(lines, case.organisation, request.speaks)
    until = sitting.closed_at
    return show(
        request,
        "record.html.j2",
        case=case,
        tab="decisions",
        one=_shown(sitting),
        versions=case.versions.filter(made_at__lte=until).select_related("made_by").order_by("number"),
        signed=[one for one in told if one.line.action == "streams.sign"],
        declarations=case.declarations.filter(at__lte=until).select_related("person").order_by("pk"),
        interests=case.interests.filter(found_at__lte=until).select_related("person", "cleared_by").order_by("pk"),
        entries=told,
        closing=closing,
    )


def _sittings(case: OfficeCase) -> QuerySet[Sitting]:
    return case.sittings.select_related("appraisal__version", "opened_by").order_by("-pk")


def _shown(sitting: Sitting) -> dict[str, Any]:
    """A sitting that has ended, with the ballots that were counted."""
    tally = told_tally(sitting)
    return {
        "sitting": sitting,
        "tally": tally,
        "counted": is_counted(sitting),
        "ballots": [_ballot(ballot, tally) for ballot in told_ballots(sitting)],
        "recused": list(Person.objects.filter(pk__in=tally.get("recused", []))),
        "because": _because(sitting.void_because),
        "conditions": conditions_of(sitting),
    }


def _ballot(ballot: Ballot, tally: dict[str, Any]) -> dict[str, Any]:
    return {"ballot": ballot, "dissent": ballot.person_id in tally.get("dissent", [])}


def _because(reasons: Iterable[str]) -> list[dict[str, Any]]:
    """What made a sitting void, or may make it so, in words where it has no name that people know."""
    told: list[dict[str, Any]] = []
    for reason in reasons:
        kind, _, number = reason.partition(".")
        if kind == "interest" and number.isdecimal():
            person = Interest.objects.select_related("person").get(pk=int(number)).person
            told.append({"message": Message.of("office.void.interest", name=person.name).as_dict()})
        elif reason.startswith(FACT):
            told.append({"fact": reason.removeprefix(FACT)})
        elif not reason.startswith("facts/"):  # the facts that such a file holds are named one by one
            told.append({"path": reason})
    return told
