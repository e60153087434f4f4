"""Actions of the committee: open a sitting, cast a vote, close it, and take a refused case up again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypedDict

from pydantic import Field

from guanzi.base.core import Bilingual, InvalidInput, Message, Place, Problem, render
from guanzi.office.actions.framework import ActionContext, CaseInput, PermissionPolicy, action
from guanzi.office.actions.texts import LongText
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.bodies import WORDS
from guanzi.office.cases.amending import changes_of
from guanzi.office.cases.contents import look_for_interests
from guanzi.office.deciding.gates import fall_back, hindered
from guanzi.office.deciding.now import VOTERS, CaseNow
from guanzi.office.deciding.sittings import committee_of, is_counted, rolled, tally_of
from guanzi.office.deciding.tally import FOR, Decided, VoteTally
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import ActionRun, AppraisalRun, Ballot, Person, Sitting
from guanzi.office.roles import Role
from guanzi.record.ledger import Appraised, Commitment, DecisionBody, Vote

_SHOWN = ("streams_signed", "appraisal", "quorum")
"""Needs of which a sitting that is to be opened tells more than the gate does."""
_READ_ANEW = ("streams_signed", "panel_answered")
"""Needs that stand again before a sitting is counted that was upheld."""
CHAIR = PermissionPolicy(frozenset({Role.CHAIR}), frozenset({"chair"}), either=True)


class OpenSitting(CaseInput):
    """On which appraisal the committee sits, and for what.

    Attributes:
        purpose: ``decide``, or ``add_money``: a new decision on a case that is signed already.
        amount: That is asked for, in millions of the currency of the case; of ``add_money``. 0: terms are loosened.
    """

    appraisal: int
    purpose: Literal["decide", "add_money"] = "decide"
    question: LongText = Field(default="", max_length=4000)
    amount: float | None = Field(default=None, ge=0, le=1e9, allow_inf_nan=False)


class OpenedSitting(TypedDict):
    """A sitting, by its number."""

    sitting: int


@action("vote.open", CHAIR, "decide")
def open_sitting(context: ActionContext, asked: OpenSitting) -> OpenedSitting:
    """Open a sitting on an appraisal of the newest version, once its streams stand.

    The roll of those who may vote, with their weights, is that of this moment: seats given later count at the next
    sitting.
    """
    case = context.of
    look_for_interests(case)
    run, now = AppraisalRun.objects.filter(case=case, pk=asked.appraisal).first(), CaseNow(case)
    problems = list(hindrances(now, asked, run))
    if run is None or problems:
        raise InvalidInput(problems)
    sitting = Sitting.objects.create(
        case=case,
        appraisal=run,
        purpose=asked.purpose,
        question=asked.question,
        amount=asked.amount,
        opened_by=context.person,
        opened_at=context.at,
        changes=changes_of(case) if asked.purpose == "add_money" else {},
        tally={"roll": [[seat.person_id, seat.part, seat.weight] for seat in now.voters]},
    )
    if asked.question:
        context.record.words["question"] = asked.question
    for n, seat in enumerate(now.voters, 1):
        context.record.who[f"voter.{n}"] = seat.person.username
    context.record.data |= {
        "sitting": sitting.number,
        "appraisal": run.number,
        "appraisal_sha256": run.sha256,
        "purpose": asked.purpose,
        "amount": asked.amount,
        "roll": [[f"voter.{n}", part, weight] for n, (_, part, weight) in enumerate(sitting.tally["roll"], 1)],
    }
    if (before := _uncounted_before(sitting)) is not None:
        context.record.data |= {"after": before.number, "after_state": before.state}
    if sitting.changes:
        context.record.data["changes"] = [
            f"{path}: {one['id']} ({one['kind']})"
            for path, sheet in sorted(sitting.changes["sheets"].items())
            for one in sheet["lines"]
        ]
    return {"sitting": sitting.pk}


def _uncounted_before(sitting: Sitting) -> Sitting | None:
    """The sitting before, where it ended without a count: that the question is put again stands in the log."""
    before = Sitting.objects.filter(case=sitting.case, purpose=sitting.purpose, pk__lt=sitting.pk).order_by("pk").last()
    return None if before is None or is_counted(before) else before


def hindrances(now: CaseNow, asked: OpenSitting, run: AppraisalRun | None) -> Iterator[Problem]:
    """Everything that keeps a sitting from being opened on an appraisal."""
    case, state = now.case, "open" if asked.purpose == "decide" else "signed"
    if case.state != state:
        told_state = Message.of(f"office.state.{case.state}")
        yield Problem(Message.of(f"office.refused.sitting_state.{asked.purpose}", now=told_state), Place("purpose"))
    if asked.purpose == "add_money" and asked.amount is None:
        yield Problem(Message.of("office.refused.sitting_amount"), Place("amount"))
    if run is None or run.state != "done":
        yield Problem(Message.of("office.refused.sitting_appraisal"), Place("appraisal"))
    elif run.version_id != case.head_id:
        numbers = {"of": run.version.number, "newest": case.newest.number}
        yield Problem(Message.of("office.refused.sitting_old", **numbers), Place("appraisal"))
    elif run.playbook != case.playbook:
        told = {"of": run.playbook, "case": case.playbook}
        yield Problem(Message.of("office.refused.sitting_playbook", **told), Place("appraisal"))
    yield from (one for one in hindered(now, asked.purpose) if one.place.file not in _SHOWN)
    if asked.purpose == "decide" and (unsigned := sorted(one.stream for one in now.streams if one.state != "signed")):
        streams = tuple(Message.of(f"office.stream.{stream}") for stream in unsigned)
        yield Problem(Message.of("office.refused.sitting_streams", streams=streams), Place("streams"))
    yield from _unfit_roll(now)
    if any(one.state == "open" for one in now.sittings):
        yield Problem(Message.of("office.refused.sitting_open"), Place("case"))


def _unfit_roll(now: CaseNow) -> Iterator[Problem]:
    """Why those who may vote make no committee: too few, too many, or one whose vote alone is the majority."""
    committee, roll = committee_of(now.case), now.voters
    if len(roll) < committee.quorum:
        told_quorum = {"there": len(roll), "needed": committee.quorum}
        yield Problem(Message.of("office.refused.sitting_quorum", **told_quorum), Place("seats"))
    if len(roll) > committee.members:
        told_most = {"there": len(roll), "most": committee.members}
        yield Problem(Message.of("office.refused.sitting_packed", **told_most), Place("seats"))
    whole = sum(seat.weight for seat in roll)
    for seat in roll:
        if len(roll) > 1 and seat.weight >= committee.majority * whole:
            name = Bilingual(seat.person.name, seat.person.name_zh)
            yield Problem(Message.of("office.refused.sitting_alone", name=name), Place("seats"))


class CastVote(CaseInput):
    """A vote in a sitting, with its reason."""

    sitting: int
    vote: Literal["back", "back_with_conditions", "decline", "abstain", "veto"]
    reason: LongText = Field(min_length=1, max_length=10_000)


class CastBallot(TypedDict):
    """A sitting, and whether the person had voted before."""

    sitting: int
    changed: bool


@action("vote.cast", PermissionPolicy(parts=frozenset(VOTERS)), "decide")
def cast(context: ActionContext, asked: CastVote) -> CastBallot:
    """Vote, or vote otherwise while the sitting is open: the newest ballot counts, and it alone is told afterwards.

    Nobody votes who has not declared that he has no interest, so no ballot is counted without its declaration.
    """
    sitting, now = going_sitting(context, asked.sitting), CaseNow(context.of)
    seat = rolled(sitting, now.recused).get(context.person.pk)
    if seat is None:
        raise InvalidInput(Problem(Message.of("office.refused.not_on_roll"), Place("sitting")))
    if context.person.pk in {one.pk for one in now.undeclared}:
        fix = Message.of("office.refused.vote_undeclared.mend")
        raise InvalidInput(Problem(Message.of("office.refused.vote_undeclared"), Place("declarations"), fix))
    if asked.vote == "veto" and not seat.chair:
        raise InvalidInput(Problem(Message.of("office.refused.veto"), Place("vote")))
    _, new = Ballot.objects.update_or_create(
        sitting=sitting,
        person=context.person,
        defaults={"vote": asked.vote, "reason": asked.reason, "weight": seat.weight, "at": context.at},
    )
    context.record.words |= {"vote": asked.vote, "reason": asked.reason}  # commitments: told once they are counted
    context.record.data |= {"sitting": sitting.number, "weight": seat.weight, "changed": not new}
    return {"sitting": sitting.pk, "changed": not new}


class CloseSitting(CaseInput):
    """The end of a sitting, with the reasons of the committee."""

    sitting: int
    reasons: LongText = Field(min_length=1, max_length=50_000)


class ClosedSitting(TypedDict):
    """A sitting, and what was decided."""

    sitting: int
    result: str


@action("vote.close", CHAIR, "decide", most_bytes=WORDS)
def close(context: ActionContext, asked: CloseSitting) -> ClosedSitting:
    """Count the votes, record the decision with its reasons and dissent, and enter it in the ledger.

    Nothing is counted before the quorum has voted, nor before the chair has decided on what is new.
    """
    sitting, case = going_sitting(context, asked.sitting), context.of
    counted = tally_of(sitting, committee_of(case), CaseNow(case).recused)
    problems = list(_uncountable(sitting, counted))
    if problems or counted.result == "no_quorum":
        raise InvalidInput(problems)
    ballots = {ballot.person_id: ballot for ballot in sitting.ballots.select_related("person").order_by("person_id")}
    cast = [ballots[pk] for pk in ballots if pk not in counted.recused]
    against = [ballots[pk] for pk in counted.dissent]
    sitting.state, sitting.result, sitting.closed_at = "closed", counted.result, context.at
    sitting.reasons = asked.reasons
    sitting.dissent = "\n\n".join(f"{ballot.person.name}: {ballot.reason}" for ballot in against)
    sitting.tally |= {
        "weights": counted.weights,
        "present": counted.present,
        "needed": counted.needed,
        "majority": counted.majority,
        "share": counted.share,
        "veto": counted.veto,
        "recused": list(counted.recused),
        "dissent": list(counted.dissent),
    }
    sitting.told_entries = _entries_of(sitting, cast)
    sitting.save()
    if counted.result == "decline" and sitting.purpose == "decide":
        case.state = "declined"
        case.save(update_fields=["state"])
    if counted.result in FOR and sitting.purpose == "decide":
        case.stage = workflow().act("sign").stages[0]
        case.save(update_fields=["stage"])
    fall_back(case)
    _record_end(context, asked, sitting, counted, against)
    _decide(context, sitting, counted.result, cast)
    return {"sitting": sitting.pk, "result": counted.result}


def _uncountable(sitting: Sitting, counted: VoteTally) -> Iterator[Problem]:
    """Why a sitting cannot be counted now; how many voted is told, and nothing of how."""
    if counted.present < counted.needed:
        told = {"present": counted.present, "needed": counted.needed}
        fix = Message.of("office.refused.count_quorum.mend")
        yield Problem(Message.of("office.refused.count_quorum", **told), Place("sitting"), fix)
    if sitting.evidence_since:
        yield Problem(Message.of("office.refused.count_evidence"), Place("sitting"))
    elif sitting.upheld_id is not None:  # what was new was found to change nothing: those who read it sign again
        case = sitting.case
        needs = hindered(CaseNow(case), sitting.purpose)
        yield from (one for one in needs if one.place.file in _READ_ANEW)


def _entries_of(sitting: Sitting, ballots: list[Ballot]) -> list[int]:
    """Numbers of the entries of the log that hold ballots that count: the newest of each voter."""
    runs = ActionRun.objects.filter(case=sitting.case, action="vote.cast", answer__sitting=sitting.pk)
    newest = dict(runs.order_by("entry").values_list("person_id", "entry"))
    return sorted(newest[ballot.person_id] for ballot in ballots if ballot.person_id in newest)


def _record_end(
    context: ActionContext, asked: CloseSitting, sitting: Sitting, counted: VoteTally, against: list[Ballot]
) -> None:
    """What the log keeps of the end of a sitting."""
    context.record.words["reasons"] = asked.reasons
    for n, ballot in enumerate(against, 1):
        context.record.who[f"dissent.{n}"] = ballot.person.username
        context.record.words[f"dissent.{n}"] = ballot.reason
    for n, person in enumerate(Person.objects.filter(pk__in=counted.recused).order_by("pk"), 1):
        context.record.who[f"recused.{n}"] = person.username
    context.record.data |= {
        "sitting": sitting.number,
        "result": counted.result,
        "weights": counted.weights,
        "present": counted.present,
        "quorum": counted.needed,
        "majority": counted.majority,
        "veto": counted.veto,
        "recused": len(counted.recused),
        "appraisal_sha256": sitting.appraisal.sha256,
    }
    if sitting.upheld is not None:
        context.record.data["upheld"] = sitting.upheld.sha256


def _decide(context: ActionContext, sitting: Sitting, result: Decided, ballots: list[Ballot]) -> None:
    """The decision as it stands in the ledger, so that a bundle of it can be exported and verified."""
    run, record, case = sitting.appraisal, context.record, context.of
    head = run.headline
    decided = Commitment.to(render(Message.of("office.committee_of", organisation=case.organisation.name), "en"))
    reasons = Commitment.to(sitting.reasons)
    dissent = Commitment.to(sitting.dissent) if sitting.dissent else None
    people = [Commitment.to(ballot.person.name) for ballot in ballots]
    said: dict[str, Literal["for", "abstain"]] = {**dict.fromkeys(FOR, "for"), "abstain": "abstain"}
    record.decision = DecisionBody(
        format=1,
        case=case.slug,
        as_of=run.as_of.isoformat(),
        decided_on=context.today.isoformat(),
        decision=result,
        appraisal=Appraised(
            sha256=run.sha256,
            dossier=run.files["dossier.en.html"],
            evidence=head["evidence"],
            method=head["method"],
            playbook=head["playbook"],
            advice=head["advice"],
            paths=run.paths,
            seed=head["seed"],
            guanzi=head["guanzi"],
        ),
        reasons=reasons.sha256,
        dissent=dissent.sha256 if dissent is not None else None,
        votes=tuple(
            Vote(who=who.sha256, vote=said.get(ballot.vote, "against"))
            for who, ballot in zip(people, ballots, strict=True)
        ),
    )
    record.decision_people = (decided, reasons, *([dissent] if dissent is not None else []), *people)
    names = ("appraisal.json", "dossier.en.html", "evidence.json")
    record.decision_files = [content_of(run.files[name]) for name in names]


class ReopenCase(CaseInput):
    """Why a refused case is taken up again."""

    reasons: LongText = Field(min_length=1, max_length=10_000)


class ReopenedCase(TypedDict):
    """A case that is taken up again."""

    case: str


@action("case.reopen", PermissionPolicy(CHAIR.roles, CHAIR.parts, True, frozenset({"declined"})), "decide")
def reopen(context: ActionContext, asked: ReopenCase) -> ReopenedCase:
    """Take up a refused case again; the refusal stays on record, and it takes a new sitting to decide otherwise."""
    case = context.of
    case.state = "open"
    case.save(update_fields=["state"])
    fall_back(case)
    context.record.words["reasons"] = asked.reasons
    context.record.data["stage"] = case.stage
    return {"case": case.slug}


def going_sitting(context: ActionContext, number: int) -> Sitting:
    """An open sitting of the case.

    Raises:
        InvalidInput: There is none of this number, or it is not open; evidence that made it void is named.
    """
    sitting = Sitting.objects.filter(case=context.of, pk=number).select_related("appraisal__version", "upheld").first()
    if sitting is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_sitting", number=number), Place("sitting")))
    if sitting.state == "void":
        because = tuple(sitting.void_because[:10])
        raise InvalidInput(Problem(Message.of("office.refused.sitting_void", because=because), Place("sitting")))
    if sitting.state != "open":
        raise InvalidInput(Problem(Message.of("office.refused.sitting_closed"), Place("sitting")))
    return sitting
